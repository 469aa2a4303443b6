"""Tags for money: {% money amount currency %} short, {% money_exact amount currency %} to the unit."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from catalog.formats import money as words

register = template.Library()


@register.simple_tag
def money(amount, currency):
    """ "$61.8m" in a <bdi>; its exact amount in the title where the short form rounds. Empty for None."""
    return "" if amount is None else _short(amount, currency, get_language())


@lru_cache(20_000)  # sums of listings: the same ones stand on many pages
def _short(amount, currency, language):
    short = _worded(words.compact_parts(amount, currency, language))
    if words.round_amount(amount) == amount:
        return format_html("<bdi>{}</bdi>", short)
    return format_html('<bdi title="{}">{}</bdi>', words.exact(amount, currency, language), short)


def _worded(parts):
    """Number and unit; the unit in an element of its own where there is one, so that large figures can set it
    small."""
    value, unit = parts
    return format_html('{} <span class="unit">{}</span>', value, unit) if unit else value


@register.simple_tag
def money_exact(amount, currency):
    """Every digit, in a <bdi>. Empty for None."""
    if amount is None:
        return ""
    return format_html("<bdi>{}</bdi>", _worded(words.exact_parts(amount, currency, get_language())))


@register.simple_tag
def money_unit(unit, currency):
    """What an axis counts in: "million euros"."""
    return words.unit_words(unit, currency, get_language())
