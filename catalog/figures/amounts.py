"""Amounts by currency: currencies are never added to one another."""

from dataclasses import dataclass

from catalog.models import Currency

ORDER = {currency: place for place, currency in enumerate((Currency.EUR, Currency.USD, Currency.IRR))}


@dataclass(frozen=True)
class Amount:
    """`amount` whole units of `currency` (IRR, EUR, USD)."""

    amount: int
    currency: str


@dataclass(frozen=True)
class Apart:
    """A sum of the `real` records and the same of the `samples`, which are never added to one another."""

    real: object
    samples: object


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


def has_rials(*groups):
    """Whether one of these records (groups of them, each record with a `currency`) is in rials."""
    return any(record.currency == Currency.IRR for group in groups for record in group)
