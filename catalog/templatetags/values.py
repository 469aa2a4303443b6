"""What one value looks like on a page, in the page's language: dates, numbers, money, quantities and names.

Public pages have these as filters: {{ date|day("month") }}, {{ amount|money("EUR") }}, {{ product|name }}.
"""

import re
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from catalog.formats import calendar, numerals, unit_signs
from catalog.formats import money as money_words
from catalog.formats.language import page_language
from catalog.models import CallState, IdleUnit, Product, Stage
from catalog.models.calls import state_between

register = template.Library()  # of the admin's pages, which are Django templates


def day(date, precision="day"):
    """The date as exactly as it is known (`precision` day, month or year); empty for None."""
    return calendar.date_words(date, precision or "day", page_language()) if date else ""


def day_short(date, precision="day"):
    """The Iranian date alone, for columns; empty for None."""
    return calendar.jalali_words(date, precision or "day", page_language()) if date else ""


def gregorian(date, precision="day"):
    """The Gregorian date in English words; empty for None and on Persian pages."""
    return (
        calendar.gregorian_words(date, precision or "day")
        if date and not numerals.is_persian(page_language())
        else ""
    )


def year(value):
    """A year: an Iranian one in both calendars (English) or alone (Persian), a Gregorian one marked; empty
    for None."""
    return calendar.year_words(value, page_language()) if value else ""


def year_short(value):
    """An Iranian year alone, or a Gregorian one marked; empty for None."""
    return calendar.year_alone(value, page_language()) if value else ""


def when(date, precision="day"):
    """<time> with the date in words, the Gregorian one quieter; "date not recorded" for None."""
    if not date:
        return gettext("date not recorded")
    precision = precision or "day"
    words = calendar.jalali_words(date, precision, page_language())
    if not numerals.is_persian(page_language()):
        other = calendar.gregorian_words(date, precision)
        words = format_html('<span class="nowrap">{}</span> <span class="greg">({})</span>', words, other)
    stamp = calendar.iso_date(date, precision)
    return format_html('<time datetime="{}">{}</time>', stamp, words) if stamp else words


def when_days(first, last):
    """The days from `first` to `last`, the Gregorian ones quieter; of a single day as `when` has it."""
    if first == last:
        return when(first)
    words = calendar.days_words(first, last, page_language())
    if numerals.is_persian(page_language()):
        return words
    return format_html(
        '<span class="nowrap">{}</span> <span class="greg">({})</span>',
        words,
        calendar.gregorian_days_words(first, last),
    )


def when_hour(moment):
    """The day and the hour of Tehran of a moment: "8 Azar 1405 (29 November 2026), 14:05"."""
    local = timezone.localtime(moment)
    hour = numerals.digits(f"{local:%H:%M}", page_language())
    return format_html("{}{}<bdi>{}</bdi>", when(local.date()), pgettext("between names", ", "), hour)


@register.filter
def num(value):
    """Grouped digits of the page's language; empty for None; words stay as they are."""
    if value is None or value == "":
        return ""
    if not isinstance(value, (int, Decimal)):
        try:
            value = Decimal(str(value))
        except InvalidOperation:
            return value
    return numerals.number(value, page_language())


@register.filter
def digits(value):
    """The page's digits without grouping: years, codes, page numbers."""
    return "" if value is None else numerals.digits(value, page_language())


@register.filter
def with_key(record):
    """A record that has a slug or a key, with that beside its name: others may be called the same."""
    key = record.slug if hasattr(record, "slug") else record.key
    return format_html('{} <bdi class="code" dir="ltr">({})</bdi>', record, key)


def percent(part, whole=100):
    """`part` of `whole` (100 unless told) as a percentage; empty where there is no whole."""
    return numerals.percent(part, whole, page_language()) or ""


def percent_fine(part, whole=100):
    """The same to one digit after the point: 760 of 2,200 is "34.5%"."""
    return numerals.percent(part, whole, page_language(), places=1) or ""


@register.filter
def file_size(count):
    """So many bytes in the unit that fits: "948 bytes", "12 kB", "1.4 MB"."""
    units = (
        (10**9, gettext("%(number)s GB")),
        (10**6, gettext("%(number)s MB")),
        (10**3, gettext("%(number)s kB")),
    )
    for size, words in units:
        if count >= size:
            number = (Decimal(count) / size).quantize(Decimal("0.1") if count < 10 * size else Decimal(1))
            return words % {"number": numerals.number(number, page_language())}
    return ngettext("%(number)s byte", "%(number)s bytes", count) % {
        "number": numerals.number(count, page_language())
    }


def money(amount, currency, places=None):
    """ "$61.8m" in a <bdi>; its exact amount in the title where the short form rounds. Empty for None.
    `places`: those of its column, see money_places."""
    column = tuple(places.get(currency, {}).items()) if places else ()
    return "" if amount is None else _short(amount, currency, page_language(), column)


