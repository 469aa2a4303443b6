"""What companies make and want to buy: how many products and how far, or each by name for those that a search
names."""

from collections import defaultdict
from dataclasses import dataclass

from catalog.models import ProductMaker, ProductPromise
from catalog.models.addresses import record_address
from catalog.models.engagements import furthest
from catalog.models.prepared import Keys, OneOf, PreparedQuery


@dataclass(frozen=True)
class Work:
    """`makes` products, the furthest of them at `furthest` ("" where there is none), and `buys` products that
    it promises to buy."""

    makes: int
    furthest: str
    buys: int


STAGES_OF_COMPANIES = PreparedQuery(
    lambda keys: (
        ProductMaker.objects.makers()
        .filter(OneOf("company", keys))
        .order_by()
        .values_list("company", "stage")
    ),
    keys=Keys(),
)
BOUGHT_BY_COMPANIES = PreparedQuery(
    lambda keys: (
        ProductPromise.objects.promised()
        .filter(OneOf("buyer", keys))
        .order_by()
        .values_list("buyer", "product")
        .distinct()
    ),
    keys=Keys(),
)


def work_of(companies):
    """{company's pk: Work} for these companies; two queries."""
    pks = [company.pk for company in companies]
    stages, wanted = defaultdict(list), defaultdict(int)
    for company, stage in STAGES_OF_COMPANIES(keys=pks):
        stages[company].append(stage)
    for company, _product in BOUGHT_BY_COMPANIES(keys=pks):
        wanted[company] += 1
    return {pk: Work(len(stages[pk]), furthest(stages[pk]), wanted[pk]) for pk in pks}


OF_PUBLIC_PRODUCT = {"product__sector__state": "published"}
NAMED_COLUMNS = ("company", "product", "product__slug", "product__name_en", "product__name_fa")

MADE = PreparedQuery(
    lambda keys: (
        ProductMaker.objects.makers()
        .filter(OneOf("company", keys), **OF_PUBLIC_PRODUCT)
        .furthest_first()
        .values_list(*NAMED_COLUMNS)
    ),
    keys=Keys(),
)
WANTED = PreparedQuery(
    lambda keys: (
        ProductPromise.objects.promised()
        .filter(OneOf("buyer", keys), **OF_PUBLIC_PRODUCT)
        .with_strength()
        .order_by("-strength", "product__sort_en", "pk")
        .values_list("buyer", *NAMED_COLUMNS[1:])
    ),
    keys=Keys(),
)


@dataclass(frozen=True)
class NamedProduct:
    """A product of which the name and the address are shown."""

    slug: str
    name_en: str
    name_fa: str

    def get_absolute_url(self):
        return record_address("catalog:product_detail", self.slug)


@dataclass(frozen=True)
class FoundCompany:
    """A company that a search names, with the products it makes, the furthest first, and wants to buy."""

    slug: str
    name_en: str
    name_fa: str
    is_sample: bool
    makes: list
    buys: list

    def get_absolute_url(self):
        return record_address("catalog:company_detail", self.slug)


def found_companies(called):
    """These search.CalledCompanies as FoundCompanies; two queries, none for none."""
    if not called:
        return []
    keys = [company.id for company in called]
    makes, buys = _by_company(MADE(keys=keys)), _by_company(WANTED(keys=keys))
    return [
        FoundCompany(*company[1:], list(makes[company.id].values()), list(buys[company.id].values()))
        for company in called
    ]


def _by_company(rows):
    found = defaultdict(dict)
    for company, product, *names in rows:
        found[company].setdefault(product, NamedProduct(*names))
    return found
