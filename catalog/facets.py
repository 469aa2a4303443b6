"""Counts beside each choice of the product listing, with the link that toggles it.

Within a facet choices are *or*, across facets *and*; a facet's counts ignore its own choice. Sector, stage,
makers and origin are columns of the product, so one grouped query counts all four; a province is reached
through engagements and idle units and needs its own.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Value, When
from django.utils.translation import gettext as _

from catalog.filters.base import KEPT, address, in_order, replaced, toggled
from catalog.filters.products import MAKERS, MAKERS_CONDITIONS
from catalog.models import Engagement, IdleUnit, Origin, Province, Stage

COLUMNS = ("sector", "stage", "companies", "origin")


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


@dataclass(frozen=True)
class Chip:
    """A value that is chosen, and the address of the result without it."""

    facet: str
    label: str
    url: str


def product_facets(filterset, sectors):
    """The facets of the listing as a list; `sectors` are the public ones (a list)."""
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
        _provinces(filterset, chosen["province"]),
        facet("origin", _("Where the record comes from"), Origin.choices),
    ]


def _counted(filterset):
    makers = Case(*(When(condition, then=Value(name)) for name, condition in MAKERS_CONDITIONS.items()))
    queryset = filterset.filter_queryset(filterset.queryset, leave_out=COLUMNS)
    grouped = queryset.order_by().annotate(companies=makers).values(*COLUMNS)
    return list(grouped.annotate(n=Count("pk")))


def _provinces(filterset, chosen):
    found = _by_province(filterset)
    choices = [
        Choice(
            value,
            str(label),
            found[value],
            value in chosen,
            toggled(filterset.chosen, "province", value),
        )
        for value, label in Province.choices
        if found[value] or value in chosen
    ]
    choices.sort(key=lambda choice: -choice.count)
    return Facet("province", str(filterset.filters["province"].label), choices)


def _by_province(filterset):
    """{province: number of products} made there or named by an idle unit there; one query. A product that is
    both counts once: units count only what no maker of the same province works on."""
    products = filterset.filter_queryset(filterset.queryset, leave_out={"province"}).order_by().values("pk")
    making = Engagement.objects.published().order_by()
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
    cleaned = filterset.form.cleaned_data
    for name in ("q", "hs", "import_min", "import_max", "desk"):
        if name in query and cleaned.get(name) not in (None, ""):
            found.append(
                Chip(str(filterset.filters[name].label), str(cleaned[name]), replaced(query, **{name: None}))
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
