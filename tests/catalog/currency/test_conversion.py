"""Which rate converts a sum in rials, and what comes out."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.currency.conversion import Sum, convert, implied_rate, rounded_share

OWN, OTHER = 1, 2  # keys of sources


def rate(key, days=(), **other):
    first, last = days or (None, None)
    values = {"rials": 42_000, "year": 1398, "kind": "market", "currency": "USD", "source_id": OTHER, **other}
    return SimpleNamespace(key=key, date_from=first, date_to=last, **values)


def day(text):
    return date.fromisoformat(text), date.fromisoformat(text)


SUMMER = rate("summer", days=day("2019-07-20"))
WINTER = rate("winter", days=day("2020-01-20"))
WHOLE = rate("whole")
FIRST_HALF = rate("half", days=(date(2019, 3, 21), date(2019, 9, 22)))
EURO = rate("euro", currency="EUR")
LATER = rate("later", year=1400)
YEARLESS = rate("yearless", year=None, source_id=OWN)
OF_SOURCE = rate("of-source", source_id=OWN)


@pytest.mark.parametrize(
    ("rates", "when", "chosen"),
    [
        # a sum of a year
        ([LATER], {"year": 1398}, None),
        ([WHOLE, LATER], {"year": 1400}, "later"),
        ([SUMMER, WHOLE], {"year": 1398}, "whole"),
        ([WINTER, SUMMER], {"year": 1398}, "summer"),
        ([YEARLESS], {"year": 1398, "sources": [OWN]}, None),
        # a sum of a day: the nearest one first, then the year's, never another year's however near
        ([SUMMER, WINTER, WHOLE], {"day": date(2019, 9, 1)}, "summer"),
        ([SUMMER, WINTER, WHOLE], {"day": date(2019, 12, 1)}, "winter"),
        ([FIRST_HALF, SUMMER], {"day": date(2019, 9, 1)}, "half"),
        ([WHOLE], {"day": date(2019, 12, 1)}, "whole"),
        ([WINTER], {"day": date(2020, 3, 20)}, None),
        ([WINTER], {"day": date(2020, 3, 19)}, "winter"),
        # what the sum's own source reckoned with comes before what is nearer, dollars before euros
        ([SUMMER, OF_SOURCE], {"day": date(2019, 7, 20), "sources": [OWN]}, "of-source"),
        ([EURO, SUMMER], {"year": 1398}, "summer"),
        ([EURO], {"year": 1398}, "euro"),
        # a sum of no known year
        ([WHOLE, SUMMER], {}, None),
        ([WHOLE, SUMMER], {"sources": [OWN]}, None),
        ([YEARLESS, WHOLE], {"sources": [OWN]}, "yearless"),
        ([OF_SOURCE, WHOLE], {"sources": [OTHER, OWN]}, "whole"),
        ([OF_SOURCE, YEARLESS], {"sources": [OWN]}, "of-source"),
    ],
)
def test_the_rate_of_its_own_time_converts_a_sum(rates, when, chosen):
    for order in (rates, rates[::-1]):
        conversion = convert(order, "market", Sum(10**12, "IRR", **when))
        assert (conversion and conversion.rate.key) == chosen


def test_a_rate_without_a_year_has_the_years_of_its_days():
    winter = rate("winter", year=None, days=(date(2020, 1, 1), date(2020, 6, 1)))
    assert convert([winter], "market", Sum(10**12, "IRR", year=1398))
    assert convert([winter], "market", Sum(10**12, "IRR", year=1399))
    assert convert([winter], "market", Sum(10**12, "IRR", year=1400)) is None


def test_only_the_kind_that_was_chosen_and_only_rials_are_converted():
    assert convert([WHOLE], "official", Sum(10**12, "IRR", year=1398)) is None
    for amount, currency in ((10**9, "EUR"), (10**9, "USD"), (None, "IRR"), (0, "IRR"), (20_000, "IRR")):
        assert convert([WHOLE], "market", Sum(amount, currency, year=1398)) is None


@pytest.mark.parametrize(
    ("rials", "a_dollar", "dollars"),
    [
        (40 * 10**12, 230_000, 174_000_000),
        (40 * 10**12, 42_000, 952_000_000),
        (2 * 10**12, 42_000, 47_600_000),
        (220 * 10**12, 270_492, 813_000_000),
        (999_999_999_999_999, 42_000, 23_800_000_000),
        (500_000_000, 42_000, 11_900),
        (9_999_000_000, 100_000, 100_000),
        (1_000_000_000, 70, 14_000_000),  # a rate of two digits gives two
        (30_000, 42_000, 1),
        (20_000, 42_000, 0),
    ],
)
def test_no_conversion_is_more_exact_than_its_rate(rials, a_dollar, dollars):
    assert rounded_share(rials, a_dollar) == dollars


@given(st.integers(1, 10**16), st.integers(100, 10**7))
def test_a_conversion_is_the_nearest_of_three_digits(rials, a_dollar):
    found = rounded_share(rials, a_dollar)
    assert len(str(found).rstrip("0")) <= 3
    assert abs(found * a_dollar - rials) * 200 <= max(found * a_dollar, 100 * a_dollar)


def test_two_sums_imply_a_rate():
    assert implied_rate(40 * 10**12, 952_000_000) == 42_017
    assert implied_rate(2 * 10**12, 47_000_000) == 42_553