def money_large(amount, currency):
    """The same at display size: "۱ میلیارد و ۴۵ میلیون یورو" where `money` has a decimal sign in Persian."""
    if amount is None:
        return ""
    parts = money_words.large_parts(amount, currency, page_language())
    if len(parts) == 1:
        return money(amount, currency)
    joint = mark_safe(' <span class="unit">و</span> ')
    words = format_html_join(joint, "{}", ((_worded(part),) for part in parts))
    exact = money_words.exact(amount, currency, page_language())
    return format_html('<bdi class="composed" title="{}">{}</bdi>', exact, words)


def toman(amount, currency):
    """After a main figure in rials, for Persian readers: " (۴ هزار میلیارد تومان)"; empty for all others."""
    words = "" if amount is None else money_words.in_toman(amount, currency, page_language())
    return format_html(' <span class="toman">(<bdi>{}</bdi>)</span>', words) if words else ""


def money_places(rows, amount, currency="currency"):
    """Places of decimals for a column of money, {currency: {unit: places}}: `amount` and `currency` are names
    of attributes of its rows, or `currency` is that of all."""
    column = defaultdict(list)
    for row in rows:
        if (value := getattr(row, amount)) is not None:
            column[getattr(row, currency, currency)].append(value)
    language = page_language()
    return {code: money_words.places_of(values, language) for code, values in column.items()}


@lru_cache(20_000)  # sums of listings: the same ones stand on many pages
def _short(amount, currency, language, places=()):
    short = _worded(money_words.compact_parts(amount, currency, language, dict(places)))
    if money_words.round_amount(amount) == amount:
        return format_html("<bdi>{}</bdi>", short)
    return format_html('<bdi title="{}">{}</bdi>', money_words.exact(amount, currency, language), short)


def _worded(parts):
    """Number and unit; the unit in an element of its own where there is one, so that large figures can set it
    small."""
    value, unit = parts
    return format_html('{} <span class="unit">{}</span>', value, unit) if unit else value


def money_exact(amount, currency):
    """Every digit, in a <bdi>. Empty for None."""
    if amount is None:
        return ""
    return format_html("<bdi>{}</bdi>", _worded(money_words.exact_parts(amount, currency, page_language())))


def money_unit(unit, currency):
    """What an axis counts in: "million euros"."""
    return money_words.unit_words(unit, currency, page_language())


QUANTITY_WORDS = {
    Product.Unit.PIECE: lambda n: ngettext("%(n)s piece", "%(n)s pieces", n),
    Product.Unit.MACHINE: lambda n: npgettext("counter", "%(n)s unit", "%(n)s units", n),
    Product.Unit.TYRE: lambda n: ngettext("%(n)s tyre", "%(n)s tyres", n),
    Product.Unit.BED: lambda n: ngettext("%(n)s bed", "%(n)s beds", n),
    Product.Unit.KIT: lambda n: ngettext("%(n)s kit", "%(n)s kits", n),
    Product.Unit.LINE: lambda n: npgettext("counter", "%(n)s line", "%(n)s lines", n),
    Product.Unit.SET: lambda n: ngettext("%(n)s set", "%(n)s sets", n),
    Product.Unit.KG: lambda n: ngettext("%(n)s kg", "%(n)s kg", n),
    Product.Unit.TONNE: lambda n: ngettext("%(n)s tonne", "%(n)s tonnes", n),
    IdleUnit.CapacityUnit.MACHINE_HOUR: lambda n: ngettext("%(n)s machine hour", "%(n)s machine hours", n),
    IdleUnit.CapacityUnit.METRE: lambda n: ngettext("%(n)s metre", "%(n)s metres", n),
    IdleUnit.CapacityUnit.SQUARE_METRE: lambda n: ngettext("%(n)s square metre", "%(n)s square metres", n),
}


def unit_sign(sign):
    """The unit of a requirement as readers of the page's language write it."""
    return unit_signs.unit_sign(sign, page_language())


def quantity_in_words(amount, unit):
    """ "184,000 pieces"; a unit that is none of ours stands as it is written."""
    many = amount if isinstance(amount, int) else 2  # a fraction takes the plural
    pattern = QUANTITY_WORDS[unit](many) if unit in QUANTITY_WORDS else f"%(n)s {unit}" if unit else "%(n)s"
    return pattern % {"n": numerals.number(amount, page_language())}


def quantity(amount, unit):
    """`amount` (an int or a Decimal) of `unit` in words; empty for None."""
    return "" if amount is None else format_html("<bdi>{}</bdi>", quantity_in_words(amount, unit))


def stated_value(statement, large=False):
    """The figure of a statement as it was said: money in its currency, weights in tonnes, else the number
    alone (its label says what is counted). `large`: at display size.
    """
    if statement.currency:
        return (money_large if large else money)(statement.value, statement.currency)
    if statement.unit == "tonnes":
        return quantity(statement.figure, Product.Unit.TONNE)
    return numerals.number(statement.figure, page_language())


