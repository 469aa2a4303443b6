"""What pages say of stated figures beside others, as filters such as {{ statement|counted }}."""

from django.utils.html import format_html
from django.utils.translation import get_language, gettext, npgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalog.formats.calendar import year_bounds, year_words
from catalog.formats.numerals import number, percent
from catalog.formats.qualifiers import bounded
from catalog.models import Product
from catalog.templatetags.values import latin, money, name, quantity, stated_value, when

UNIT_NAMES = {
    "money": pgettext_lazy("unit", "money, in the currency stated"),
    "products": pgettext_lazy("unit", "products"),
    "units": pgettext_lazy("unit", "units"),
    "companies": pgettext_lazy("unit", "companies"),
    "desks": pgettext_lazy("unit", "desks"),
    "ordinal": pgettext_lazy("unit", "place in a sequence"),
    "contracts": pgettext_lazy("unit", "contracts"),
    "items": pgettext_lazy("unit", "items"),
    "part-projects": pgettext_lazy("unit", "part-projects"),
    "tariff-rows": pgettext_lazy("unit", "tariff rows"),
    "parts": pgettext_lazy("unit", "parts"),
    "types": pgettext_lazy("unit", "types"),
    "tonnes": pgettext_lazy("unit", "tonnes"),
}


COUNTED_WORDS = {
    "products": lambda n: npgettext("unit", "product", "products", n),
    "units": lambda n: npgettext("unit", "unit", "units", n),
    "companies": lambda n: npgettext("unit", "company", "companies", n),
    "desks": lambda n: npgettext("unit", "desk", "desks", n),
    "contracts": lambda n: npgettext("unit", "contract", "contracts", n),
    "items": lambda n: npgettext("unit", "item", "items", n),
    "part-projects": lambda n: npgettext("unit", "part-project", "part-projects", n),
    "tariff-rows": lambda n: npgettext("unit", "tariff row", "tariff rows", n),
    "parts": lambda n: npgettext("unit", "part", "parts", n),
    "types": lambda n: npgettext("unit", "type", "types", n),
}


def unit_name(unit):
    """What an indicator counts, in words; a unit nobody has translated stands as it was typed."""
    return UNIT_NAMES.get(unit, unit)


def counted(statement):
    """What is counted, as it follows the number; empty for money, tonnes and places in a sequence."""
    if statement.currency or statement.unit in ("money", "tonnes", "ordinal"):
        return ""
    number_of = statement.figure if isinstance(statement.figure, int) else 2
    words = COUNTED_WORDS.get(statement.unit)
    return words(number_of) if words else statement.unit


def period(statement):
    """The Iranian years a statement speaks of, and the days where they are not the whole of them."""
    years = _years(statement)
    days = _days(statement)
    if years and days:
        return format_html('{} <span class="sub">{}</span>', years, days)
    return years or days or gettext("period not recorded")


def _years(statement):
    if not statement.year_from:
        return ""
    first = year_words(statement.year_from, get_language())
    if statement.year_to in (None, statement.year_from):
        return format_html('<span class="nowrap">{}</span>', first)
    last = year_words(statement.year_to, get_language())
    return format_html('<span class="nowrap">{}</span>–<span class="nowrap">{}</span>', first, last)


def _days(statement):
    first, last = statement.period_from, statement.period_to
    if statement.year_from:
        begins = year_bounds(statement.year_from)[0]
        ends = year_bounds(statement.year_to or statement.year_from)[1]
        first = None if first == begins else first
        last = None if last == ends else last
    if first and first == last:
        return when(first)
    if first and last:
        return format_html(gettext("{first} to {last}"), first=when(first), last=when(last))
    if last:
        return format_html(gettext("until {day}"), day=when(last))
    return format_html(gettext("from {day}"), day=when(first)) if first else ""


