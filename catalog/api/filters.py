"""Reading a query strictly: what a listing's page would leave aside is refused here, because a program does
not read notices."""

import re
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from rest_framework.filters import BaseFilterBackend

from catalog.formats.numerals import number
from catalog.listings.base import DigitsField, ListingFilterSet, canonical_order, is_multiple, shown

from . import pagination
from .errors import NoSuchPageError, ParameterFault, UnusableQueryError

LONGEST_TEXT = 200  # characters; an address of twelve bytes for each still fits into a line of a request
TEXT, FIELDS, SIZE, CURSOR = "q", "fields", "page_size", "cursor"
ONE_OF = forms.ChoiceField | forms.ModelChoiceField
_NUMBER = re.compile("[0-9]{1,4}", re.ASCII)


class ListingFilterBackend(BaseFilterBackend):
    """Narrows and orders the rows as the noun's listing does. It reads `view.query`."""

    def filter_queryset(self, request, queryset, view):
        filterset = view.query.filterset
        if filterset is None:
            return queryset
        with override(view.query.language):  # the order of names is that of a language
            return filterset.ordered(filterset.filter_queryset(queryset))


@dataclass(frozen=True)
class ApiQuery:
    """What is asked of a list or a record: the `fields` (None: all), the `filterset` (None for a noun without
    filters), the page's `size`, the Cursor (None: the first page), and the filters as `text`, to which a
    cursor belongs."""

    fields: tuple | None = None
    filterset: ListingFilterSet | None = None
    size: int = pagination.PAGE_SIZE
    cursor: pagination.Cursor | None = None
    text: str = ""

    @property
    def language(self):
        """That of the order: of the cursor, also where the visitor's has changed on the way."""
        return self.cursor.language if self.cursor else get_language()


def read_list(view, data):
    """The ApiQuery of a list, from a QueryDict; raises UnusableQueryError."""
    faults = []
    filters = view.filterset_class.base_filters if view.filterset_class else {}
    known = _known(data, [*filters, FIELDS, SIZE, CURSOR], faults)
    fields, size = _fields(view, known, faults), _size(known, faults)
    narrowing = known.copy()
    for name in (FIELDS, SIZE, CURSOR):
        narrowing.pop(name, None)
    for name, values in narrowing.lists():
        faults += _misused(name, values, is_multiple(filters[name].field_class))
    filterset = view.get_filterset(narrowing) if filters else None
    if filterset:
        faults += [_refused(filterset.filters[name].field, name, value) for name, value in filterset.refused]
    _refuse(faults)
    text = canonical_order(filterset.chosen).urlencode() if filterset else ""
    return ApiQuery(fields, filterset, size, _cursor(known, f"{view.noun.path}?{text}"), text)


def read_record(view, data):
    """The ApiQuery of one record; raises UnusableQueryError."""
    faults = []
    fields = _fields(view, _known(data, [FIELDS], faults), faults)
    _refuse(faults)
    return ApiQuery(fields)


def read_nothing(data):
    """Refuse every parameter, where none is known."""
    faults = []
    _known(data, [], faults)
    _refuse(faults)


def _refuse(faults):
    if faults:
        raise UnusableQueryError(faults)


def _known(data, names, faults):
    """The part of the query whose names are known."""
    known = QueryDict(mutable=True)
    for name, values in data.lists():
        if name in names:
            known.setlist(name, values)
        else:
            message = _("There is no such parameter here.")
            faults.append(ParameterFault(shown(name), shown(values[-1]), message, tuple(names)))
    return known


def _fields(view, data, faults):
    names = [name.strip() for text in data.getlist(FIELDS) for name in text.split(",")]
    known = view.serializer_class.names()
    for name in dict.fromkeys(names):
        if name not in known:
            message = _("There is no such field.")
            faults.append(ParameterFault(FIELDS, shown(name), message, known))
    return tuple(name for name in known if name in names) or None


def _size(data, faults):
    values = data.getlist(SIZE)
    if not values:
        return pagination.PAGE_SIZE
    if len(values) == 1 and _NUMBER.fullmatch(values[0]) and 1 <= int(values[0]) <= pagination.LARGEST_PAGE:
        return int(values[0])
    language = get_language()
    ends = {"least": number(1, language), "most": number(pagination.LARGEST_PAGE, language)}
    message = _("Give a whole number from %(least)s to %(most)s.") % ends
    faults.append(ParameterFault(SIZE, shown(values[-1]), message))
    return pagination.PAGE_SIZE


def _misused(name, values, multiple):
    """Faults of a filter's values that the listing's page would pass over."""
    if name != TEXT and not all(value.strip() for value in values):
        yield ParameterFault(name, "", _("It has no value."))
    if name == TEXT and len(values[-1]) > LONGEST_TEXT:
        yield ParameterFault(name, shown(values[-1]), _("It is too long."))
    if len(values) > 1 and not multiple:
        yield ParameterFault(name, shown(values[1]), _("Give it once."))


def _cursor(data, query):
    text = next((value for value in reversed(data.getlist(CURSOR)) if value.strip()), "")
    if not text:
        return None
    if cursor := pagination.read_cursor(text, query):
        return cursor
    message = _("No page begins at this cursor: it was cut, or belongs to another query. Begin without it.")
    raise NoSuchPageError([ParameterFault(CURSOR, shown(text), message)])


def _refused(field, name, value):
    if allowed := accepted_values(field):
        return ParameterFault(name, shown(value), _("It takes one of these values alone."), allowed)
    try:
        field.clean(value)
        message = _("It cannot be used.")
    except forms.ValidationError as error:
        message = _("Digits alone, at most eight.") if isinstance(field, DigitsField) else error.messages[0]
    return ParameterFault(name, shown(value), message)


def accepted_values(field):
    """The values a form field takes, as texts; empty where they cannot be told."""
    if not isinstance(field, ONE_OF):
        return ()
    return tuple(str(value) for value, _label in field.choices if str(value))
