"""The download of products: its columns, and the rows they read."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from catalog.figures.sample_makers import summed
from catalog.listings.products import read_query
from catalog.models import Commitment, Demand, Engagement, ImportRecord, Product
from catalog.models.base import in_language
from catalog.models.demands import strongest, strongest_promise

from .columns import (
    ORIGINS,
    Column,
    Export,
    Kind,
    batches,
    bilingual,
    both,
    children_reader,
    field_columns,
    freshness_columns,
    is_sample,
    record_columns,
    records_reader,
    sector_columns,
    sector_fields,
    slug_column,
    text_column,
)

_read_products = records_reader(
    Product.objects.published,
    *(*bilingual("name"), "slug", "hs_code", "stage", "maker_count", "reported", "unit", "specification"),
    *("target_year", *bilingual("summary"), "confirmed_on", *sector_fields("sector")),
)
_read_imports = children_reader(
    ImportRecord.objects.latest_of_each,
    "product",
    *("origin", "source__address", "year", "value", "quantity", *bilingual("source__publisher")),
)
_read_demands = children_reader(
    Demand.objects.with_public_buyer,
    "product",
    *("origin", "source__address", "year", "quantity", "commitment", *bilingual("buyer__name")),
)
_read_engagements = children_reader(
    lambda: Engagement.objects.with_public_company().furthest_first(),
    "product",
    *("origin", "source__address", "stage", *bilingual("company__name")),
)


@dataclass
class ProductRow:
    """A product's plain values, those of its latest import figure in US dollars or None, of its demands and
    of its engagements."""

    record: tuple
    imported: tuple | None
    demands: list
    engagements: list

    @cached_property
    def promise(self):
        """See `strongest_promise`."""
        return strongest_promise(self.demands)

    @property
    def promise_sample(self):
        """Whether that promise is a sample; None without one."""
        return _any_sample(strongest(self.demands))

    @cached_property
    def sample_makers(self):
        """Its SampleMakers."""
        return summed((self.record.pk, one) for one in self.engagements)[self.record.pk]

    @property
    def stage_sample(self):
        """Whether its stage rests on samples alone; None where it has no maker."""
        return self.sample_makers.alone_at(self.record.stage) if self.engagements else None


def _batches(filterset):
    return batches(filterset.qs, _read_products, _rows)


def _rows(products):
    """A ProductRow of each; three queries."""
    keys = [product.pk for product in products]
    imports, demands, engagements = _read_imports(keys), _read_demands(keys), _read_engagements(keys)
    return [
        ProductRow(product, next(iter(imports[key]), None), demands[key], engagements[key])
        for key, product in zip(keys, products, strict=True)
    ]


def _columns(site, noun):
    return (
        *field_columns(Product, *both("name")),
        slug_column(),
        *field_columns(Product, "hs_code"),
        *sector_columns("sector"),
        *field_columns(Product, "stage"),
        Column("stage_sample", _("Stage: it rests on samples"), attrgetter("stage_sample"), Kind.YES_NO),
        *field_columns(Product, "maker_count"),
        *_maker_columns(),
        *field_columns(Product, "reported"),
        *_import_columns(),
        *_demand_columns(),
        *field_columns(Product, "unit", "specification", "target_year"),
        text_column("summary", _("Summary")),
        *freshness_columns(Product),
        *record_columns(site, noun),
    )


def _maker_columns():
    return (
        Column(
            "maker_samples",
            _("Companies on record: of them samples"),
            attrgetter("sample_makers.samples"),
            Kind.NUMBER,
        ),
        Column(
            "makers",
            _("Makers on record"),
            lambda row: _names(row.engagements, "company__name"),
            Kind.TEXTS,
        ),
        Column(
            "makers_sample",
            _("Makers: samples among them"),
            lambda row: _any_sample(row.engagements),
            Kind.YES_NO,
        ),
        Column("makers_sources", _("Makers: sources"), lambda row: _addresses(row.engagements), Kind.TEXTS),
    )


def _import_columns():
    def of_import(name):
        return lambda row: getattr(row.imported, name, None)

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
        Column("import_publisher", _("Imports: publisher of the source"), _import_publisher),
        Column("import_source", _("Imports: address of the source"), of_import("source__address")),
    )


def _import_publisher(row):
    return row.imported and in_language(row.imported, "source__publisher")


def _demand_columns():
    commitments = tuple(Commitment.choices)
    return (
        Column(
            "commitment", _("Strongest promise to buy"), lambda row: row.promise[0], Kind.CODE, commitments
        ),
        Column("promised_year", _("That promise: for the year"), lambda row: row.promise[1], Kind.YEAR),
        Column("promised_quantity", _("That promise: quantity"), lambda row: row.promise[2], Kind.NUMBER),
        Column(
            "promise_sample", _("That promise: it is a sample"), attrgetter("promise_sample"), Kind.YES_NO
        ),
        Column("buyers", _("Buyers on record"), lambda row: _names(row.demands, "buyer__name"), Kind.TEXTS),
        Column(
            "buyers_sample",
            _("Buyers: samples among them"),
            lambda row: _any_sample(row.demands),
            Kind.YES_NO,
        ),
        Column("buyers_sources", _("Buyers: sources"), lambda row: _addresses(row.demands), Kind.TEXTS),
    )


def _names(records, path):
    """The names that these records have at `path`, each once, in their order."""
    return tuple(dict.fromkeys(in_language(record, path) for record in records))


def _any_sample(records):
    """Whether a sample is among them; None where there are none."""
    return any(map(is_sample, records)) if records else None


def _addresses(records):
    """The addresses of the sources of these records, each once."""
    return tuple(dict.fromkeys(record.source__address for record in records if record.source__address))


PRODUCT_EXPORT = Export(
    dataset=_("List of products"),
    summary=_(
        "Every product with its code, imports, makers and buyers, and with the source of each figure. "
        "The page of the list gives the same for what is chosen there. Samples are marked. In CSV a text "
        "that begins like a formula has an apostrophe before it, so that no spreadsheet runs it."
    ),
    read=read_query,
    batches=_batches,
    columns=_columns,
)
