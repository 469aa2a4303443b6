"""Reading a query strictly: what the listing's page would leave aside is refused here, for a program does not
read notices."""

import re
from dataclasses import dataclass

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.formats.numerals import number
from catalog.listings.base import DigitsField, ListingFilterSet, in_order, shown

from . import paging
from .errors import Fault, NoSuchPageError, UnusableQueryError

PAGE_SIZE, LARGEST_PAGE = 25, 100
LONGEST_TEXT = 200  # characters; an address of twelve bytes for each still fits into a line of a request
TEXT, FIELDS, SIZE, CURSOR = "q", "fields", "page_size", "cursor"
MANY = forms.MultipleChoiceField | forms.ModelMultipleChoiceField
ONE_OF = forms.ChoiceField | forms.ModelChoiceField
DIGITS = "^[. ]*([0-9۰-۹٠-٩][. ]*){1,8}$"  # with what DigitsField passes over
_NUMBER = re.compile("[0-9]{1,4}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What a query asks of a list: its `filterset` (None for a noun without filters), the `fields` chosen
    (None: all), the page's `size`, the Cursor (None: the first page), and the query as `text` without these
    three, which is what a cursor belongs to."""

    filterset: ListingFilterSet | None
    fields: tuple | None
    size: int
    cursor: paging.Cursor | None
    text: str


def of_list(noun, data):
    """The Asked of a query (a QueryDict); raises UnusableQueryError."""
    faults = []
    filterset = noun.filterset(QueryDict())
    filters = filterset.filters if filterset else {}
    used = _known(data, [*filters, FIELDS, SIZE, CURSOR], faults)
    fields, size = _fields(noun, used, faults), _size(used, faults)
    narrowing = used.copy()
    for name in (FIELDS, SIZE, CURSOR):
        narrowing.pop(name, None)
    for name, values in narrowing.lists():
        if name != TEXT and not all(value.strip() for value in values):  # the page would leave it aside
            faults.append(Fault(name, "", _("It has no value.")))
        if name == TEXT and len(values[-1]) > LONGEST_TEXT:
            faults.append(Fault(name, shown(values[-1]), _("It is too long.")))
        if len(values) > 1 and not isinstance(filters[name].field, MANY):
            faults.append(Fault(name, shown(values[1]), _("Give it once.")))
    filterset = noun.filterset(narrowing)
    if filterset:
        faults += [_refused(filterset.filters[name].field, name, value) for name, value in filterset.refused]
    if faults:
        raise UnusableQueryError(faults)
    text = in_order(filterset.chosen).urlencode() if filterset else ""
    return Asked(filterset, fields, size, _cursor(used, f"{noun.name}?{text}"), text)


def of_record(noun, data):
    """The fields that a query for one record chooses, None for all; raises UnusableQueryError."""
    faults = []
    fields = _fields(noun, _known(data, [FIELDS], faults), faults)
    if faults:
        raise UnusableQueryError(faults)
    return fields


def of_nothing(data):
    """Refuse every parameter, where none is known."""
    faults = []
    _known(data, [], faults)
    if faults:
        raise UnusableQueryError(faults)


def _known(data, names, faults):
    """The part of the query whose names are known."""
    used = QueryDict(mutable=True)
    for name, values in data.lists():
        if name in names:
            used.setlist(name, values)
        else:
            message = _("There is no such parameter here.")
            faults.append(Fault(shown(name), shown(values[-1]), message, tuple(names)))
    return used


def _fields(noun, data, faults):
    names = [name.strip() for text in data.getlist(FIELDS) for name in text.split(",")]
    known = noun.field_names()
    for name in dict.fromkeys(names):
        if name not in known:
            message = _("There is no such field.")
            faults.append(Fault(FIELDS, shown(name), message, known))
    return tuple(dict.fromkeys(names)) or None


def _size(data, faults):
    values = data.getlist(SIZE)
    if not values:
        return PAGE_SIZE
    if len(values) == 1 and _NUMBER.fullmatch(values[0]) and 1 <= int(values[0]) <= LARGEST_PAGE:
        return int(values[0])
    ends = {"least": number(1, get_language()), "most": number(LARGEST_PAGE, get_language())}
    message = _("Give a whole number from %(least)s to %(most)s.") % ends
    faults.append(Fault(SIZE, shown(values[-1]), message))
    return PAGE_SIZE


def _cursor(data, query):
    text = next((value for value in reversed(data.getlist(CURSOR)) if value.strip()), "")
    if not text:
        return None
    if cursor := paging.read(text, query):
        return cursor
    message = _("No page begins at this cursor: it was cut, or belongs to another query. Begin without it.")
    raise NoSuchPageError([Fault(CURSOR, shown(text), message)])


def _refused(field, name, value):
    if allowed := values_of(field):
        return Fault(name, shown(value), _("It takes one of these values alone."), allowed)
    try:
        field.clean(value)
        message = _("It cannot be used.")
    except forms.ValidationError as error:
        message = _("Digits alone, at most eight.") if isinstance(field, DigitsField) else error.messages[0]
    return Fault(name, shown(value), message)


def values_of(field):
    """The values a form field takes, as texts; empty where they cannot be told."""
    if not isinstance(field, ONE_OF):
        return ()
    return tuple(str(value) for value, _label in field.choices if str(value))


@dataclass(frozen=True)
class Parameter:
    """A parameter for readers: its name, its JSON Schema, what it does, its (value, words), and whether it
    may be repeated."""

    name: str
    schema: dict
    meaning: str
    choices: tuple = ()
    many: bool = False


def parameters(noun):
    """The Parameters of a noun's list, worded in the active language."""
    filterset = noun.filterset(QueryDict())
    found = [_parameter(name, one) for name, one in (filterset.filters if filterset else {}).items()]
    return [*found, fields_parameter(noun), *_paging()]


def fields_parameter(noun):
    name = {"type": "string", "enum": list(noun.field_names())}
    schema = {"type": "array", "minItems": 1, "items": name}
    return Parameter(FIELDS, schema, _("Only these fields of each record, separated by commas; else all."))


def _paging():
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}
    cursor = _(
        "Where the page begins: from “next” or “previous” of an answer to the same query, never made up."
    )
    return [
        Parameter(SIZE, size, _("How many records a page has at most.")),
        Parameter(CURSOR, {"type": "string"}, cursor),
    ]


def _parameter(name, one):
    field, many = one.field, isinstance(one.field, MANY)
    words = {str(value): str(label) for value, label in field.choices} if isinstance(field, ONE_OF) else {}
    choices = tuple((value, words[value]) for value in values_of(field))
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
    return Parameter(name, schema, str(one.label), choices, many)


def _bound(field, kind, narrowest):
    return narrowest(one.limit_value for one in field.validators if isinstance(one, kind))
