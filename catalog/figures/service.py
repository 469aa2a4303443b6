"""How fast offices answer, as the page of it shows it."""

from dataclasses import dataclass

from django.utils import timezone

from catalog.formats.calendar import iranian_year_of, year_bounds
from catalog.models import Holiday, Office, Origin, ServiceFigure
from catalog.models.prepared import PreparedQuery

OF_ALL = PreparedQuery(lambda: ServiceFigure.objects.filter(office=None))
OFFICES = PreparedQuery(
    lambda: Office.objects.exclude(origin=Origin.SAMPLE).select_related("figure").order_by("pk")
)
HOLIDAYS = PreparedQuery(Holiday.objects.select_related("source").order_by("date").all)


@dataclass(frozen=True)
class Service:
    """`every` is the ServiceFigure of all offices, None while nothing was counted; `offices` are the real
    ones, each with its `service`; `holidays` are those of the Iranian `year`."""

    every: ServiceFigure | None
    offices: list
    year: int
    holidays: list


def figures_of_service(today=None):
    """The Service of today; three queries."""
    year = iranian_year_of(today or timezone.localdate())
    first, last = year_bounds(year)
    holidays = [holiday for holiday in HOLIDAYS() if first <= holiday.date <= last]
    return Service(OF_ALL.first(), OFFICES(), year, holidays)
