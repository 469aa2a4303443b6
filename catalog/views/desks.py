from django.db.models import F, Prefetch
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures.amounts import has_rials
from catalog.figures.desk_years import desk_years
from catalog.figures.desks import days_ahead, listed, offers, outcome, reach
from catalog.figures.programme.statements import and_others, with_others
from catalog.formats.calendar import year_words
from catalog.listings.base import address
from catalog.listings.desks import DeskFilterSet
from catalog.listings.facets import Column, chips, cleared, facets_of
from catalog.models import (
    Contract,
    ContractLine,
    Demand,
    Desk,
    DeskStatus,
    Document,
    Product,
    Statement,
)
from catalog.models.base import parents_public, where_published

from .contracts import with_parties
from .listings import Listing
from .pages import PublishedDetailView
from .records import shown, sources_of

# What is next comes first: whom it concerns can still go there.
GROUPS = [
    (DeskStatus.COMING, pgettext_lazy("desks", "Coming")),
    (DeskStatus.OPEN, gettext_lazy("Open now")),
    (DeskStatus.ANNOUNCED, gettext_lazy("Announced: no word yet that they took place")),
    (DeskStatus.HELD, gettext_lazy("Held")),
    (DeskStatus.CANCELLED, gettext_lazy("Cancelled")),
]


class DeskList(Listing):
    """Desks by what they are today, with what each was to bring and brought; and years as a whole."""

    filters = DeskFilterSet

    def get(self, request):
        filterset = DeskFilterSet(request.GET, with_sectors(Desk.objects.published()))
        every = listed(list(filterset.queryset), timezone.localdate())
        chosen = set(filterset.filter_queryset(filterset.queryset).values_list("pk", flat=True))
        desks = [one for one in every if one.desk.pk in chosen]
        years = desk_years(every)
        year = filterset.cleaned.get("year")
        facets = desk_facets(filterset, every)
        context = {
            "groups": grouped(desks, years),
            "count": len(desks),
            "year": [with_bars(one) for one in years if one.year == year],
            "years": [] if filterset.chosen else years,
            "query": filterset.chosen,
            "calendar": calendar_links(request, filterset, desks),
            "facets": facets,
            "chips": chips(filterset, facets),
            "clear_url": cleared(filterset),
            "notices": filterset.notices,
            "crumbs": [{"label": _("Desks")}],
        }
        return render(request, "desks/list.html", context)


def with_sectors(desks):
    """Desks with their public sectors fetched as `public_sectors`."""
    return desks.with_public_sectors()


def grouped(desks, years):
    """The groups that are not empty, as {status, heading, desks, years}; coming desks soonest first. `years`
    are those whose announced desks have targets, for what they add up to."""
    found = []
    for status, heading in GROUPS:
        of_group = [one for one in desks if one.status == status]
        if status == DeskStatus.COMING:
            of_group.sort(key=lambda one: (one.days, one.desk.pk))
        if of_group:
            of_years = {(one.desk.year, one.desk.is_sample) for one in of_group}
            totals = [one for one in years if (one.year, one.sample) in of_years and one.targets]
            found.append(
                {
                    "status": status,
                    "heading": heading,
                    "desks": [(one, wording.progress_bar(one.outcome.first)) for one in of_group],
                    "years": totals if status == DeskStatus.ANNOUNCED else [],
                }
            )
    return found


def with_bars(year):
    """(DeskYear, [(Stated, [(part, its bar)])])"""
    stated = [
        (one, list(zip(one.parts, wording.rank_bars([part.value for part in one.parts]), strict=True)))
        for one in year.stated
    ]
    return year, stated


def dated(desk):
    return desk.opens or desk.held_on


def calendar_links(request, filterset, desks):
    """{subscribe, file}: the feed of the desks that are shown, for a calendar program and as a file; None
    where it would hold nothing, or a past year alone."""
    past = filterset.chosen.get("year") and all(one.days is None for one in desks)
    if past or not any(dated(one.desk) for one in desks):
        return None
    query = address(filterset.chosen) if filterset.chosen else ""
    url = request.build_absolute_uri(reverse("catalog:desk_calendar") + query)
    return {"subscribe": f"webcal:{url.partition(':')[2]}", "file": url}


