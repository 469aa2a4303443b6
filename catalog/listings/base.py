"""What listings share: reading a query leniently, and links to the same query changed."""

from copy import copy
from functools import cache
from typing import NamedTuple

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.currency import visitor_rate
from catalog.formats.cleaning import JOINERS
from catalog.formats.numerals import digits, latin_digits
from catalog.models.base import Origin, in_language
from catalog.models.prepared import PreparedQuery
from catalog.search.codes import typed_code
from catalog.search.fold import words as words_of

QUERY_ONLY = {"page"}  # read by the pages, not by a filter
DISPLAY_ONLY = {"order", visitor_rate.PARAMETER}
"""Parameters that say how rows are shown, not which: clearing the choices leaves them alone."""

TRACKERS = ("utm_", "fbclid", "gclid")  # beginnings of parameters that no visitor typed
EXCERPT_LENGTH = 60  # characters of an unusable value that a message repeats


class Filters(dict):
    """Filters by their names. A copy of them has filters of its own, which share what their fields are made
    of: django-filter's deep copy took longer than reading the query."""

    def __deepcopy__(self, memo):
        filters = {name: copy(one) for name, one in self.items()}
        for one in filters.values():
            one.extra = one.extra.copy()
            if one.method:
                one.method = one.method  # it remembers whose it is
        return Filters(filters)


