"""Sums in rials in another currency, by a rate on record (rule 1: no rate, no conversion). Pure.

Rates are few and far apart, and none is a series to read other days from. So a sum is converted by a rate of
its own Iranian year only, and a sum without a year only by a rate that a source of that very sum gave.
"""

import datetime
from dataclasses import dataclass

from catalog.formats.calendar import iranian_year_of, year_bounds, year_known

FROM = "IRR"
PREFERRED = "USD"
ROUNDED_DIGITS = 3
"""Digits of a conversion: the rates were worked out from sums as round as that."""


@dataclass(frozen=True)
class Sum:
    """`amount` whole units of `currency`, of the Iranian `year` and the Gregorian `day` it is known to be of;
    a day alone says the year. `sources` are the keys (pk) of the sources that give a figure for this very
    sum, the one it was taken from first.
    """

    amount: int | None
    currency: str
    year: int | None = None
    day: datetime.date | None = None
    sources: tuple = ()


@dataclass(frozen=True)
class Conversion:
    """About `amount` whole units of `currency`, by `rate` (an ExchangeRate)."""

    amount: int
    currency: str
    rate: object


def sum_of(amount, currency, when=None, precision="day", source=None):
    """The Sum of one record. `when` is its own date, known as exactly as `precision` says, or its Iranian
    year; `source` the pk of the source it was taken from; each may be None.
    """
    sources = (source,) if source else ()
    if isinstance(when, datetime.date):
        year = year_known(when, precision)
        day = when if year and precision != "year" else None
        return Sum(amount, currency, year, day, sources)
    return Sum(amount, currency, when or None, sources=sources)


def sum_stated(statement):
    """The Sum of a statement, with `sum_sources` of figures.statements.with_others where it has them."""
    own = (statement.source_id,) if statement.source_id else ()
    sources = getattr(statement, "sum_sources", own)
    return Sum(statement.value, statement.currency, statement.year, statement.day, sources)


def convert(rates, kind, rials):
    """The Conversion of a Sum by one of the `rates` of that `kind`, or None where none may convert it, and
    for a sum that is in no rials, unknown or worth less than half a dollar.
    """
    if rials.currency != FROM or not rials.amount:
        return None
    rate = choose([rate for rate in rates if rate.kind == kind], rials)
    if rate is None:
        return None
    amount = rounded_share(rials.amount, rate.rials)
    return Conversion(amount, rate.currency, rate) if amount else None


def choose(rates, rials):
    """The one of `rates` that converts this Sum, or None.

    Dollars come before euros; then a source of the sum, in their order, for its rate is the one it reckoned
    with. Then, for a sum with a day, the rate whose days are nearest, and one of the year as a whole after
    all of these; for a sum of a year the whole year's first. Of equals in all this the key decides.
    """
    year = iranian_year_of(rials.day) if rials.year is None and rials.day else rials.year
    wanted = rials.day or (year_bounds(year)[0] if year else None)
    sources = list(rials.sources)

    def rank(rate):
        by = sources.index(rate.source_id) if rate.source_id in sources else len(sources)
        dated = rate.date_from is not None
        return rate.currency != PREFERRED, by, dated != bool(rials.day), _days_from(rate, wanted), rate.key

    if year is None:
        usable = [rate for rate in rates if rate.source_id in sources]
    else:
        usable = [rate for rate in rates if year in _years(rate)]
    return min(usable, key=rank, default=None)


def _years(rate):
    """The Iranian years a rate is known to hold in."""
    if rate.year is not None or rate.date_from is None:
        return {rate.year}
    return set(range(iranian_year_of(rate.date_from), iranian_year_of(rate.date_to or rate.date_from) + 1))


def _days_from(rate, day):
    """How many days lie between the rate's days and this one; 0 where one of them is not known."""
    if day is None or rate.date_from is None:
        return 0
    return max(0, (rate.date_from - day).days, (day - (rate.date_to or rate.date_from)).days)


def rounded_share(amount, rials):
    """`amount` rials at `rials` for one unit, rounded half up to 3 digits, or to as many as the rate has."""
    digits = min(ROUNDED_DIGITS, len(str(rials)))
    step = 10 ** max(0, len(str(amount // rials)) - digits)
    return (2 * amount + rials * step) // (2 * rials * step) * step


def implied_rate(rials, amount):
    """Rials for one unit that two stated sums imply, rounded half up: 40 trillion, 952,000,000 -> 42,017."""
    return (2 * rials + amount) // (2 * amount)
