"""{% quantity 184000 product.unit %}: a number with its unit in words; {% stated_value statement %};
{% stated_words statement %}: the same with its qualifier, inside a sentence."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext

from catalog.formats.numerals import number
from catalog.models import IdleUnit, Product
from catalog.templatetags.money import money

register = template.Library()


WORDS = {
    Product.Unit.PIECE: lambda n: ngettext("%(n)s piece", "%(n)s pieces", n),
    Product.Unit.SET: lambda n: ngettext("%(n)s set", "%(n)s sets", n),
    Product.Unit.KG: lambda n: ngettext("%(n)s kg", "%(n)s kg", n),
    Product.Unit.TONNE: lambda n: ngettext("%(n)s tonne", "%(n)s tonnes", n),
    IdleUnit.CapacityUnit.MACHINE_HOUR: lambda n: ngettext("%(n)s machine hour", "%(n)s machine hours", n),
    IdleUnit.CapacityUnit.METRE: lambda n: ngettext("%(n)s metre", "%(n)s metres", n),
    IdleUnit.CapacityUnit.SQUARE_METRE: lambda n: ngettext("%(n)s square metre", "%(n)s square metres", n),
}


def in_words(amount, unit):
    """ "184,000 pieces"; a unit that is none of ours stands as it is written."""
    many = amount if isinstance(amount, int) else 2  # a fraction takes the plural
    pattern = WORDS[unit](many) if unit in WORDS else f"%(n)s {unit}" if unit else "%(n)s"
    return pattern % {"n": number(amount, get_language())}


@register.simple_tag
def quantity(amount, unit):
    """`amount` (an int or a Decimal) of `unit` in words; empty for None."""
    return "" if amount is None else format_html("<bdi>{}</bdi>", in_words(amount, unit))


@register.simple_tag
def stated_value(statement):
    """The figure of a statement as it was said: money in its currency, weights in tonnes, else the number
    alone (its label says what is counted).
    """
    if statement.currency:
        return money(statement.value, statement.currency)
    if statement.unit == "tonnes":
        return quantity(statement.figure, Product.Unit.TONNE)
    return number(statement.figure, get_language())


@register.simple_tag
def stated_words(statement):
    """ "more than 2 trillion rials": the figure with its qualifier, unless that is "exactly"."""
    value = stated_value(statement)
    if statement.qualifier == statement.Qualifier.EXACT:
        return value
    return format_html("{} {}", statement.get_qualifier_display(), value)
