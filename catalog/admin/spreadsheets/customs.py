"""Customs tables: what their columns are, what they sum to for each product, and what no product covers."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.formats import reading
from catalog.formats.calendar import is_gregorian, year_order
from catalog.formats.countries import codes_in
from catalog.models import (
    CustomsFile,
    CustomsLine,
    CustomsMapping,
    Import,
    ImportRow,
    Origin,
    Product,
    ProductCode,
    Sector,
    State,
)
from catalog.models.base import calendar_of
from catalog.models.hs import hs_codes
from catalog.models.import_records import TariffShare
from catalog.search.fold import fold

from . import files
from .checking import Check

MOST_ROWS = 60_000
MOST_WRONG = 50
MOST_COUNTRIES = 5
MOST_RANKED = 100
WIDTHS = (8, 7, 6)
"""Digits of the codes that products have, longest first."""

FIELDS = {
    "code": gettext_lazy("Tariff code"),
    "description": gettext_lazy("Description"),
    "country": gettext_lazy("Country"),
    "year": gettext_lazy("Year"),
    "weight": gettext_lazy("Weight, kg"),
    "rials": gettext_lazy("Value in rials"),
    "dollars": gettext_lazy("Value in dollars"),
}
NEEDED = ("code", "dollars")
KNOWN = {
    "code": (
        "code",
        "hs code",
        "tariff code",
        "cmdcode",
        "commodity code",
        "تعرفه",
        "کد تعرفه",
        "شماره تعرفه",
    ),
    "description": ("description", "cmddesc", "commodity", "شرح", "شرح تعرفه", "نام کالا"),
    "country": (
        "country",
        "partner",
        "partnerdesc",
        "partner iso",
        "partneriso",
        "کشور",
        "کشور مبدأ",
        "نام کشور",
    ),
    "year": ("year", "period", "refyear", "سال"),
    "weight": ("weight", "net weight", "netwgt", "weight kg", "وزن", "وزن کیلوگرم"),
    "rials": ("rials", "value in rials", "ارزش ریالی", "ریال"),
    "dollars": ("dollars", "usd", "value in dollars", "primaryvalue", "trade value us", "ارزش دلاری", "دلار"),
}
OF_SUMS = (
    *("product", "year", "calendar", "value", "currency", "quantity", "countries"),
    *("origin", "source", "calculated_from", "note"),
)
"""Columns of the figures that a table sums to."""

MASSES = {Product.Unit.KG: 1, Product.Unit.TONNE: 1000}
"""Units of products that a weight in kilograms can be counted in."""


def bring_customs(file, user, origin, source):
    """The CustomsFile of an upload, its columns not chosen yet; raises files.RefusedError."""
    tables = [table for table in files.read(file, file.name, MOST_ROWS) if table.rows]
    if not tables or len(tables[0].rows) < 2:
        raise files.RefusedError(_("The file has no rows below its headings."))
    (_line, heads), *rows = tables[0].rows
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    return CustomsFile.objects.create(
        file_name=file.name[-200:],
        digest=digest,
        author=user,
        origin=origin,
        source=source,
        heads=heads,
        table=[[line, cells] for line, cells in rows],
    )


def guessed(heads):
    """{field: place of its column}: as it was chosen for such headings before, else by what they say."""
    known = CustomsMapping.objects.filter(heads=_kind(heads)).first()
    if known:
        return known.columns
    places = {fold(head): place for place, head in reversed(list(enumerate(heads)))}
    found = {}
    for name, words in KNOWN.items():
        places_of_field = [places[fold(word)] for word in words if fold(word) in places]
        if places_of_field:
            found[name] = places_of_field[0]
    return found


def _kind(heads):
    return hashlib.sha256("|".join(map(fold, heads)).encode()).hexdigest()


def read_lines(table, columns, year):
    """Make the lines of a CustomsFile by its chosen `columns`, {field: place}; `year` is that of a table
    without a column of years. The choice is remembered for files with the same headings."""
    lines, wrong = [], []
    for number, cells in table.table:
        texts = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        try:
            lines.append(_line(table, texts, year))
        except (ValueError, InvalidOperation):
            wrong.append([number, " · ".join(texts.values())[:200]])
    with transaction.atomic():
        CustomsMapping.objects.update_or_create(heads=_kind(table.heads), defaults={"columns": columns})
        table.lines.all().delete()
        CustomsLine.objects.bulk_create(lines, batch_size=1000)
        table.wrong = wrong[:MOST_WRONG]
        table.save(update_fields=["wrong"])
    return len(lines), len(wrong)


def _line(table, texts, year):
    code = re.sub(r"\D", "", reading.plain_digits(texts["code"]))
    if len(code) < min(WIDTHS):
        raise ValueError(code)
    stated = int(reading.plain_digits(texts["year"])) if texts.get("year") else year
    return CustomsLine(
        file=table,
        year=stated,
        gregorian=is_gregorian(stated),
        code=code[:8],
        heading=code[:6],
        description=texts.get("description", "").strip()[:200],
        country=_country(texts.get("country", "").strip()),
        **{name: _whole(texts.get(name, "")) for name in ("weight", "rials", "dollars")},
    )


@lru_cache(maxsize=1000)
def _country(text):
    """The code of a country, or the text where it is none that we know."""
    codes, _unknown = codes_in(text)
    return (codes or [text])[0][:60]


def _whole(text):
    """A number as the customs print it, rounded to whole units; None for none."""
    if not text.strip():
        return None
    try:
        return reading.whole_number(text)
    except reading.NotWholeError:
        return int(Decimal(reading.plain_digits(text).replace("٫", ".")).quantize(Decimal(1), ROUND_HALF_UP))


# --- what it sums to


@dataclass
class ProductSum:
    """What was imported of one product in one year; `countries` {code: dollars}; `stated` are the (code,
    share in percent, who states it) that it is made from."""

    product: Product
    year: int
    dollars: Decimal | int = Decimal(0)
    weight: Decimal | int = Decimal(0)
    countries: dict = field(default_factory=lambda: defaultdict(int))
    stated: list = field(default_factory=list)

    def add(self, country, dollars, weight, share):
        """Add what came from a country, of which `share` (0 to 1) is this product's."""
        self.dollars += dollars * share
        self.weight += weight * share
        self.countries[country] += dollars * share

    def note(self, stated):
        """Note a stated share that it is made from."""
        if stated not in self.stated:
            self.stated.append(stated)

    def round(self):
        """Sums of shares in whole dollars and kilograms."""
        self.dollars = int(self.dollars.quantize(1, ROUND_HALF_UP))
        self.weight = int(self.weight.quantize(1, ROUND_HALF_UP))

    @property
    def largest(self):
        """The codes of the main countries, largest first."""
        known = {code: sum_ for code, sum_ in self.countries.items() if re.fullmatch("[A-Z]{2}", code)}
        return sorted(known, key=lambda code: (-known[code], code))[:MOST_COUNTRIES]


