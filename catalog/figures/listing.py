"""What a listing of products is worth, and what one row of it shows."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.formats.numerals import percent
from catalog.models import Currency, ImportRecord, Makers, Origin, Product, ProductCount, ProductPromise
from catalog.models.addresses import record_address
from catalog.models.base import in_language
from catalog.models.demands import strongest, strongest_promise
from catalog.models.prepared import KEY, Keys, OneOf, PreparedQuery
from catalog.models.product_tags import calculated_tag, last_call_in, with_any_tag
from catalog.models.products import MAKERS_CONDITIONS, dotted
from catalog.search import Highlighter

from .amounts import NONE_CALCULATED, Apart, calculated_by_sector, sum_of_known

TREND_YEARS = 8
PRODUCT_COLUMNS = (
    *("pk", "slug", "name_en", "name_fa", "hs_code", "reported", "origin"),
    *("stage", "stage_is_sample", "maker_count", "sample_maker_count"),
    *("import_year", "import_usd", "import_is_sample", "import_is_calculated", "tags"),
)
SECTOR = ("sector__slug", "sector__name_en", "sector__name_fa")


@dataclass(frozen=True)
class Worth:
    """`import_total` in whole US dollars of one Iranian year, None where nothing is recorded: the sum of
    `valued` products; `sample_total` the same by sample figures; `calculated`: see figures/amounts.py."""

    count: int
    without_maker: int
    import_total: int | None
    valued: int
    sample_total: int | None
    calculated: Apart = NONE_CALCULATED


def worth(products, year):
    """The Worth of a queryset of products in that Iranian year; one query."""
    tags = [calculated_tag(year, is_sample) for is_sample in (False, True)]
    of_year = Q(import_year=year)
    counted = products.order_by().aggregate(
        count=Count("pk"),
        without_maker=Count("pk", filter=MAKERS_CONDITIONS[Makers.NONE]),
        import_total=Sum("import_usd", filter=of_year & Q(import_is_sample=False)),
        valued=Count("import_usd", filter=of_year & Q(import_is_sample=False)),
        sample_total=Sum("import_usd", filter=of_year & Q(import_is_sample=True)),
        calculated=Count("pk", filter=with_any_tag("calculated", tags[:1])),
        sample_calculated=Count("pk", filter=with_any_tag("calculated", tags[1:])),
    )
    real, samples = counted.pop("calculated"), counted.pop("sample_calculated")
    return Worth(**counted, calculated=Apart(real > 0, samples > 0))


def worth_of_groups(groups, year, calculated_parts=NONE_CALCULATED):
    """The Worth of products that are counted in groups: (sector, stage, makers, origin, import year, whether
    that is a sample, number of products, their imports in US dollars) each; `calculated_parts` of them."""
    count = without_maker = valued = 0
    imports, of_samples = [], []
    for _sector, _stage, makers, _origin, import_year, is_sample, products, usd in groups:
        count += products
        without_maker += products if makers == Makers.NONE else 0
        if import_year == year and year:
            (of_samples if is_sample else imports).append(usd)
            valued += 0 if is_sample else products
    sums = sum_of_known(imports), valued, sum_of_known(of_samples)
    return Worth(count, without_maker, *sums, calculated_parts)


COUNTS_OF_SECTOR = PreparedQuery(
    lambda sector: ProductCount.objects.filter(sector=sector).by(
        *("sector", "stage", "makers", "product_origin", "import_year", "import_is_sample")
    ),
    sector=KEY,
)


def worth_of_sector(sector, year):
    """The Worth of the public products of a sector in that Iranian year; two queries."""
    groups = COUNTS_OF_SECTOR(sector=sector.pk)
    return worth_of_groups(groups, year, calculated_by_sector(year)[sector.pk])


@dataclass(frozen=True, slots=True)
class ListedSector:
    """The sector of a row."""

    slug: str
    name_en: str
    name_fa: str

    @property
    def name(self):
        return in_language(self, "name")

    def get_absolute_url(self):
        return record_address("catalog:sector_detail", self.slug)


@dataclass(slots=True)
class ListedProduct:
    """What a row shows of a Product: rows without their objects are a third of the time. `url` is its page;
    `usd_imports` are its USD records that count, oldest first, `promises` what buyers promise, each
    once."""

    pk: int
    slug: str
    name_en: str
    name_fa: str
    hs_code: str
    reported: str
    origin: str
    stage: str
    stage_is_sample: bool
    maker_count: int
    sample_maker_count: int
    import_year: int | None
    import_usd: int | None
    import_is_sample: bool
    import_is_calculated: bool
    tags: str
    sector: ListedSector
    url: str
    usd_imports: list
    promises: list

    @property
    def name(self):
        return in_language(self, "name")

    __str__ = name.fget

    @property
    def hs_dotted(self):
        return dotted(self.hs_code)

    @property
    def is_sample(self):
        return self.origin == Origin.SAMPLE

    @property
    def called(self):
        """As of Product."""
        return last_call_in(self.tags)

    def get_absolute_url(self):
        return self.url

    def get_reported_display(self):
        return Product.Reported(self.reported).label


LISTED_PRODUCTS = PreparedQuery(
    lambda keys: Product.objects.filter(OneOf("pk", keys)).order_by().values_list(*PRODUCT_COLUMNS, *SECTOR),
    keys=Keys(),
)
LISTED_IMPORTS = PreparedQuery(
    lambda keys: (
        ImportRecord.objects.counted()
        .filter(OneOf("product", keys), currency=Currency.USD)
        .in_time()
        .values_list("product_id", "year", "value", "quantity", "origin")
    ),
    keys=Keys(),
)
LISTED_PROMISES = PreparedQuery(
    lambda keys: (
        ProductPromise.objects.summed()
        .filter(OneOf("product", keys))
        .values_list("product_id", "commitment", "year", "quantity", "is_sample")
    ),
    keys=Keys(),
)


def read_products(ids):
    """{key: ListedProduct} of these products; three queries."""
    ids = list(ids)
    imports, promises = defaultdict(list), defaultdict(list)
    for record in LISTED_IMPORTS(keys=ids):
        imports[record.product_id].append(record)
    for promise in LISTED_PROMISES(keys=ids):
        promises[promise.product_id].append(promise)
    page = reverse("catalog:product_detail", args=["-"])  # once, for it takes its time
    before, after = page.rsplit("-", 1)
    found = {}
    for *values, slug, name_en, name_fa in LISTED_PRODUCTS(keys=ids):
        sector = ListedSector(slug, name_en, name_fa)
        pk, product_slug = values[:2]
        url = f"{before}{product_slug}{after}"
        found[pk] = ListedProduct(*values, sector, url, imports[pk], promises[pk])
    return found


def listing_rows(ids, year, marker=None, read=read_products):
    """The ListingRows of these products, in this order; `year` is the listing's year of imports, `marker`
    knows what was searched for. `read` gives {key: product} as read_products does; the latest import figure
    alone is enough unless the trend is shown."""
    ids = list(ids)
    products = read(ids)
    return [ListingRow(products[pk], year, marker) for pk in ids if pk in products]


@dataclass(frozen=True)
class PromisedQuantity:
    """`quantity` in the product's unit, wanted in an Iranian year; None where not known."""

    year: int | None
    quantity: int | None


