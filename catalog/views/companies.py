from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.charts import wording
from catalog.figures.amounts import has_rials
from catalog.figures.companies import furthest, work_of
from catalog.figures.contracts import group_of, totals, with_steps
from catalog.figures.financing import company_financing
from catalog.listings.companies import KINDS, KNOWLEDGE_BASED, ORDERS, UNKNOWN, CompanyFilterSet
from catalog.listings.facets import Column, chips, cleared, column_facets, search_notices
from catalog.models import Company, Contract, Demand, Desk, DeskBuyer, Engagement, Party, Province, Sector
from catalog.models.prepared import PreparedQuery
from catalog.search.fold import sort_key

from .listings import Listing, page_of
from .pages import PublishedDetailView
from .parts import parts_of
from .records import shown, sources_of

PAGE_SIZE = 24
DEMAND = ("commitment", "year", "quantity", "value", "currency", "confirmed_on", "origin", "buyer")
PRODUCT = ("slug", "name_en", "name_fa", "unit", "sort_en")
SOURCE = (
    *("publisher_en", "publisher_fa", "address", "published_on", "published_about_en", "published_about_fa"),
    *("key", "licence"),
)


class CompanyList(Listing):
    """Companies on record: found by name, narrowed by sector, province, kind and knowledge."""

    filters = CompanyFilterSet

    def get(self, request):
        filterset = CompanyFilterSet(request.GET, Company.objects.published())
        result = filterset.filter_queryset(filterset.queryset)
        page, page_notices = page_of(Paginator(filterset.ordered(result), PAGE_SIZE), request.GET.get("page"))
        work = work_of(page.object_list)
        facets = column_facets(filterset, columns())
        context = {
            "filterset": filterset,
            "query": filterset.chosen,
            "page": page,
            "rows": [(company, work[company.pk]) for company in page],
            "facets": facets,
            "chips": chips(filterset, facets, typed=["q"] if filterset.text_is_usable else []),
            "clear_url": cleared(filterset),
            "orders": ORDERS,
            "notices": [*filterset.notices, *search_notices(filterset), *page_notices],
            "crumbs": [{"label": _("Companies")}],
        }
        return render(request, "companies/list.html", context)


def columns():
    """The facets of the listing."""
    sectors = [(sector.slug, sector.name) for sector in Sector.objects.published()]
    provinces = sorted(Province.choices, key=lambda choice: sort_key(str(choice[1])))
    return [
        Column("sector", _("Main sector"), sectors, "sector__slug"),
        Column("province", _("Province"), provinces, "province"),
        Column("kind", _("Kind"), KINDS, "kind", values={"": UNKNOWN}),
        Column(
            "knowledge_based",
            _("Knowledge-based"),
            KNOWLEDGE_BASED,
            "knowledge_based",
            values={True: "yes", False: "no", None: UNKNOWN},
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
        engagements = engagements_of(company=company.pk)
        demands = demands_of(company=company.pk)
        contracts = contracts_of(company)
        financing = company_financing(company)
        return super().get_context_data(
            sector=shown(company.sector),
            **parts_of(
                self.request.GET,
                engagements=engagements,
                demands=demands,
                contracts=contracts,
                given=wording.with_paid_bars(financing.given),
                lent=wording.with_paid_bars(financing.lent),
            ),
            furthest=furthest([engagement.stage for engagement in engagements]),
            totals=totals(map(group_of, contracts)),
            with_steps=any(contract.steps for contract in contracts),
            rials=has_rials(demands, contracts),
            desks=desks_of(company),
            financing=financing,
            sources=sources_of([company], engagements, demands, contracts, financing.given, financing.lent),
            noindex=company.is_sample,
            all_sample=company.is_sample,
            crumbs=[
                {"label": _("Companies"), "url": reverse("catalog:company_list")},
                {"label": company.name},
            ],
            **kwargs,
        )


OF_COMPANY = {"company": models.BigIntegerField()}
engagements_of = PreparedQuery(
    lambda company: (
        Engagement.objects.published()
        .filter(company=company)
        .select_related("product", "source")
        .furthest_first()
    ),
    **OF_COMPANY,
)
demands_of = PreparedQuery(
    lambda company: (
        Demand.objects.published()
        .filter(buyer=company)
        .select_related("product", "source")
        .only(*DEMAND, *(f"product__{name}" for name in PRODUCT), *(f"source__{name}" for name in SOURCE))
        .with_strength()
        .order_by("-strength", "product__sort_en", F("year").asc(nulls_last=True), "pk")
    ),
    **OF_COMPANY,
)
deals_of = PreparedQuery(
    lambda company: (
        Contract.objects.published()
        .filter(pk__in=Party.objects.filter(company=company).values("contract"))
        .select_related("source")
    ),
    **OF_COMPANY,
)


def contracts_of(company):
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
    **OF_COMPANY,
)


def desks_of(company):
    """Public desks it came to: as a buyer, or as a party to a contract signed there; one query."""
    return desks_visited(company=company.pk)