@dataclass
class CustomsSums:
    """`own` are the ProductSums of codes that one product has alone, and of stated shares of codes; `shared`
    {code: products} are tariff lines, or what stated shares leave of them, of which nobody stated whose they
    are: these products', or, where there are none, of nothing on the list."""

    own: list
    shared: dict


class Coverage:
    """Which products have which codes: {code: {key of a product: its share in percent, None: not stated}},
    and who states a share: {(code, key of a product): words}.

    A stated share is one of all lines below its code, those with a longer code of another product too.
    """

    def __init__(self, origin):
        self.products = defaultdict(dict)
        known = Product.objects.exclude(state=State.WITHDRAWN).order_by("pk")
        for pk, code in known.values_list("pk", "hs_code"):
            self.products[code][pk] = None
        further = ProductCode.objects.counted(origin).order_by("pk")
        self.stated_by = {}
        for pk, code, share, source in further.values_list("product", "code", "share", "source__key"):
            self.products[code][pk] = share
            self.stated_by[code, pk] = source or Origin.SAMPLE.value
        self.headings = {code[:6] for code in self.products}

    def of(self, code):
        """The products of the longest code that `code` begins with, {key: share}."""
        return next((self.products[code[:n]] for n in WIDTHS if code[:n] in self.products), {})

    def stated(self, code):
        """The shares of a line that are stated, {key: (code, share in percent)}: of a product with several,
        that of its shortest code."""
        return {
            pk: (code[:n], share)
            for n in WIDTHS
            for pk, share in self.products.get(code[:n], {}).items()
            if share is not None
        }

    def shares(self, code):
        """What is known whose a code is, {key: share in percent}: stated shares, or all of a code that one
        product has alone. Empty where several have it and nobody stated their shares."""
        products, stated = self.of(code), self.stated(code)
        if len(products) == 1 and not stated:
            return dict.fromkeys(products, 100)
        return {pk: share for pk, (_code, share) in stated.items()}

    def covers(self, code):
        return bool(self.of(code)) or (len(code) == min(WIDTHS) and code in self.headings)


def sums(table):
    """The CustomsSums of a CustomsFile: one row for each code, year and country is read."""
    coverage, own, shared = Coverage(table.origin), {}, {}
    rows = table.lines.values_list("code", "year", "country")
    for code, year, country, dollars, weight in rows.annotate(Sum("dollars"), Sum("weight")).order_by("code"):
        products, shares = coverage.of(code), coverage.shares(code)
        unknown = [pk for pk in products if pk not in shares]
        if unknown or 0 < sum(shares.values()) < 100:
            shared[code] = unknown
        for product, share in shares.items():
            found = own.setdefault((product, year), ProductSum(product, year))
            found.add(country, dollars or 0, weight or 0, Decimal(share) / 100)
        for product, (of, share) in coverage.stated(code).items():
            own[product, year].note((of, share, coverage.stated_by[of, product]))
    for each in own.values():
        each.round()
    known = Product.objects.in_bulk(
        {pk for pk, _year in own} | {pk for keys in shared.values() for pk in keys}
    )
    for each in own.values():
        each.product = known[each.product]
    named = {code: [known[pk] for pk in keys] for code, keys in shared.items()}
    ordered = sorted(own.values(), key=lambda each: -each.dollars)
    return CustomsSums(ordered, named)


