import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.formats import money
from catalog.formats.numerals import latin_digits
from catalog.formats.unit_signs import unit_sign


@pytest.mark.parametrize(
    ("amount", "currency", "english", "persian"),
    [
        (61_834_211, "USD", "$61.8m", "۶۱٫۸ میلیون دلار"),
        (1_045_000_000, "EUR", "€1.045bn", "۱٫۰۴۵ میلیارد یورو"),
        (8_000_000_000, "USD", "$8bn", "۸ میلیارد دلار"),
        (40 * 10**12, "IRR", "40 trillion rials", "۴۰ هزار میلیارد ریال"),
        (220_000_000_000_000, "IRR", "220 trillion rials", "۲۲۰ هزار میلیارد ریال"),
        (1_180_000_000_000, "IRR", "1.18 trillion rials", "۱٬۱۸۰ میلیارد ریال"),
        (173_900_000, "USD", "$173.9m", "۱۷۳٫۹ میلیون دلار"),
        (999_999, "USD", "$999,999", "۹۹۹٬۹۹۹ دلار"),
        (999_999_999, "USD", "$1bn", "۱ میلیارد دلار"),
        (1, "EUR", "€1", "۱ یورو"),
        (0, "IRR", "0 rials", "۰ ریال"),
        (-5_000_000, "EUR", "−€5m", "\u200e−۵ میلیون یورو"),
    ],
)
def test_the_short_form_reads_as_it_is_said(amount, currency, english, persian):
    assert money.compact(amount, currency, "en") == english
    assert money.compact(amount, currency, "fa") == persian


@pytest.mark.parametrize(
    ("amount", "currency", "persian"),
    [
        (1_045_000_000, "EUR", "۱ میلیارد و ۴۵ میلیون یورو"),
        (-61_834_211, "USD", "\u200e−۶۱ میلیون و ۸۰۰ هزار دلار"),
        (8_946_000, "USD", "۸ میلیون و ۹۴۶ هزار دلار"),
        (1_005_000, "USD", "۱ میلیون و ۵ هزار دلار"),
        (1_180_000_000_000, "IRR", "۱٬۱۸۰ میلیارد ریال"),
        (40 * 10**12, "IRR", "۴۰ هزار میلیارد ریال"),
        (525_000, "EUR", "۵۲۵٬۰۰۰ یورو"),
    ],
)
def test_a_large_figure_has_no_decimal_sign_in_persian(amount, currency, persian):
    assert " و ".join(" ".join(part) for part in money.large_parts(amount, currency, "fa")) == persian
    assert money.large_parts(amount, currency, "en") == [money.compact_parts(amount, currency, "en")]


def test_a_large_amount_of_rials_is_said_in_toman_to_readers_of_persian():
    assert money.in_toman(40 * 10**12, "IRR", "fa") == "۴ هزار میلیارد تومان"
    assert money.in_toman(6_870_000_000_000, "IRR", "fa") == "۶۸۷ میلیارد تومان"
    for amount, currency, language in ((10**9, "EUR", "fa"), (10**8, "IRR", "fa"), (10**12, "IRR", "en")):
        assert money.in_toman(amount, currency, language) == ""


@pytest.mark.parametrize(
    ("sign", "persian"), [("y", "سال"), ("h⁻¹", "در ساعت"), ("bar", "bar"), ("m³/h", "m³/h")]
)
def test_a_unit_is_a_word_in_persian_unless_engineers_write_the_sign(sign, persian):
    assert (unit_sign(sign, "en"), unit_sign(sign, "fa")) == (sign, persian)


def test_amounts_of_a_column_show_as_many_decimals_in_each_unit():
    column = [194_290_000, 94_500_000, 8_000_000, 1_045_000_000, 525_000]
    places = money.places_of(column, "en")
    assert [money.compact(amount, "USD", "en", places) for amount in column] == [
        *("$194.3m", "$94.5m", "$8.0m", "$1.05bn", "$525,000"),
    ]
    assert money.compact(8_000_000, "USD", "fa", money.places_of(column, "fa")) == "۸٫۰ میلیون دلار"


def test_the_largest_amount_keeps_every_digit():
    assert money.exact(10**15 - 1, "IRR", "en") == "999,999,999,999,999 rials"
    assert money.exact(10**15 - 1, "IRR", "fa") == "۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹ ریال"
    assert money.exact(10**15 - 1, "USD", "en") == "$999,999,999,999,999"


@given(st.integers(0, 10**17), st.sampled_from(["USD", "EUR", "IRR"]))
def test_rounding_moves_an_amount_by_less_than_half_a_hundredth(amount, currency):
    rounded = money.round_amount(amount)
    assert abs(rounded - amount) * 200 <= amount
    assert money.compact(amount, currency, "en")


@given(st.integers(0, 10**18 - 1), st.sampled_from(["en", "fa"]))
def test_the_exact_form_holds_exactly_the_amount(amount, language):
    text = latin_digits(money.exact(amount, "IRR", language))
    assert int("".join(c for c in text if c.isdigit())) == amount


@given(st.integers(0, 10**6 - 1))
def test_nothing_under_a_million_is_rounded_away(amount):
    assert money.compact(amount, "USD", "en") == money.exact(amount, "USD", "en")


def test_an_unknown_currency_is_an_error_and_not_a_blank():
    with pytest.raises(KeyError):
        money.compact(1, "GBP", "en")


def test_an_axis_says_what_it_counts():
    assert money.unit_words(10**6, "EUR", "en") == "million euros"
    assert money.unit_words(10**12, "IRR", "fa") == "هزار میلیارد ریال"
    assert money.unit_words(1, "USD", "en") == "dollars"


def test_a_rate_says_what_one_unit_costs():
    assert money.rate_words(42_017, "USD", "en") == "42,017 rials a dollar"
    assert money.rate_words(42_017, "EUR", "en") == "42,017 rials a euro"
    assert money.rate_words(42_017, "USD", "fa") == "هر دلار ۴۲٬۰۱۷ ریال"
