"""Charts of stated figures: a saving by its parts, the targets of desks, idle units that run again."""

from decimal import Decimal
from os.path import commonprefix

from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext, pgettext

from catalog.charts import geometry
from catalog.figures.programme.differences import OPEN_ENDED
from catalog.figures.programme.differences import ratio as ratio_of
from catalog.formats.calendar import year_words
from catalog.formats.money import compact
from catalog.formats.numerals import digits, number, percent, spelt
from catalog.formats.qualifiers import bounded
from catalog.models.base import in_language

from .base import Chart, ChartRow, scale, scaled_bars, sources


def saving_by_parts(row):
    """Chart of the parts of a year's stated saving (a LedgerRow), or None where no parts add up to it."""
    if row is None or not row.parts or not row.lead.statement.value or not row.lead.statement.year_from:
        return None
    total, parts = row.lead.statement, row.parts
    worth = compact(total.value, total.currency, get_language())
    names = short_names([part.label for part in parts])
    in_units = scale([part.value for part in parts], total.currency)
    shares = [percent(part.value, total.value, get_language()) for part in parts]
    items = [
        geometry.Item(name, (("money", part.value),), in_units.text(part.value), share)
        for name, part, share in zip(names, parts, shares, strict=True)
    ]
    return Chart(
        id="saving",
        kind="bars",
        finding=_parts_finding(total, parts),
        caption=gettext("Foreign currency saved, in %(unit)s, %(year)s. The parts add up to %(total)s.")
        % {"unit": in_units.words, "year": year_words(total.year_from, get_language()), "total": worth},
        drawing=scaled_bars(items, in_units),
        head=(pgettext("of a saving", "Field"), capfirst(in_units.words), gettext("Share")),
        rows=tuple(
            ChartRow(name, (in_units.text(part.value), share), part.get_absolute_url())
            for name, part, share in zip(names, parts, shares, strict=True)
        ),
        foot=ChartRow(gettext("Together"), (in_units.text(total.value), percent(1, 1, get_language()))),
        sources=sources([*parts, total]),
    )


def _parts_finding(total, parts):
    """ "Two of four fields made three quarters of the saving of 1398": as few as make two thirds of it."""
    reached, few = 0, 0
    while 3 * reached < 2 * total.value:
        reached += parts[few].value
        few += 1
    words = {
        "few": spelt(few, get_language()),
        "all": spelt(len(parts), get_language()),
        "share": fraction(reached, total.value),
        "year": digits(total.year_from, get_language()),
    }
    found = ngettext(
        "%(few)s of %(all)s fields made %(share)s of the saving of %(year)s",
        "%(few)s of %(all)s fields made %(share)s of the saving of %(year)s",
        few,
    )
    return capfirst(found % words)


def short_names(labels):
    """Labels without what all of them begin with, up to a colon: "Saving of 1398: steel" -> "Steel"."""
    shared = commonprefix(labels).rfind(": ") + 2 if ": " in commonprefix(labels) else 0
    return [capfirst(label[shared:]) for label in labels]


FRACTIONS = ((1, 4), (1, 3), (1, 2), (2, 3), (3, 4))


def fraction(part, whole):
    """`part` of `whole` in words where it is within 2 % of a plain fraction, else as a percentage."""
    words = {
        (1, 4): gettext("a quarter"),
        (1, 3): gettext("a third"),
        (1, 2): gettext("half"),
        (2, 3): gettext("two thirds"),
        (3, 4): gettext("three quarters"),
    }
    share = Decimal(part) / whole
    for over, under in FRACTIONS:
        off = abs(share - Decimal(over) / under)
        if off < Decimal("0.02"):
            plain = words[over, under]
            return plain if off < Decimal("0.002") else str(bounded(plain, "exact", rough=True))
    return percent(part, whole, get_language())


