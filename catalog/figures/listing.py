"""What a listing of products is worth, and what one row of it shows."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, Sum
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from catalog.caching.parts import kept
from catalog.charts import geometry
from catalog.formats.numerals import percent
from catalog.listings.products import MAKERS_CONDITIONS
from catalog.models import Commitment, Currency, Demand, ImportRecord, Origin, Product
from catalog.search import Highlighter

SPARK_YEARS = 8


@dataclass(frozen=True)
class Worth:
    """`import_total` in whole US dollars of one Iranian year, None where nothing is recorded; `sample` says
    that the total rests on sample figures."""

    count: int
    without_maker: int
    import_total: int | None
    sample: bool


def worth(products, year):
    """The Worth of a queryset of products in that Iranian year; one query."""
    of_year = Q(import_year=year)
    counted = products.order_by().aggregate(
        count=Count("pk"),
        without_maker=Count("pk", filter=MAKERS_CONDITIONS["none"]),
        import_total=Sum("import_usd", filter=of_year),
        samples=Count("pk", filter=of_year & Q(import_is_sample=True)),
    )
    return Worth(sample=counted.pop("samples") > 0, **counted)


def read_products(ids):
    """{key: Product} of these products, each with `usd_imports` (its USD records, oldest first) and
    `public_demands`; three queries."""
    found = Product.objects.select_related("sector", "source").in_bulk(ids)
    imports, demands = defaultdict(list), defaultdict(list)
    records = ImportRecord.objects.filter(product__in=found, currency=Currency.USD).order_by("year")
    # Some years of every product: rows without their objects are a third of the time.
    for record in records.values_list("product_id", "year", "value", "quantity", "origin", named=True):
        imports[record.product_id].append(record)
    for demand in Demand.objects.with_public_buyer().filter(product__in=found):
        demands[demand.product_id].append(demand)
    for pk, product in found.items():
        product.usd_imports, product.public_demands = imports[pk], demands[pk]
    return found


def listing_rows(ids, year, marker=None, read=read_products):
    """The ListingRows of these products, in this order. They are read together when the first row is asked
    for more than its key, by `read`: see read_products; the latest import figure alone is enough unless the
    trend is shown."""
    page = _Page(list(ids), year, read)
    return [ListingRow(pk, page, marker) for pk in page.ids]


@dataclass
class _Page:
    ids: list
    year: int | None
    read: Callable

    @cached_property
    def products(self):
        return self.read(self.ids)


@dataclass(frozen=True)
class Promise:
    """`quantity` in the product's unit, wanted in an Iranian year; None where not known."""

    year: int | None
    quantity: int | None


@dataclass
class ListingRow:
    """One product of a listing: what the row of a page and the line of a download say of it. `marker` knows
    what the list was searched for."""

    pk: int
    page: _Page
    marker: Highlighter | None = None

    @property
    def product(self):
        return self.page.products[self.pk]

    @property
    def marked(self):
        """What is marked in its name, in words: rows that differ in it are not the same part of a page."""
        return self.marker.text if self.marker else "-"

    @property
    def import_usd(self):
        """Value imported in the latest year on record, in US dollars; or None."""
        return self.product.import_usd

    @property
    def import_year(self):
        """The Iranian year of that value where it is not the listing's own, else None."""
        return None if self.product.import_year == self.page.year else self.product.import_year

    @property
    def import_record(self):
        """The record of that value, or None."""
        return self.product.usd_imports[-1] if self.product.usd_imports else None

    @property
    def spark(self):
        """The trend of its imports, oldest first; None for less than two years."""
        values = [record.value for record in self.product.usd_imports][-SPARK_YEARS:]
        return geometry.sparkline(values, get_language_bidi()) if len(values) > 1 else None

    @property
    def commitment(self):
        """The strongest promise to buy on record, a Commitment value, or an empty string."""
        return max(
            (demand.commitment for demand in self.product.public_demands), key=STRENGTH.get, default=""
        )

    @property
    def promise(self):
        """What is promised with that strength in its first year, a Promise."""
        strongest = [d for d in self.product.public_demands if d.commitment == self.commitment and d.year]
        first = min((demand.year for demand in strongest), default=None)
        quantity = sum(demand.quantity or 0 for demand in strongest if demand.year == first)
        return Promise(first, quantity or None)

    @property
    def promised(self):
        """The same as a share of a year's imports, in words."""
        imported = self.import_record.quantity if self.import_record else None
        if not self.promise.quantity or not imported:
            return ""
        return _("%(share)s of imports") % {"share": percent(self.promise.quantity, imported, get_language())}

    @property
    def has_sample(self):
        """Whether a figure of this row is a sample's."""
        return kept(self._shows_sample, "row_has_sample", self.pk)

    def _shows_sample(self):
        shown = [*self.product.public_demands, *self.product.usd_imports]
        return any(record.origin == Origin.SAMPLE for record in shown)


STRENGTH = {value: position for position, value in enumerate(Commitment.values)}