class ListingFilterSet(django_filters.FilterSet):
    """A FilterSet of a visitor's query, of which it uses what can be used.

    django-filter drops a whole field for one bad value of several. Here each value is cleaned by itself:
    `data` holds the usable ones, `cleaned` what their fields make of them, `refused` the others. All else
    means what it means in django-filter: `qs` are the rows that the usable values choose, in their order;
    `form` is bound to `data`; `is_valid()` says whether every value could be used, `errors` which could not.
    """

    usual_order = ""

    @classmethod
    def get_filters(cls):
        """The filters of the class, which each of its objects copies."""
        return Filters(super().get_filters())

    def __init__(self, data, queryset, **kwargs):
        self.refused = []  # (name, value) as the visitor wrote them, in their order
        self.cleaned = {}  # the usable values, as their fields read them
        self.reasons = ErrorDict()
        super().__init__(QueryDict(), queryset, **kwargs)
        self.prepare()
        self.data = self._usable(data)

    @classmethod
    def order_of(cls, query):
        """The order in force where the query names none, a value of the `order` filter."""
        return cls.usual_order

    @classmethod
    def canonical(cls, query):
        """The query that stands in the one address of this result: names sorted, and so the values of those
        that may have several; empty values, trackers, the first page and the usual order left out. What
        cannot be used stays, since the page tells it."""
        filled = canonical_order(query)
        changed = QueryDict(mutable=True)
        for name, values in filled.lists():
            if name.startswith(TRACKERS):
                continue
            if name in cls.base_filters and is_multiple(cls.base_filters[name].field_class):
                changed.setlist(name, sorted(set(values)))
            elif (name, values[-1]) not in {("page", "1"), ("order", cls.order_of(filled))}:
                changed[name] = values[-1]
        return changed

    def prepare(self):
        """Room to give filters what they need before the query is read, such as choices."""

    def _usable(self, data):
        usable = QueryDict(mutable=True)
        for name in sorted(data):
            if name in QUERY_ONLY or name.startswith(TRACKERS):
                continue
            if name == visitor_rate.PARAMETER:
                self._read_rate(data, usable)
            elif name not in self.filters:
                self._refuse(name, data.get(name), _("There is no such parameter here."))
            else:
                self._read(name, data, usable)
        return usable

    def _read(self, name, data, usable):
        """Put the usable values of a filter into `usable` and what they mean into `cleaned`."""
        field = self.filters[name].field
        values = filled_in(data, name)
        many = is_multiple(type(field))
        for value in sorted(set(values)) if many else values[-1:]:
            try:
                field.clean([value] if many else value)
            except ValidationError as error:
                self._refuse(name, value, error)
            else:
                usable.appendlist(name, value)
        if name in usable:
            self.cleaned[name] = field.clean(usable.getlist(name) if many else usable[name])

    def _read_rate(self, data, usable):
        """The rate of sums narrows nothing, but every link and form of the listing carries it along."""
        choice = visitor_rate.read_choice(data)
        if choice.kind:
            usable[visitor_rate.PARAMETER] = choice.kind
        elif choice.unusable:
            reason = forms.ChoiceField.default_error_messages["invalid_choice"] % {"value": choice.unusable}
            self._refuse(visitor_rate.PARAMETER, choice.unusable, reason)

    def _refuse(self, name, value, reason):
        self.refused.append((name, value))
        self.reasons.setdefault(name, ErrorList()).append(reason)

    def is_valid(self):
        """Whether every value of the query could be used."""
        return not self.refused

    @property
    def errors(self):
        """Why values were refused, by name; a listing tells `notices` instead and uses the rest."""
        return self.reasons

    @property
    def qs(self):
        return self.ordered(self.result())

    def result(self, leave_out=()):
        """The rows chosen, in no particular order, without the filters named in `leave_out`."""
        return self.filter_queryset(self.queryset, leave_out)

    def filter_queryset(self, queryset, leave_out=()):
        """`queryset` with every filter applied but those named in `leave_out`."""
        for name, value in self.cleaned.items():
            if name not in leave_out:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def ordered(self, queryset):
        """`queryset` in the order chosen; a noun with a filter `order` says how."""
        return queryset

    @property
    def sorting(self):
        """The order in force, a value of the `order` filter."""
        return self.cleaned.get("order") or self.order_of(self.data)

    @property
    def text(self):
        """The text searched for, or an empty string."""
        return self.cleaned.get("q") or ""

    @property
    def text_is_usable(self):
        """Whether the text holds a word to search for."""
        return bool(self.text and words_of(self.text))

    @property
    def unusable(self):
        """What was refused, as "name=value" strings."""
        return [as_written(name, value) for name, value in self.refused]

    @property
    def chosen(self):
        """The usable query as a QueryDict: names sorted, no empty values, no page."""
        return self.data

    @property
    def chosen_words(self):
        """What was chosen as a list of texts: "Sector: Automotive"."""
        texts = []
        for name, values in self.chosen.lists():
            if name not in self.filters:  # the rate, which chooses no rows
                continue
            field = self.filters[name].field
            words = self._words(name, field)
            if isinstance(field, TypedNumberField):
                words = {value: digits(latin_digits(value), get_language()) for value in values}
            texts += [f"{self.filters[name].label}: {words.get(value) or shown(value)}" for value in values]
        return texts

    def _words(self, name, field):
        """{value: its words} of a field's choices; where they are records, of the chosen ones alone."""
        if isinstance(field, forms.ModelChoiceField):
            records = self.cleaned[name] if is_multiple(type(field)) else [self.cleaned[name]]
            return {getattr(record, field.to_field_name): str(record) for record in records}
        return {str(value): str(label) for value, label in getattr(field, "choices", ())}

    @property
    def notices(self):
        """What to tell the visitor about values that were left aside, as a list of sentences."""
        return [left_aside(self.unusable)] if self.unusable else []


class Named(NamedTuple):
    """A public record of which only the name is needed, for choices."""

    pk: int
    slug: str
    name_en: str
    name_fa: str
    origin: str

    @property
    def name(self):
        return in_language(self, "name")

    @property
    def is_sample(self):
        return self.origin == Origin.SAMPLE


def option_name(record):
    """The name of a record where it is offered as a choice or was chosen: a sample says so."""
    return _("Sample: %(name)s") % {"name": record.name} if record.is_sample else record.name


def names_of(model):
    """The published rows of a model as a list of Named, in their usual order; one query."""
    return [Named._make(row) for row in _names(model)()]


