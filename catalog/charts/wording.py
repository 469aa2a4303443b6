"""From what figures/ counted to what geometry.py draws, worded in the page's language. Asks no database."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language, get_language_bidi, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from catalog.charts import geometry
from catalog.formats.calendar import (
    gregorian_mark,
    gregorian_span,
    iranian_year_of,
    is_gregorian,
    jalali_words,
    year_bounds,
    year_words,
)
from catalog.formats.numerals import digits, is_persian, number
from catalog.models import Province

SCALES = ((10**9, _("billion %(currency)s")), (10**6, _("million %(currency)s")))
YEARS_DRAWN = 60  # a longer time line is a slip of the pen; its table stays
CURRENCIES = {"USD": _("US dollars"), "EUR": _("euros"), "IRR": _("rials")}


@dataclass(frozen=True)
class Drawing:
    """A chart and the words for what its numbers count: "million US dollars"."""

    chart: object
    unit: str


def import_columns(series):
    """Drawing of an ImportSeries, or None where it has fewer than two years: one column compares nothing."""
    if len(series.records) < 2:
        return None
    scale, name = next(
        (s for s in SCALES if max(r.value for r in series.records) >= s[0]), (1, "%(currency)s")
    )
    language, rtl = get_language(), get_language_bidi()

    def worded(value):
        return number(three_digits(Decimal(value) / scale), language)

    points = [
        geometry.Point(
            label=digits(record.year, language),
            sub=_under(record.year, language),
            value=record.value,
            text=worded(record.value),
            narrow=_in_line(year_words(record.year, language), rtl) if is_gregorian(record.year) else "",
        )
        for record in series.records
    ]
    marked = series.records.index(series.latest)
    chart = geometry.columns(points, rtl, worded, marked)
    return Drawing(chart, str(name) % {"currency": CURRENCIES[series.currency]})


def _under(year, language):
    """What stands under a year: the other calendar's, or that it is of the other calendar itself."""
    if is_gregorian(year):
        return gregorian_mark(language).strip("()")
    return "" if is_persian(language) else gregorian_span(year)


def three_digits(value):
    """`value` in three digits, rounded half up as money.py does: 41.45 in the table is no 41.4 here."""
    places = 0 if value >= 100 else 1 if value >= 10 else 2
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def promise_bar(year):
    """charts.PromiseBars of a YearOfPromises, or None where no import quantity is known beside it."""
    if not year.imported:
        return None
    return geometry.promises(year.imported, dict(year.parts), get_language_bidi())


def sector_strip(stages, each=None):
    """charts.SquareField of a small strip; `stages` maps stage -> number, `each` see geometry.strip."""
    return geometry.strip(stages, get_language_bidi(), each)


def product_field(stages):
    """charts.SquareField of the large field; `stages` maps stage -> number."""
    return geometry.field(stages, get_language_bidi())


def reached(part, whole):
    """charts.Bullet of what was reached of a whole."""
    return geometry.bullet(part, whole, get_language_bidi())


def sector_field(stages):
    """charts.SquareField of one sector, in rows: squares keep their size however few there are."""
    return geometry.strip(stages, get_language_bidi(), columns=10, size=20, gap=5)


def rank_bars(values):
    """charts.Bar for each value, all against the largest; None where there is nothing to draw."""
    top = max((value for value in values if value), default=0)
    return [geometry.rank(value, top, get_language_bidi()) if value else None for value in values]


def with_paid_bars(facilities):
    """Pairs of each facility and the geometry.Bar of what was paid of what was approved; None where nothing
    was."""
    return [
        (one, geometry.rank(one.paid, one.approved_amount, get_language_bidi()) if one.paid else None)
        for one in facilities
    ]


def target_bars(desks):
    """charts.Bar of each desk's target against the largest of the same currency; None without a target."""
    tops = {}
    for desk in desks:
        tops[desk.target_currency] = max(tops.get(desk.target_currency, 0), desk.target_amount or 0)
    return [
        geometry.rank(desk.target_amount, tops[desk.target_currency], get_language_bidi())
        if desk.target_amount
        else None
        for desk in desks
    ]


@dataclass(frozen=True)
class ProvinceTile:
    """A geometry.Tile in words: `text` is its number, `says` what is read out; `url` ("" for none) its
    link."""

    tile: geometry.Tile
    name: str
    short: str
    code: str
    text: str
    says: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class ProvinceMap:
    """The tile map in words: ProvinceTiles, and (shade, words) of its key."""

    tiles: tuple
    key: tuple


