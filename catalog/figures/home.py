"""What the home page says in numbers besides its sectors."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalog.formats.calendar import year_order
from catalog.models import Currency, Desk, DeskProduct, DeskStatus, ImportRecord, Product
from catalog.models.base import parents_public
from catalog.models.prepared import Keys, OneOf, PreparedQuery

from .amounts import by_currency

MOST_GAPS = 7
DATED = 4


dearest_without_maker = PreparedQuery(
    lambda order: (
        Product.objects.published()
        .without_maker_on_record()
        .filter(import_order=order, import_usd__isnull=False)
        .order_by(F("import_usd").desc(nulls_last=True), "sort_en", "pk")
        .values_list("pk", flat=True)[:MOST_GAPS]
    ),
    order=models.IntegerField(),
)
imports_of = PreparedQuery(
    lambda keys, year: (
        ImportRecord.objects.counted()
        .filter(OneOf("product", keys), year=year, currency=Currency.USD)
        .select_related("product__sector", "source")
        .order_by("-value", "product")
    ),
    keys=Keys(),
    year=models.IntegerField(),
)


named_squares = PreparedQuery(
    lambda: (
        Product.objects.published()
        .order_by("stage", "sort_en", "pk")
        .values_list("stage", "slug", "name_en", "name_fa")
    )
)


def named_by_stage():
    """{stage: [(slug, name in English, name in Persian)]} of all public products, by name. One query."""
    found = defaultdict(list)
    for stage, *product in named_squares():
        found[stage].append(product)
    return dict(found)


def most_imported_without_maker(year):
    """Import records of that year in US dollars, largest first, of the MOST_GAPS public products with no
    maker on record that cost most. Two queries."""
    return imports_of(keys=dearest_without_maker(order=year_order(year)), year=year) if year else []


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


def _with_offered(desks):
    """Adds `offered`, the number of public products on a desk's list."""
    lists = DeskProduct.objects.filter(parents_public(DeskProduct, "product"), desk=OuterRef("pk"))
    counted = lists.order_by().values("desk").annotate(n=Count("pk")).values("n")
    return desks.select_related("source").annotate(offered=Coalesce(Subquery(counted), 0))


dated_desks = PreparedQuery(
    lambda today: _with_offered(Desk.objects.published().next_first(today=today))[:DATED],
    today=models.DateField(),
)
announced_desks = PreparedQuery(
    lambda: _with_offered(Desk.objects.published().in_status(DeskStatus.ANNOUNCED)).order_by(
        F("target_amount").desc(nulls_last=True), "pk"
    )
)


def desks_ahead():
    """The public DesksAhead: at most DATED dated ones, and all that are announced without dates; each with
    `offered`, its number of public products. Two queries.
    """
    announced = announced_desks()
    return DesksAhead(
        tuple(dated_desks(today=timezone.localdate())),
        tuple(announced),
        by_currency((desk.target_amount, desk.target_currency) for desk in announced),
    )
