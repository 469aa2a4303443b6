"""Calls as pages show them: in order, those that close soon, and what came of each in words."""

from collections import Counter
from dataclasses import dataclass

from django.db import models
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, pgettext

from catalog.formats.numerals import number
from catalog.models import Call, CallState
from catalog.models.base import State
from catalog.models.calls import state_between
from catalog.models.prepared import PreparedQuery
from catalog.models.products import Unindexed

MOST_CLOSING_SOON = 5
"""Open calls that the first page names."""


@dataclass(frozen=True)
class ClosingSoon:
    """The open `calls` that close first, at most MOST_CLOSING_SOON, each with its product; `count` is that of
    all."""

    calls: list
    count: int


def closing_soon(today=None):
    """The public ClosingSoon; one query."""
    calls = OPEN_CALLS(today=today or timezone.localdate())
    return ClosingSoon(calls, calls[0].of_all if calls else 0)


def _public():
    """The public Calls, asked so that SQLite begins at them and not at the products, which are many more."""
    states = (Exact(Unindexed(f"product__{path}state"), State.PUBLISHED) for path in ("", "sector__"))
    return Call.objects.filter(*states)


def _open_calls(today):
    open_keys = Call.objects.filter(opens__lte=today, closes__gte=today).order_by().values("pk")
    calls = _public().filter(pk__in=open_keys).select_related("product")
    return calls.annotate(of_all=models.Window(models.Count("pk"))).order_by("closes", "pk")[
        :MOST_CLOSING_SOON
    ]


OPEN_CALLS = PreparedQuery(_open_calls, today=models.DateField())
EVERY_CALL = PreparedQuery(
    lambda: (
        _public()
        .order_by("-closes", "-pk")
        .values_list("pk", "opens", "closes", "product__sector", named=True)
    )
)
"""The key, days and sector of each public call, the latest first."""


def calls_in_order(calls, today):
    """These calls as a reader wants them: open ones, the one that closes first before all; those to come, the
    soonest first; closed ones, the latest first."""
    places = {CallState.OPEN: 0, CallState.COMING: 1, CallState.CLOSED: 2}

    def place(call):
        state = state_between(call.opens, call.closes, today)
        day = {CallState.OPEN: call.closes, CallState.COMING: call.opens}.get(state)
        return places[state], day.toordinal() if day else -call.closes.toordinal(), call.pk

    return sorted(calls, key=place)


def counted_by_state(calls, today):
    """Counter of these calls by CallState."""
    return Counter(state_between(call.opens, call.closes, today) for call in calls)


def call_outcome(call, today=None):
    """What came of a call, in words: "2 claims, 1 accepted, 1 undecided"; "" while nothing can be said."""
    if call.claims:
        return _claims_in_words(call)
    closed = state_between(call.opens, call.closes, today or timezone.localdate()) == CallState.CLOSED
    if not closed:
        return ""
    return gettext("nobody came forward") if call.is_counted else gettext("the claims are not counted yet")


def _claims_in_words(call):
    language = get_language()
    received = ngettext("%(number)s claim", "%(number)s claims", call.claims)
    parts = (
        (call.accepted, pgettext("claims", "%(number)s accepted")),
        (call.refused, pgettext("claims", "%(number)s refused")),
        (call.undecided, pgettext("claims", "%(number)s undecided")),
    )
    counted = [(call.claims, received), *((count, words) for count, words in parts if count)]
    return pgettext("between names", ", ").join(
        words % {"number": number(count, language)} for count, words in counted
    )
