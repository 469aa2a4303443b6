"""The download of idle units: its columns, and the rows they read."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.listings.units import UnitFilterSet
from catalog.models import IdleUnit, Sector
from catalog.models.base import in_language

from .columns import (
    ColumnKind,
    Export,
    ExportColumn,
    batches,
    bilingual,
    both,
    children_reader,
    company_word_columns,
    field_columns,
    freshness_columns,
    record_columns,
    records_reader,
    sector_columns,
    sector_fields,
    slug_column,
    text_column,
)

_read_units = records_reader(
    IdleUnit.objects.published,
    *(*bilingual("name"), "slug", "status", "revived_on", "province", *bilingual("town"), *bilingual("park")),
    *("idle_since", "causes", "needs", *bilingual("needs"), "capacity", "capacity_unit", "jobs"),
    *("confirmed_on", "confirmed_by_company_on", "company_silent_since", *sector_fields("sector")),
)


def _products_reader(order):
    """Reads the public products that units name, in that order."""
    return children_reader(
        lambda: IdleUnit.objects.all().naming().order_by(order, "product"),
        "idleunit",
        *bilingual("product__name"),
    )


_READ_PRODUCTS = {"en": _products_reader("product__sort_en"), "fa": _products_reader("product__sort_fa")}


@dataclass(frozen=True)
class UnitRow:
    """An idle unit's plain values, and those of the wanted products it could make."""

    record: tuple
    products: list


def _read(query):
    """The FilterSet of the page; the sectors are read where the query names one."""
    return UnitFilterSet(query, sectors=Sector.objects.published() if "sector" in query else ())


def _batches(filterset):
    read_products = _READ_PRODUCTS[get_language()]
    return batches(found_units(filterset), _read_units, rows=lambda records: _rows(records, read_products))


def found_units(filterset):
    """The public units that a query finds, in its order. Whether a unit could make a wanted product is asked
    of each only where the query depends on it."""
    units = filterset.queryset if "match" in filterset.cleaned else IdleUnit.objects.published()
    return filterset.ordered(filterset.filter_queryset(units))


def _rows(records, read_products):
    """A UnitRow of each; one query."""
    products = read_products([record.pk for record in records])
    return [UnitRow(record, products[record.pk]) for record in records]


def _columns(site, noun):
    return (
        *field_columns(IdleUnit, *both("name")),
        slug_column(),
        *field_columns(IdleUnit, "status", "revived_on"),
        *sector_columns("sector"),
        *field_columns(IdleUnit, "province"),
        text_column("town", _("Town")),
        text_column("park", _("Industrial park")),
        *field_columns(
            IdleUnit, "idle_since", "causes", "needs", *both("needs"), "capacity", "capacity_unit", "jobs"
        ),
        ExportColumn("products", _("Wanted products it could make"), _products, ColumnKind.TEXTS),
        *freshness_columns(IdleUnit),
        *company_word_columns(),
        *record_columns(site, noun),
    )


def _products(row):
    return tuple(in_language(product, "product__name") for product in row.products)


UNIT_EXPORT = Export(
    dataset=_("List of idle units"),
    summary=_(
        "Where each unit stands, why it stopped, what it needs and which wanted products it could make."
    ),
    read=_read,
    batches=_batches,
    columns=_columns,
)