def desk_facets(filterset, every):
    """Sector, year and condition, counted over all public desks: they are few, and two are no columns."""
    desks = [one.desk for one in every]
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
    template_name = "desks/detail.html"

    def get_queryset(self):
        return with_sectors(super().get_queryset().select_related("office", "continues", "source"))

    def get_context_data(self, **kwargs):
        desk, status = self.object, self.object.status
        contracts = contracts_of(desk)
        statements = statements_on(desk)
        brought = outcome(desk, contracts)
        wanted = offers_of(desk)
        buyers = buyers_of(desk, wanted)
        return super().get_context_data(
            status=status,
            ahead=status in (DeskStatus.COMING, DeskStatus.OPEN),
            outcome=brought,
            bar=wording.outcome_bar(brought.first) if brought.signed else None,
            reach=reach(contracts),
            days=days_ahead(desk, timezone.localdate()),
            offers=wanted,
            buyers=buyers,
            deals=[contract for contract in contracts if contract.counts],
            with_steps=any(contract.milestones.all() for contract in contracts),
            intentions=[contract for contract in contracts if not contract.counts],
            statements=statements,
            rials=has_rials(contracts, and_others(statements)),
            unknown=unknown(desk, wanted, buyers),
            continues=shown(desk.continues),
            continued_by=Desk.objects.published().filter(continues=desk).order_by("pk"),
            documents=Document.objects.published().filter(desk=desk),
            sources=sources_of([desk], contracts, statements),
            noindex=desk.is_sample,
            crumbs=[{"label": _("Desks"), "url": reverse("catalog:desk_list")}, {"label": desk.name}],
            **kwargs,
        )


def contracts_of(desk):
    """What was signed at the desk, with amounts, milestones, public parties and lines on public products;
    contracts by day of signing."""
    lines = ContractLine.objects.filter(parents_public(ContractLine, "product"), product__isnull=False)
    contracts = Contract.objects.published().filter(desk=desk).with_amounts().select_related("source")
    rows = with_parties(contracts).prefetch_related(
        "milestones", Prefetch("lines", lines, to_attr="public_lines")
    )
    return list(rows.order_by(F("signed_on").asc(nulls_last=True), "pk"))


def unknown(desk, wanted, buyers):
    """What is not on record of the desk, in words: a gap is said, it is not a zero."""
    place = desk.place or desk.mode == Desk.Mode.ONLINE
    gaps = [
        (dated(desk), _("its days")),
        (place, _("its place")),
        (wanted, _("what was wanted")),
        (buyers, _("who bought")),
        (desk.target_amount is not None, _("its target")),
        (desk.office or desk.take_part, _("how to take part")),
    ]
    return [words for known, words in gaps if not known]


def statements_on(desk):
    """What was stated of the desk, each with the statements that contradict or replace it."""
    by_day = F("said_on").asc(nulls_last=True)
    return with_others(Statement.objects.published().filter(desk=desk).order_by(by_day, "pk"))


def offers_of(desk):
    """What is wanted of each public product of the desk; invented promises stay with sample desks and real
    ones with real desks, or a sample would say of a real buyer that it came."""
    products = list(Product.objects.published().filter(desk_offers__desk=desk).order_by("desk_offers__pk"))
    demands = Demand.objects.published().filter(product__in=products).select_related("buyer")
    return offers(products, [demand for demand in demands if demand.is_sample == desk.is_sample])


def buyers_of(desk, wanted):
    """[(row of the buyer on the desk, how many of the desk's products it wants)], public buyers only."""
    rows = desk.desk_buyers.filter(where_published("company")).select_related("company")
    return [(row, sum(row.company in offer.buyers for offer in wanted)) for row in rows]
