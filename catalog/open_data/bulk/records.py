"""The nouns of the bulk files: their public rows, their fields, and each row as plain values.

The fields are those of the dictionary (catalog/open_data/dictionary.py), in both languages
at once; a link is the key of the record it leads to (`slug`, `reference`, `key`, else `id`), and
empty where that is not public.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils import timezone

from catalog.models import (
    Amendment,
    Company,
    Contract,
    ContractLine,
    Demand,
    Desk,
    DeskBuyer,
    DeskProduct,
    Document,
    Engagement,
    ExchangeRate,
    Facility,
    IdleUnit,
    ImportRecord,
    Indicator,
    Milestone,
    Office,
    Parameter,
    Party,
    Payment,
    Product,
    Sector,
    Source,
    Statement,
)
from catalog.models.codes import codes_of
from catalog.open_data.dictionary import INTERNAL

KEYS = ("slug", "reference", "key")
LISTS = ("causes", "needs", "countries")  # texts that are lists of codes


@dataclass(frozen=True)
class Noun:
    """`name` is that of its files; `rows` makes the queryset of its public rows."""

    name: str
    model: type[models.Model]
    rows: Callable

    @cached_property
    def key(self):
        """The field by which others name a row."""
        return key_of(self.model)

    @cached_property
    def fields(self):
        """The model's fields in the order of their columns. A file's name on the disk is nobody's business:
        a public document is at /documents/<id>/."""
        found = [self.model._meta.pk] if self.key == "id" else []
        found += [
            field
            for field in self.model._meta.concrete_fields
            if field.name not in INTERNAL and not isinstance(field, models.FileField)
        ]
        # A link with words of its own is a noun of its own: desk_buyers.
        return found + [
            field for field in self.model._meta.many_to_many if field.remote_field.through._meta.auto_created
        ]

    @property
    def dated(self):
        """Whether its rows say when they last changed, in a last column `updated_on`."""
        return any(field.name == "updated_at" for field in self.model._meta.concrete_fields)

    @property
    def names(self):
        """The names of the columns."""
        return [field.name for field in self.fields] + (["updated_on"] if self.dated else [])


def published(name, model):
    return Noun(name, model, model.objects.published)


def of_public(name, model, *parents):
    """A noun that is public with the records it belongs to: the foreign keys `parents`."""

    def rows():
        found = model.objects.all()
        for parent in parents:
            field = model._meta.get_field(parent)
            public = field.related_model.objects.published().values("pk")
            found = found.filter(
                Q(**{f"{parent}__in": public}) | (Q(**{f"{parent}__isnull": True}) if field.null else Q())
            )
        return found

    return Noun(name, model, rows)


NOUNS = (
    published("sectors", Sector),
    published("products", Product),
    of_public("parameters", Parameter, "product"),
    published("import_records", ImportRecord),
    published("demands", Demand),
    published("companies", Company),
    published("engagements", Engagement),
    published("idle_units", IdleUnit),
    published("desks", Desk),
    of_public("desk_products", DeskProduct, "desk", "product"),
    of_public("desk_buyers", DeskBuyer, "desk", "company"),
    published("contracts", Contract),
    of_public("parties", Party, "contract", "company"),
    of_public("contract_lines", ContractLine, "contract"),  # also of a hidden product: it is in the sum
    of_public("milestones", Milestone, "contract"),
    of_public("amendments", Amendment, "contract"),
    published("facilities", Facility),
    of_public("payments", Payment, "facility"),
    published("documents", Document),
    of_public("offices", Office),
    published("indicators", Indicator),
    published("statements", Statement),
    published("exchange_rates", ExchangeRate),
)
SOURCES = "sources"


def sources(named):
    """The sources with these ids, a noun: those that a public record names. A draft's are nobody's yet."""
    return Noun(SOURCES, Source, lambda: Source.objects.filter(pk__in=named))


_PUBLIC = {noun.model: noun.rows for noun in NOUNS} | {Source: Source.objects.all}


def key_of(model):
    names = {field.name for field in model._meta.concrete_fields}
    return next((name for name in KEYS if name in names), "id")


def plain(noun, records):
    """Each of these records as a list of values in the order of `noun.names`: str, int, bool, date, Decimal,
    list of str, or None. A query for each of the noun's links."""
    columns = [_column(field, records) for field in noun.fields]
    if noun.dated:
        columns.append([timezone.localdate(record.updated_at) for record in records])
    return [list(row) for row in zip(*columns, strict=True)]


def _column(field, records):
    if field.many_to_many:
        return _many(field, [record.pk for record in records])
    if field.related_model:
        keys = [getattr(record, field.attname) for record in records]
        known = _public_keys(field.related_model, {key for key in keys if key is not None})
        return [known.get(key) for key in keys]
    values = [getattr(record, field.attname) for record in records]
    if field.name in LISTS:
        return [list(codes_of(value)) for value in values]
    return [None if value == "" else value for value in values]


def _many(field, ids):
    here, there = field.m2m_column_name(), field.m2m_reverse_name()
    pairs = list(
        field.remote_field.through.objects.filter(**{f"{here}__in": ids})
        .order_by("pk")
        .values_list(here, there)
    )
    known = _public_keys(field.related_model, {target for _, target in pairs})
    found = {pk: [] for pk in ids}
    for pk, target in pairs:
        if target in known:
            found[pk].append(known[target])
    return list(found.values())


def _public_keys(model, ids):
    """{id: key} of those of them that are public."""
    if not ids:
        return {}
    return dict(_PUBLIC[model]().filter(pk__in=ids).order_by().values_list("pk", key_of(model)))
