"""What a listing of products is worth, and what one row of it shows."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, Sum
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from catalog import charts
from catalog.filters.products import MAKERS_CONDITIONS
from catalog.models import Commitment, ImportRecord, Origin, Product
from catalog.numerals import percent
from catalog.search import Marker

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
    """The Worth of a queryset of products in that Iranian year; two queries."""
    counted = products.order_by().aggregate(
        count=Count("pk"), without_maker=Count("pk", filter=MAKERS_CONDITIONS["none"])
    )
    imported = ImportRecord.objects.filter(
        product__in=products.order_by().values("pk"), year=year, currency="USD"
    ).aggregate(total=Sum("value"), samples=Count("pk", filter=Q(origin=Origin.SAMPLE)))
    return Worth(**counted, import_total=imported["total"], sample=imported["samples"] > 0)


@dataclass
class ListingRow:
    """One product of the listing, `year` being the Iranian year its import value is of. The product must come
    with `import_usd`, `usd_imports` (its USD records, oldest first) and `public_demands`. `marker` knows what
    the list was searched for."""

    product: Product
    year: int | None
    marker: Marker | None = None

    @property
    def import_usd(self):
        """Value imported in the listing's year, else in the latest year on record, in US dollars; or None."""
        return self.import_record.value if self.import_record else None

    @property
    def import_year(self):
        """The year of that value where it is not the listing's own, else None."""
        return (
            self.import_record.year if self.import_record and self.import_record.year != self.year else None
        )

    @cached_property
    def import_record(self):
        records = self.product.usd_imports
        return next(
            (record for record in records if record.year == self.year), records[-1] if records else None
        )

    @property
    def spark(self):
        """The trend of its imports, oldest first; None for less than two years."""
        values = [record.value for record in self.product.usd_imports][-SPARK_YEARS:]
        return charts.sparkline(values, get_language_bidi()) if len(values) > 1 else None

    @property
    def commitment(self):
        """The strongest promise to buy on record, a Commitment value, or an empty string."""
        return max(
            (demand.commitment for demand in self.product.public_demands), key=STRENGTH.get, default=""
        )

    @property
    def promised(self):
        """What is promised with that strength in its first year, as a share of a year's imports, in words."""
        strongest = [d for d in self.product.public_demands if d.commitment == self.commitment and d.year]
        imported = self.import_record.quantity if self.import_record else None
        if not strongest or not imported:
            return ""
        first = min(demand.year for demand in strongest)
        quantity = sum(demand.quantity or 0 for demand in strongest if demand.year == first)
        if not quantity:
            return ""
        return _("%(share)s of imports") % {"share": percent(quantity, imported, get_language())}

    @property
    def has_sample(self):
        """Whether a figure of this row is a sample's."""
        shown = [*self.product.public_demands, *self.product.usd_imports]
        return any(record.origin == Origin.SAMPLE for record in shown)


STRENGTH = {value: position for position, value in enumerate(Commitment.values)}
