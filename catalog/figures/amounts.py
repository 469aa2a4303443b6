"""Amounts by currency: currencies are never added to one another, nor samples to what is real."""

from dataclasses import dataclass

from catalog.models import Currency, Origin

ORDER = {currency: place for place, currency in enumerate((Currency.EUR, Currency.USD, Currency.IRR))}


@dataclass(frozen=True)
class Amount:
    """`amount` whole units of `currency` (IRR, EUR, USD)."""

    amount: int
    currency: str


def by_currency(pairs):
    """Sums of (amount, currency) pairs as a tuple of Amount, euros first; unknown (None) ones left out."""
    sums = {}
    for amount, currency in pairs:
        if amount is not None and currency:
            sums[currency] = sums.get(currency, 0) + amount
    return tuple(Amount(sums[currency], currency) for currency in sorted(sums, key=lambda c: ORDER.get(c, 9)))


def apart(rows):
    """(the real ones, the samples) of rows with an `origin`, as lists: what is never added up (rule 13)."""
    real, samples = [], []
    for row in rows:
        (samples if row.origin == Origin.SAMPLE else real).append(row)
    return real, samples


def has_rials(*groups):
    """Whether one of these records (groups of them, each record with a `currency`) is in rials."""
    return any(record.currency == Currency.IRR for group in groups for record in group)
