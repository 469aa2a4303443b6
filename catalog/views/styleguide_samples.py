"""Invented records for the style guide: one of everything, long names and large sums included.

They are unsaved records of the real models, read by the same code as those of a page. Asks no database.
"""

import datetime
from contextlib import contextmanager

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from catalog.charts import geometry, wording
from catalog.currency import visitor_rate
from catalog.figures.amounts import Apart
from catalog.figures.listing import Worth, listing_rows
from catalog.figures.programme.statements import StatedPair
from catalog.formats.calendar import gregorian_span, year_bounds
from catalog.formats.numerals import digits, is_persian, number
from catalog.listings.facets import Facet, FacetChoice
from catalog.models import (
    Contract,
    Demand,
    ExchangeRate,
    ImportRecord,
    Indicator,
    Milestone,
    Product,
    Sector,
    Source,
    Stage,
    Statement,
)

SHOWN_DAY = datetime.date(2020, 11, 22)
SHOWN_STAGES = (
    "open",
    "reported",
    "named",
    "contracted",
    "design",
    "development",
    "prototype",
    "testing",
    "production",
)
SHOWN_COMMITMENTS = ("", "named", "indicative", "budgeted", "tendered", "offtake", "signed")
STRIP = {"production": 1, "testing": 2, "design": 1, "named": 2, "reported": 9, "open": 7}
SHOWN_COUNTS = {
    "production": 4, "testing": 6, "prototype": 10, "development": 11, "design": 10, "reported": 81,
    "contracted": 8, "named": 14, "open": 112,
}  # fmt: skip
SHOWN_UNITS = {slug: place % 10 for place, slug in enumerate(geometry.PLACES)}
SHOWN_IMPORTS = (
    44_200_000,
    48_900_000,
    52_300_000,
    63_700_000,
    71_500_000,
    80_200_000,
    58_600_000,
    61_834_211,
)


