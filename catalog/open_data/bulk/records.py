"""The rows of the bulk files: of each noun the public rows, its fields, and each row as plain values.

The fields are those of the dictionary, in both languages at once; a link is the key of the record it leads to
(`slug`, `reference`, `key`, else `id`), and empty where that is not public.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils import timezone

from catalog.models import Source
from catalog.models.codes import codes_of
from catalog.nouns import key_of, noun_of, nouns
from catalog.open_data.dictionary import INTERNAL

ORIGIN_COLUMN = "origin"
LIST_COLUMNS = ("causes", "needs", "countries")  # texts that are lists of codes


@dataclass(frozen=True)
class Contents:
    """What the files of a noun hold. `name` is that of the files, `rows` makes the queryset of their rows."""

    name: str
    model: type[models.Model]
    rows: Callable

    @cached_property
    def key(self):
        """The field by which others name a row."""
        return key_of(self.model)

    def read(self, keys):
        """The records with these keys, in any order."""
        return self.model.objects.filter(pk__in=keys)

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

    @cached_property
    def origin_of(self):
        """The field of the record that says the origin of these rows, None where they say it themselves."""
        if self.model is Source or noun_of(self.model).has(ORIGIN_COLUMN):
            return None
        parents = (self.model._meta.get_field(name) for name in self.model.belongs_to)
        return next((one for one in parents if noun_of(one.related_model).has(ORIGIN_COLUMN)), None)

    @property
    def names(self):
        """The names of the columns."""
        names = [field.name for field in self.fields]
        return names + [ORIGIN_COLUMN] * bool(self.origin_of) + ["updated_on"] * self.dated


def contents():
    """The Contents of each noun in the bulk files but the sources."""
    return [Contents(noun.name, noun.model, noun.rows) for noun in nouns("bulk")]


def contents_of_sources(ids):
    """Those of the sources with these ids: those that a public record names. A draft's are nobody's yet."""
    return Contents(noun_of(Source).name, Source, lambda: Source.objects.filter(pk__in=ids))


def plain_values(contents, records):
    """Each of these records as a list of values in the order of `contents.names`: str, int, bool, date,
    Decimal, list of str, or None. A query for each link."""
    columns = [_column(field, records) for field in contents.fields]
    if contents.origin_of:
        columns.append(_origins(contents.origin_of, records))
    if contents.dated:
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
    if field.name in LIST_COLUMNS:
        return [list(codes_of(value)) for value in values]
    return [None if value == "" else value for value in values]


def _origins(parent, records):
    """Of each record the origin of that to which it belongs: a row must say by itself that it is a sample."""
    keys = [getattr(record, parent.attname) for record in records]
    known = dict(
        parent.related_model.objects.filter(pk__in=set(keys)).order_by().values_list("pk", ORIGIN_COLUMN)
    )
    return [known.get(key) for key in keys]


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
    rows = Source.objects.all() if model is Source else model.objects.published()
    return dict(rows.filter(pk__in=ids).order_by().values_list("pk", key_of(model)))
