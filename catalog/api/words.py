"""The API in the reader's words, for the page about it: what each record holds and what each list takes. From
the serializers and the filters, as the OpenAPI document is."""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.open_data import dictionary
from catalog.open_data.exports.columns import Kind

from . import fields as api_fields
from . import query
from .nouns import NOUNS
from .nouns.products import Countries


@dataclass(frozen=True)
class Row:
    """One field of a record: a dictionary.Field, and the key of the Table of what is inside it, if any."""

    field: dictionary.Field
    inside: str = ""


@dataclass(frozen=True)
class Table:
    """The fields of a kind of record, as Rows. `key` is its name in the OpenAPI document."""

    key: str
    label: str
    rows: tuple


@dataclass(frozen=True)
class Described:
    """A noun of the API: `path` of its list, its query.Parameters, the Table of its fields."""

    name: str
    title: str
    path: str
    parameters: list
    table: Table


def described(path_of):
    """(the Described of each noun, the Tables of what is inside their records, each once), worded in the
    active language; `path_of` leads from a noun to the path of its list."""
    inside, found = {}, []
    for noun in NOUNS:
        table = _table(noun.serializer(), inside)
        found.append(Described(noun.name, noun.title, path_of(noun), query.parameters(noun), table))
    return found, list(inside.values())


def _table(serializer, inside):
    model = serializer.Meta.model
    rows = tuple(_row(field, model, inside) for field in serializer.fields.values())
    return Table(_key(serializer), capfirst(str(model._meta.verbose_name)), rows)


def _key(serializer):
    return type(serializer).__name__.removesuffix("Serializer")


def _row(field, model, inside):
    many = isinstance(field, serializers.ListSerializer)
    record = field.child if many else field
    if not isinstance(record, serializers.Serializer):
        return Row(_plain(field, model))
    key = _key(record)
    if key not in inside:
        inside[key] = None  # holds its place, in the order in which a reader meets them
        inside[key] = _table(record, inside)
    kind = _("list of objects") if many else _("object")
    return Row(_field(field, kind, optional=not many and field.allow_null), key)


def _plain(field, model):
    """The Field of one that holds no other record: a column as the dictionary words it, else what it says of
    itself."""
    choices = ()
    if isinstance(field, api_fields.Codes):
        kind, choices = Kind.CODES.label, field.child.choices.items()
    elif isinstance(field, Countries):
        kind = Kind.TEXTS.label
    elif isinstance(field, serializers.ChoiceField):
        kind, choices = Kind.CODE.label, field.choices.items()
    else:
        try:
            return dictionary.field_of(model._meta.get_field(field.field_name))
        except FieldDoesNotExist:
            kind = next(words for kind, words in _kinds() if isinstance(field, kind))
    words = tuple((value, str(label)) for value, label in choices if value)
    return _field(field, kind, optional=field.allow_null, choices=words)


def _field(field, kind, optional, choices=()):
    return dictionary.Field(
        name=field.field_name,
        label=str(field.label),
        meaning=str(field.help_text or ""),
        kind=str(kind),
        optional=optional,
        choices=choices,
    )


def _kinds():
    return (
        (serializers.URLField, _("web address")),
        (serializers.BooleanField, Kind.YES_NO.label),
        (serializers.IntegerField, Kind.NUMBER.label),
        (serializers.DateField, Kind.DATE.label),
    )
