"""The columns of the download of idle units, and what they need from the database."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from catalog.models import IdleUnit

from .columns import Column, Kind, of_field
from .origins import both, freshness_columns, record_columns, sector_columns, slug_column


def fetched(units):
    """Units, their `public_products` fetched, with what else their columns read."""
    return units.select_related("sector", "source")


def columns(site):
    """The columns, as functions of an IdleUnit; see record_columns for `site`."""
    return (
        *_fields(*both("name")),
        slug_column(_itself),
        *_fields("status", "revived_on"),
        *sector_columns(_itself),
        *_fields("province"),
        Column("town", _("Town"), attrgetter("town")),
        Column("park", _("Industrial park"), attrgetter("park")),
        *_fields("idle_since", "causes", "needs", *both("needs"), "capacity", "capacity_unit", "jobs"),
        Column("products", _("Wanted products it could make"), _products, Kind.TEXTS),
        *freshness_columns(_itself),
        *record_columns(_itself, site),
    )


def _itself(unit):
    return unit


def _fields(*names):
    return (of_field(IdleUnit, name) for name in names)


def _products(unit):
    return tuple(product.name for product in unit.public_products)
