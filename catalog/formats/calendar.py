"""The Iranian (Solar Hijri) calendar and its words, beside the Gregorian one. Pure.

Dates come and go as Gregorian `datetime.date`; years are Iranian ints: 1399 = 2020-03-20 to 2021-03-20. The
year of an import figure may be Gregorian: its number says so, for none here is of the years between.
"""

import datetime
import re
from functools import cache

import jdatetime

from .numerals import digits, is_persian, latin_digits, persian_digits

MONTHS_FA = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
MONTHS_EN = (
    "Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar",
    "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand",
)  # fmt: skip
GREGORIAN_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

FIRST_YEAR, LAST_YEAR = 1300, 1500
FIRST_GREGORIAN_YEAR, LAST_GREGORIAN_YEAR = 1900, 2100

_INPUT = re.compile(r"(\d{4})[/\-.](\d{1,2})[/\-.](\d{1,2})", re.ASCII)
_MARKS = dict.fromkeys(map(ord, "\u200c\u200e\u200f\u2066\u2067\u2068\u2069"))


def to_jalali(date):
    """(year, month, day) of a Gregorian date."""
    day = jdatetime.date.fromgregorian(date=date)
    return day.year, day.month, day.day


def from_jalali(year, month, day):
    """Gregorian date of an Iranian one; ValueError where that day does not exist."""
    return jdatetime.date(year, month, day).togregorian()


def iranian_year_of(date):
    """The Iranian year a Gregorian date falls in: 2021-03-20 -> 1399."""
    begins = _new_year(date.year)
    return date.year - 621 if (date.month, date.day) >= (begins.month, begins.day) else date.year - 622


@cache
def _new_year(year):
    """The day in a Gregorian year on which an Iranian year begins."""
    return from_jalali(year - 621, 1, 1)


@cache
def year_bounds(year):
    """First and last Gregorian day of an Iranian year, both included."""
    return from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1) - datetime.timedelta(days=1)


def year_known(date, precision="day"):
    """The Iranian year of a date that is known as exactly as `precision` says, or None where it may be one of
    two: March 2020, stored as 2020-03-01, and every Gregorian year lie in two. None for None.
    """
    if date is None:
        return None
    year = iranian_year_of(date)
    if precision in ("month", "year") and _is_gregorian(date, precision):
        last = date.replace(day=28) if precision == "month" else date.replace(month=12)
        return year if iranian_year_of(last) == year else None
    return year


