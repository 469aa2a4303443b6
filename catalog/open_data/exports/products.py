"""The download of products: its columns, and the rows they read."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from catalog.listings.products import read_query
from catalog.models import Commitment, ImportRecord, Product, ProductMaker, ProductPromise
from catalog.models.base import Calendar, in_language
from catalog.models.demands import strongest, strongest_promise

from .columns import (
    ORIGIN_CHOICES,
    ColumnKind,
    Export,
    ExportColumn,
    batches,
    bilingual,
    both,
    children_reader,
    field_columns,
    freshness_columns,
    record_columns,
    records_reader,
    sector_columns,
    sector_fields,
    slug_column,
    text_column,
)

_read_products = records_reader(
    Product.objects.published,
    *(*bilingual("name"), "slug", "hs_code", "stage", "stage_is_sample", "maker_count"),
    *("sample_maker_count", "reported", "unit", "specification"),
    *("target_year", *bilingual("summary"), "confirmed_on", *sector_fields("sector")),
    *("last_call__opens", "last_call__closes", "last_call__claims", "last_call__accepted"),
)
_read_imports = children_reader(
    ImportRecord.objects.latest_of_each,
    "product",
    *("origin", "source__address", "year", "calendar", "calculated_from", "value", "quantity"),
    *bilingual("source__publisher"),
)
_read_promises = children_reader(
    lambda: ProductPromise.objects.promised().order_by("year", "pk"),
    "product",
    *("is_sample", "counted", "year", "quantity", "commitment", *bilingual("buyer__name")),
    *(*bilingual("party__name"), "demand__source__address", "contract__source__address"),
)
_read_makers = children_reader(
    lambda: ProductMaker.objects.filter(counts=True).furthest_first(),
    "product",
    *("is_sample", "engagement__source__address", "contract__source__address", *bilingual("company__name")),
)


@dataclass
class ProductRow:
    """A product's plain values, those of its latest import figure in US dollars or None, of the promises to
    buy it and of its makers."""

    record: tuple
    imported: tuple | None
    promises: list
    makers: list

    @cached_property
    def counted(self):
        """Its promises, each once."""
        return [promise for promise in self.promises if promise.counted]

    @cached_property
    def promise(self):
        """See `strongest_promise`."""
        return strongest_promise(self.counted)

    @property
    def promise_sample(self):
        """Whether that promise is a sample; None without one."""
        return _any_sample(strongest(self.counted))

    @property
    def stage_sample(self):
        """Whether its stage rests on samples alone; None where it has no maker."""
        return self.record.stage_is_sample if self.makers else None


def _batches(filterset):
    return batches(filterset.qs, _read_products, _rows)


def _rows(products):
    """A ProductRow of each; three queries."""
    keys = [product.pk for product in products]
    imports, promises, makers = _read_imports(keys), _read_promises(keys), _read_makers(keys)
    return [
        ProductRow(product, next(iter(imports[key]), None), promises[key], makers[key])
        for key, product in zip(keys, products, strict=True)
    ]


def _columns(site, noun):
    return (
        *field_columns(Product, *both("name")),
        slug_column(),
        *field_columns(Product, "hs_code"),
        *sector_columns("sector"),
        *field_columns(Product, "stage"),
        ExportColumn(
            "stage_sample", _("Stage: it rests on samples"), attrgetter("stage_sample"), ColumnKind.YES_NO
        ),
        *field_columns(Product, "maker_count"),
        *_maker_columns(),
        *field_columns(Product, "reported"),
        *_call_columns(),
        *_import_columns(),
        *_demand_columns(),
        *field_columns(Product, "unit", "specification", "target_year"),
        text_column("summary", _("Summary")),
        *freshness_columns(Product),
        *record_columns(site, noun),
    )


def _maker_columns():
    return (
        ExportColumn(
            "maker_samples",
            _("Companies on record: of them samples"),
            attrgetter("record.sample_maker_count"),
            ColumnKind.NUMBER,
        ),
        ExportColumn(
            "makers",
            _("Makers on record"),
            lambda row: _names(row.makers, "company__name"),
            ColumnKind.TEXTS,
        ),
        ExportColumn(
            "makers_sample",
            _("Makers: samples among them"),
            lambda row: _any_sample(row.makers),
            ColumnKind.YES_NO,
        ),
        ExportColumn("makers_sources", _("Makers: sources"), _sources_of_makers, ColumnKind.TEXTS),
    )


def _call_columns():
    def of_call(name):
        return attrgetter(f"record.last_call__{name}")

    return (
        ExportColumn("call_opens", _("Last call for makers: first day"), of_call("opens"), ColumnKind.DATE),
        ExportColumn("call_closes", _("Last call for makers: last day"), of_call("closes"), ColumnKind.DATE),
        ExportColumn(
            "call_claims", _("Last call for makers: claims received"), of_call("claims"), ColumnKind.NUMBER
        ),
        ExportColumn(
            "call_accepted",
            _("Last call for makers: claims accepted"),
            of_call("accepted"),
            ColumnKind.NUMBER,
        ),
    )


def _import_columns():
    def of_import(name):
        return lambda row: getattr(row.imported, name, None)

    return (
        ExportColumn("import_usd", _("Imports: US dollars"), of_import("value"), ColumnKind.NUMBER),
        ExportColumn("import_year", _("Imports: year"), of_import("year"), ColumnKind.EITHER_YEAR),
        ExportColumn(
            "import_calendar",
            _("Imports: calendar of the year"),
            of_import("calendar"),
            ColumnKind.CODE,
            tuple(Calendar.choices),
        ),
        ExportColumn(
            "import_calculated",
            _("Imports: calculated by a share of the whole tariff line"),
            lambda row: bool(row.imported.calculated_from) if row.imported else None,
            ColumnKind.YES_NO,
        ),
        ExportColumn(
            "import_shares",
            _("Imports: the shares it is calculated from (code, percent, source)"),
            of_import("calculated_from"),
        ),
        ExportColumn("import_quantity", _("Imports: quantity"), of_import("quantity"), ColumnKind.NUMBER),
        ExportColumn(
            "import_origin",
            _("Imports: where the figure comes from"),
            of_import("origin"),
            ColumnKind.CODE,
            ORIGIN_CHOICES,
        ),
        ExportColumn("import_publisher", _("Imports: publisher of the source"), _import_publisher),
        ExportColumn("import_source", _("Imports: address of the source"), of_import("source__address")),
    )


def _import_publisher(row):
    return row.imported and in_language(row.imported, "source__publisher")


def _demand_columns():
    commitments = tuple(Commitment.choices)
    return (
        ExportColumn(
            "commitment",
            _("Strongest promise to buy"),
            lambda row: row.promise[0],
            ColumnKind.CODE,
            commitments,
        ),
        ExportColumn(
            "promised_year", _("That promise: for the year"), lambda row: row.promise[1], ColumnKind.YEAR
        ),
        ExportColumn(
            "promised_quantity", _("That promise: quantity"), lambda row: row.promise[2], ColumnKind.NUMBER
        ),
        ExportColumn(
            "promise_sample",
            _("That promise: it is a sample"),
            attrgetter("promise_sample"),
            ColumnKind.YES_NO,
        ),
        ExportColumn("buyers", _("Buyers on record"), _buyers, ColumnKind.TEXTS),
        ExportColumn(
            "buyers_sample",
            _("Buyers: samples among them"),
            lambda row: _any_sample(row.promises),
            ColumnKind.YES_NO,
        ),
        ExportColumn("buyers_sources", _("Buyers: sources"), _sources_of_promises, ColumnKind.TEXTS),
    )


def _buyers(row):
    return _names(row.promises, "buyer__name", "party__name")


def _sources_of_makers(row):
    return _addresses(row.makers, "engagement__source__address", "contract__source__address")


def _sources_of_promises(row):
    return _addresses(row.promises, "demand__source__address", "contract__source__address")


def _names(records, *paths):
    """The names that these records have at one of `paths`, each once, in their order."""
    names = (in_language(record, path) for record in records for path in paths)
    return tuple(dict.fromkeys(name for name in names if name))


def _any_sample(records):
    """Whether a sample is among them; None where there are none."""
    return any(record.is_sample for record in records) if records else None


def _addresses(records, *paths):
    """The addresses of sources that these records have at `paths`, each once."""
    found = (getattr(record, path) for record in records for path in paths)
    return tuple(dict.fromkeys(address for address in found if address))


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
