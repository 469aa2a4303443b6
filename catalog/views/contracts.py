from django.core.paginator import Paginator
from django.db.models import Max, Min, Prefetch, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from catalog import drawings
from catalog.calendar import iranian_year_of
from catalog.column_facets import Column, chips, column_facets, search_notices
from catalog.facets import cleared
from catalog.figures.amounts import has_rials
from catalog.figures.contracts import steps, totals
from catalog.figures.financing import kind_sums, resting_on
from catalog.filters.contracts import ORDERS, STATUSES, UNKNOWN, ContractFilterSet
from catalog.models import Contract, Desk, Document, Party, Sector, State

from .pages import PublishedDetailView, page_of
from .records import shown, sources_of

PAGE_SIZE = 24
SUMMED = ("pk", "kind", "currency", "amount", "delivered")  # the key keeps equal amounts apart


class ContractList(View):
    """Contracts and what was only intended, with their sums by kind and currency."""

    def get(self, request):
        filterset = ContractFilterSet(request.GET, Contract.objects.published())
        result = filterset.filter_queryset(filterset.queryset).with_amounts()
        rows = with_parties(filterset.ordered(result).prefetch_related("milestones"))
        page, page_notices = page_of(Paginator(rows, PAGE_SIZE), request.GET.get("page"))
        facets = column_facets(filterset, columns())
        context = {
            "filterset": filterset,
            "query": filterset.chosen,
            "page": page,
            "rials": has_rials(page),
            "totals": totals(result.order_by().values_list(*SUMMED, named=True)),
            "facets": facets,
            "chips": chips(filterset, facets, typed=["q", "desk", "year"]),
            "clear_url": cleared(filterset),
            "desks": desks(),
            "years": years(),
            "orders": ORDERS,
            "open_data": Contract.objects.published().open_contracting().exists(),
            "notices": [*filterset.notices, *search_notices(filterset), *page_notices],
            "crumbs": [{"label": _("Contracts")}],
        }
        return render(request, "catalog/contract_list.html", context)


def with_parties(contracts):
    """Contracts with `public_parties` fetched: companies that are not public are left out."""
    public = Q(company__isnull=True) | Q(company__state=State.PUBLISHED)
    parties = Party.objects.filter(public).select_related("company")
    return contracts.prefetch_related(Prefetch("parties", parties, to_attr="public_parties"))


def columns():
    """The facets of the listing."""
    return [
        Column("kind", _("Kind"), Contract.Kind.choices, "kind"),
        Column("state", _("Condition"), STATUSES, "status", values={"": UNKNOWN}),
        Column("sector", _("Sector"), [(s.slug, s.name) for s in Sector.objects.published()], "sector__slug"),
    ]


def desks():
    """Public desks with contracts on record."""
    return Desk.objects.published().filter(pk__in=Contract.objects.published().order_by().values("desk"))


def years():
    """The Iranian years from the latest signature on record back to the first."""
    ends = Contract.objects.published().aggregate(first=Min("signed_on"), last=Max("signed_on"))
    if ends["first"] is None:
        return []
    return list(range(iranian_year_of(ends["last"]), iranian_year_of(ends["first"]) - 1, -1))


class ContractDetail(PublishedDetailView):
    """One contract: parties, lines, the total that counts, milestones, amendments."""

    model = Contract
    template_name = "catalog/contract_detail.html"
    slug_field = "reference"
    slug_url_kwarg = "reference"

    def get_queryset(self):
        contracts = super().get_queryset().select_related("desk", "sector", "source")
        return with_parties(contracts.with_amounts()).prefetch_related("milestones", "amendments")

    def get_context_data(self, **kwargs):
        contract = self.object
        lines = list(contract.lines.select_related("product__sector"))
        facilities = resting_on(contract)
        return super().get_context_data(
            parties=sorted(contract.public_parties, key=lambda party: Party.Role.values.index(party.role)),
            lines=lines,
            rials=has_rials([contract]),
            unpriced=sum(line.amount is None for line in lines),
            steps=steps(contract),
            desk=shown(contract.desk),
            sector=shown(contract.sector),
            facilities=drawings.with_paid_bars(facilities),
            facility_sums=kind_sums(facilities),
            documents=Document.objects.published().filter(contract=contract),
            sources=sources_of([contract], facilities),
            noindex=contract.is_sample,
            crumbs=[
                {"label": _("Contracts"), "url": reverse("catalog:contract_list")},
                {"label": contract.reference},
            ],
            **kwargs,
        )
