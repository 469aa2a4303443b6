"""The columns of the product download, and what they need from the database."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from catalog.figures.listing import listing_rows
from catalog.models import Commitment, Demand, Engagement, ImportRecord, Product

from .columns import Column, Kind, of_field
from .origins import (
    ORIGINS,
    addresses,
    both,
    freshness_columns,
    of_source,
    record_columns,
    sector_columns,
    slug_column,
)

PRODUCT = attrgetter("product")
IMPORT = attrgetter("import_record")
# What the columns read, and no more: a download of 100,000 products reads several times as many of these.
RECORD_FIELDS = ("product", "origin", "source__address")
IMPORT_FIELDS = (*RECORD_FIELDS, "year", "value", "quantity", "source__publisher_en", "source__publisher_fa")
DEMAND_FIELDS = (*RECORD_FIELDS, "year", "quantity", "commitment", "buyer__name_en", "buyer__name_fa")
ENGAGEMENT_FIELDS = (*RECORD_FIELDS, "stage", "company__name_en", "company__name_fa")


def rows(products, year):
    """A ListingRow of each of these public products (with sector and source): a download says what the row of
    the page says. Three queries: the latest import figure alone, demands, engagements."""
    imports = ImportRecord.objects.latest_of_each().select_related("source")
    demands = Demand.objects.with_public_buyer().select_related("buyer", "source")
    engagements = (
        Engagement.objects.with_public_company().select_related("company", "source").furthest_first()
    )
    _attach(products, "usd_imports", imports.only(*IMPORT_FIELDS))
    _attach(products, "public_demands", demands.only(*DEMAND_FIELDS))
    _attach(products, "public_engagements", engagements.only(*ENGAGEMENT_FIELDS))
    found = {product.pk: product for product in products}
    return listing_rows(found, year, read=lambda _: found)


def _attach(products, name, records):
    """Set the list of each product's `records` as its attribute `name`.

    As Prefetch(to_attr=...) does, without the way back from record to product: such circles wait for the
    garbage collector, 30 MiB of them in a download of 100,000 products.
    """
    found = {product.pk: [] for product in products}
    for record in records.filter(product__in=found):
        found[record.product_id].append(record)
    for product in products:
        setattr(product, name, found[product.pk])


def columns(site):
    """The columns, as functions of a ListingRow; see record_columns for `site`."""
    return (
        *_fields(*both("name")),
        slug_column(PRODUCT),
        *_fields("hs_code"),
        *sector_columns(PRODUCT),
        *_fields("stage", "maker_count"),
        *_maker_columns(),
        *_fields("reported"),
        *_import_columns(),
        *_demand_columns(),
        *_fields("unit", "specification", "target_year"),
        Column("summary", _("Summary"), attrgetter("product.summary")),
        *freshness_columns(PRODUCT),
        *record_columns(PRODUCT, site),
    )


def _fields(*names):
    return (of_field(Product, name, "product") for name in names)


def _maker_columns():
    engagements = attrgetter("product.public_engagements")
    return (
        Column("makers", _("Makers on record"), lambda row: _names(engagements(row), "company"), Kind.TEXTS),
        Column(
            "makers_sample",
            _("Makers: samples among them"),
            lambda row: _sample(engagements(row)),
            Kind.YES_NO,
        ),
        Column("makers_sources", _("Makers: sources"), lambda row: addresses(engagements(row)), Kind.TEXTS),
    )


def _import_columns():
    def of_import(name):
        return lambda row: getattr(row.import_record, name, None)

    return (
        Column("import_usd", _("Imports: US dollars"), of_import("value"), Kind.NUMBER),
        Column("import_year", _("Imports: Iranian year"), of_import("year"), Kind.YEAR),
        Column("import_quantity", _("Imports: quantity"), of_import("quantity"), Kind.NUMBER),
        Column(
            "import_origin",
            _("Imports: where the figure comes from"),
            of_import("origin"),
            Kind.CODE,
            ORIGINS,
        ),
        Column("import_publisher", _("Imports: publisher of the source"), of_source(IMPORT, "publisher")),
        Column("import_source", _("Imports: address of the source"), of_source(IMPORT, "address")),
    )


def _demand_columns():
    demands = attrgetter("product.public_demands")
    commitments = tuple(Commitment.choices)
    return (
        Column("commitment", _("Strongest promise to buy"), attrgetter("commitment"), Kind.CODE, commitments),
        Column("promised_year", _("That promise: for the year"), lambda row: row.promise.year, Kind.YEAR),
        Column(
            "promised_quantity", _("That promise: quantity"), lambda row: row.promise.quantity, Kind.NUMBER
        ),
        Column("buyers", _("Buyers on record"), lambda row: _names(demands(row), "buyer"), Kind.TEXTS),
        Column(
            "buyers_sample", _("Buyers: samples among them"), lambda row: _sample(demands(row)), Kind.YES_NO
        ),
        Column("buyers_sources", _("Buyers: sources"), lambda row: addresses(demands(row)), Kind.TEXTS),
    )


def _names(records, company):
    """The names of the companies of these records, each once, in their order."""
    return tuple(dict.fromkeys(getattr(record, company).name for record in records))


def _sample(records):
    """Whether a sample is among them; None where there are none."""
    return any(record.is_sample for record in records) if records else None
