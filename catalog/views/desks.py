from django.db.models import F, Prefetch
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View

from catalog import charts
from catalog.calendar import year_words
from catalog.column_facets import Column, chips, facets_of
from catalog.facets import cleared
from catalog.figures.amounts import has_rials
from catalog.figures.desks import days_ahead, offers, outcome, outcomes
from catalog.figures.statements import and_others, with_others
from catalog.filters.desks import DeskFilterSet
from catalog.models import (
    Contract,
    Demand,
    Desk,
    DeskStatus,
    Document,
    Product,
    Sector,
    State,
    Statement,
)

from .pages import PublishedDetailView
from .records import shown, sources_of

# What is next comes first: whom it concerns can still go there.
GROUPS = [
    (DeskStatus.COMING, gettext_lazy("Next")),
    (DeskStatus.OPEN, gettext_lazy("Open now")),
    (DeskStatus.ANNOUNCED, gettext_lazy("Announced: no word yet that they took place")),
    (DeskStatus.HELD, gettext_lazy("Held")),
    (DeskStatus.CANCELLED, gettext_lazy("Cancelled")),
]


class DeskList(View):
    """Desks by what they are today, with what each was to bring and brought."""

    def get(self, request):
        filterset = DeskFilterSet(request.GET, with_sectors(Desk.objects.published()))
        desks = list(filterset.filter_queryset(filterset.queryset))
        facets = desk_facets(filterset)
        context = {
            "groups": grouped(desks),
            "count": len(desks),
            "query": filterset.chosen,
            "facets": facets,
            "chips": chips(filterset, facets),
            "clear_url": cleared(filterset),
            "notices": filterset.notices,
            "crumbs": [{"label": _("Desks")}],
        }
        return render(request, "catalog/desk_list.html", context)


def with_sectors(desks):
    """Desks with their public sectors fetched as `public_sectors`."""
    return desks.prefetch_related(Prefetch("sectors", Sector.objects.published(), to_attr="public_sectors"))


def grouped(desks):
    """[(status, heading, [(desk, outcome)])] without empty groups; coming desks soonest first."""
    brought = outcomes(desks)
    found = []
    for status, heading in GROUPS:
        of_group = [desk for desk in desks if desk.status == status]
        if status == DeskStatus.COMING:
            of_group.sort(key=lambda desk: (desk.opens or desk.held_on, desk.pk))
        if of_group:
            found.append((status, heading, [(desk, brought[desk.pk]) for desk in of_group]))
    return found


def desk_facets(filterset):
    """Sector, year and condition, counted over all public desks: they are few, and two are no columns."""
    desks = list(filterset.queryset)
    rows = [
        ({"sector": {s.slug for s in d.public_sectors}, "year": {str(d.year)}, "state": {d.status.value}}, 1)
        for d in desks
    ]
    sectors = sorted({s for desk in desks for s in desk.public_sectors}, key=lambda s: (s.order, s.pk))
    years = sorted({desk.year for desk in desks if desk.year}, reverse=True)
    columns = [
        Column("state", _("Condition"), [(status.value, status.label) for status, _heading in GROUPS]),
        Column("year", _("Year"), [(str(y), year_words(y, get_language())) for y in years], multiple=False),
        Column("sector", _("Sector"), [(s.slug, s.name) for s in sectors]),
    ]
    return facets_of(filterset.chosen, columns, rows)


class DeskDetail(PublishedDetailView):
    """One desk: when and where, what is wanted, who buys, what it brought, and what others said of it."""

    model = Desk
    template_name = "catalog/desk_detail.html"

    def get_queryset(self):
        return with_sectors(super().get_queryset().select_related("office", "continues", "source"))

    def get_context_data(self, **kwargs):
        desk = self.object
        contracts = contracts_of(desk)
        statements = statements_on(desk)
        brought = outcome(desk, contracts)
        wanted = offers_of(desk)
        return super().get_context_data(
            outcome=brought,
            bar=bar_of(brought.first),
            days=days_ahead(desk, timezone.localdate()),
            offers=wanted,
            buyers=buyers_of(desk, wanted),
            deals=[contract for contract in contracts if contract.counts],
            with_steps=any(contract.milestones.all() for contract in contracts),
            intentions=[contract for contract in contracts if not contract.counts],
            statements=statements,
            rials=has_rials(contracts, and_others(statements)),
            continues=shown(desk.continues),
            continued_by=Desk.objects.published().filter(continues=desk).order_by("pk"),
            documents=Document.objects.published().filter(desk=desk),
            sources=sources_of([desk], contracts, statements),
            noindex=desk.is_sample,
            crumbs=[{"label": _("Desks"), "url": reverse("catalog:desk_list")}, {"label": desk.name}],
            **kwargs,
        )


def contracts_of(desk):
    """What was signed at the desk, with amounts and milestones, contracts by day of signing."""
    contracts = Contract.objects.published().filter(desk=desk).with_amounts()
    rows = contracts.select_related("source").prefetch_related("milestones")
    return list(rows.order_by(F("signed_on").asc(nulls_last=True), "pk"))


def bar_of(part):
    """The drawing of one currency's sums (a CurrencyOutcome), or None without any."""
    if part is None:
        return None
    sums = (part.target, part.memoranda, part.contracts, part.delivered)
    return charts.outcome(*sums, rtl=get_language_bidi(), language=get_language())


def statements_on(desk):
    """What was stated of the desk, each with the statements that contradict or replace it."""
    public = Statement.objects.published()
    later = Prefetch("superseded_by", public.select_related("source"), to_attr="public_successors")
    by_day = F("said_on").asc(nulls_last=True)
    return with_others(public.filter(desk=desk).prefetch_related(later).order_by(by_day, "pk"))


def offers_of(desk):
    """What is wanted of each public product of the desk; invented promises stay with sample desks and real
    ones with real desks, or a sample would say of a real buyer that it came."""
    products = list(Product.objects.published().filter(desk_offers__desk=desk).order_by("desk_offers__pk"))
    demands = Demand.objects.published().filter(product__in=products).select_related("buyer")
    return offers(products, [demand for demand in demands if demand.is_sample == desk.is_sample])


def buyers_of(desk, wanted):
    """[(row of the buyer on the desk, how many of the desk's products it wants)], public buyers only."""
    rows = desk.desk_buyers.filter(company__state=State.PUBLISHED).select_related("company")
    return [(row, sum(row.company in offer.buyers for offer in wanted)) for row in rows]
