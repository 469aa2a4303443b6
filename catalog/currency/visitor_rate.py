"""The rate a visitor reads sums in rials by: chosen in the address, known to every template of the request.

Like the active language it is no argument: components are included with `only`, and still ask for it. It
stands in the address alone (`?rate=market`), so that a page that is sent to somebody shows the same sums.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict

from catalog.currency.conversion import convert
from catalog.models import Currency, ExchangeRate
from catalog.models.prepared import PreparedQuery

PARAMETER = "rate"
_current = ContextVar("rates", default=None)
CONVERTING = PreparedQuery(ExchangeRate.objects.converting)


@dataclass
class RateChoice:
    """What one request chose, and what its page made of it so far.

    `kind` is a value of ExchangeRate.Kind or "", `unusable` what stood in its place and is none, `query` the
    request's. `used` are the rates the page has shown, in their order; `missed`: a sum found no rate.
    """

    kind: str = ""
    unusable: str = ""
    query: QueryDict = field(default_factory=QueryDict)
    used: list = field(default_factory=list)
    missed: bool = False

    @cached_property
    def rates(self):
        """The rates that may convert, of each kind; one query, and none where no sum in rials asks."""
        return CONVERTING()

    def changes(self, sums):
        """Whether a rate of some kind shows one of these Sums in another currency."""
        rials = [one for one in sums if one.amount and one.currency == Currency.IRR]
        return any(convert(self.rates, kind, one) for one in rials for kind in ExchangeRate.Kind.values)

    def convert(self, rials):
        """The Conversion of a `catalog.conversion.Sum`, or None; the page's list of rates remembers it."""
        if not self.kind or not rials.amount or rials.currency != Currency.IRR:
            return None
        conversion = convert(self.rates, self.kind, rials)
        if conversion is None:
            self.missed = True
        elif conversion.rate not in self.used:
            self.used.append(conversion.rate)
        return conversion

    def place(self, rate):
        """The number of a rate in the page's list of those used, from 1."""
        return self.used.index(rate) + 1


def read_choice(query):
    """The RateChoice a query (a QueryDict) makes. A value that is no kind chooses nothing and is
    `unusable`."""
    value = query.get(PARAMETER, "").strip()
    if value in ExchangeRate.Kind.values:
        return RateChoice(kind=value, query=query)
    return RateChoice(unusable=value, query=query)


@contextmanager
def chosen(query):
    """Makes the choice of this query the current one."""
    token = _current.set(read_choice(query))
    try:
        yield
    finally:
        _current.reset(token)


def current_choice():
    """The RateChoice of this request; outside of one, a new one that chose nothing."""
    return _current.get() or RateChoice()


def active():
    """The kind of rate chosen, a value of ExchangeRate.Kind, or ""."""
    return current_choice().kind
