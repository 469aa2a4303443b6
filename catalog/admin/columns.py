"""Cells of the lists and values of read-only pages: badges, days, amounts, second lines."""

import datetime
import re
from functools import partial

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from catalog.formats import money
from catalog.formats.calendar import input_text, short_day, year_alone
from catalog.formats.numerals import digits, is_persian, number
from catalog.models.base import is_year
from catalog.models.codes import labels

EMPTY = "–"
_RUN = re.compile("[0-9A-Za-z\u06f0-\u06f9][0-9A-Za-z\u06f0-\u06f9 ._-]*")


def two_lines(first, second=""):
    """A cell whose second line is small; both may be safe HTML."""
    return format_html('{}<span class="sub">{}</span>', first, second) if second else format_html("{}", first)


def day(date):
    """See `calendar.short_day`; `–` for none."""
    return EMPTY if date is None else short_day(date, get_language())


def day_cell(date):
    """The same for a cell of a list, where it is not broken at its hyphens."""
    return unbroken(day(date))


def unbroken(text):
    return format_html('<span class="unbroken">{}</span>', text)


def both_days(date):
    """The day in both calendars in English, in the Iranian one in Persian."""
    if date is None or is_persian(get_language()):
        return day(date)
    return f"{date.isoformat()} ({input_text(date, 'en')})"


def moment(when):
    """A moment in the portal's time zone: day and minute."""
    local = timezone.localtime(when)
    return f"{both_days(local.date())} {digits(local.strftime('%H:%M'), get_language())}"


def person(user):
    """A member of staff by name."""
    return user.get_full_name() or user.get_username()


def day_of(moment):
    """The day of a moment in the portal's time zone: after half past eight in the evening UTC it is tomorrow
    in Tehran."""
    return timezone.localdate(moment)


def amount(value, currency):
    """Short, with every digit in the title; `–` for nothing."""
    if value is None or not currency:
        return EMPTY
    exact = money.exact(value, currency, get_language())
    return format_html(
        '<bdi class="num" title="{}">{}</bdi>', exact, money.compact(value, currency, get_language())
    )


def count(value):
    return EMPTY if value is None else number(value, get_language())


def plain(value):
    """An Iranian year or code: its digits, ungrouped."""
    return EMPTY if value in (None, "") else digits(value, get_language())


def year(value):
    """A year of either calendar, a Gregorian one marked."""
    return EMPTY if value is None else year_alone(value, get_language())


def names_listed(names):
    """Names in a row, with the comma of the page's language."""
    return ("، " if is_persian(get_language()) else ", ").join(map(str, names))


def code(text):
    return format_html('<bdi class="code" dir="ltr">{}</bdi>', text)


def isolated_file_name(name):
    """The name of a file; digits, Latin letters and the ending keep their own order within Persian."""
    parts = _RUN.split(name), _RUN.findall(name)
    isolated = format_html_join("", '{}<bdi dir="ltr">{}</bdi>', zip(*parts, strict=False))
    return format_html("<bdi>{}{}</bdi>", isolated, parts[0][-1])


def marked_as_sample(text):
    return gettext("Sample: %(name)s") % {"name": text}


def sample_mark(record):
    return format_html('<span class="mark-sample">{}</span>', gettext("Sample")) if record.is_sample else ""


def state_badge(record):
    return format_html('<span class="rec rec-{}">{}</span>', record.state, record.get_state_display())


@admin.display(description=_("name"), ordering="sort_en")
def named(record):
    """The name in the page's language, the other one below, and the mark of a sample."""
    other = record.name_en if is_persian(get_language()) else record.name_fa
    second = format_html("<bdi>{}</bdi>", other) if other and other != str(record) else ""
    return two_lines(format_html("{} {}", record, mark_of(record)), second)


def mark_of(record):
    return sample_mark(record) if hasattr(record, "is_sample") else ""


@admin.display(description=_("publication"), ordering="state")
def publication(record):
    return state_badge(record)


@admin.display(description=_("last change"), ordering="updated_at")
def last_change(record):
    return day_cell(day_of(record.updated_at))


@admin.display(description=_("origin"), ordering="origin")
def origin(record):
    return sample_mark(record) or record.get_origin_display()


@admin.display(description=_("in sums"))
def in_sums(record):
    """Whether an import figure counts where figures are added up."""
    if record.pk is None:
        return EMPTY
    return gettext("Yes") if record.counts else gettext("No")


def _code_words(codes, text):
    return names_listed(labels(codes, text)) or EMPTY


def shown_field(field):
    """How a read-only page shows `field`: a function for `readonly_fields`, or None: as Django does."""
    if isinstance(field, models.DateField):
        write = both_days
    elif isinstance(field, models.IntegerField) and not field.choices:
        write = plain if is_year(field) else count
    elif hasattr(field, "codes"):
        write = partial(_code_words, field.codes)
    else:
        return None

    def value(record):
        raw = getattr(record, field.name)
        return write(day_of(raw) if isinstance(raw, datetime.datetime) else raw)

    value.short_description = field.verbose_name
    value.__name__ = field.name
    return value
