from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.formats import numerals


@pytest.mark.parametrize(
    ("value", "english", "persian"),
    [
        (0, "0", "۰"),
        (1234567, "1,234,567", "۱٬۲۳۴٬۵۶۷"),
        (Decimal("25583.945"), "25,583.945", "۲۵٬۵۸۳٫۹۴۵"),
        (Decimal("12.500"), "12.5", "۱۲٫۵"),
        (Decimal("1E+3"), "1,000", "۱٬۰۰۰"),
        (-5, "−5", "\u200e−۵"),
        (Decimal("-0.0"), "0", "۰"),
        (10**15 - 1, "999,999,999,999,999", "۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹"),
    ],
)
def test_numbers_are_grouped_in_the_digits_of_the_language(value, english, persian):
    assert numerals.number(value, "en") == english
    assert numerals.number(value, "fa") == persian


@pytest.mark.parametrize("value", [1.5, float("nan"), "12", None])
def test_a_float_or_a_word_is_refused(value):
    with pytest.raises(TypeError):
        numerals.number(value, "en")


@given(st.integers(-(10**20), 10**20))
def test_no_digit_is_ever_lost(value):
    for language in ("en", "fa"):
        text = numerals.latin_digits(numerals.number(value, language))
        assert int("".join(c for c in text if c.isdigit())) == abs(value)


@given(st.text())
def test_persian_digits_go_back_to_latin_ones(text):
    assert numerals.latin_digits(numerals.persian_digits(text)) == numerals.latin_digits(text)


@pytest.mark.parametrize(
    ("part", "whole", "english", "persian"),
    [
        (70_000, 184_000, "38%", "۳۸\u200f٪"),
        (0, 5, "0%", "۰\u200f٪"),
        (5, 5, "100%", "۱۰۰\u200f٪"),
        (1, 1000, "<1%", "کمتر از ۱\u200f٪"),
        (999, 1000, ">99%", "بیش از ۹۹\u200f٪"),
        (3, 2, "150%", "۱۵۰\u200f٪"),
    ],
)
def test_a_percentage_never_rounds_to_nothing_or_to_all(part, whole, english, persian):
    assert numerals.percent(part, whole, "en") == english
    assert numerals.percent(part, whole, "fa") == persian


def test_a_percentage_can_have_a_digit_after_the_point():
    assert numerals.percent(760, 2200, "en", places=1) == "34.5%"
    assert numerals.percent(760, 2200, "fa", places=1) == "۳۴٫۵\u200f٪"
    assert numerals.percent(1, 2000, "en", places=1) == "<0.1%"
    assert numerals.percent(1999, 2000, "en", places=1) == ">99.9%"


def test_a_percentage_of_nothing_is_none():
    assert numerals.percent(1, 0, "en") is None
    assert numerals.percent(None, 10, "en") is None


@pytest.mark.parametrize(
    ("language", "whole", "one_place"), [("en", "35%", "34.5%"), ("fa", "۳۵\u200f٪", "۳۴٫۵\u200f٪")]
)
def test_a_percentage_has_as_many_places_as_asked(language, whole, one_place):
    assert numerals.percent(760, 2200, language) == whole
    assert numerals.percent(760, 2200, language, places=1) == one_place


def test_small_numbers_are_words_and_large_ones_digits():
    assert [numerals.spelt(n, "en") for n in (1, 4, 10, 11)] == ["one", "four", "ten", "11"]
    assert [numerals.spelt(n, "fa") for n in (0, 3, 1000)] == ["۰", "سه", "۱٬۰۰۰"]