def parse_jalali(text):
    """ "۱۳۹۹/۰۷/۰۸", "1399-7-8" -> Gregorian date. Any digits, / - or . between; ValueError for anything
    else."""
    match = _INPUT.fullmatch(latin_digits(text).translate(_MARKS).strip())
    if not match:
        raise ValueError(f"Not a date such as 1399/07/08: {text!r}")
    year, month, day = map(int, match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Not an Iranian year from 1300 to 1500: {year}")
    return from_jalali(year, month, day)


def input_text(date, language="fa"):
    """What `parse_jalali` reads back, for form fields: "۱۳۹۹/۰۷/۰۸" or "1399/07/08"."""
    return digits("{:04}/{:02}/{:02}".format(*to_jalali(date)), language)


def short_day(date, language):
    """Where both calendars have no room: "۱۳۹۹/۰۷/۰۸" in Persian, "2020-09-29" in English."""
    return input_text(date) if is_persian(language) else date.isoformat()


def jalali_words(date, precision="day", language="en"):
    """The Iranian date alone: "29 Tir 1398", "تیر ۱۳۹۸", "1398".

    `precision` is "day", "month" or "year": how exactly the date is known. A month or a year that is stored
    by its first Gregorian day is known from the Gregorian calendar only, and lies in two Iranian ones; both
    are named: July 2019, stored as 2019-07-01, is "Tir or Mordad 1398". Any other day stands for its Iranian
    month or year.
    """
    names, either = (MONTHS_FA, "یا") if is_persian(language) else (MONTHS_EN, "or")
    year, month, day = to_jalali(date)
    text = f"{day} {names[month - 1]} {year}"
    if precision == "month":
        text = f"{names[month - 1]} {year}"
        if _is_gregorian(date, precision):
            later_year, later = to_jalali(date.replace(day=28))[:2]
            start = names[month - 1] if year == later_year else text
            text = f"{start} {either} {names[later - 1]} {later_year}"
    elif precision == "year":
        text = f"{year} {either} {year + 1}" if _is_gregorian(date, precision) else str(year)
    return digits(text, language)


def gregorian_words(date, precision="day"):
    """The Gregorian date in English: "20 July 2019", "July 2019", "2019"; see `jalali_words` for what is
    stored how."""
    month = GREGORIAN_MONTHS_EN[date.month - 1]
    if precision == "month":
        if _is_gregorian(date, precision):
            return f"{month} {date.year}"
        later = GREGORIAN_MONTHS_EN[date.month % 12]
        return (
            f"{month} {date.year}–{later} {date.year + 1}"
            if date.month == 12
            else f"{month}–{later} {date.year}"
        )
    if precision == "year":
        return str(date.year) if _is_gregorian(date, precision) else gregorian_span(iranian_year_of(date))
    return f"{date.day} {month} {date.year}"


def _is_gregorian(date, precision):
    return date.day == 1 and (precision != "year" or date.month == 1)


def date_words(date, precision="day", language="en"):
    """A date for readers: "۲۹ تیر ۱۳۹۸" in Persian, "29 Tir 1398 (20 July 2019)" in English."""
    if is_persian(language):
        return jalali_words(date, precision, language)
    return f"{jalali_words(date, precision, language)} ({gregorian_words(date, precision)})"


def days_words(first, last, language="en"):
    """The Iranian days from one to another, naming month and year once where both are the same: "24 to 26
    Khordad 1405", "۳۱ اردیبهشت تا ۱ خرداد ۱۴۰۳"."""
    if is_persian(language):
        return digits(_span(to_jalali(first), to_jalali(last), MONTHS_FA, "تا"), language)
    return _span(to_jalali(first), to_jalali(last), MONTHS_EN, "to")


def gregorian_days_words(first, last):
    """The same in the Gregorian calendar: "14 to 16 June 2026"."""
    first, last = ((date.year, date.month, date.day) for date in (first, last))
    return _span(first, last, GREGORIAN_MONTHS_EN, "to")


def _span(first, last, months, to):
    (year, month, day), (last_year, last_month, last_day) = first, last
    end = f"{last_day} {months[last_month - 1]} {last_year}"
    if first == last:
        return end
    start = str(day)
    if (year, month) != (last_year, last_month):
        start += f" {months[month - 1]}"
    if year != last_year:
        start += f" {year}"
    return f"{start} {to} {end}"


def iso_date(date, precision="day"):
    """The value of a <time datetime>, or None where the page's words name no Gregorian day, month or year
    exactly."""
    if precision in ("month", "year"):
        return (
            date.isoformat()[: 7 if precision == "month" else 4] if _is_gregorian(date, precision) else None
        )
    return date.isoformat()


def is_gregorian(year):
    """Whether a year of either calendar is a Gregorian one: 2018 is, 1397 is not."""
    return year > LAST_YEAR


def year_order(year):
    """Where a year of either calendar stands in time, an int: by its last day. The Gregorian 2018, which lies
    in two Iranian years, stands between them: after 1396, which ends in its March, before 1397."""
    return 2 * year + 1 if is_gregorian(year) else 2 * (year + 622)


def year_standing(year):
    """By this the greatest of a product's years is the one that stands for it in lists and sums: the latest,
    but the Iranian one of two that end within one Gregorian year, for sums are of Iranian years."""
    return year_order(year) // 2, not is_gregorian(year)


def year_of_sums(years):
    """The year whose figures are added up and compared, of all that stand for a product: the latest Iranian
    one; the latest Gregorian one where there is no other; None for none."""
    return max(years, key=lambda year: (not is_gregorian(year), year), default=None)


def year_words(year, language="en"):
    """A year for readers: "1398 (2019/20)" in English, "۱۳۹۸" in Persian; a Gregorian one, as import figures
    have it: "2018 (Gregorian)", "۲۰۱۸ میلادی"."""
    if is_gregorian(year):
        return f"{digits(year, language)} {gregorian_mark(language)}"
    if is_persian(language):
        return persian_digits(year)
    return f"{year} ({gregorian_span(year)})"


def year_alone(year, language="en"):
    """A year for columns and lists: "1398", "۱۳۹۸"; a Gregorian one as `year_words` has it."""
    return year_words(year, language) if is_gregorian(year) else digits(year, language)


def gregorian_mark(language="en"):
    """What stands behind a year of the Gregorian calendar."""
    return "میلادی" if is_persian(language) else "(Gregorian)"


def gregorian_span(year):
    """The two Gregorian years an Iranian year lies in: 1398 -> "2019/20", 1378 -> "1999/2000"."""
    first = year + 621
    return f"{first}/{first + 1}" if (first + 1) % 100 == 0 else f"{first}/{(first + 1) % 100:02}"