def province_map(values, says, url, chosen=()):
    """ProvinceMap of `values`, {slug of a province: whole number}. `says(value, name)` words one square
    ("9 units in Isfahan"), `url(slug)` gives its link, and `chosen` holds the slugs that are chosen."""
    drawn = geometry.tiles(values)
    found = []
    for tile in drawn.tiles:
        province = Province(tile.slug)
        name = str(province.label)
        words = says(tile.value, name)
        if tile.slug in chosen:
            words = _("%(what)s, chosen") % {"what": words}
        found.append(
            ProvinceTile(
                tile=tile,
                name=name,
                short=str(province.short),
                code=str(province.code),
                text=number(tile.value, get_language()),
                says=str(words),
                url=url(tile.slug),
                chosen=tile.slug in chosen,
            )
        )
    return ProvinceMap(tuple(found), tuple((step.shade, _span(step)) for step in drawn.steps))


def _span(step):
    first, last = (number(value, get_language()) for value in (step.first, step.last))
    return first if first == last else str(_("%(first)s–%(last)s") % {"first": first, "last": last})


def outcome_bar(part):
    """charts.OutcomeBars of one currency's sums (figures.desks.CurrencyOutcome), or None without any."""
    if part is None:
        return None
    sums = (part.target, part.memoranda, part.contracts, part.delivered)
    return geometry.outcome(*sums, rtl=get_language_bidi(), language=get_language())


def progress_bar(part):
    """The same in small, for lists; None where there is no target to hold it against, or nothing signed."""
    if part is None or not part.target or not (part.contracts or part.memoranda):
        return None
    return outcome_bar(part)


def delivered_bar(delivered, amount):
    """charts.Bar of what is delivered of an amount; None where either is not on record."""
    if delivered is None or not amount:
        return None
    return geometry.rank(delivered, amount, get_language_bidi())


def step_words(step):
    """Where a step (figures.contracts.MilestoneStep) stands: "done, 12 days late", "due in 23 days"."""
    if step.condition == "dropped":
        return pgettext("milestone", "not done; ended early")
    if step.condition == "lapsed":
        return pgettext("milestone", "not done; nothing was owed")
    if step.days is None:
        return pgettext("milestone", "done")
    days = abs(step.days)
    if step.condition == "done":
        if not days:
            return gettext("done on the day")
        words = (
            ngettext("done, %(n)s day late", "done, %(n)s days late", days)
            if step.days > 0
            else ngettext("done, %(n)s day early", "done, %(n)s days early", days)
        )
    elif step.condition == "late":
        words = ngettext("late by %(n)s day", "late by %(n)s days", days)
    elif not days:
        return gettext("due today")
    else:
        words = ngettext("due in %(n)s day", "due in %(n)s days", days)
    return words % {"n": number(days, get_language())}


def contract_timeline(contract, steps, today):
    """charts.Timeline of a contract's signature and steps over whole Iranian years; None without steps, and
    over more than YEARS_DRAWN years.

    The years reach up to today while something is still to be done.
    """
    if not steps:
        return None
    language, rtl = get_language(), get_language_bidi()
    moments = [_moment(step, rtl) for step in steps]
    if contract.signed_on and contract.signed_precision != contract.Precision.YEAR:
        day = contract.signed_on
        words = jalali_words(day, contract.signed_precision, language)
        signed = geometry.Moment(
            _in_line(pgettext("column", "Signed"), rtl), _in_line(words, rtl), None, day.toordinal(), "done"
        )
        moments.insert(0, signed)
    days = [day for moment in moments for day in (moment.due, moment.done) if day]
    if any(step.condition in ("late", "next", "todo") for step in steps):
        days.append(today.toordinal())
    first, last = (iranian_year_of(today.fromordinal(day)) for day in (min(days), max(days)))
    if last - first >= YEARS_DRAWN:
        return None
    spans = [_year_span(year, language) for year in range(first, last + 1)]
    shown = spans[0].first <= today.toordinal() <= spans[-1].last
    return geometry.timeline(moments, spans, (gettext("Today"), today.toordinal()) if shown else None, rtl)


def _moment(step, rtl):
    due, done = (day and day.toordinal() for day in (step.due_on, step.done_on))
    return geometry.Moment(
        _in_line(step.label, rtl), _in_line(step_words(step), rtl), due, done, step.condition
    )


def _year_span(year, language):
    first, last = (day.toordinal() for day in year_bounds(year))
    sub = "" if is_persian(language) else gregorian_span(year)
    return geometry.Span(digits(year, language), sub, first, last)


def _in_line(text, rtl):
    """`text` isolated, so that a chart, which is laid out left to right, leaves its order alone."""
    return f"\u2067{text}\u2069" if rtl else text