def stated_words(statement):
    """ "more than 2 trillion rials": the figure with its qualifier, unless that is "exactly"."""
    value = stated_value(statement)
    if statement.qualifier == statement.Qualifier.EXACT:
        return value
    return format_html("{} {}", statement.get_qualifier_display(), value)


def milestone_summary(milestones):
    """{all, done, next, days, lapsed} of a list of milestones: `next` is the first late one, else the first
    ahead, else None; `days` how many days it is late; `lapsed` says that one lapsed (see PROGRESS)."""
    milestones = list(milestones)
    late = [step for step in milestones if step.progress == "late"]
    ahead = [step for step in milestones if step.progress == "ahead"]
    return {
        "all": len(milestones),
        "done": sum(step.progress == "done" for step in milestones),
        "next": next(iter(late + ahead), None),
        "lapsed": any(step.progress == "lapsed" for step in milestones),
        "days": (timezone.localdate() - late[0].due).days if late else None,
    }


# A run begins and ends with a Latin letter, digit or currency sign and holds at least one letter or currency
# sign: "HS 8414.80", "CC BY 4.0", "€60 million", "low-NOx". Brackets and Persian punctuation stay outside.
_LETTER = r"A-Za-z\u00c0-\u024f€$£µ°"
_RUN = re.compile(rf"[{_LETTER}0-9](?:[{_LETTER}0-9 .,/&+:'’\-–_@#]*[{_LETTER}0-9%+])?")
_HAS_LETTER = re.compile(rf"[{_LETTER}]")


def latin(text, spans=()):
    """`text`, escaped, each Latin run in <bdi dir="ltr"> on Persian pages; on English pages just escaped.
    What stands in `spans` (pairs of start and end) is marked."""
    if text is None:
        return ""
    if not numerals.is_persian(page_language()):
        if spans or type(text) is not str:  # what is safe equals the same text that is not
            return _marked(text, spans) if spans else conditional_escape(text)
        return _escaped(text)
    return _isolated(str(text)) if not spans else _joined(_isolate(str(text), spans))


@lru_cache(20_000)
def _escaped(text):
    return conditional_escape(text)


@lru_cache(20_000)  # names stand on many pages
def _isolated(text):
    return _joined(_isolate(text, ()))


def _joined(pieces):
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped by _marked


def _isolate(text, spans):
    end = 0
    for run in _RUN.finditer(text):
        if _HAS_LETTER.search(run.group()):
            yield _marked(text, spans, end, run.start())
            yield format_html('<bdi dir="ltr">{}</bdi>', _marked(text, spans, run.start(), run.end()))
            end = run.end()
    yield _marked(text, spans, end)


def _marked(text, spans, first=0, last=None):
    """The characters from `first` to before `last`, escaped; those in `spans` in <mark>."""
    last = len(text) if last is None else last
    html = []
    for span in spans:
        start, end = max(span[0], first), min(span[1], last)
        if start < end:
            html += [conditional_escape(text[first:start]), format_html("<mark>{}</mark>", text[start:end])]
            first = end
    return mark_safe("".join([*html, conditional_escape(text[first:last])]))  # noqa: S308 - all is escaped


def name(obj, field="name", marker=None):
    """`name_fa` or `name_en` of a record (or another `field`), by language; the other one, isolated, where it
    is missing. What a `marker` (search.Highlighter) finds in it is marked."""
    if obj is None:
        return ""
    persian = numerals.is_persian(page_language())
    own, other = ("fa", "en") if persian else ("en", "fa")
    if text := getattr(obj, f"{field}_{own}", ""):
        return latin(text, marker.spans(text) if marker else ())
    text = getattr(obj, f"{field}_{other}", "")
    shown = _marked(text, marker.spans(text)) if marker else text
    return (
        format_html('<bdi lang="{}" dir="{}">{}</bdi>', other, "ltr" if persian else "rtl", shown)
        if text
        else ""
    )


def called_note(product, today=None):
    """Beside "No maker on record": when the public was asked who makes the product, in words; "" where it was
    not, or somebody is on record. A call that is still open says until when."""
    days = product.called if product.stage == Stage.OPEN else None
    if not days:
        return ""
    state, language = state_between(*days, today or timezone.localdate()), page_language()
    if state == CallState.OPEN:
        return gettext("called until %(day)s") % {"day": calendar.jalali_words(days[1], language=language)}
    return (
        gettext("called %(days)s") % {"days": calendar.days_words(*days, language)}
        if state == "closed"
        else ""
    )


def host(address):
    """The host of a web address, "www.pump.example" of https://www.pump.example/en/; else what was given."""
    return urlsplit(address).netloc or address


def breakable(address):
    """A web address, escaped, that a narrow column breaks after a slash rather than inside a word."""
    parts = re.split(r"(?<=/)(?=[^/])", address or "")
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))
