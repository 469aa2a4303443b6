from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures.amounts import has_rials
from catalog.figures.companies import work_of
from catalog.figures.contracts import group_of, totals, with_steps
from catalog.figures.financing import company_financing
from catalog.figures.products import Worked
from catalog.listings.base import replaced
from catalog.listings.companies import (
    COMPANY_KINDS,
    COMPANY_ORDERS,
    KNOWLEDGE_BASED,
    CompanyFilterSet,
)
from catalog.listings.facets import FacetColumn, chips, cleared, column_facets, search_notices
from catalog.models import (
    Company,
    Contract,
    Desk,
    DeskBuyer,
    Party,
    ProductMaker,
    ProductPromise,
    Province,
    Sector,
)
from catalog.models.base import if_public
from catalog.models.prepared import Keys, OneOf, PreparedQuery
from catalog.models.product_tags import NOT_KNOWN
from catalog.search.fold import sort_key

from .listings import Listing, page_of, pages_of_lists
from .records import PublishedDetailView, sources_of

PAGE_SIZE = 24


class CompanyList(Listing):
    """Companies on record: found by name, narrowed by sector, province, kind and knowledge."""

    filters = CompanyFilterSet

    def get(self, request):
        filterset = CompanyFilterSet(request.GET, Company.objects.published())
        result = filterset.filter_queryset(filterset.queryset)
        page, page_notices = page_of(Paginator(filterset.ordered(result), PAGE_SIZE), request.GET.get("page"))
        work = work_of(page.object_list)
        facets = column_facets(filterset, company_facets())
        context = {
            "filterset": filterset,
            "query": filterset.chosen,
            "page": page,
            "rows": [(company, work[company.pk]) for company in page],
            "facets": facets,
            "chips": chips(filterset, facets, typed=["q"] if filterset.text_is_usable else []),
            "clear_url": cleared(filterset),
            "corrected_url": replaced(filterset.chosen, q=filterset.corrected_text),
            "orders": COMPANY_ORDERS,
            "notices": [*filterset.notices, *search_notices(filterset), *page_notices],
            "crumbs": [{"label": _("Companies")}],
        }
        return render(request, "companies/list.html", context)


def company_facets():
    """The facets of the listing."""
    sectors = list(Sector.objects.published())
    slugs = {sector.pk: sector.slug for sector in sectors}
    names = [(sector.slug, sector.name) for sector in sectors]
    provinces = sorted(Province.choices, key=lambda choice: sort_key(str(choice[1])))
    return [
        FacetColumn("sector", _("Main sector"), names, "sector", values=slugs),
        FacetColumn("province", _("Province"), provinces, "province"),
        FacetColumn("kind", _("Kind"), COMPANY_KINDS, "kind", values={"": NOT_KNOWN}),
        FacetColumn(
            "knowledge_based",
            _("Knowledge-based"),
            KNOWLEDGE_BASED,
            "knowledge_based",
            values={True: "yes", False: "no", None: NOT_KNOWN},
            multiple=False,
        ),
    ]


class CompanyDetail(PublishedDetailView):
    """One company: what it makes and buys, its contracts and desks, and where all that is known from."""

    model = Company
    template_name = "companies/detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("sector", "source")

    def get_context_data(self, **kwargs):
        company = self.object
        contracts = contracts_of_company(company)
        financing = company_financing(company)
        parts = pages_of_lists(
            self.request.GET,
            engagements=keys_made(company),
            demands=keys_wanted(company),
            contracts=contracts,
            given=wording.with_paid_bars(financing.given),
            lent=wording.with_paid_bars(financing.lent),
        )
        sums = totals(map(group_of, contracts))
        made = parts["engagements"].object_list = products_made(company, parts["engagements"])
        demands = parts["demands"].object_list = products_wanted(parts["demands"])
        return super().get_context_data(
            sector=if_public(company.sector),
            **parts,
            totals=sums,
            delivered=any(part.delivered for total in sums for part in (total.real, total.samples)),
            with_steps=any(contract.steps for contract in contracts),
            rials=has_rials(demands, contracts),
            desks=desks_of(company),
            financing=financing,
            sources=sources_of(
                [company], *records_behind(made, demands), contracts, financing.given, financing.lent
            ),
            noindex=company.is_sample,
            all_sample=company.is_sample,
            crumbs=[
                {"label": _("Companies"), "url": reverse("catalog:company_list")},
                {"label": company.name},
            ],
            **kwargs,
        )


