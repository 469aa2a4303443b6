"""What pages say of the rate a visitor reads sums in rials by (catalog.currency.visitor_rate)."""

from django.utils.html import format_html
from django.utils.translation import get_language, gettext, pgettext

from catalog.currency import visitor_rate
from catalog.currency.conversion import sum_of, sum_stated
from catalog.formats import money
from catalog.formats.numerals import digits
from catalog.listings.base import as_written, left_aside, replaced
from catalog.models import Statement
from catalog.templatetags import values

# Of these a conversion, which is "about" already, has to say more.
LOWER_BOUNDS = {Statement.Qualifier.MORE_THAN, Statement.Qualifier.AT_LEAST, Statement.Qualifier.NEARLY}


def converted(amount, currency, when=None, precision="day", source=None):
    """One record's sum by the chosen rate, with that rate beside it; arguments as for `conversion.sum_of`.

    A sum over several records is not for this tag: no one rate fits their days.
    """
    return _by_choice(sum_of(amount, currency, when, precision, source))


def in_dollars(statement, short=False, paired=True):
    """What a statement's rials are in dollars: as its own source says (`pair`), and by the chosen rate.

    `pair` and `sum_sources` come from figures.statements.with_others; a statement without them is converted
    by a rate of its year or of its own source. `short`: for the column of figures in a table; `paired` False:
    where what the source says in another currency stands beside it already.
    """
    bound = statement.get_qualifier_display() if statement.qualifier in LOWER_BOUNDS else ""
    return {
        **_by_choice(sum_stated(statement)),
        "bound": bound,
        "pair": getattr(statement, "pair", None) if paired else None,
        "short": short,
    }


def _by_choice(rials):
    choice = visitor_rate.current_choice()
    conversion = choice.convert(rials)
    return {"conversion": conversion, "place": conversion and choice.place(conversion.rate)}


def rate_switch(rials=True, noticed=False):
    """Links to this page with the other choices, where sums in `rials` stand on it. An unusable choice is
    named, unless the page names it elsewhere (`noticed`, as listings do).
    """
    choice = visitor_rate.current_choice()
    unusable = as_written(visitor_rate.PARAMETER, choice.unusable) if choice.unusable and not noticed else ""
    return {
        "rials": rials,
        "kind": choice.kind,
        "notices": [left_aside([unusable])] if unusable else [],
        "urls": {kind or "none": replaced(choice.query, rate=kind) for kind in (None, "official", "market")},
    }


def rates_used():
    """The rates by which sums above were converted, in their order, and whether one found no rate."""
    choice = visitor_rate.current_choice()
    return {"rates": choice.used, "missed": choice.missed, "kind": choice.kind}


def rate_words(rials, currency):
    """ "42,000 rials a dollar"."""
    return format_html("<bdi>{}</bdi>", money.rate_words(rials, currency, get_language()))


def rate_period(rate, whole=False):
    """When a rate held, as far as it is recorded; `whole`: its year alone where that is known."""
    if not rate.date_from or (whole and rate.year):
        return values.year(rate.year) or gettext("date not recorded")
    first, last = values.day(rate.date_from), values.day(rate.date_to)
    return first if last in ("", first) else f"{first} {pgettext('dates', 'to')} {last}"


def rate_mark(rate, place):
    """The number of a rate in the list of those used, as a link to it."""
    name, number = pgettext("number in a list", "Rate"), digits(place, get_language())
    mark = '<sup><a class="rate-mark" href="#rate-{}"><span class="vh">{} </span>{}</a></sup>'
    return format_html(mark, rate.key, name, number)


def with_rate(address):
    """An address inside the site, with the choice in its query where there is one."""
    kind = visitor_rate.active()
    if not kind or not address:
        return address
    address, mark, fragment = str(address).partition("#")
    path, _asked, query = address.partition("?")
    # in the order of names, as a list has it in its one address
    parameters = sorted(
        [*filter(None, query.split("&")), f"{visitor_rate.PARAMETER}={kind}"], key=parameter_name
    )
    return f"{path}?{'&'.join(parameters)}{mark}{fragment}"


def parameter_name(parameter):
    """The name in "name=value"."""
    return parameter.partition("=")[0]


def rate_field():
    """A hidden field that keeps the choice in a form; empty where nothing is chosen."""
    kind = visitor_rate.active()
    return (
        format_html('<input type="hidden" name="{}" value="{}">', visitor_rate.PARAMETER, kind)
        if kind
        else ""
    )
