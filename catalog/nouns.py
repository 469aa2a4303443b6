"""The registry of public nouns: what each kind of record is called, and what the site offers of it.

Whatever goes noun by noun reads it: data files and how they load, the dictionary, bulk files, the open data
page, datasets and DCAT, sitemaps, downloads, feeds, the API, the check for samples, the to-do list and the
roles of the staff, the checks of the search index. A new noun joins all of them with one entry. What an entry
does not say follows from the model: `belongs_to` names the parents, `objects.published()` the public rows.
"""

import re
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from catalog.models import (
    Amendment,
    Call,
    Company,
    Contract,
    ContractLine,
    Demand,
    Desk,
    DeskBuyer,
    DeskProduct,
    Document,
    Engagement,
    ExchangeRate,
    Facility,
    GuideStep,
    Holiday,
    IdleUnit,
    ImportRecord,
    Indicator,
    Milestone,
    Office,
    Origin,
    Parameter,
    Party,
    Payment,
    Product,
    ProductCode,
    Question,
    Sector,
    Source,
    Statement,
)
from catalog.search.suggestions import COMPANY, PRODUCT, SECTOR

KEY_FIELDS = ("slug", "reference", "key")
EXPORTS, FEEDS, API = "catalog.open_data.exports", "catalog.open_data.feeds", "catalog.api.nouns"


@dataclass(frozen=True)
class Noun:
    """A kind of public record; what has a default is not offered, or follows from the model.

    `name` is that of its files ("idle_units"), `path` stands in addresses of its list and of the API
    ("units"), `stem` in the names of addresses ("unit" of catalog:unit_list and catalog:unit_detail). `menu`
    is the place of its list in the menu, `title` its title; without a place it has no list.
    """

    model: type[models.Model]
    name: str
    path: str = ""
    stem: str = ""
    menu: int | None = None
    title: str = ""

    page: bool = False
    """A page of each row, catalog:<stem>_detail, which sitemaps list."""
    export: str = ""
    """Where its Export is, a dotted name: downloads of its list, and a dataset."""
    feed: str = ""
    """Where its Feed is, a dotted name: latest changes of its list."""
    api: str = ""
    """Where its viewset of the API is, a dotted name."""
    suggestion: str = ""
    """The letter by which the search suggests it."""

    dictionary: bool = True
    """The open data page explains its fields."""
    bulk: bool = True
    """The bulk files hold its public rows; not for sources, of which only those in use are public."""
    counted: bool = True
    """The open data page counts its rows by origin, if they have one."""
    first_sample: bool = False
    """A sample of it can stand alone or on real records: where none has a sample, the public sees none."""

    loaded: bool = True
    """A data file fills it: data/*/<name>.csv."""
    row_key: tuple = ()
    """Columns that tell the rows of its data file apart; empty: its key."""
    desk_officer: bool = False
    """Desk officers write it."""

    @property
    def one(self):
        """Its name for one row, in words: "idle unit"."""
        return re.sub(r"(?<!^)(?=[A-Z])", " ", self.model.__name__).lower()

    @property
    def key(self):
        """The field that names a row in addresses and files; see `key_of`."""
        return key_of(self.model)

    @property
    def parents(self):
        """The foreign keys of what its rows belong to."""
        return self.model.belongs_to

    def rows(self):
        """Its public rows, a queryset."""
        return self.model.objects.published()

    def with_pages(self):
        """Its public rows that have a page."""
        rows = self.rows()
        return rows.with_pages() if hasattr(rows, "with_pages") else rows

    def has(self, field):
        """Whether its model has a column of that name."""
        return any(one.name == field for one in self.model._meta.concrete_fields)

    @property
    def list_address(self):
        """The name of its list's address."""
        return f"catalog:{self.stem}_list"

    @property
    def page_address(self):
        """The name of its pages' address, which takes the key of a row."""
        return f"catalog:{self.stem}_detail"

    def page_prefix(self):
        """The path of its pages up to the key, in the active language: "/en/units/", for many at once."""
        return reverse(self.page_address, args=["x"]).removesuffix("x/")


