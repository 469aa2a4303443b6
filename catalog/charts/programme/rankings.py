"""Charts that rank: products and imports by sector, idle units by province."""

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from catalog.charts import geometry
from catalog.formats.calendar import year_words
from catalog.formats.money import compact
from catalog.formats.numerals import digits, number, percent
from catalog.models import Province

from .base import SHOWN, Chart, Row, bars, first_of, scale


def products_by_sector(sums, year, sample):
    """Chart of products by sector (SectorSums), those with most first, or None without products. `year`: of
    the imports in the table; `sample`: a maker among them is one."""
    sums = sorted((one for one in sums if one.products), key=lambda one: (-one.products, one.sector.order))
    if not sums:
        return None
    language = get_language()
    total = sum(one.products for one in sums)
    items = [
        geometry.Item(
            one.sector.name,
            (("brand", one.products - one.without_maker), ("open", one.without_maker)),
            number(one.products, language),
            pgettext("products of a sector", "%(number)s with no maker on record")
            % {"number": number(one.without_maker, language)}
            if one.without_maker
            else "",
        )
        for one in sums[:SHOWN]
    ]
    words = {
        "sector": sums[0].sector.name,
        "count": number(sums[0].products, language),
        "total": number(total, language),
    }
    alone = len(sums) == 1 or sums[1].products < sums[0].products
    found = (
        gettext("%(sector)s has the most products: %(count)s of %(total)s")
        if alone
        else gettext("No sector leads alone: %(sector)s is one with %(count)s of %(total)s products")
    )
    return Chart(
        id="sectors",
        kind="bars",
        finding=found % words,
        caption=first_of(
            len(sums),
            gettext("Products by sector; filled: a maker is on record or the product is reported as made"),
        ),
        drawing=bars(items),
        head=(gettext("Sector"), gettext("Products"), gettext("No maker on record"), _imports_head(year)),
        rows=tuple(
            Row(
                one.sector.name,
                (
                    number(one.products, language),
                    number(one.without_maker, language),
                    "–" if one.import_usd is None else compact(one.import_usd, "USD", language),
                ),
                one.sector.get_absolute_url(),
                one.sample,
            )
            for one in sums
        ),
        foot=Row(
            gettext("Together"),
            (number(total, language), number(sum(one.without_maker for one in sums), language), ""),
        ),
        sample=sample or any(one.sample for one in sums),
    )


def imports_by_sector(sums, year):
    """Chart of imports by sector in that Iranian year, or None where fewer than three have a figure: two are
    no ranking."""
    sums = [one for one in sums if one.import_usd]
    if len(sums) < 3:
        return None
    language = get_language()
    total = sum(one.import_usd for one in sums)
    in_units = scale([one.import_usd for one in sums], "USD")
    sums.sort(key=lambda one: -one.import_usd)
    items = [
        geometry.Item(
            one.sector.name,
            (("money", one.import_usd),),
            in_units.text(one.import_usd),
            percent(one.import_usd, total, language),
        )
        for one in sums[:SHOWN]
    ]
    return Chart(
        id="imports",
        kind="bars",
        finding=gettext("%(sector)s costs most: %(amount)s of %(total)s imported")
        % {
            "sector": sums[0].sector.name,
            "amount": compact(sums[0].import_usd, "USD", language),
            "total": compact(total, "USD", language),
        },
        caption=first_of(
            len(sums),
            gettext("Imports of the catalogue’s products in %(year)s by sector, in %(unit)s")
            % {"year": year_words(year, language), "unit": in_units.words},
        ),
        drawing=bars(items, in_units),
        head=(gettext("Sector"), capfirst(in_units.words), gettext("Share")),
        rows=tuple(
            Row(
                one.sector.name,
                (in_units.text(one.import_usd), percent(one.import_usd, total, language)),
                one.sector.get_absolute_url(),
                one.sample,
            )
            for one in sums
        ),
        foot=Row(gettext("Together"), (in_units.text(total), percent(1, 1, language))),
        sample=any(one.sample for one in sums),
    )


def _imports_head(year):
    if year is None:
        return gettext("Imports")
    return gettext("Imports %(year)s") % {"year": digits(year, get_language())}


def units_by_province(provinces):
    """Chart of idle units by province ({Province value: Units}), or None without any."""
    rows = sorted(provinces.items(), key=lambda pair: (-pair[1].total, pair[0]))
    if not rows:
        return None
    language = get_language()
    total = sum(units.total for _, units in rows)
    items = [
        geometry.Item(
            str(Province(province).label),
            (("brand", units.revived), ("idle", units.standing)),
            number(units.total, language),
            gettext("%(number)s running again") % {"number": number(units.revived, language)}
            if units.revived
            else "",
        )
        for province, units in rows[:SHOWN]
    ]
    most = rows[0][1].total
    words = {
        "province": items[0].name,
        "count": number(most, language),
        "total": number(total, language),
    }
    alone = len(rows) == 1 or rows[1][1].total < most
    found = (
        gettext("Most idle units on record stand in %(province)s: %(count)s of %(total)s")
        if alone
        else gettext("No province leads alone: %(province)s is one with %(count)s of %(total)s units")
    )
    return Chart(
        id="provinces",
        kind="bars",
        finding=found % words,
        caption=first_of(len(rows), gettext("Idle units on record by province; filled: they run again")),
        drawing=bars(items),
        head=(gettext("Province"), gettext("Units"), gettext("Run again")),
        rows=tuple(
            Row(
                str(Province(province).label),
                (number(units.total, language), number(units.revived, language)),
                sample=units.sample,
            )
            for province, units in rows
        ),
        foot=Row(
            gettext("Together"),
            (number(total, language), number(sum(units.revived for _, units in rows), language)),
        ),
        sample=any(units.sample for _, units in rows),
    )
