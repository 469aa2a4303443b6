from django.core.paginator import Paginator
from django.db.models import Max, Min
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures.amounts import has_rials
from catalog.figures.contracts import days_overdue, steps, totals
from catalog.figures.financing import kind_sums, resting_on
from catalog.formats.calendar import iranian_year_of
from catalog.listings.base import replaced
from catalog.listings.contracts import ORDERS, STATUSES, UNKNOWN, ContractFilterSet
from catalog.listings.facets import Column, chips, cleared, column_facets, search_notices
from catalog.models import Contract, Desk, Document, Party, Sector

from .listings import Listing, page_of
from .pages import PublishedDetailView
from .records import shown, sources_of

PAGE_SIZE = 24
# What is summed of every row; the key keeps equal amounts apart.
SUMMED = ("pk", "kind", "origin", "currency", "amount", "delivered", "late_since")


class ContractList(Listing):
    """Contracts and what was only intended, with their sums by kind and currency."""

    filters = ContractFilterSet

    def get(self, request):
        filterset = ContractFilterSet(request.GET, Contract.objects.published())
        result = filterset.filter_queryset(filterset.queryset).with_amounts().with_lateness()
        rows = with_parties(filterset.ordered(result).prefetch_related("milestones"))
        page, page_notices = page_of(Paginator(rows, PAGE_SIZE), request.GET.get("page"))
        facets = column_facets(filterset, columns())
        sums = totals(result.order_by().values_list(*SUMMED, named=True))
        context = {
            "filterset": filterset,
            "query": filterset.chosen,
            "page": page,
            "rials": has_rials(page),
            "totals": [total for total in sums if total.counts],
            "intended": [total for total in sums if not total.counts],
            "counts": [
                (name, count)
                for name, counts in (("counted", True), ("intended", False))
                if (count := sum(total.count for total in sums if total.counts == counts))
            ],
            "late": sum(total.late for total in sums),
            "late_url": replaced(filterset.chosen, order="late"),
            "with_steps": any(contract.milestones.all() for contract in page.object_list),
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
        return render(request, "contracts/list.html", context)


def with_parties(contracts):
    """Contracts with `public_parties` fetched: companies that are not public are left out."""
    return contracts.with_public_parties()


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
    template_name = "contracts/detail.html"
    slug_field = "reference"
    slug_url_kwarg = "reference"

    def get_queryset(self):
        contracts = super().get_queryset().select_related("desk", "sector", "source")
        return with_parties(contracts.with_amounts()).prefetch_related("milestones", "amendments")

    def get_context_data(self, **kwargs):
        contract, today = self.object, timezone.localdate()
        lines = list(contract.lines.select_related("product__sector"))
        facilities = resting_on(contract)
        taken = steps(contract, today)
        return super().get_context_data(
            parties=sorted(contract.public_parties, key=lambda party: Party.Role.values.index(party.role)),
            lines=[(line, wording.delivered_bar(line.delivered_amount, line.amount)) for line in lines],
            rials=has_rials([contract]),
            unpriced=sum(line.amount is None for line in lines),
            delivery=wording.delivered_bar(contract.delivered, contract.amount),
            outstanding=outstanding(contract),
            overdue=days_overdue(contract, today),
            steps=[(step, wording.step_words(step)) for step in taken],
            timeline=wording.contract_timeline(contract, taken, today),
            unknown=unknown(contract, taken),
            desk=shown(contract.desk),
            sector=shown(contract.sector),
            facilities=wording.with_paid_bars(facilities),
            facility_sums=kind_sums(facilities),
            documents=Document.objects.published().filter(contract=contract),
            sources=sources_of([contract], facilities),
            noindex=contract.is_sample,
            all_sample=contract.is_sample,
            crumbs=[
                {"label": _("Contracts"), "url": reverse("catalog:contract_list")},
                {"label": contract.reference},
            ],
            **kwargs,
        )


def outstanding(contract):
    """What is still to be delivered; None where nothing is, or where it cannot be known."""
    if contract.delivered is None or contract.amount is None or contract.delivered >= contract.amount:
        return None
    return contract.amount - contract.delivered


def unknown(contract, taken):
    """What is not on record of the contract, in words, besides what its box and its lines say themselves: a
    gap is said, it is not a zero. Memoranda, agreements and plans owe nothing by a day."""
    gaps = [
        (contract.public_parties, _("who signed it")),
        (contract.due or not contract.counts, _("when it is due")),
        (taken or not contract.counts, _("its milestones")),
    ]
    return [words for known, words in gaps if not known]
