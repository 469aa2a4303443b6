"""Filters for numbers: {{ 1234|num }}, {{ product.hs_dotted|digits }}, {{ part|percent:whole }},
{{ 12345|file_size }}."""

from decimal import Decimal, InvalidOperation

from django import template
from django.utils.translation import get_language, gettext, ngettext

from catalog.formats import numerals

register = template.Library()


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
    return numerals.number(value, get_language())


@register.filter
def digits(value):
    """The page's digits without grouping: years, codes, page numbers."""
    return "" if value is None else numerals.digits(value, get_language())


@register.filter
def percent(part, whole=100):
    """`part` of `whole` (100 unless told) as a percentage; empty where there is no whole."""
    return numerals.percent(part, whole, get_language()) or ""


@register.filter
def percent_fine(part, whole=100):
    """The same to one digit after the point: 760 of 2,200 is "34.5%"."""
    return numerals.percent(part, whole, get_language(), places=1) or ""


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
            return words % {"number": numerals.number(number, get_language())}
    return ngettext("%(number)s byte", "%(number)s bytes", count) % {
        "number": numerals.number(count, get_language())
    }
