"""Numbers as people write them."""

import pytest

from catalog.formats.reading import (
    NotANumberError,
    NotWholeError,
    TypedAmount,
    currency_of,
    iranian_year,
    typed_amount,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,250,000", (1_250_000, "")),
        ("۱٬۲۵۰٬۰۰۰", (1_250_000, "")),
        ("۱،۲۵۰،۰۰۰", (1_250_000, "")),
        ("1.250.000", (1_250_000, "")),
        ("2 500 000", (2_500_000, "")),
        ("٤٤٠ ميليارد ريال", (440_000_000_000, "IRR")),
        ("۴۴ میلیارد تومان", (440_000_000_000, "IRR")),
        ("44 billion toman", (440_000_000_000, "IRR")),
        ("۱٫۵ میلیون", (1_500_000, "")),
        ("1,5 میلیون", (1_500_000, "")),
        ("12/5 میلیون دلار", (12_500_000, "USD")),
        ("۴۰ هزار میلیارد ریال", (40_000_000_000_000, "IRR")),
        ("۱ میلیارد و ۲۰۰ میلیون", (1_200_000_000, "")),
        ("$61.8m", (61_800_000, "USD")),
        ("€1.045bn", (1_045_000_000, "EUR")),
    ],
)
def test_amounts_are_understood(text, found):
    assert typed_amount(text) == TypedAmount(*found)


@pytest.mark.parametrize("text", ["", "abc", "12 apples", "-5", "5%", "1,25,000 x", "5 دلار یورو", "9" * 50])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotANumberError):
        typed_amount(text)


@pytest.mark.parametrize("text", ["12٫5", "12.500", "1.2345 هزار"])
def test_fractions_of_a_unit_are_refused(text):
    with pytest.raises(NotWholeError):
        typed_amount(text)


@pytest.mark.parametrize(
    ("word", "unit"), [("تومان", ("IRR", 10)), ("ريال", ("IRR", 1)), ("دلار", ("USD", 1))]
)
def test_words_for_currencies(word, unit):
    assert currency_of(word) == unit


@pytest.mark.parametrize(
    ("text", "year"),
    [("۱۳۹۹", 1399), ("2020", 1399), ("2020/21", 1399), ("1999/2000", 1378), ("2020-2021", 1399)],
)
def test_years_of_both_calendars(text, year):
    assert iranian_year(text) == year


@pytest.mark.parametrize("text", ["13x9", "99", "2019/21", "2020/12/01"])
def test_what_is_no_year_is_refused(text):
    with pytest.raises(NotANumberError):
        iranian_year(text)
