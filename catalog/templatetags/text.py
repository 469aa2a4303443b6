"""Tags for text of the other script inside a page: {% latin text %}, {% name obj %}."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from catalog.numerals import is_persian

register = template.Library()

# A run begins and ends with a Latin letter, digit or currency sign and holds at least one letter or currency
# sign: "HS 8414.80", "CC BY 4.0", "€60 million", "low-NOx". Brackets and Persian punctuation stay outside.
_LETTER = r"A-Za-z\u00c0-\u024f€$£µ°"
_RUN = re.compile(rf"[{_LETTER}0-9](?:[{_LETTER}0-9 .,/&+:'’\-–_@#]*[{_LETTER}0-9%+])?")
_HAS_LETTER = re.compile(rf"[{_LETTER}]")


@register.simple_tag
def latin(text):
    """`text`, escaped, each Latin run in <bdi dir="ltr"> on Persian pages; on English pages just escaped."""
    if text is None:
        return ""
    if not is_persian(get_language()):
        return conditional_escape(text)
    return mark_safe("".join(_isolate(str(text))))  # noqa: S308 - every piece is escaped by _isolate


def _isolate(text):
    end = 0
    for run in _RUN.finditer(text):
        if _HAS_LETTER.search(run.group()):
            yield conditional_escape(text[end : run.start()])
            yield format_html('<bdi dir="ltr">{}</bdi>', run.group())
            end = run.end()
    yield conditional_escape(text[end:])


@register.simple_tag
def name(obj, field="name"):
    """`name_fa` or `name_en` of a record (or another `field`), by language; the other one, isolated, where it
    is missing."""
    if obj is None:
        return ""
    persian = is_persian(get_language())
    own, other = ("fa", "en") if persian else ("en", "fa")
    if text := getattr(obj, f"{field}_{own}", ""):
        return latin(text)
    text = getattr(obj, f"{field}_{other}", "")
    return (
        format_html('<bdi lang="{}" dir="{}">{}</bdi>', other, "ltr" if persian else "rtl", text)
        if text
        else ""
    )