@cache
def _names(model):
    return PreparedQuery(lambda: model.objects.published().values_list(*Named._fields))


class OrderFilter(django_filters.ChoiceFilter):
    """In which order rows are listed. It only reads the choice: `ordered` of the FilterSet orders the rows,
    and what is counted is not ordered at all."""

    def filter(self, qs, value):
        return qs


def is_multiple(field_class):
    """Whether fields of this class take several values."""
    return issubclass(field_class, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)


def left_aside(values):
    """The sentence that names what of a query could not be used, a list of "name=value"."""
    return _("Left aside, because it cannot be used here: %(values)s") % {"values": "، ".join(values)}


class DigitsField(forms.RegexField):
    """The beginning of an HS code as visitors write it, see search.codes; gives ASCII digits."""

    def __init__(self, **kwargs):
        super().__init__(r"^[0-9]{1,8}\Z", **kwargs)

    def to_python(self, value):
        return typed_code(super().to_python(value))


class TypedNumberField(forms.IntegerField):
    """A whole number in any script's digits, grouped or not, up to 10^15."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=10**15, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = latin_digits(value)
            for separator in ",٬ \u00a0\u202f":
                value = value.replace(separator, "")
        return super().to_python(value)


class DigitsFilter(django_filters.CharFilter):
    field_class = DigitsField


class WholeNumberFilter(django_filters.NumberFilter):
    field_class = TypedNumberField


def shown(text):
    """The beginning of a visitor's text, as a message repeats it: a sign that turns the sentence around
    (U+202E) or breaks its line does not come through; what joins and parts Persian letters does."""
    return "".join(
        sign if sign.isprintable() or sign in JOINERS else "\N{REPLACEMENT CHARACTER}"
        for sign in text[:EXCERPT_LENGTH]
    )


def as_written(name, value):
    """ "name=value" of a query as a message repeats it."""
    return f"{shown(name)}={shown(value)}" if value else shown(name)


def address(query):
    """ "?a=1&b=2" for a QueryDict, or "?" for an empty one: a link to the listing itself."""
    return f"?{query.urlencode()}"


def toggled(query, name, value):
    """The address of the same query with `value` of `name` added, or taken away where it stands."""
    changed = query.copy()
    values = changed.getlist(name)
    changed.setlist(name, [v for v in values if v != value] if value in values else sorted([*values, value]))
    return address(canonical_order(changed))


def replaced(query, **values):
    """The address of the same query with single values set, or taken away where None."""
    changed = query.copy()
    for name, value in values.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return address(canonical_order(changed))


def filled_in(query, name):
    """The values of a parameter that are not blank, as a list."""
    return [value for value in query.getlist(name) if value.strip()]


def canonical_order(query):
    """The query with its names sorted and empty names dropped: one address for one result."""
    ordered = QueryDict(mutable=True)
    for name in sorted(query):
        if values := filled_in(query, name):
            ordered.setlist(name, values)
    return ordered


FILE_FORMATS = (("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"))


def downloads(noun, query):
    """{files: [{label, url}], feed, query} of a noun ("product") and the usable part of its query (a
    QueryDict); `feed` is empty where there is none. It has no order, and nor has `query`, which says what to
    watch."""
    query = query.copy()
    query.pop(visitor_rate.PARAMETER, None)  # sums are taken away as they are on record
    files = [{"label": label, "url": _path(f"{noun}_{suffix}", query)} for suffix, label in FILE_FORMATS]
    return {
        "files": files,
        "feed": _path(f"{noun}_feed", query, order=None),
        "query": replaced(query, order=None).removeprefix("?"),
    }


def _path(name, query, **changes):
    try:
        path = reverse(f"catalog:{name}")
    except NoReverseMatch:
        return ""
    return (path + replaced(query, **changes)).removesuffix("?")


def page_numbers(page):
    """1, 2, None, 7, [8], 9, None, 41, 42 of a Django Page."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in elided]
