"""Charts of products by stage and of contracts by year, from the records of this site."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext

from catalog.charts import geometry
from catalog.figures.amounts import ORDER
from catalog.formats.calendar import year_words
from catalog.formats.numerals import digits, number
from catalog.models import Stage
from catalog.models.products import STAGE_STEPS

from .base import Chart, ChartRow, scale, scaled_bars

YEARS_SHOWN = 12
"""Years of a drawing; its table has all."""


def stages(pipeline):
    """Chart of products by stage (StageCounts), from wanted to made, or None without products."""
    total = sum(one.count for one in pipeline)
    if not total:
        return None
    steps = [one for one in pipeline if one.stage in STAGE_STEPS]
    if not any(one.count for one in steps):  # five zeros would look like a finding
        pipeline = [one for one in pipeline if one not in steps]
    language = get_language()
    listing = reverse("catalog:product_list")
    items = [
        geometry.Item(
            str(Stage(one.stage).label),
            ((f"stage-{one.stage}", one.count - one.samples), ("sample", one.samples)),
            number(one.count, language),
            _of_samples(one),
        )
        for one in pipeline
    ]
    open_ones = next(one.count for one in pipeline if one.stage == Stage.OPEN)
    found = ngettext(
        "For %(open)s of %(total)s products no maker is on record",
        "For %(open)s of %(total)s products no maker is on record",
        open_ones,
    )
    if not open_ones:
        found = gettext("Every product has a maker on record or is reported as made at home")
    samples = sum(one.samples for one in pipeline)
    found = found % {"open": number(open_ones, language), "total": number(total, language)}
    return Chart(
        id="stages",
        kind="bars",
        finding=gettext("Products by stage") if samples else found,
        caption=_stages_caption(steps, samples),
        drawing=scaled_bars(items),
        head=(gettext("Stage"), gettext("Products"), *([gettext("Of them by samples")] if samples else [])),
        rows=tuple(
            ChartRow(
                item.name,
                (item.text, *([number(one.samples, language)] if samples else [])),
                f"{listing}?stage={one.stage}" if one.count else "",
            )
            for item, one in zip(items, pipeline, strict=True)
        ),
        foot=ChartRow(
            gettext("Together"),
            (number(total, language), *([number(samples, language)] if samples else [])),
        ),
    )


def _stages_caption(steps, samples):
    if not any(one.count for one in steps):
        return gettext("The catalogue by what is known of its makers; no record says yet how far they are")
    if samples:
        return gettext(
            "The catalogue by the furthest stage of each product’s makers, from wanted to made; dashed: by "
            "samples alone"
        )
    made = number(steps[-1].count, get_language())
    caption = gettext(
        "The catalogue by the furthest stage of each product’s makers, from wanted to made: %(made)s in "
        "production"
    )
    return caption % {"made": made}


def _of_samples(one):
    if not one.samples:
        return ""
    if one.samples == one.count:
        return ngettext("sample", "samples", one.samples)
    found = ngettext("of them %(number)s sample", "of them %(number)s samples", one.samples)
    return found % {"number": number(one.samples, get_language())}


def contracts_by_year(years, sample=False):
    """Chart of what was signed by Iranian year ({year or None: Deals}), or None where no year is known. Real
    contracts, or samples."""
    known = [year for year in years if year]
    if not known:
        return None
    language = get_language()
    shown = range(max(known[0], known[-1] - YEARS_SHOWN + 1), known[-1] + 1)
    drawn = [years.get(year) for year in shown]
    currencies = sorted(
        {one.currency for deals in years.values() for one in deals.amounts}, key=lambda c: ORDER.get(c, 9)
    )
    scales = {
        currency: scale([deals.amount(currency) for deals in years.values()], currency)
        for currency in currencies
    }
    measures = [
        _counts(gettext("Contracts and offtakes"), "brand", [one and one.contracts for one in drawn]),
        _counts(
            gettext("Memoranda, agreements, plans: not contracts"),
            "hatch",
            [one and one.intents for one in drawn],
        ),
        *(
            _sums(scales[currency], [one and one.amount(currency) for one in drawn])
            for currency in currencies
        ),
    ]
    labels = [digits(year, language) for year in shown]
    return Chart(
        id="years-samples" if sample else "years",
        kind="years",
        finding=gettext("Contracts by year of signature") if sample else _busiest(years, known),
        caption=gettext(
            "By the Iranian year of signature, %(first)s to %(last)s. Currencies are not added to one "
            "another, and memoranda, agreements and plans count in no sum."
        )
        % {"first": year_words(shown[0], language), "last": year_words(shown[-1], language)},
        drawing=geometry.years(labels, [m for m in measures if any(m.values)], get_language_bidi()),
        head=(
            gettext("Year"),
            gettext("Contracts"),
            *(capfirst(scales[currency].words) for currency in currencies),
            gettext("Memoranda, agreements, plans"),
        ),
        rows=tuple(_year_row(year, deals, scales) for year, deals in years.items()),
        sample=sample,
    )


def _counts(name, kind, values):
    language = get_language()
    return geometry.PanelMeasure(
        name, kind, tuple(values), tuple(number(value or 0, language) for value in values)
    )


def _sums(in_units, values):
    name = gettext("Contracts, in %(unit)s") % {"unit": in_units.words}
    return geometry.PanelMeasure(
        name, "money", tuple(values), tuple(in_units.text(value or 0) for value in values)
    )


def _year_row(year, deals, scales):
    language = get_language()
    sums = (
        "–" if deals.amount(currency) is None else in_units.text(deals.amount(currency))
        for currency, in_units in scales.items()
    )
    return ChartRow(
        year_words(year, language) if year else gettext("year not recorded"),
        (number(deals.contracts, language), *sums, number(deals.intents, language)),
    )


def _busiest(years, known):
    language = get_language()
    best = max(known, key=lambda year: (years[year].contracts, year))
    total = sum(deals.contracts for deals in years.values())
    words = {
        "year": year_words(best, language),
        "count": number(years[best].contracts, language),
        "total": number(total, language),
    }
    if not years[best].contracts:
        return gettext("No contract with a known year is on record")
    return gettext("The busiest year on record is %(year)s: %(count)s of %(total)s contracts") % words