def desk_targets(desks, stated):
    """Chart of the targets of the real ones of these desks, the largest first, in the currency and of the
    year in which their sum was `stated` (a Statement); None where none has one."""
    currency, year = (stated.currency, stated.year_from) if stated else ("", None)
    desks = [
        desk
        for desk in desks
        if desk.target_amount and desk.target_currency == currency and not desk.is_sample
    ]
    if not desks or not year:
        return None
    desks.sort(key=lambda desk: (-desk.target_amount, desk.pk))
    total = sum(desk.target_amount for desk in desks)
    in_units = scale([desk.target_amount for desk in desks], currency)
    items = [
        geometry.Item(desk_name(desk), (("target", desk.target_amount),), in_units.text(desk.target_amount))
        for desk in desks
    ]
    found = ngettext(
        "%(count)s desk of %(year)s aims at %(total)s",
        "%(count)s desks of %(year)s aim at %(total)s together",
        len(desks),
    )
    words = {
        "count": spelt(len(desks), get_language()),
        "year": digits(year, get_language()),
        "total": compact(total, currency, get_language()),
    }
    return Chart(
        id="desks",
        kind="bars",
        finding=capfirst(found % words),
        caption=gettext("Target of each desk as announced for %(year)s, in %(unit)s")
        % {"unit": in_units.words, "year": year_words(year, get_language())},
        drawing=scaled_bars(items, in_units),
        head=(gettext("Desk"), capfirst(in_units.words)),
        rows=tuple(
            ChartRow(item.name, (item.text,), desk.get_absolute_url())
            for item, desk in zip(items, desks, strict=True)
        ),
        foot=ChartRow(gettext("Together"), (in_units.text(total),)),
        sources=sources(desks),
    )


def desk_name(desk):
    """The desk's only public sector, or else its own name."""
    named = desk.sectors_named
    return in_language(named[0], "sector__name") if len(named) == 1 else desk.name


def revived_units(row):
    """Chart of the units that run again out of those planned (a LedgerRow), or None without both figures."""
    if row is None or not row.beside:
        return None
    part, whole = row.beside[0].statement, row.lead.statement
    ratio = ratio_of(part, whole)
    if not ratio.whole or ratio.part > ratio.whole:
        return None
    more = whole.qualifier in OPEN_ENDED
    drawing = geometry.tens(int(ratio.part), int(ratio.whole), more, get_language_bidi())
    share = bounded(percent(ratio.part, ratio.whole, get_language(), places=1), ratio.bound, ratio.rough)
    each = ngettext(
        "One square is %(number)s industrial unit.",
        "One square is %(number)s industrial units.",
        drawing.each,
    ) % {"number": spelt(drawing.each, get_language())}
    fading = gettext("The fading edge stands for “%(qualifier)s”.") % {
        "qualifier": whole.get_qualifier_display()
    }
    return Chart(
        id="units",
        kind="tens",
        finding=_one_in(ratio),
        caption=f"{each} {fading}" if more else each,
        drawing=drawing,
        head=(gettext("Idle industrial units"), gettext("Number")),
        rows=(
            ChartRow(gettext("Run again"), (_qualified(part),), part.get_absolute_url()),
            ChartRow(gettext("Planned to run again"), (_qualified(whole),), whole.get_absolute_url()),
        ),
        foot=ChartRow(gettext("Share"), (str(share),)),
        legend=(
            gettext("%(number)s running again") % {"number": _qualified(part)},
            gettext("of %(number)s planned: %(share)s") % {"number": _qualified(whole), "share": share},
        ),
        sources=sources([part, whole]),
    )


def _one_in(ratio):
    """ "One idle unit in three runs again", as exactly as the share is known and as plain as it is near to
    one in so many."""
    if not ratio.part:
        return gettext("No idle unit is said to run again")
    share = Decimal(ratio.part) / ratio.whole
    many = min(range(1, 11), key=lambda n: abs(share - Decimal(1) / n))
    off = abs(share - Decimal(1) / many)
    if off > Decimal("0.02") or many == 1:
        shown = percent(ratio.part, ratio.whole, get_language(), places=1)
        return capfirst(
            gettext("%(share)s of the idle units run again")
            % {"share": bounded(shown, ratio.bound, ratio.rough)}
        )
    sentences = {
        "exact": gettext("One idle unit in %(many)s runs again"),
        "about": gettext("About one idle unit in %(many)s runs again"),
        "at_most": gettext("No more than about one idle unit in %(many)s runs again"),
        "at_least": gettext("At least about one idle unit in %(many)s runs again"),
        "open": gettext("About one idle unit in %(many)s runs again"),
    }
    near = "about" if ratio.bound == "exact" and (off or ratio.rough) else ratio.bound
    return sentences[near] % {"many": spelt(many, get_language())}


def _qualified(statement):
    value = number(statement.figure, get_language())
    if statement.qualifier == "exact":
        return value
    return f"{statement.get_qualifier_display()} {value}"
