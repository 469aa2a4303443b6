"""Charts that rank: products and imports by sector, idle units by province."""

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, pgettext

from catalog.charts import geometry
from catalog.formats.calendar import year_words
from catalog.formats.money import compact
from catalog.formats.numerals import number, percent
from catalog.models import Province

from .base import BARS_SHOWN, Chart, ChartRow, first_of, scale, scaled_bars


def products_by_sector(sums, sample):
    """Chart of products by sector (SectorSums), those with most first, or None without products. `sample`: a
    maker among them is one."""
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
        for one in sums[:BARS_SHOWN]
    ]
    caption = gettext("Products by sector; filled: a maker is on record or the product is reported as made")
    if sample:
        caption = gettext("%(caption)s; some makers are samples") % {"caption": caption}
    leads = len(sums) == 1 or sums[1].products < sums[0].products
    return Chart(
        id="sectors",
        kind="bars",
        finding=_most_products(sums[0], total) if leads else gettext("Products by sector"),
        caption=first_of(len(sums), caption),
        drawing=scaled_bars(items),
        head=(gettext("Sector"), gettext("Products"), gettext("No maker on record")),
        rows=tuple(
            ChartRow(
                one.sector.name,
                (number(one.products, language), number(one.without_maker, language)),
                one.sector.get_absolute_url(),
            )
            for one in sums
        ),
        foot=ChartRow(
            gettext("Together"),
            (number(total, language), number(sum(one.without_maker for one in sums), language)),
        ),
    )


def _most_products(one, total):
    words = {
        "sector": one.sector.name,
        "count": number(one.products, get_language()),
        "total": number(total, get_language()),
    }
    return gettext("%(sector)s has the most products: %(count)s of %(total)s") % words


def imports_by_sector_chart(imports, year, sample=False):
    """Chart of what sectors import in that Iranian year, [(Sector, US dollars, whether a part of that is
    calculated)], or None where fewer than three have a figure: two are no ranking. Real figures, or
    samples."""
    if len(imports) < 3:
        return None
    language = get_language()
    imports = sorted(imports, key=lambda one: -one[1])
    total = sum(usd for _sector, usd, _calculated in imports)
    in_units = scale([usd for _sector, usd, _calculated in imports], "USD")
    items = [
        geometry.Item(sector.name, (("money", usd),), in_units.text(usd), percent(usd, total, language))
        for sector, usd, _calculated in imports[:BARS_SHOWN]
    ]
    return Chart(
        id="imports-samples" if sample else "imports",
        kind="bars",
        finding=gettext("Imports by sector") if sample else _most_imports(*imports[0][:2], total),
        caption=first_of(
            len(imports),
            gettext("Imports of the catalogue’s products in %(year)s by sector, in %(unit)s")
            % {"year": year_words(year, language), "unit": in_units.words},
        ),
        drawing=scaled_bars(items, in_units),
        head=(gettext("Sector"), capfirst(in_units.words), gettext("Share")),
        rows=tuple(
            ChartRow(
                sector.name,
                (in_units.text(usd), percent(usd, total, language)),
                sector.get_absolute_url(),
                calculated,
            )
            for sector, usd, calculated in imports
        ),
        foot=ChartRow(gettext("Together"), (in_units.text(total), percent(1, 1, language))),
        sample=sample,
        calculated=any(calculated for _sector, _usd, calculated in imports),
    )


def _most_imports(sector, usd, total):
    return gettext("%(sector)s costs most: %(amount)s of %(total)s imported") % {
        "sector": sector.name,
        "amount": compact(usd, "USD", get_language()),
        "total": compact(total, "USD", get_language()),
    }


def units_by_province_chart(provinces, sample=False):
    """Chart of idle units by province ({Province value: Units}), or None without any. Real ones, or
    samples."""
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
        for province, units in rows[:BARS_SHOWN]
    ]
    leads = not sample and (len(rows) == 1 or rows[1][1].total < rows[0][1].total)
    return Chart(
        id="provinces-samples" if sample else "provinces",
        kind="bars",
        finding=_most_units(items[0], total) if leads else gettext("Idle units by province"),
        caption=first_of(len(rows), gettext("Idle units on record by province; filled: they run again")),
        drawing=scaled_bars(items),
        head=(gettext("Province"), gettext("Units"), gettext("Run again")),
        rows=tuple(
            ChartRow(
                str(Province(province).label),
                (number(units.total, language), number(units.revived, language)),
            )
            for province, units in rows
        ),
        foot=ChartRow(
            gettext("Together"),
            (number(total, language), number(sum(units.revived for _, units in rows), language)),
        ),
        sample=sample,
    )


def _most_units(item, total):
    words = {"province": item.name, "count": item.text, "total": number(total, get_language())}
    return gettext("Most idle units on record stand in %(province)s: %(count)s of %(total)s") % words
