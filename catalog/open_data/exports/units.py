"""The download of idle units: its columns, and the rows they read."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.listings.units import UnitFilterSet
from catalog.models import IdleUnit, Sector
from catalog.models.base import in_language

from .columns import (
    Column,
    Export,
    Kind,
    batches,
    both,
    field_columns,
    freshness_columns,
    names_of,
    record_columns,
    sector_columns,
    sector_fields,
    slug_column,
    text_column,
    values_of,
)

_FIELDS = (
    *(*names_of("name"), "slug", "status", "revived_on", "province", *names_of("town"), *names_of("park")),
    *("idle_since", "causes", "needs", *names_of("needs"), "capacity", "capacity_unit", "jobs"),
    *("confirmed_on", *sector_fields("sector")),
)


@dataclass(frozen=True)
class UnitRow:
    """An idle unit's plain values, and those of the wanted products it could make."""

    record: tuple
    products: list


def _read(query):
    """The FilterSet of the page; the sectors are read where the query names one."""
    return UnitFilterSet(query, sectors=Sector.objects.published() if "sector" in query else ())


def _batches(filterset):
    ordered = filterset.ordered(filterset.filter_queryset(filterset.queryset))
    order = "product__sort_fa" if get_language() == "fa" else "product__sort_en"
    return batches(
        ordered,
        values_of(IdleUnit.objects.published(), *_FIELDS),
        rows=lambda records: _rows(records, order),
    )


def _rows(records, order):
    """A UnitRow of each, its products in this order; one query."""
    found = defaultdict(list)
    units = IdleUnit.objects.filter(pk__in=[record.pk for record in records])
    links = units.naming().order_by(order, "product")
    for link in links.values_list("idleunit_id", *names_of("product__name"), named=True):
        found[link.idleunit_id].append(link)
    return [UnitRow(record, found[record.pk]) for record in records]


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
        Column("products", _("Wanted products it could make"), _products, Kind.TEXTS),
        *freshness_columns(IdleUnit),
        *record_columns(site, noun),
    )


def _products(row):
    return tuple(in_language(product, "product__name") for product in row.products)


UNIT_EXPORT = Export(
    title=_("Idle units"),
    dataset=_("List of idle units"),
    summary=_(
        "Where each unit stands, why it stopped, what it needs and which wanted products it could make."
    ),
    read=_read,
    batches=_batches,
    columns=_columns,
)
