from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures.amounts import has_rials
from catalog.figures.contracts import all_groups, groups, milestone_steps, numbers, totals, with_steps
from catalog.figures.financing import kind_sums, resting_on
from catalog.formats.calendar import iranian_year_of
from catalog.listings.base import Named, names_of, replaced
from catalog.listings.contracts import CONTRACT_ORDERS, CONTRACT_STATUSES, ContractFilterSet
from catalog.listings.facets import FacetColumn, chips, cleared, facets_of_stored, fitting, search_notices
from catalog.listings.products import choices_by_slug
from catalog.models import Contract, Desk, Document, Party, Sector
from catalog.models.base import if_public
from catalog.models.prepared import Keys, OneOf, PreparedQuery
from catalog.models.product_tags import NOT_KNOWN

from .listings import Listing, page_of
from .records import PublishedDetailView, sources_of

PAGE_SIZE = 24


class ContractList(Listing):
    """Contracts and what was only intended, with their sums by kind and currency."""

    filters = ContractFilterSet

    def get(self, request):
        filterset = ContractFilterSet(request.GET, Contract.objects.published())
        facets, found = narrowed(filterset)
        sums = totals(found)
        count = sum(group.number for group in found)
        page, page_notices = page_of(Paginator(range(count), PAGE_SIZE), request.GET.get("page"))
        page.object_list = contracts = read_contracts(keys_on_page(filterset, page))
        context = {
            "filterset": filterset,
            "query": filterset.chosen,
            "page": page,
            "rials": has_rials(contracts),
            "totals": [total for total in sums if total.counts],
            "intended": [total for total in sums if not total.counts],
            "found_numbers": numbers(sums),
            "late_url": replaced(filterset.chosen, order="late"),
            "with_steps": any(contract.steps for contract in contracts),
            "facets": facets,
            "chips": chips(filterset, facets, typed=["q", "desk", "year"]),
            "clear_url": cleared(filterset),
            "desks": desks_to_choose(filterset.cleaned.get("desk")),
            "years": years_to_choose(filterset.cleaned.get("year")),
            "orders": CONTRACT_ORDERS,
            "open_data": bool(OPEN_CONTRACTING()),
            "notices": [*filterset.notices, *search_notices(filterset), *page_notices],
            "crumbs": [{"label": _("Contracts")}],
        }
        return render(request, "contracts/list.html", context)


def narrowed(filterset):
    """(the facets, the Groups of the result); one query counts and adds up both."""
    sectors = names_of(Sector)
    columns = [
        FacetColumn("kind", _("Kind"), Contract.Kind.choices),
        FacetColumn("state", _("Status"), CONTRACT_STATUSES, values={"": NOT_KNOWN}),
        FacetColumn(
            "sector",
            _("Sector"),
            choices_by_slug(sectors),
            values={sector.pk: sector.slug for sector in sectors},
        ),
    ]
    every = groups_of(filterset, {column.name for column in columns})
    rows = [(*group[: len(columns)], group.number) for group in every]
    fits = fitting(filterset.chosen, columns)
    return facets_of_stored(filterset.chosen, columns, rows), [group for group in every if fits(group)]


def groups_of(filterset, leave_out):
    """The Groups of the result, whatever is chosen in the filters named in `leave_out`."""
    if set(filterset.cleaned) <= {*leave_out, "order"}:
        return all_groups()
    return groups(filterset.result(leave_out), timezone.localdate())


def keys_on_page(filterset, page):
    """Keys of the contracts on a page of the result, in its order."""
    keys = filterset.qs.values_list("pk", flat=True)
    return list(keys[page.start_index() - 1 : page.end_index()]) if page.paginator.count else []


CONTRACTS_SHOWN = PreparedQuery(
    lambda keys: Contract.objects.filter(OneOf("pk", keys)).order_by(), keys=Keys()
)
PARTIES_SHOWN = PreparedQuery(
    lambda keys: (
        Party.objects.with_public_company()
        .filter(OneOf("contract", keys))
        .values_list(
            *("contract_id", "company_id", "name_en", "name_fa"),
            *("company__name_en", "company__name_fa"),
            named=True,
        )
    ),
    keys=Keys(),
)


