import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.formats import calendar

PAIRS = [
    ((1398, 4, 29), "2019-07-20", "29 Tir 1398 (20 July 2019)", "۲۹ تیر ۱۳۹۸"),
    ((1398, 7, 13), "2019-10-05", "13 Mehr 1398 (5 October 2019)", "۱۳ مهر ۱۳۹۸"),
    ((1398, 7, 30), "2019-10-22", "30 Mehr 1398 (22 October 2019)", "۳۰ مهر ۱۳۹۸"),
    ((1398, 9, 27), "2019-12-18", "27 Azar 1398 (18 December 2019)", "۲۷ آذر ۱۳۹۸"),
    ((1398, 11, 1), "2020-01-21", "1 Bahman 1398 (21 January 2020)", "۱ بهمن ۱۳۹۸"),
    ((1398, 12, 20), "2020-03-10", "20 Esfand 1398 (10 March 2020)", "۲۰ اسفند ۱۳۹۸"),
    ((1399, 12, 30), "2021-03-20", "30 Esfand 1399 (20 March 2021)", "۳۰ اسفند ۱۳۹۹"),
]
DATES = st.dates(datetime.date(1921, 3, 21), datetime.date(2122, 3, 20))


@pytest.mark.parametrize(("jalali", "iso", "english", "persian"), PAIRS)
def test_known_days_agree_in_both_calendars(jalali, iso, english, persian):
    date = datetime.date.fromisoformat(iso)
    assert calendar.to_jalali(date) == jalali
    assert calendar.from_jalali(*jalali) == date
    assert calendar.date_words(date, language="en") == english
    assert calendar.date_words(date, language="fa") == persian


def test_a_leap_year_has_its_thirtieth_of_esfand_and_the_next_one_does_not():
    assert calendar.year_bounds(1399) == (datetime.date(2020, 3, 20), datetime.date(2021, 3, 20))
    assert calendar.year_bounds(1400) == (datetime.date(2021, 3, 21), datetime.date(2022, 3, 20))
    with pytest.raises(ValueError, match="day"):
        calendar.from_jalali(1400, 12, 30)


@given(DATES)
def test_there_and_back_is_the_same_day(date):
    assert calendar.from_jalali(*calendar.to_jalali(date)) == date
    assert calendar.parse_jalali(calendar.input_text(date, "fa")) == date
    assert calendar.parse_jalali(calendar.input_text(date, "en")) == date
    first, last = calendar.year_bounds(calendar.iranian_year_of(date))
    assert first <= date <= last


@pytest.mark.parametrize(
    "text", ["۱۳۹۹/۰۷/۰۸", "1399-7-8", " 1399.07.08 ", "١٣٩٩/٧/٨", "\u200f1399/07/08\u200e"]
)
def test_a_day_is_read_however_it_is_typed(text):
    assert calendar.parse_jalali(text) == datetime.date(2020, 9, 29)


@pytest.mark.parametrize(
    "text", ["", "1399", "1399/13/01", "1399/07/31", "2020-09-29", "۱۳۹۹/۰۷", "1399/07/08/01", "x"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match=r"Not a date|Not an Iranian year|must be in|out of range"):
        calendar.parse_jalali(text)


def test_a_gregorian_month_names_the_two_iranian_months_it_lies_in():
    july = datetime.date(2019, 7, 1)
    assert calendar.date_words(july, "month", "en") == "Tir or Mordad 1398 (July 2019)"
    assert calendar.date_words(july, "month", "fa") == "تیر یا مرداد ۱۳۹۸"
    assert calendar.iso_date(july, "month") == "2019-07"
    march = datetime.date(2020, 3, 1)
    assert calendar.date_words(march, "month", "en") == "Esfand 1398 or Farvardin 1399 (March 2020)"


def test_an_iranian_month_is_stored_by_its_own_first_day():
    mehr = calendar.from_jalali(1398, 7, 1)
    assert calendar.date_words(mehr, "month", "en") == "Mehr 1398 (September–October 2019)"
    assert calendar.date_words(mehr, "month", "fa") == "مهر ۱۳۹۸"
    assert calendar.iso_date(mehr, "month") is None
    dey = calendar.from_jalali(1398, 10, 1)
    assert calendar.gregorian_words(dey, "month") == "December 2019–January 2020"


def test_a_date_known_to_the_year_says_no_more():
    assert calendar.date_words(calendar.from_jalali(1398, 1, 1), "year", "en") == "1398 (2019/20)"
    assert calendar.date_words(datetime.date(2019, 1, 1), "year", "en") == "1397 or 1398 (2019)"
    assert calendar.date_words(datetime.date(2019, 1, 1), "year", "fa") == "۱۳۹۷ یا ۱۳۹۸"


@pytest.mark.parametrize(
    ("year", "words"), [(1398, "1398 (2019/20)"), (1378, "1378 (1999/2000)"), (1388, "1388 (2009/10)")]
)
def test_a_year_shows_both_calendars_in_english_and_its_own_in_persian(year, words):
    assert calendar.year_words(year, "en") == words
    assert calendar.year_words(1398, "fa") == "۱۳۹۸"


@pytest.mark.parametrize(
    ("day", "precision", "year"),
    [
        (datetime.date(2020, 3, 19), "day", 1398),
        (datetime.date(2020, 3, 20), "day", 1399),
        (datetime.date(2020, 3, 1), "day", 1398),
        (datetime.date(2020, 3, 1), "month", None),
        (datetime.date(2019, 9, 1), "month", 1398),
        (datetime.date(2020, 1, 1), "year", None),
        (calendar.from_jalali(1398, 12, 1), "month", 1398),
        (calendar.from_jalali(1398, 1, 1), "year", 1398),
        (None, "day", None),
    ],
)
def test_a_year_is_known_where_the_date_cannot_lie_in_two(day, precision, year):
    assert calendar.year_known(day, precision) == year


@pytest.mark.parametrize(
    ("first", "last", "english", "gregorian", "persian"),
    [
        ((1405, 3, 24), (1405, 3, 26), "24 to 26 Khordad 1405", "14 to 16 June 2026", "۲۴ تا ۲۶ خرداد ۱۴۰۵"),
        (
            (1403, 2, 31), (1403, 3, 1), "31 Ordibehesht to 1 Khordad 1403", "20 to 21 May 2024",
            "۳۱ اردیبهشت تا ۱ خرداد ۱۴۰۳",
        ),
        (
            (1404, 12, 29), (1405, 1, 2), "29 Esfand 1404 to 2 Farvardin 1405", "20 to 22 March 2026",
            "۲۹ اسفند ۱۴۰۴ تا ۲ فروردین ۱۴۰۵",
        ),
        ((1405, 3, 24), (1405, 3, 24), "24 Khordad 1405", "14 June 2026", "۲۴ خرداد ۱۴۰۵"),
    ],
)  # fmt: skip
def test_days_from_one_to_another_name_month_and_year_once(first, last, english, gregorian, persian):
    days = calendar.from_jalali(*first), calendar.from_jalali(*last)
    assert calendar.days_words(*days, "en") == english
    assert calendar.gregorian_days_words(*days) == gregorian
    assert calendar.days_words(*days, "fa") == persian
