"""Invented values for the style guide: one of everything, long names and large sums included. Asks no
database."""

import datetime
from types import SimpleNamespace

from django.core.paginator import Paginator
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from catalog.charts import geometry, wording
from catalog.currency.conversion import Conversion
from catalog.formats.calendar import gregorian_span, year_bounds
from catalog.formats.numerals import digits, is_persian, number
from catalog.models import Stage

DAY = datetime.date(2020, 11, 22)
STAGES = ("open", "reported", "named", "design", "development", "prototype", "testing", "production")
COMMITMENTS = ("", "named", "indicative", "budgeted", "tendered", "offtake")
STRIP = {"production": 1, "testing": 2, "design": 1, "named": 2, "reported": 9, "open": 7}
COUNTS = {
    "production": 4, "testing": 6, "prototype": 10, "development": 11, "design": 10, "reported": 81, "named":
    22, "open": 112,
}  # fmt: skip
UNITS = {slug: place % 10 for place, slug in enumerate(geometry.PLACES)}
IMPORTS = (44_200_000, 48_900_000, 52_300_000, 63_700_000, 71_500_000, 80_200_000, 58_600_000, 61_834_211)


def specimens(theme):
    """Context of one panel of the gallery; `theme` keeps its ids apart from those of the other panel."""
    rtl, language = get_language_bidi(), get_language()
    sums = {"target": 42_000_000, "memoranda": 51_500_000, "contracts": 31_600_000, "delivered": 9_200_000}
    return {
        "theme": theme,
        "origins": ("article", "press", "ministry", "illustrative", "sample"),
        "stages": STAGES,
        "commitments": COMMITMENTS,
        "statuses": [
            ("announced", _("Announced")), ("coming", _("Coming")), ("open", _("Open")), ("held", _("Held")),
            ("cancelled", _("Cancelled")), ("signed", _("Signed")), ("in_execution", _("In execution")),
            ("delivered", _("Delivered")), ("idle", _("Idle")), ("planned", _("Revival planned")),
            ("revived", _("Runs again")), ("disputed", _("Disputed")), ("ended_early", _("Ended early")),
        ],
        "day": DAY,
        "source": _source(),
        "statement": _statement(),
        "conversion": Conversion(174_000_000, "USD", _rate()),
        "rates": [_rate()],
        "pair": SimpleNamespace(
            statement=SimpleNamespace(
                value=952_000_000, currency="USD", qualifier="about", get_qualifier_display=_("about")
            ),
            rate=42_017,
        ),
        "money": [(61_834_211, "USD"), (1_045_000_000, "EUR"), (10**15 - 1, "IRR"), (40 * 10**12, "IRR"),
        (950, "USD")], "facet": _facet(theme),
        "page": Paginator(range(1000), 24).page(20),
        "pairs": [(_("Unit"), _("piece")), (_("HS code"), "8414.80"), (_("Year"), digits(1399, language))],
        "links": [{"label": _("All products"), "url": "#"}],
        "rows": [_row(place, rtl) for place in range(len(STAGES))],
        "contracts": [_contract("contract"), _contract("memorandum")],
        "columns": geometry.columns(_points(language), rtl, lambda value: number(value // 10**6, language)),
        "rank": [geometry.rank(value, 526, rtl) for value in (526, 132, 2)],
        "shares": geometry.promises(184_000, {"offtake": 40_000, "budgeted": 30_000, "indicative": 46_000},
        rtl), "sums": sums,
        "outcome": geometry.outcome(*sums.values(), rtl, language),
        "others": {"contracts": [(1_180_000_000_000, "IRR")]},
        "counts": {"memoranda": 3},
        "timeline": _timeline(language, rtl),
        "field": geometry.field(COUNTS, rtl),
        "strip": geometry.strip(STRIP, rtl),
        "sector": SimpleNamespace(
            name_en="Oil and gas drilling and transmission", name_fa="حفاری و انتقال نفت و گاز", icon="drill",
            get_absolute_url="#",
        ),
        "map": wording.province_map(UNITS, says=_units_in, url=lambda slug: "#main", chosen=["isfahan"]),
        **_programme(rtl, language),
    }  # fmt: skip


def _programme(rtl, language):
    """The charts of the programme page."""
    items = [
        geometry.Item(str(Stage(stage).label), ((f"stage-{stage}", count),), number(count, language))
        for stage, count in COUNTS.items()
    ]
    labels = [digits(1396 + place, language) for place in range(5)]
    counts = (1, None, 6, 2, 14)
    measures = [
        geometry.Measure(_("Contracts"), kind, counts, tuple(number(n or 0, language) for n in counts))
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


def _source():
    return SimpleNamespace(
        publisher_en="Mehr News Agency", publisher_fa="خبرگزاری مهر", address="https://en.mehrnews.com/",
        published_on=DAY, licence="CC BY 4.0",
    )  # fmt: skip


def _rate():
    return SimpleNamespace(
        key="sample", rials=230_000, currency="USD", kind="market", get_kind_display=_("market rate"),
        year=1399, date_from=None, date_to=None, implied=True, basis="", source=_source(),
    )  # fmt: skip


def _statement():
    return SimpleNamespace(
        get_qualifier_display=_("more than"), qualifier="more than", value=8_000_000_000, currency="USD",
        label=_("Expected foreign-currency saving"),
        get_kind_display=_("Target"), year_from=1399, year_to=1399,
        source=_source(), said_on=None, said_by="", is_sample=False, get_absolute_url="#main",
    )  # fmt: skip


def _facet(theme):
    choices = [
        SimpleNamespace(
            value=stage,
            label=Stage(stage).label,
            count=COUNTS[stage],
            selected=stage == "testing",
            stage=stage,
        )
        for stage in STAGES
    ]
    return SimpleNamespace(
        name=f"stage-{theme}", legend=_("Stage of the furthest maker"), choices=choices, multiple=True
    )


def _points(language):
    first = 1391
    return [
        geometry.Point(
            label=digits(first + place, language),
            value=value,
            text=number(round(value / 10**5) * 10**5 // 10**5, language),
            sub="" if is_persian(language) else gregorian_span(first + place),
        )
        for place, value in enumerate(IMPORTS)
    ]


def _timeline(language, rtl):
    day = DAY.toordinal()
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


def _row(place, rtl):
    product = SimpleNamespace(
        name_en="Anti-lock brake system (ABS) parts",
        name_fa="قطعات سامانهٔ ترمز ضدقفل (ABS)", hs_dotted="8708.30",
        sector=SimpleNamespace(name_en="Automotive", name_fa="خودرو و قطعات خودرو"), stage=STAGES[place],
        reported="target", get_reported_display=_("Named as a target"), origin="press", maker_count=place,
        get_absolute_url="#",
    )  # fmt: skip
    return SimpleNamespace(
        product=product,
        import_usd=None if place == 1 else IMPORTS[place],
        import_year=1396 if place == 2 else None,
        import_sample=place != 2,
        spark=geometry.sparkline(IMPORTS, rtl),
        commitment=COMMITMENTS[place % len(COMMITMENTS)],
        promised="",
    )


def _contract(kind):
    def step(words, progress):
        return SimpleNamespace(get_kind_display=words, due=DAY, progress=progress)

    steps = [step(_("Design approved"), "done"), step(_("Tooling"), "done"), step(_("Type approved"), "late")]
    steps.append(step(_("First delivery"), "ahead"))
    return SimpleNamespace(
        reference=f"S-1399-{'0412' if kind == 'contract' else '0036'}",
        get_absolute_url="#", counts=kind == "contract",
        get_kind_display=_("Contract") if kind == "contract" else _("Memorandum"), origin="sample",
        title=_("Engine control unit (ECU)"),
        amount=14_800_000, currency="EUR", signed_on=DAY, signed_precision="day",
        due=DAY, status="in_execution" if kind == "contract" else "",
        get_status_display=_("In execution"),
        milestones=SimpleNamespace(all=steps if kind == "contract" else []),
    )  # fmt: skip
