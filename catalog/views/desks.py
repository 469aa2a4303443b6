from collections import defaultdict

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures.amounts import has_rials
from catalog.figures.contracts import with_steps
from catalog.figures.desk_years import desk_years
from catalog.figures.desks import days_ahead, desk_outcome, listed_desks, offers, reach
from catalog.figures.programme.statements import RELATED, and_others, with_others
from catalog.figures.questions import asked_at
from catalog.figures.sectors import public_sectors
from catalog.formats.calendar import year_words
from catalog.listings.base import address
from catalog.listings.desks import DeskFilterSet
from catalog.listings.facets import FacetColumn, chips, cleared, facets_of
from catalog.models import (
    Contract,
    ContractLine,
    Desk,
    DeskBuyer,
    DeskStatus,
    Document,
    Origin,
    Party,
    Product,
    ProductPromise,
    Province,
    Statement,
)
from catalog.models.base import if_public, parents_public, where_published
from catalog.models.desks import status_on
from catalog.models.prepared import KEY, Keys, OneOf, PreparedQuery
from catalog.search.fold import sort_key

from .listings import Listing, page_of
from .records import PublishedDetailView, sources_of

# What is next comes first: whom it concerns can still go there.
DESK_GROUPS = [
    (DeskStatus.COMING, pgettext_lazy("desks", "Coming")),
    (DeskStatus.OPEN, gettext_lazy("Open now")),
    (DeskStatus.ANNOUNCED, gettext_lazy("Announced: no word yet that they took place")),
    (DeskStatus.HELD, gettext_lazy("Held")),
    (DeskStatus.CANCELLED, gettext_lazy("Cancelled")),
]


PAGE_SIZE = 24


class DeskList(Listing):
    """Desks by what they are today, with what each was to bring and brought; and years as a whole."""

    filters = DeskFilterSet

    def get(self, request):
        filterset, today = DeskFilterSet(request.GET, Desk.objects.published()), timezone.localdate()
        every = EVERY_DESK()
        desks = desks_in_groups(desks_chosen(filterset, every), today)
        page, page_notices = page_of(Paginator(desks, PAGE_SIZE), request.GET.get("page"))
        years, year = desk_years(every), filterset.cleaned.get("year")
        facets = desk_facets(filterset, every, today)
        first = page.number == 1
        context = {
            "page": page,
            "groups": grouped(desks, page, years, today),
            "count": sum(desk.origin != Origin.SAMPLE for desk in desks),
            "samples": sum(desk.origin == Origin.SAMPLE for desk in desks),
            "year": [year_with_bars(one) for one in years if one.year == year and first],
            "years": [] if filterset.chosen or not first else years,
            "query": filterset.chosen,
            "calendar": calendar_links(request, filterset, desks, today),
            "facets": facets,
            "chips": chips(filterset, facets),
            "clear_url": cleared(filterset),
            "notices": [*filterset.notices, *page_notices],
            "crumbs": [{"label": _("Desks")}],
        }
        return render(request, "desks/list.html", context)


DESK_FIELDS = (
    *(
        "pk",
        "year",
        "origin",
        "province",
        "stated",
        "opens",
        "closes",
        "held_on",
        "target_amount",
        "target_currency",
    ),
)
EVERY_DESK = PreparedQuery(lambda: Desk.objects.published().values_list(*DESK_FIELDS, named=True))
"""Plain values of all public desks, in their usual order."""

SECTORS_OF_DESKS = PreparedQuery(
    lambda: Desk.sectors.through.objects.order_by().values_list("desk", "sector")
)


def desks_chosen(filterset, every):
    """The desks of the result."""
    if not filterset.cleaned:
        return every
    chosen = set(filterset.filter_queryset(filterset.queryset).order_by().values_list("pk", flat=True))
    return [desk for desk in every if desk.pk in chosen]