def as_import(table, user):
    """The checked Import that makes ImportRecords of the sums, with the file as their source."""
    with transaction.atomic():
        brought = Import(
            noun="import_records",
            file_name=table.file_name,
            digest=table.digest,
            author=user,
            customs=table,
            columns={"import_records": [*OF_SUMS]},
        )
        found = sums(table).own
        rows = [
            ImportRow(brought_by=brought, sheet="import_records", number=number, cells=_cells(table, each))
            for number, each in enumerate(found, start=1)
        ]
        brought.save()
        Check(brought, user, rows=rows).run()
    return brought


def _cells(table, each):
    per = MASSES.get(each.product.unit)
    return {
        "product": each.product.slug,
        "year": str(each.year),
        "calendar": calendar_of(each.year).value,
        "value": str(each.dollars),
        "currency": "USD",
        "quantity": str(each.weight // per) if per and each.weight else "",
        "countries": ",".join(each.largest),
        "origin": table.origin,
        "source": table.source.key if table.source else "",
        "calculated_from": "; ".join(str(TariffShare(*stated)) for stated in each.stated),
        "note": table.file_name,
    }


# --- what no product covers


@dataclass
class Uncovered:
    """A heading of six digits; `growth` in percent against the year before, None where that is not known;
    `share` of the three largest countries in percent."""

    heading: str
    description: str
    dollars: int
    growth: int | None
    countries: list
    share: int | None


def latest_year(table):
    """The latest year of a CustomsFile, of either calendar."""
    years = table.lines.order_by().values_list("year", flat=True).distinct()
    return max(years, key=year_order, default=None)


def uncovered(table, year):
    """The Uncovered headings of a year, those of most value first."""
    coverage = Coverage(table.origin)
    lines = table.lines.filter(year=year)
    by_code = lines.values_list("code", "heading").annotate(Sum("dollars")).order_by()
    totals = defaultdict(int)
    for code, heading, dollars in by_code:
        if not coverage.covers(code):
            totals[heading] += dollars or 0
    ranked = sorted(totals, key=lambda heading: (-totals[heading], heading))[:MOST_RANKED]
    before = _year_before(table, year, ranked, coverage)
    countries, described = _countries(lines, ranked, coverage), _descriptions(lines, ranked)
    return [
        Uncovered(
            heading,
            described.get(heading, ""),
            totals[heading],
            _growth(totals[heading], before.get(heading)),
            *_largest_three(countries[heading], totals[heading]),
        )
        for heading in ranked
    ]


def _year_before(table, year, headings, coverage):
    """{heading: dollars} of the year before, from this file or the newest other of its origin that has it."""
    of_year = CustomsLine.objects.filter(year=year - 1).values("file")
    files_of_year = CustomsFile.objects.filter(origin=table.origin, pk__in=of_year).defer("table")
    newest = table if table.lines.filter(year=year - 1).exists() else files_of_year.first()
    found = defaultdict(int)
    if newest:
        rows = newest.lines.filter(year=year - 1, heading__in=headings).values_list("code", "heading")
        for code, heading, dollars in rows.annotate(Sum("dollars")).order_by():
            if not coverage.covers(code):
                found[heading] += dollars or 0
    return found


def _countries(lines, headings, coverage):
    found = defaultdict(lambda: defaultdict(int))
    rows = lines.filter(heading__in=headings).values_list("code", "heading", "country")
    for code, heading, country, dollars in rows.annotate(Sum("dollars")).order_by():
        if not coverage.covers(code):
            found[heading][country] += dollars or 0
    return found


def _descriptions(lines, headings):
    rows = lines.filter(heading__in=headings).exclude(description="")
    return dict(rows.values_list("heading").annotate(Max("description")).order_by())


def _growth(now, before):
    return round((now - before) * 100 / before) if before else None


def _largest_three(countries, total):
    largest = sorted(countries, key=lambda country: (-countries[country], country))[:3]
    share = round(sum(countries[country] for country in largest) * 100 / total) if total else None
    return largest, share


def draft_of(heading, description):
    """A product draft for a heading that nobody covers; None where HS 2017 does not have it."""
    if heading not in hs_codes():
        return None
    near = Product.objects.filter(hs_code__startswith=heading[:2]).order_by("pk").first()
    sector = near.sector if near else Sector.objects.first()
    name = description or f"HS {heading}"
    persian = bool(re.search("[\u0600-\u06ff]", name))
    slug = _free_slug(heading)
    product = Product(hs_code=heading, sector=sector, slug=slug, origin=Origin.MINISTRY)
    setattr(product, "name_fa" if persian else "name_en", name[:160])
    product.save()
    return product


def _free_slug(heading):
    wanted, number = f"hs-{heading}", 1
    while Product.objects.filter(slug=wanted).exists():
        number += 1
        wanted = f"hs-{heading}-{number}"
    return wanted
