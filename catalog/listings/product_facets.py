"""Counts beside each choice of the product listing, with the link that toggles it.

Within a facet choices are *or*, across facets *and*; a facet's counts ignore its own choice. Sector, stage,
makers and origin are columns of the product, so one grouped query counts all four; a province is reached
through engagements and idle units and needs its own.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.formats.numerals import number
from catalog.listings.base import KEPT, address, in_order, replaced, toggled
from catalog.listings.products import MAKERS, MAKERS_CONDITIONS
from catalog.models import Engagement, IdleUnit, Origin, Province, Stage, State
from catalog.models.base import parents_public

COLUMNS = ("sector", "stage", "companies", "origin")
COUNTED = 100_000
"""Products up to which provinces are counted, through makers and idle units: a million takes seconds."""


@dataclass(frozen=True)
class Choice:
    """One choice of a facet: `count` rows (None for "any") stand behind `url`, which adds or removes it."""

    value: str
    label: str
    count: int | None
    selected: bool
    url: str
    stage: str = ""


@dataclass(frozen=True)
class Facet:
    """One group of choices; `multiple` when several may be chosen together."""

    name: str
    legend: str
    choices: list
    multiple: bool = True
    note: str = ""


@dataclass(frozen=True)
class Chip:
    """A value that is chosen, and the address of the result without it."""

    facet: str
    label: str
    url: str


def product_facets(filterset, sectors, count):
    """The facets of the listing as a list; `sectors` are the public ones (a list), `count` the products
    found. Up to COUNTED of them, provinces are counted; beyond, they are listed in their own order."""
    table = _counted(filterset)
    chosen = {name: set(filterset.chosen.getlist(name)) for name in (*COLUMNS, "province")}
    keys = {sector.pk: sector.slug for sector in sectors}
    rows = [({**row, "sector": keys.get(row["sector"])}, row["n"]) for row in table]

    def counts(name):
        others = [(other, chosen[other]) for other in COLUMNS if other != name and chosen[other]]
        found = Counter()
        for row, n in rows:
            if all(row[other] in values for other, values in others):
                found[row[name]] += n
        return found

    def facet(name, legend, labels, multiple=True, always=False):
        found = counts(name)
        choices = [
            Choice(
                value=value,
                label=str(label),
                count=found[value],
                selected=value in chosen[name],
                url=toggled(filterset.chosen, name, value)
                if multiple
                else _single(filterset.chosen, name, value),
                stage=value if name == "stage" else "",
            )
            for value, label in labels
            if always or found[value] or value in chosen[name]
        ]
        return Facet(name, legend, choices, multiple)

    of_sector = counts("sector")
    by_size = sorted(sectors, key=lambda sector: (-of_sector[sector.slug], sector.order, sector.pk))
    makers = facet("companies", _("Makers"), MAKERS, multiple=False, always=True)
    makers.choices.insert(0, _any(filterset, "companies"))
    return [
        facet("sector", _("Sector"), [(sector.slug, sector.name) for sector in by_size]),
        facet("stage", _("Stage of the furthest maker"), Stage.choices, always=True),
        makers,
        _provinces(filterset, chosen["province"], count),
        facet("origin", _("Where the record comes from"), Origin.choices),
    ]


def _counted(filterset):
    makers = Case(*(When(condition, then=Value(name)) for name, condition in MAKERS_CONDITIONS.items()))
    queryset = filterset.result(leave_out=COLUMNS)
    grouped = queryset.order_by().annotate(companies=makers).values(*COLUMNS)
    return list(grouped.annotate(n=Count("pk")))


def _provinces(filterset, chosen, count):
    if chosen and count <= COUNTED:
        without = filterset.result(leave_out={"province"}).order_by()
        count = without[: COUNTED + 1].count()
    counted = count <= COUNTED
    found = _by_province(filterset) if counted else {}
    choices = [
        Choice(
            value,
            str(label),
            found[value] if counted else None,
            value in chosen,
            toggled(filterset.chosen, "province", value),
        )
        for value, label in Province.choices
        if not counted or found[value] or value in chosen
    ]
    note = ""
    if counted:
        choices.sort(key=lambda choice: -choice.count)
    else:
        note = _("Counted beside each province for results of up to %(number)s products.") % {
            "number": number(COUNTED, get_language())
        }
    return Facet("province", str(filterset.filters["province"].label), choices, note=note)


def _by_province(filterset):
    """{province: number of products} made there or named by an idle unit there; one query. A product that is
    both counts once: units count only what no maker of the same province works on."""
    products = filterset.result(leave_out={"province"}).order_by().values("pk")
    # The products are public already: only the rest is asked of each row.
    making = Engagement.objects.filter(
        parents_public(Engagement, "company"), state=State.PUBLISHED
    ).order_by()
    made = making.filter(product__in=products).exclude(company__province="")
    made_there = making.filter(product=OuterRef("product"), company__province=OuterRef("idleunit__province"))
    named = IdleUnit.objects.published().standing().naming().filter(product__in=products)
    named = named.filter(~Exists(made_there)).order_by()
    count = Count("product", distinct=True)
    by_maker = made.values("company__province").annotate(n=count).values_list("company__province", "n")
    by_unit = named.values("idleunit__province").annotate(n=count).values_list("idleunit__province", "n")
    found = Counter()
    for province, n in by_maker.union(by_unit, all=True):
        found[province] += n
    return found


def _any(filterset, name):
    return Choice(
        "", _("Any"), None, name not in filterset.chosen, replaced(filterset.chosen, **{name: None})
    )


def _single(query, name, value):
    return replaced(query, **{name: None if query.get(name) == value else value})


def chips(filterset, facets):
    """What is chosen, as Chips; a facet's choices first, then the typed bounds."""
    query = filterset.chosen
    found = [
        Chip(facet.legend, choice.label, toggled(query, facet.name, choice.value))
        for facet in facets
        for choice in facet.choices
        if choice.selected and choice.value
    ]
    for name in ("q", "hs", "import_min", "import_max", "desk"):
        if name in query and filterset.cleaned.get(name) not in (None, ""):
            found.append(
                Chip(
                    str(filterset.filters[name].label),
                    str(filterset.cleaned[name]),
                    replaced(query, **{name: None}),
                )
            )
    return found


def without(filterset, name):
    """The Chip that takes every value of one parameter away."""
    return Chip(str(filterset.filters[name].label), "", replaced(filterset.chosen, **{name: None}))


def cleared(filterset):
    """The address of the listing with nothing chosen but its order and the rate of its sums."""
    kept = filterset.chosen.copy()
    for name in list(kept):
        if name not in KEPT:
            kept.pop(name)
    return address(in_order(kept))
