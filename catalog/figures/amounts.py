"""What sums are made of: currencies are never added to one another, nor samples to what is real.

A sum is as sure as its parts, so it is marked as calculated wherever it stands if one of them is: a stated
share of whole tariff lines. The real and the sample part of a sum are marked each for itself.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from catalog.currency import visitor_rate
from catalog.currency.conversion import sum_of, sum_stated
from catalog.models import Contract, Currency, Origin, ProductCount, Statement
from catalog.models.prepared import PreparedQuery
from catalog.models.product_tags import calculated_tag

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


NONE_CALCULATED = Apart(False, False)


def calculated_among(tags, year):
    """Apart with whether a real, and a sample, figure of that year is calculated, by the values of the tag of
    the products in a sum, {value: number of products} or any collection of values."""
    return Apart(calculated_tag(year, False) in tags, calculated_tag(year, True) in tags)


_TAGS_OF_SECTORS = PreparedQuery(
    lambda real, samples: (
        ProductCount.objects.filter(Q(tag=real) | Q(tag=samples))
        .by("sector", "tag")
        .values_list("sector", "tag")
    ),
    real=models.CharField(),
    samples=models.CharField(),
)


def calculated_by_sector(year):
    """{key of a sector: the same of its public products}, NONE_CALCULATED for those without
    calculated figures; one query."""
    tags = [f"calculated={calculated_tag(year, is_sample)}" for is_sample in (False, True)]
    values = defaultdict(set)
    for sector, tag in _TAGS_OF_SECTORS(real=tags[0], samples=tags[1]):
        values[sector].add(tag.partition("=")[2])
    return defaultdict(
        lambda: NONE_CALCULATED, {sector: calculated_among(own, year) for sector, own in values.items()}
    )


def has_rials(*groups):
    """Whether a rate on record shows an amount of these records in dollars. `groups`: contracts, demands,
    statements."""
    rials = (record for group in groups for record in group if record.currency == Currency.IRR)
    return visitor_rate.current_choice().changes(map(_sum_of, rials))


def _sum_of(record):
    if isinstance(record, Statement):
        return sum_stated(record)
    if isinstance(record, Contract):
        when, precision = record.signed_on, record.signed_precision
        return sum_of(record.amount, record.currency, when, precision, record.source_id)
    return sum_of(record.value, record.currency, record.year, source=record.source_id)
