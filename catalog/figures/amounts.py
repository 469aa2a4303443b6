"""Amounts by currency: currencies are never added to one another, nor samples to what is real."""

from dataclasses import dataclass

from catalog.currency import visitor_rate
from catalog.currency.conversion import sum_of, sum_stated
from catalog.models import Contract, Currency, Origin, Statement

ORDER = {currency: place for place, currency in enumerate((Currency.EUR, Currency.USD, Currency.IRR))}


@dataclass(frozen=True)
class Amount:
    """`amount` whole units of `currency` (IRR, EUR, USD)."""

    amount: int
    currency: str


def sum_of_known(values):
    """The sum of those that are not None, or None where none is known."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def by_currency(pairs):
    """Sums of (amount, currency) pairs as a tuple of Amount, euros first; unknown (None) ones left out."""
    sums = {}
    for amount, currency in pairs:
        if amount is not None and currency:
            sums[currency] = sums.get(currency, 0) + amount
    return tuple(Amount(sums[currency], currency) for currency in sorted(sums, key=lambda c: ORDER.get(c, 9)))


@dataclass(frozen=True)
class Apart:
    """The same of the real records and of the samples, which are never added up (rule 13)."""

    real: object
    samples: object


def apart(rows):
    """Apart with the real ones and the samples among rows with an `origin`, as lists."""
    found = Apart([], [])
    for row in rows:
        (found.samples if row.origin == Origin.SAMPLE else found.real).append(row)
    return found


def has_rials(*groups):
    """Whether a rate on record shows an amount of these records in dollars. `groups`: contracts, demands,
    statements."""
    rials = (record for group in groups for record in group if record.currency == Currency.IRR)
    return visitor_rate.current().changes(map(_sum_of, rials))


def _sum_of(record):
    if isinstance(record, Statement):
        return sum_stated(record)
    if isinstance(record, Contract):
        when, precision = record.signed_on, record.signed_precision
        return sum_of(record.amount, record.currency, when, precision, record.source_id)
    return sum_of(record.value, record.currency, record.year, source=record.source_id)
