"""Tags for text of the other script inside a page: {% latin text %}, {% name obj %}."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from catalog.formats.numerals import is_persian

register = template.Library()

# A run begins and ends with a Latin letter, digit or currency sign and holds at least one letter or currency
# sign: "HS 8414.80", "CC BY 4.0", "€60 million", "low-NOx". Brackets and Persian punctuation stay outside.
_LETTER = r"A-Za-z\u00c0-\u024f€$£µ°"
_RUN = re.compile(rf"[{_LETTER}0-9](?:[{_LETTER}0-9 .,/&+:'’\-–_@#]*[{_LETTER}0-9%+])?")
_HAS_LETTER = re.compile(rf"[{_LETTER}]")


@register.simple_tag
def latin(text, spans=()):
    """`text`, escaped, each Latin run in <bdi dir="ltr"> on Persian pages; on English pages just escaped.
    What stands in `spans` (pairs of start and end) is marked."""
    if text is None:
        return ""
    if not is_persian(get_language()):
        return _marked(text, spans) if spans else conditional_escape(text)
    return _isolated(str(text)) if not spans else _joined(_isolate(str(text), spans))


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


@register.simple_tag
def name(obj, field="name", marker=None):
    """`name_fa` or `name_en` of a record (or another `field`), by language; the other one, isolated, where it
    is missing. What a `marker` (search.Highlighter) finds in it is marked."""
    if obj is None:
        return ""
    persian = is_persian(get_language())
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


@register.filter
def host(address):
    """The host of a web address, "www.pump.example" of https://www.pump.example/en/; else what was given."""
    return urlsplit(address).netloc or address


@register.filter
def breakable(address):
    """A web address, escaped, that a narrow column breaks after a slash rather than inside a word."""
    parts = re.split(r"(?<=/)(?=[^/])", address or "")
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))