@dataclass(frozen=True)
class ListingRow:
    """One product of a listing: what the row of a page and the line of a download say of it. `product` is a
    ListedProduct, or a Product with its `usd_imports` and `promises` at hand."""

    product: Product
    year: int | None
    marker: Highlighter | None = None

    @property
    def pk(self):
        return self.product.pk

    @property
    def import_usd(self):
        """Value imported in the latest year on record, in US dollars; or None."""
        return self.product.import_usd

    @property
    def import_year(self):
        """The year of that value where it is not the listing's own, else None."""
        return None if self.product.import_year == self.year else self.product.import_year

    @property
    def import_record(self):
        """The record of that value, or None."""
        return next((one for one in self.product.usd_imports if one.year == self.product.import_year), None)

    @property
    def trend(self):
        """The values of its imports in US dollars, oldest first; empty for less than two years."""
        values = [record.value for record in self.product.usd_imports][-TREND_YEARS:]
        return values if len(values) > 1 else []

    @cached_property
    def strongest(self):
        """The strongest promises to buy on record; see `strongest`."""
        return strongest(self.product.promises)

    @property
    def commitment(self):
        """How strong they are, a Commitment value, or an empty string."""
        return self.strongest[0].commitment if self.strongest else ""

    @cached_property
    def promise(self):
        """What is promised with that strength in its first year, a PromisedQuantity."""
        return PromisedQuantity(*strongest_promise(self.strongest)[1:])

    @cached_property
    def promised(self):
        """The same as a share of a year's imports, in words."""
        imported = self.import_record.quantity if self.import_record else None
        wanted = self.promise.quantity if imported else None
        return (
            _("%(share)s of imports") % {"share": percent(wanted, imported, get_language())} if wanted else ""
        )

    @property
    def import_sample(self):
        """Whether its import value is a sample, None without one."""
        return None if self.import_usd is None else self.product.import_is_sample

    @property
    def maker_samples(self):
        """How many of its companies are samples."""
        return self.product.sample_maker_count

    @property
    def stage_sample(self):
        """Whether its stage rests on samples alone; None where it has no maker."""
        return self.product.stage_is_sample if self.product.maker_count else None

    @cached_property
    def promise_sample(self):
        """Whether its promise, or the imports that are the measure of it, are samples; None without one."""
        if not self.strongest:
            return None
        of_import = self.promised and self.import_record.origin == Origin.SAMPLE
        return self.strongest[0].is_sample or bool(of_import)

    @cached_property
    def all_sample(self):
        """Whether it has figures and makers, and all are samples: said once then."""
        parts = [self.import_sample, self.stage_sample, self.promise_sample]
        if self.product.maker_count:
            parts.append(self.maker_samples == self.product.maker_count)
        return any(parts) and all(part is not False for part in parts)

    @property
    def has_sample(self):
        """Whether a figure of this row is a sample's."""
        parts = (self.import_sample, self.stage_sample, self.promise_sample, self.maker_samples)
        return any(parts)