def specimens(theme):
    """Context of one panel of the gallery; `theme` keeps its ids apart from those of the other panel."""
    rtl, language = get_language_bidi(), get_language()
    sums = {"target": 42_000_000, "memoranda": 51_500_000, "contracts": 31_600_000, "delivered": 9_200_000}
    return {
        "theme": theme,
        "origins": ("article", "press", "ministry", "company", "illustrative", "sample"),
        "stages": SHOWN_STAGES,
        "commitments": SHOWN_COMMITMENTS,
        "statuses": [
            ("announced", _("Announced")), ("coming", _("Coming")), ("open", _("Open")), ("held", _("Held")),
            ("cancelled", _("Cancelled")), ("signed", _("Signed")), ("in_execution", _("In execution")),
            ("delivered", _("Delivered")), ("idle", _("Idle")), ("planned", _("Revival planned")),
            ("revived", _("Runs again")), ("disputed", _("Disputed")), ("ended_early", _("Ended early")),
        ],
        "day": SHOWN_DAY,
        "source": shown_source(),
        "statement": statement(),
        "paired": paired_statement(),
        "money": [(61_834_211, "USD"), (1_045_000_000, "EUR"), (10**15 - 1, "IRR"), (40 * 10**12, "IRR"),
        (950, "USD")], "facet": _facet(theme),
        "page": Paginator(range(1000), 24).page(20),
        "pairs": [(_("Unit"), _("piece")), (_("HS code"), "8414.80"), (_("Year"), digits(1399, language))],
        "links": [{"label": _("All products"), "url": "#"}],
        "rows": listing_rows(range(len(SHOWN_STAGES)), 1398, read=products),
        "contracts": [contract(Contract.Kind.CONTRACT, 4), contract(Contract.Kind.MEMORANDUM, 0)],
        "columns": geometry.columns(_points(language), rtl, lambda value: number(value // 10**6, language)),
        "rank": [geometry.rank(value, 526, rtl) for value in (526, 132, 2)],
        "shares": geometry.promises(184_000, {"offtake": 40_000, "budgeted": 30_000, "indicative": 46_000},
        rtl), "sums": sums,
        "outcome": geometry.outcome(*sums.values(), rtl, language),
        "others": {"contracts": [(1_180_000_000_000, "IRR")]},
        "counts": {"memoranda": 3},
        "timeline": _timeline(language, rtl),
        "field": geometry.field(SHOWN_COUNTS, rtl),
        "strip": geometry.strip(STRIP, rtl),
        "worth": Worth(38, 11, 412_000_000, 38, 96_000_000, Apart(True, False)),
        "sector": Sector(
            name_en="Oil and gas drilling and transmission", name_fa="حفاری و انتقال نفت و گاز", icon="drill",
            slug="oil-gas",
        ),
        "map": wording.province_map(
            SHOWN_UNITS, says=_units_in, url=lambda slug: "#main", chosen=["isfahan"]
        ),
        **_programme(rtl, language),
    }  # fmt: skip


def _programme(rtl, language):
    """The charts of the programme page."""
    items = [
        geometry.Item(str(Stage(stage).label), ((f"stage-{stage}", count),), number(count, language))
        for stage, count in SHOWN_COUNTS.items()
    ]
    labels = [digits(1396 + place, language) for place in range(5)]
    counts = (1, None, 6, 2, 14)
    measures = [
        geometry.PanelMeasure(_("Contracts"), kind, counts, tuple(number(n or 0, language) for n in counts))
        for kind in ("brand", "hatch", "money")
    ]
    return {
        "bars": geometry.bars(items, rtl, lambda value: number(value, language)),
        "tens": geometry.tens(760, 2200, True, rtl),
        "years": geometry.years(labels, measures, rtl),
        "bullets": [geometry.bullet(value, 320, rtl) for value in (356, 110, None)],
        "dots": [geometry.dot(value, 1200, rtl) for value in (1200, 1045, 1031)],
        "stack": geometry.stack((("fresh", 175), ("due", 74), ("overdue", 51)), rtl),
    }


def _units_in(count, place):
    return f"{number(count, get_language())} {place}"


@contextmanager
def market_rate():
    """Within it sums in rials are shown in dollars too, by one invented rate."""
    with visitor_rate.chosen(QueryDict(f"{visitor_rate.PARAMETER}=market")):
        visitor_rate.current_choice().rates = [exchange_rate()]
        yield


def shown_source():
    return Source(
        publisher_en="Mehr News Agency", publisher_fa="خبرگزاری مهر", address="https://en.mehrnews.com/",
        published_on=SHOWN_DAY, licence=Source.Licence.CC_BY,
    )  # fmt: skip


def exchange_rate():
    first, last = year_bounds(1399)
    return ExchangeRate(
        key="sample", rials=230_000, currency="USD", kind=ExchangeRate.Kind.MARKET, year=1399,
        date_from=first, date_to=last, implied=True, source=shown_source(),
    )  # fmt: skip


def statement(**values):
    """More than $8bn to be saved in 1399, unless `values` say otherwise; nothing differs from it."""
    usual = {
        "indicator": Indicator(slug="saving"), "key": "saving", "qualifier": Statement.Qualifier.MORE_THAN,
        "value": 8_000_000_000, "currency": "USD", "unit": "money", "kind": Statement.Kind.TARGET,
        "label_en": "Expected foreign-currency saving", "label_fa": "صرفه‌جویی ارزی مورد انتظار",
        "year_from": 1399, "year_to": 1399, "source": shown_source(),
    }  # fmt: skip
    made = Statement(**usual | values)
    made.others, made.pair, made.sum_sources = [], None, ()
    return made


def paired_statement():
    """A sum in rials that its source gives in dollars too, and from which another figure differs."""
    rials = statement(value=40 * 10**12, currency="IRR")
    dollars = statement(value=952_000_000, qualifier=Statement.Qualifier.ABOUT)
    rials.pair = StatedPair(dollars, 42_017)
    rials.others = [statement(value=38 * 10**12, currency="IRR")]
    return rials


def _facet(theme):
    choices = [
        FacetChoice(
            stage, Stage(stage).label, SHOWN_COUNTS[stage], stage == "testing", lambda: "#main", stage
        )
        for stage in SHOWN_STAGES
    ]
    return Facet(f"stage-{theme}", _("Furthest stage of its makers"), choices)


def _points(language):
    first = 1391
    return [
        geometry.Point(
            label=digits(first + place, language),
            value=value,
            text=number(round(value / 10**5) * 10**5 // 10**5, language),
            sub="" if is_persian(language) else gregorian_span(first + place),
        )
        for place, value in enumerate(SHOWN_IMPORTS)
    ]


def _timeline(language, rtl):
    day = SHOWN_DAY.toordinal()
    moments = [
        geometry.Moment(_("Design approved"), "", day - 300, day - 260, "done"),
        geometry.Moment(_("Tooling"), "", day - 60, None, "late"),
        geometry.Moment(_("First delivery"), "", day + 90, None, "next"),
        geometry.Moment(_("Final delivery"), "", day + 200, None, "todo"),
        geometry.Moment(_("Type approved"), "", day + 250, None, "dropped"),
    ]
    spans = [
        geometry.Span(
            digits(year, language),
            "" if is_persian(language) else gregorian_span(year),
            *(bound.toordinal() for bound in year_bounds(year)),
        )
        for year in (1398, 1399, 1400)
    ]
    return geometry.timeline(moments, spans, (_("Today"), day), rtl)


def products(places):
    """{place: Product} as figures.listing.read_products gives them; in each place another stage."""
    return {place: _product(place) for place in places}


def _product(place):
    product = Product(
        slug=f"abs-{place}", name_en="Anti-lock brake system (ABS) parts",
        name_fa="قطعات سامانهٔ ترمز ضدقفل (ABS)", hs_code="870830",
        sector=Sector(name_en="Automotive", name_fa="خودرو و قطعات خودرو", slug="automotive"),
        stage=SHOWN_STAGES[place], reported=Product.Reported.TARGET if place else "",
        origin="press" if place else "sample", maker_count=place,
        import_usd=None if place == 1 else SHOWN_IMPORTS[place % len(SHOWN_IMPORTS)],
        import_year=1396 if place == 2 else 1398,
    )  # fmt: skip
    product.usd_imports = [
        ImportRecord(year=1391 + year, value=value, quantity=184_000, currency="USD", origin="sample")
        for year, value in enumerate(SHOWN_IMPORTS)
    ]
    commitment = SHOWN_COMMITMENTS[place % len(SHOWN_COMMITMENTS)]
    product.promises = (
        [Demand(commitment=commitment, year=1400, quantity=10_000 * place, origin="sample")]
        if commitment
        else []
    )
    return product


def contract(kind, steps):
    """A contract with that many milestones; a memorandum has no condition."""
    made = Contract(
        pk=1, kind=kind, reference="S-1399-0412" if steps else "S-1399-0036", origin="sample", currency="EUR",
        title_en="Engine control unit (ECU)", title_fa="واحد کنترل موتور (ECU)",
        signed_on=SHOWN_DAY, due=SHOWN_DAY,
        status=Contract.Status.IN_EXECUTION if steps else "",
    )  # fmt: skip
    made.amount = 14_800_000
    kinds = (Milestone.Kind.DESIGN_APPROVAL, Milestone.Kind.TOOLING, Milestone.Kind.TYPE_APPROVAL)
    days = (
        (SHOWN_DAY, SHOWN_DAY),
        (SHOWN_DAY, SHOWN_DAY),
        (SHOWN_DAY, None),
        (datetime.date(2099, 3, 20), None),
    )
    milestones = [
        Milestone(contract=made, kind=kind, due=due, done=done)
        for kind, (due, done) in zip((*kinds, Milestone.Kind.FIRST_DELIVERY), days, strict=True)
    ]
    made.steps = milestones[:steps]
    return made