def implied_rate_words(rials, currency):
    """A rate that two sums imply, in words."""
    shown = number(rials, get_language())
    words = {"USD": gettext("%(rials)s rials a dollar"), "EUR": gettext("%(rials)s rials a euro")}
    return words[currency] % {"rials": shown}


SENTENCES = {
    "more": _("{amount} more than {other}"),
    "less": _("{amount} less than {other}"),
    "fewer": _("{amount} fewer than {other}"),
    "open": _("open-ended, as is {other}; {amount} lie between what was stated"),
    "same": _("the same as {other}"),
    "same_number": _("the same number in another currency: {other}"),
    "currency": _("in another currency, so nothing is subtracted: {other}"),
    "rate": _("the same {rials} at another rate, implied {rate} and not {other_rate}: {other}"),
    "ordinal": _("another number: {other}"),
    "scope": _("of something else, so nothing is subtracted: {other} ({label})"),
    "unit": _("counted in something else: {other}"),
}
PERIODS = {
    "": "{sentence}",
    "shorter": _("{sentence}, over a shorter time"),
    "longer": _("{sentence}, over a longer time"),
    "other": _("{sentence}, for another time"),
}


def difference_sentence(difference):
    """The sentence of a Difference, the other figure linked to its own row and its publisher named."""
    one = difference.statement
    words = {"other": figure_of(difference.other), "label": latin(difference.other.label)}
    if difference.amount is not None:
        words["amount"] = _bounded(difference)
    if difference.rates:
        words["rials"] = stated_value(difference.rials)
        words["rate"], words["other_rate"] = (
            implied_rate_words(rate, one.currency) for rate in difference.rates
        )
    sentence = format_html(str(SENTENCES[_sentence(difference)]), **words)
    return format_html(str(PERIODS[difference.period]), sentence=sentence)


def _sentence(difference):
    if difference.bound == "open":
        return "open"
    one = difference.statement
    things = not one.currency and one.unit != "tonnes"
    return "fewer" if difference.kind == "less" and things else difference.kind


def figure_of(statement):
    """Another stated figure inside a sentence, linked, with who published it."""
    publisher = name(statement.source, "publisher") if statement.source else latin(statement.said_by)
    if not publisher:
        return linked_statement(statement)
    return format_html(
        gettext("{figure} by {publisher}"), figure=linked_statement(statement), publisher=publisher
    )


def linked_statement(statement):
    """A stated figure with its qualifier, linked to its own row."""
    said = f"{statement.get_qualifier_display()} " if statement.qualifier != "exact" else ""
    return format_html('{}<a href="{}">{}</a>', said, statement.get_absolute_url(), stated_value(statement))


def _bounded(difference):
    """The amount of a Difference with its share of the other figure, as exactly as both are known."""
    one, other = difference.statement, difference.other
    if one.currency:
        amount = money(difference.amount, one.currency)
        if share := percent(difference.amount, other.figure, get_language()):
            amount = format_html("{} ({})", amount, share)
    elif one.unit == "tonnes":
        amount = quantity(difference.amount, Product.Unit.TONNE)
    else:
        amount = number(difference.amount, get_language())
    return bounded(amount, difference.bound, difference.rough)


def bounded_share(ratio):
    """What share one figure is of another, as exactly as both are known; empty where both are open-ended."""
    share = percent(ratio.part, ratio.whole, get_language(), places=1)
    if share is None or ratio.bound == "open":
        return ""
    return bounded(format_html("<strong>{}</strong>", share), ratio.bound, ratio.rough)


def superseded(statement, later):
    """A later count replaces this one, in a sentence."""
    words = {"later": linked_statement(later), "earlier": stated_value(statement)}
    return format_html(gettext("a later count replaces it: {later} instead of {earlier}"), **words)


def supersedes(statement, earlier):
    """This one replaces an earlier count, in a sentence."""
    words = {"later": stated_value(statement), "earlier": linked_statement(earlier)}
    return format_html(gettext("it replaces an earlier count: {later} instead of {earlier}"), **words)