NOUNS = (
    Noun(
        Sector, "sectors", path="sectors", stem="sector", menu=2, title=_("Sectors"),
        page=True, api=f"{API}.sectors.SectorViewSet", suggestion=SECTOR,
    ),
    Noun(
        Product, "products", path="products", stem="product", menu=1, title=_("Products"),
        page=True, export=f"{EXPORTS}.products.PRODUCT_EXPORT", feed=f"{FEEDS}.PRODUCT_FEED",
        api=f"{API}.products.ProductViewSet", suggestion=PRODUCT,
    ),
    Noun(ProductCode, "product_codes", loaded=False, counted=False),
    Noun(Parameter, "parameters", counted=False, row_key=("product", "order")),
    Noun(ImportRecord, "import_records", first_sample=True, row_key=("product", "year", "currency")),
    Noun(Demand, "demands", row_key=("product", "buyer", "year")),
    Noun(Call, "calls", loaded=False, counted=False),
    Noun(Question, "questions", loaded=False, counted=False, desk_officer=True),
    Noun(
        Company, "companies", path="companies", stem="company", menu=3, title=_("Companies"),
        page=True, export=f"{EXPORTS}.companies.COMPANY_EXPORT", feed=f"{FEEDS}.COMPANY_FEED",
        api=f"{API}.companies.CompanyViewSet", suggestion=COMPANY, first_sample=True, desk_officer=True,
    ),
    Noun(Engagement, "engagements", row_key=("company", "product")),
    Noun(
        IdleUnit, "idle_units", path="units", stem="unit", menu=6, title=_("Idle units"),
        page=True, export=f"{EXPORTS}.units.UNIT_EXPORT", feed=f"{FEEDS}.UNIT_FEED",
        api=f"{API}.units.UnitViewSet", first_sample=True,
    ),
    Noun(
        Desk, "desks", path="desks", stem="desk", menu=4, title=_("Desks"),
        page=True, api=f"{API}.desks.DeskViewSet", first_sample=True, desk_officer=True,
    ),
    Noun(DeskProduct, "desk_products", row_key=("desk", "product"), desk_officer=True),
    Noun(DeskBuyer, "desk_buyers", row_key=("desk", "company"), desk_officer=True),
    Noun(
        Contract, "contracts", path="contracts", stem="contract", menu=5, title=_("Contracts"),
        page=True, export=f"{EXPORTS}.contracts.CONTRACT_EXPORT", feed=f"{FEEDS}.CONTRACT_FEED",
        api=f"{API}.contracts.ContractViewSet", first_sample=True, desk_officer=True,
    ),
    Noun(Party, "parties", row_key=("contract", "n"), desk_officer=True),
    Noun(ContractLine, "contract_lines", row_key=("contract", "n"), desk_officer=True),
    Noun(Milestone, "milestones", row_key=("contract", "n"), desk_officer=True),
    Noun(Amendment, "amendments", row_key=("contract", "n"), desk_officer=True),
    Noun(Facility, "facilities"),
    Noun(Payment, "payments", row_key=("facility", "n")),
    Noun(Document, "documents", counted=False, loaded=False, desk_officer=True),
    Noun(Office, "offices", counted=False),
    Noun(GuideStep, "guide_steps"),
    Noun(Holiday, "holidays", loaded=False, counted=False),
    Noun(Indicator, "indicators", path="indicators", stem="indicator", page=True),
    Noun(Statement, "statements"),
    Noun(ExchangeRate, "exchange_rates"),
    Noun(Source, "sources", bulk=False),
)  # fmt: skip
"""In the order in which an investor meets them."""


def nouns(offer=""):
    """The nouns that offer something ("page", "export", "bulk" ...), or all, in the order of NOUNS."""
    return [noun for noun in NOUNS if not offer or getattr(noun, offer)]


def in_menu_order(offer=""):
    """The same in the order of the menu, those without a list last."""
    return sorted(nouns(offer), key=lambda noun: noun.menu or len(NOUNS))


def listed_nouns(offer=""):
    """The nouns with a list that offer something, in the order of the menu."""
    return [noun for noun in in_menu_order(offer) if noun.menu]


def nouns_offering(offer):
    """[(Noun, what it offers)] of "export", "feed" or "api", in the order of the menu."""
    return [(noun, import_string(getattr(noun, offer))) for noun in listed_nouns(offer)]


def noun_of(model):
    """The Noun of a model, None where it is not public."""
    return next((noun for noun in NOUNS if noun.model is model), None)


def key_of(model):
    """The field by which addresses, files and other records name a row of a model: `slug`, `reference` or
    `key`, else `id`."""
    names = {field.name for field in model._meta.concrete_fields}
    return next((name for name in KEY_FIELDS if name in names), "id")


def sample_queries():
    """A queryset of public samples for each noun of which one can be the first."""
    return [noun.rows().filter(origin=Origin.SAMPLE) for noun in nouns("first_sample")]