def desks_in_groups(desks, today):
    """These desks in the order of DESK_GROUPS; coming desks soonest first."""
    places = {status: place for place, (status, _heading) in enumerate(DESK_GROUPS)}

    def place(desk):
        status = status_on(desk, today)
        soonest = (dated(desk).toordinal(), desk.pk) if status == DeskStatus.COMING else ()
        return places[status], soonest

    return sorted(desks, key=place)


def grouped(desks, page, years, today):
    """The groups on a page of these desks, as {status, heading, count, desks, years}. `years` are those whose
    announced desks have targets, for what they add up to."""
    found = []
    shown_desks = listed_desks([desk.pk for desk in page.object_list], today)
    for status, heading in DESK_GROUPS:
        of_page = [one for one in shown_desks if one.status == status]
        if of_page:
            of_group = [desk for desk in desks if status_on(desk, today) == status]
            of_years = {(desk.year, desk.origin == Origin.SAMPLE) for desk in of_group}
            totals = [one for one in years if (one.year, one.sample) in of_years and one.targets]
            found.append(
                {
                    "status": status,
                    "heading": heading,
                    "count": len(of_group),
                    "desks": [(one, wording.progress_bar(one.outcome.first)) for one in of_page],
                    "years": totals if status == DeskStatus.ANNOUNCED else [],
                }
            )
    return found


def year_with_bars(year):
    """(DeskYear, [(Stated, [(part, its bar)])])"""
    stated = [
        (one, list(zip(one.parts, wording.rank_bars([part.value for part in one.parts]), strict=True)))
        for one in year.stated
    ]
    return year, stated


def dated(desk):
    return desk.opens or desk.held_on


def calendar_links(request, filterset, desks, today):
    """{subscribe, file}: the feed of the desks that are found, for a calendar program and as a file; None
    where it would hold nothing, or a past year alone."""
    ahead = (DeskStatus.COMING, DeskStatus.OPEN)
    past = filterset.chosen.get("year") and not any(status_on(desk, today) in ahead for desk in desks)
    if past or not any(dated(desk) for desk in desks):
        return None
    query = address(filterset.chosen) if filterset.chosen else ""
    url = request.build_absolute_uri(reverse("catalog:desk_calendar") + query)
    return {"subscribe": f"webcal:{url.partition(':')[2]}", "file": url}


def desk_facets(filterset, every, today):
    """Condition, year, sector and province, counted over all public desks, which are few."""
    sectors, of_desk = public_sectors(), defaultdict(set)
    slugs = {sector.pk: sector.slug for sector in sectors}
    for desk, sector in SECTORS_OF_DESKS():
        of_desk[desk].add(slugs.get(sector))
    rows = [
        (
            {
                "sector": of_desk[desk.pk],
                "year": {str(desk.year)},
                "state": {status_on(desk, today).value},
                "province": {desk.province},
            },
            1,
        )
        for desk in every
    ]
    chosen = filterset.cleaned.get("year")
    years = sorted({desk.year for desk in every if desk.year} | ({chosen} if chosen else set()), reverse=True)
    provinces = sorted(Province.choices, key=lambda choice: sort_key(str(choice[1])))
    columns = [
        FacetColumn("state", _("Status"), [(status.value, status.label) for status, _heading in DESK_GROUPS]),
        FacetColumn(
            "year", _("Year"), [(str(y), year_words(y, get_language())) for y in years], multiple=False
        ),
        FacetColumn("sector", _("Sector"), [(sector.slug, sector.name) for sector in sectors]),
        FacetColumn("province", _("Province"), provinces),
    ]
    return facets_of(filterset.chosen, columns, rows)


class DeskDetail(PublishedDetailView):
    """One desk: when and where, what is wanted, who buys, what it brought, and what others said of it."""

    model = Desk
    template_name = "desks/detail.html"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("office__figure", "continues", "source")
            .with_public_sectors()
        )

    def get_context_data(self, **kwargs):
        desk, status = self.object, self.object.status
        contracts = contracts_of_desk(desk)
        statements = statements_on(desk)
        brought = desk_outcome(desk, contracts)
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
            with_steps=any(contract.steps for contract in contracts),
            intentions=[contract for contract in contracts if not contract.counts],
            statements=statements,
            rials=has_rials(contracts, and_others(statements)),
            unknown=unknown_of_desk(desk, wanted, buyers),
            continues=if_public(desk.continues),
            continued_by=desks_continuing(desk=desk.pk),
            asked=asked_at(desk),
            documents=documents_of(desk=desk.pk),
            sources=sources_of([desk], contracts, statements),
            noindex=desk.is_sample,
            all_sample=desk.is_sample,
            crumbs=[{"label": _("Desks"), "url": reverse("catalog:desk_list")}, {"label": desk.name}],
            **kwargs,
        )