COMPANY_KEY = {"company": models.BigIntegerField()}
maker_keys = PreparedQuery(
    lambda company: (
        ProductMaker.objects.filter(company=company).furthest_first().values_list("product_id", "stands")
    ),
    **COMPANY_KEY,
)
makers_of = PreparedQuery(
    lambda company, products: (
        ProductMaker.objects.filter(OneOf("product", products), company=company)
        .select_related("product", "engagement__source", "contract__source")
        .furthest_first()
    ),
    **COMPANY_KEY,
    products=Keys(),
)
promise_keys = PreparedQuery(
    lambda company: (
        ProductPromise.objects.filter(buyer=company)
        .with_strength()
        .order_by("bought", "-strength", "product__sort_en", F("year").asc(nulls_last=True), "pk")
        .values_list("pk")
    ),
    **COMPANY_KEY,
)
promises_of_keys = PreparedQuery(
    lambda keys: ProductPromise.objects.filter(OneOf("pk", keys)).select_related(
        "product", "demand__source", "contract__source"
    ),
    keys=Keys(),
)


@dataclass(frozen=True)
class Made(Worked):
    """A product that a company makes, or for which it is only named (`counts` is false): how far it is, by
    its `engagement` (or None) and by `contracts`."""

    product: object
    stage: str
    engagement: object
    contracts: tuple
    counts: bool


def keys_made(company):
    """The keys of the products that a company makes, the furthest first, then of those for which it is only
    named; one query."""
    counts = {}
    for product, stands in maker_keys(company=company.pk):
        counts[product] = counts.get(product) or stands
    return sorted(counts, key=lambda product: not counts[product])


def products_made(company, products):
    """The Made products of a company, of these keys and in their order; one query."""
    of_product = defaultdict(list)
    for row in makers_of(company=company.pk, products=list(products)):
        of_product[row.product_id].append(row)
    return [_made(of_product[product]) for product in products]


def _made(rows):
    standing = next((row for row in rows if row.stands), rows[0])
    return Made(
        product=rows[0].product,
        stage=standing.stage,
        engagement=next((row.engagement for row in rows if row.engagement_id), None),
        contracts=tuple({row.contract_id: row.contract for row in rows if row.contract_id}.values()),
        counts=standing.stands,
    )


def keys_wanted(company):
    """The keys of the ProductPromises of a company, what was bought already last; one query."""
    return [pk for (pk,) in promise_keys(company=company.pk)]


def products_wanted(keys):
    """The ProductPromises of these keys, in their order; one query."""
    found = {promise.pk: promise for promise in promises_of_keys(keys=list(keys))}
    return [found[key] for key in keys if key in found]


def records_behind(made, demands):
    """The engagements and demands behind what a company makes and buys, as two lists."""
    return [one.engagement for one in made if one.engagement], [one.demand for one in demands if one.demand]


deals_of = PreparedQuery(
    lambda company: (
        Contract.objects.published()
        .filter(pk__in=Party.objects.filter(company=company).values("contract"))
        .select_related("source")
    ),
    **COMPANY_KEY,
)


def contracts_of_company(company):
    """Public contracts the company is a party to, with amounts and milestones, latest first; two queries."""
    return with_steps(deals_of(company=company.pk))


desks_visited = PreparedQuery(
    lambda company: Desk.objects.published().filter(
        Q(pk__in=DeskBuyer.objects.filter(company=company).values("desk"))
        | Q(
            pk__in=Contract.objects.published()
            .filter(pk__in=Party.objects.filter(company=company).values("contract"), desk__isnull=False)
            .order_by()
            .values("desk")
        )
    ),
    **COMPANY_KEY,
)


def desks_of(company):
    """Public desks it came to: as a buyer, or as a party to a contract signed there; one query."""
    return desks_visited(company=company.pk)
