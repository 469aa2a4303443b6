"""What the home page says in numbers besides its sectors."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from catalog.models import Currency, Desk, DeskProduct, DeskStatus, ImportRecord, Product
from catalog.models.base import parents_public

from .amounts import by_currency


def most_imported_without_maker(year, number=7):
    """Import records of that Iranian year in US dollars, largest first, of public products with no maker on
    record. Two queries.
    """
    wanted = Product.objects.published().without_maker_on_record().filter(import_year=year)
    first = list(wanted.most_imported_first().values_list("pk", flat=True)[:number])
    records = ImportRecord.objects.filter(product__in=first, year=year, currency=Currency.USD)
    return list(records.select_related("product__sector", "source").order_by("-value", "product"))


@dataclass(frozen=True)
class DesksAhead:
    """`dated`: desks that are open or coming, by their first day. `announced`: desks without dates, largest
    target first, with the sum of their stated `targets` by currency.
    """

    dated: tuple
    announced: tuple
    targets: tuple

    @property
    def years(self):
        """The Iranian years of the announced desks, in order."""
        return sorted({desk.year for desk in self.announced if desk.year})


def desks_ahead(number=4):
    """The public DesksAhead: at most `number` dated ones, and all that are announced without dates; each with
    `offered`, its number of public products. Two queries.
    """
    lists = DeskProduct.objects.filter(parents_public(DeskProduct, "product"), desk=OuterRef("pk"))
    counted = lists.order_by().values("desk").annotate(n=Count("pk")).values("n")
    offered = Coalesce(Subquery(counted), 0)
    public = Desk.objects.published().select_related("source").annotate(offered=offered)
    announced = sorted(
        public.in_status(DeskStatus.ANNOUNCED), key=lambda desk: (-(desk.target_amount or 0), desk.pk)
    )
    return DesksAhead(
        tuple(public.next_first()[:number]),
        tuple(announced),
        by_currency((desk.target_amount, desk.target_currency) for desk in announced),
    )
