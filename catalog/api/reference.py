"""What lists take and what records hold, described for readers: from the filters and the serializers, for the
OpenAPI document and the page about the API."""

from dataclasses import dataclass
from functools import cache

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.listings.base import DigitsField, is_multiple
from catalog.open_data import dictionary
from catalog.open_data.exports.columns import ColumnKind

from .filters import CURSOR, FIELDS, LONGEST_TEXT, ONE_OF, SIZE, TEXT
from .nouns import viewsets
from .nouns.products import CountryListField
from .pagination import LARGEST_PAGE, PAGE_SIZE
from .serializers import CodeListField

DIGITS = "^[. ]*([0-9۰-۹٠-٩][. ]*){1,8}$"  # with what DigitsField passes over


@dataclass(frozen=True)
class DescribedParameter:
    """A parameter for readers: its name, its JSON Schema, what it does, its (value, words), and whether it
    may be repeated."""

    name: str
    schema: dict
    meaning: str
    choices: tuple = ()
    many: bool = False


def parameters(viewset):
    """The DescribedParameters of a noun's list, worded in the active language."""
    filterset = viewset.get_filterset(QueryDict(), every_choice=True) if viewset.filterset_class else None
    filters = filterset.filters if filterset else {}
    narrowing = [_parameter(name, one) for name, one in filters.items()]
    return [*narrowing, fields_parameter(viewset), *_paging()]


def fields_parameter(viewset):
    name = {"type": "string", "enum": list(viewset.serializer_class.names())}
    schema = {"type": "array", "minItems": 1, "items": name}
    return DescribedParameter(
        FIELDS, schema, _("Only these fields of each record, separated by commas; else all.")
    )


def _paging():
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}
    cursor = _(
        "Where the page begins: from “next” or “previous” of an answer to the same query, never made up."
    )
    return [
        DescribedParameter(SIZE, size, _("How many records a page has at most.")),
        DescribedParameter(CURSOR, {"type": "string"}, cursor),
    ]


def _parameter(name, one):
    field, many = one.field, is_multiple(one.field_class)
    every = field.choices if isinstance(field, ONE_OF) else ()
    choices = tuple((str(value), str(label)) for value, label in every if str(value))
    if choices:
        schema = {"type": "string", "enum": [value for value, _label in choices]}
    elif isinstance(field, DigitsField):
        schema = {"type": "string", "pattern": DIGITS}
    elif isinstance(field, forms.IntegerField):
        schema = {"type": "integer", "minimum": _bound(field, MinValueValidator, max)}
        schema["maximum"] = _bound(field, MaxValueValidator, min)
    else:
        schema = {"type": "string"}
        if name == TEXT:
            schema["maxLength"] = LONGEST_TEXT
    if many:
        schema = {"type": "array", "items": schema}
    return DescribedParameter(name, schema, str(one.label), choices, many)


def _bound(field, kind, narrowest):
    return narrowest(one.limit_value for one in field.validators if isinstance(one, kind))


@dataclass(frozen=True)
class ReferenceRow:
    """One field of a record: a DictionaryField, and the key of the ReferenceTable of what is inside it, if
    any."""

    field: dictionary.DictionaryField
    inside: str = ""


@dataclass(frozen=True)
class ReferenceTable:
    """The fields of a kind of record, as ReferenceRows. `key` is its name in the OpenAPI document."""

    key: str
    label: str
    rows: tuple


@dataclass(frozen=True)
class Described:
    """A noun of the API: `path` of its list, its DescribedParameters, the ReferenceTable of its fields."""

    name: str
    title: str
    path: str
    parameters: list
    table: ReferenceTable


def described(path_of):
    """(the Described of each noun, the ReferenceTables of what is inside their records, each once), worded
    in the active language; `path_of` leads from a viewset to the path of its list."""
    tables, inside = field_tables(get_language())
    nouns = [
        Described(viewset.noun.path, viewset.title, path_of(viewset), parameters(viewset), table)
        for viewset, table in zip(viewsets(), tables, strict=True)
    ]
    return nouns, inside


@cache
def field_tables(language):
    """(the ReferenceTable of each noun, the ReferenceTables of what is inside their records, each once),
    worded in `language`, the active one. Made once: they follow from nothing in the database."""
    inside = {}
    return [_table(viewset.serializer_class(), inside) for viewset in viewsets()], list(inside.values())


def _table(serializer, inside):
    model = serializer.Meta.model
    rows = tuple(_row(field, model, inside) for field in serializer.fields.values())
    return ReferenceTable(_key(serializer), capfirst(str(model._meta.verbose_name)), rows)


def _key(serializer):
    return type(serializer).__name__.removesuffix("Serializer")


def _row(field, model, inside):
    many = isinstance(field, serializers.ListSerializer)
    record = field.child if many else field
    if not isinstance(record, serializers.Serializer):
        return ReferenceRow(_plain(field, model))
    key = _key(record)
    if key not in inside:
        inside[key] = None  # holds its place, in the order in which a reader meets them
        inside[key] = _table(record, inside)
    kind = _("list of objects") if many else _("object")
    return ReferenceRow(_field(field, kind, optional=not many and field.allow_null), key)


def _plain(field, model):
    """The Field of one that holds no other record: a column as the dictionary words it, else what it says of
    itself."""
    choices = ()
    if isinstance(field, CodeListField):
        kind, choices = ColumnKind.CODES.label, field.child.choices.items()
    elif isinstance(field, CountryListField):
        kind = ColumnKind.TEXTS.label
    elif isinstance(field, serializers.ChoiceField):
        kind, choices = ColumnKind.CODE.label, field.choices.items()
    else:
        try:
            return dictionary.field_of(model._meta.get_field(field.field_name))
        except FieldDoesNotExist:
            kind = next(words for kind, words in _kinds() if isinstance(field, kind))
    words = tuple((value, str(label)) for value, label in choices if value)
    return _field(field, kind, optional=field.allow_null, choices=words)


def _field(field, kind, optional, choices=()):
    return dictionary.DictionaryField(
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
        (serializers.BooleanField, ColumnKind.YES_NO.label),
        (serializers.IntegerField, ColumnKind.NUMBER.label),
        (serializers.DateField, ColumnKind.DATE.label),
    )
