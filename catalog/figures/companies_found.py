"""What the companies that a search names make and buy, by name."""

from collections import defaultdict
from dataclasses import dataclass

from catalog.models import ProductMaker, ProductPromise
from catalog.models.addresses import record_address
from catalog.models.prepared import Keys, OneOf, PreparedQuery

PUBLIC = {"product__sector__state": "published"}
NAMES = ("company", "product", "product__slug", "product__name_en", "product__name_fa")

MADE = PreparedQuery(
    lambda keys: (
        ProductMaker.objects.makers()
        .filter(OneOf("company", keys), **PUBLIC)
        .furthest_first()
        .values_list(*NAMES)
    ),
    keys=Keys(),
)
WANTED = PreparedQuery(
    lambda keys: (
        ProductPromise.objects.promised()
        .filter(OneOf("buyer", keys), **PUBLIC)
        .with_strength()
        .order_by("-strength", "product__sort_en", "pk")
        .values_list("buyer", *NAMES[1:])
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
