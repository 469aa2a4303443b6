"""How many of the records that somebody must confirm are fresh, due and overdue (rule 9)."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone

from catalog.models import Demand, Engagement, IdleUnit, Origin, Product
from catalog.models.base import DUE_AFTER, OVERDUE_AFTER
from catalog.models.prepared import PreparedQuery


@dataclass(frozen=True)
class Freshness:
    """Public records of one noun that the rule speaks of; `confirmed` is the latest day one was, or None;
    `samples` of them are samples.
    """

    noun: str
    fresh: int
    due: int
    overdue: int
    confirmed: datetime.date | None
    samples: int

    @property
    def total(self):
        return self.fresh + self.due + self.overdue


def freshness_of_records(today=None):
    """Freshness of engagements, demands, idle units and the ministry's products, in that order; four queries.

    What the article or the press reported only shows its date, and a product chosen for the scope has none.
    """
    today = today or timezone.localdate()
    due, overdue = (today - datetime.timedelta(days=days) for days in (DUE_AFTER, OVERDUE_AFTER))
    return [_freshness(noun, rows(due=due, overdue=overdue)) for noun, rows in ROWS.items()]


def _freshness(noun, rows):
    return Freshness(
        noun,
        fresh=sum(row.fresh for row in rows),
        due=sum(row.due for row in rows),
        overdue=sum(row.overdue for row in rows),
        confirmed=max((row.confirmed for row in rows if row.confirmed), default=None),
        samples=sum(row.fresh + row.due + row.overdue for row in rows if row.origin == Origin.SAMPLE),
    )


def _counts(public):
    """The PreparedQuery of such records, counted by origin: the same rule as models.base.freshness."""

    def by_origin(due, overdue):
        sums = {
            "fresh": Count("pk", filter=Q(confirmed_on__gte=due)),
            "due": Count("pk", filter=Q(confirmed_on__lt=due, confirmed_on__gte=overdue)),
            "overdue": Count("pk", filter=Q(confirmed_on__lt=overdue) | Q(confirmed_on__isnull=True)),
            "confirmed": Max("confirmed_on"),
        }
        rows = public().order_by().values("origin").annotate(**sums)
        return rows.values_list("origin", *sums, named=True)

    return PreparedQuery(by_origin, due=models.DateField(), overdue=models.DateField())


REPORTED = Q(origin__in=[Origin.ARTICLE, Origin.PRESS])
ROWS = {
    "engagements": _counts(lambda: Engagement.objects.published().exclude(REPORTED)),
    "demands": _counts(lambda: Demand.objects.published().exclude(REPORTED)),
    "units": _counts(lambda: IdleUnit.objects.published().exclude(REPORTED)),
    "products": _counts(lambda: Product.objects.published().filter(origin=Origin.MINISTRY)),
}
