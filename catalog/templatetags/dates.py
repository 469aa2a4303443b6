"""Filters and a tag for dates and Iranian years.

{{ date|day }} {{ date|day:"month" }} words in both calendars (English) or the Iranian one (Persian)
{{ date|day_short }}                   the Iranian date alone
{{ 1398|year }}                        "1398 (2019/20)", "۱۳۹۸"
{% when date precision %}              the same in a <time> element
{% when_days first last %}             "24 to 26 Khordad 1405 (14 to 16 June 2026)"
"""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from catalog.formats import calendar
from catalog.formats.numerals import digits as digits_of
from catalog.formats.numerals import is_persian

register = template.Library()


@register.filter
def day(date, precision="day"):
    """The date as exactly as it is known (`precision` day, month or year); empty for None."""
    return calendar.date_words(date, precision or "day", get_language()) if date else ""


@register.filter
def day_short(date, precision="day"):
    """The Iranian date alone, for columns; empty for None."""
    return calendar.jalali_words(date, precision or "day", get_language()) if date else ""


@register.filter
def gregorian(date, precision="day"):
    """The Gregorian date in English words; empty for None and on Persian pages."""
    return (
        calendar.gregorian_words(date, precision or "day") if date and not is_persian(get_language()) else ""
    )


@register.filter
def year(value):
    """An Iranian year in both calendars (English) or alone (Persian); empty for None."""
    return calendar.year_words(value, get_language()) if value else ""


@register.filter
def year_short(value):
    """An Iranian year alone; empty for None."""
    return digits_of(value, get_language()) if value else ""


@register.simple_tag
def when(date, precision="day"):
    """<time> with the date in words, the Gregorian one quieter; "date not recorded" for None."""
    if not date:
        return gettext("date not recorded")
    precision = precision or "day"
    words = calendar.jalali_words(date, precision, get_language())
    if not is_persian(get_language()):
        other = calendar.gregorian_words(date, precision)
        words = format_html('<span class="nowrap">{}</span> <span class="greg">({})</span>', words, other)
    stamp = calendar.iso_date(date, precision)
    return format_html('<time datetime="{}">{}</time>', stamp, words) if stamp else words


@register.simple_tag
def when_days(first, last):
    """The days from `first` to `last`, the Gregorian ones quieter; of a single day as `when` has it."""
    if first == last:
        return when(first)
    words = calendar.days_words(first, last, get_language())
    if is_persian(get_language()):
        return words
    return format_html(
        '<span class="nowrap">{}</span> <span class="greg">({})</span>',
        words,
        calendar.gregorian_days_words(first, last),
    )