DESK_KEY = {"desk": KEY}
desks_continuing = PreparedQuery(
    lambda desk: Desk.objects.published().filter(continues=desk).order_by("pk"), **DESK_KEY
)
documents_of = PreparedQuery(lambda desk: Document.objects.published().filter(desk=desk), **DESK_KEY)
signed_contracts = PreparedQuery(
    lambda desk: (
        Contract.objects.published()
        .filter(desk=desk)
        .select_related("source")
        .order_by(F("signed_on").asc(nulls_last=True), "pk")
    ),
    **DESK_KEY,
)
parties_of = PreparedQuery(
    lambda desk: (
        Party.objects.with_public_company()
        .filter(contract__in=Contract.objects.filter(desk=desk).order_by().values("pk"))
        .select_related("company")
    ),
    **DESK_KEY,
)
contract_lines_of = PreparedQuery(
    lambda desk: ContractLine.objects.filter(
        parents_public(ContractLine, "product"),
        product__isnull=False,
        contract__in=Contract.objects.filter(desk=desk).order_by().values("pk"),
    ),
    **DESK_KEY,
)


def contracts_of_desk(desk):
    """What was signed at the desk, with amounts, milestones, public parties and lines on public products;
    contracts by day of signing. Four queries at most."""
    contracts = signed_contracts(desk=desk.pk)
    if not contracts:
        return []
    with_steps(contracts)
    parties, lines = defaultdict(list), defaultdict(list)
    for party in parties_of(desk=desk.pk):
        parties[party.contract_id].append(party)
    for line in contract_lines_of(desk=desk.pk):
        lines[line.contract_id].append(line)
    for contract in contracts:
        contract.public_parties, contract.public_lines = parties[contract.pk], lines[contract.pk]
    return contracts


def unknown_of_desk(desk, wanted, buyers):
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


statements_of_desk = PreparedQuery(
    lambda desk: (
        Statement.objects.published()
        .filter(desk=desk)
        .select_related(*RELATED)
        .order_by(F("said_on").asc(nulls_last=True), "pk")
    ),
    **DESK_KEY,
)


def statements_on(desk):
    """What was stated of the desk, each with the statements that contradict or replace it."""
    return with_others(statements_of_desk(desk=desk.pk))


products_of = PreparedQuery(
    lambda desk: Product.objects.published().filter(desk_offers__desk=desk).order_by("desk_offers__pk"),
    **DESK_KEY,
)
demands_of = PreparedQuery(
    lambda products: (
        ProductPromise.objects.promised()
        .filter(OneOf("product", products))
        .select_related("buyer")
        .order_by("year", "pk")
    ),
    products=Keys(),
)
buyers_at = PreparedQuery(
    lambda desk: (
        DeskBuyer.objects.filter(where_published("company")).filter(desk=desk).select_related("company")
    ),
    **DESK_KEY,
)


def offers_of(desk):
    """What is wanted of each public product of the desk; invented promises stay with sample desks and real
    ones with real desks, or a sample would say of a real buyer that it came."""
    products = products_of(desk=desk.pk)
    demands = demands_of(products=[product.pk for product in products])
    return offers(products, [demand for demand in demands if demand.is_sample == desk.is_sample])


def buyers_of(desk, wanted):
    """[(row of the buyer on the desk, how many of the desk's products it wants)], public buyers only."""
    rows = buyers_at(desk=desk.pk)
    return [(row, sum(row.company in offer.buyers for offer in wanted)) for row in rows]