def read_contracts(keys):
    """The contracts with these keys, in this order, with their `steps` and `public_parties`, named tuples
    without companies that are not public; three queries."""
    of_key = {contract.pk: contract for contract in CONTRACTS_SHOWN(keys=keys)}
    for contract in of_key.values():
        contract.public_parties = []
    for party in PARTIES_SHOWN(keys=keys):
        of_key[party.contract_id].public_parties.append(party)
    return with_steps([of_key[key] for key in keys])


DESKS_TO_CHOOSE = PreparedQuery(
    lambda: (
        Desk.objects.published()
        .filter(Exists(Contract.objects.published().filter(desk=OuterRef("pk"))))
        .values_list(*Named._fields)
    )
)
"""Public desks with contracts on record, as the fields of a Named."""

OPEN_CONTRACTING = PreparedQuery(
    lambda: Contract.objects.published().open_contracting().order_by().values_list("pk", flat=True)[:1]
)


def desks_to_choose(chosen):
    """Public desks with contracts on record, and the one that is chosen, as Nameds by name."""
    desks = [Named._make(desk) for desk in DESKS_TO_CHOOSE()]
    if chosen and chosen.pk not in {desk.pk for desk in desks}:
        desks.append(Named(*(getattr(chosen, field) for field in Named._fields)))
    return desks


def _signed(order):
    """The day of the first signature in that order, found at an end of the index `contract_latest`."""
    signed = Contract.objects.published().filter(signed_on__isnull=False)
    return signed.order_by(order).values_list("signed_on", flat=True)[:1]


FIRST_DAY = PreparedQuery(lambda: _signed(F("signed_on").asc(nulls_first=True)))
LAST_DAY = PreparedQuery(lambda: _signed(F("signed_on").desc(nulls_last=True)))


def years_to_choose(chosen):
    """The Iranian years from the latest signature on record back to the first, and the one that is chosen."""
    first, last = FIRST_DAY.first(), LAST_DAY.first()
    years = range(iranian_year_of(first), iranian_year_of(last) + 1) if first else ()
    return sorted({*years, *([chosen] if chosen else ())}, reverse=True)


class ContractDetail(PublishedDetailView):
    """One contract: parties, lines, the total that counts, milestones, amendments."""

    model = Contract
    template_name = "contracts/detail.html"
    slug_field = "reference"
    slug_url_kwarg = "reference"

    def get_queryset(self):
        contracts = super().get_queryset().select_related("desk", "sector", "source")
        return contracts.with_public_parties().prefetch_related("milestones", "amendments")

    def get_context_data(self, **kwargs):
        contract, today = self.object, timezone.localdate()
        lines = list(contract.lines.select_related("product__sector"))
        facilities = resting_on(contract)
        taken = milestone_steps(contract, today)
        return super().get_context_data(
            parties=sorted(contract.public_parties, key=lambda party: Party.Role.values.index(party.role)),
            lines=[(line, wording.delivered_bar(line.delivered_amount, line.amount)) for line in lines],
            rials=has_rials([contract]),
            unpriced=sum(line.amount is None for line in lines),
            delivery=wording.delivered_bar(contract.delivered, contract.amount),
            outstanding=outstanding(contract),
            overdue=contract.days_overdue(today),
            steps=[(step, wording.step_words(step)) for step in taken],
            timeline=wording.contract_timeline(contract, taken, today),
            unknown=unknown_of_contract(contract, taken),
            desk=if_public(contract.desk),
            sector=if_public(contract.sector),
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


def unknown_of_contract(contract, taken):
    """What is not on record of the contract, in words, besides what its box and its lines say themselves: a
    gap is said, it is not a zero. Memoranda, agreements and plans owe nothing by a day."""
    gaps = [
        (contract.public_parties, _("who signed it")),
        (contract.due or not contract.counts, _("when it is due")),
        (taken or not contract.counts, _("its milestones")),
    ]
    return [words for known, words in gaps if not known]
