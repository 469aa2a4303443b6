"""Rule 6, walked: an unpublished record of any noun changes no public page, and no road leads to it.

Every public page is read before the hidden record exists and again with it in place: rows, counts, facets,
sums and links must come out the same, letter by letter. Then its address is guessed and its words searched.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from catalog.models import Document, Indicator
from tests.factories import (
    make_call,
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_facility,
    make_import,
    make_indicator,
    make_product,
    make_question,
    make_sector,
    make_statement,
    make_unit,
)

pytestmark = pytest.mark.django_db

SECRET = {"slug": "zz-hidden", "name_en": "Zzhidden thing", "name_fa": "چیز پنهانک"}
SECRET_CONTRACT = {"reference": "ZZ-HIDDEN", "title_en": "Zzhidden thing", "title_fa": "چیز پنهانک"}
LISTS = [
    *("", "products/", "sectors/", "companies/", "desks/", "contracts/", "units/", "programme/"),
    *("data/", "about/", "accessibility/", "desks/calendar.ics", "calls/", "service/"),
    *("products/pump/questions/", "desks/desk/questions/"),
]
SHAPES = [
    *("products/export.json", "companies/export.json", "contracts/export.json", "units/export.json"),
    *(
        "calls/feed.atom",
        "products/pump/questions/feed.atom",
        "products/feed.atom",
        "companies/feed.atom",
        "contracts/feed.atom",
        "units/feed.atom",
    ),
]
NOUNS_OF_SITEMAP = [
    "pages",
    "questions",
    "sectors",
    "products",
    "companies",
    "desks",
    "contracts",
    "units",
    "indicators",
]
API = [f"/api/v1/{noun}/" for noun in ("products", "sectors", "companies", "desks", "contracts", "units")]
OUTSIDE = [*API, "/sitemap.xml", *(f"/sitemap-{noun}.xml" for noun in NOUNS_OF_SITEMAP)]


class World:
    """One public record of every noun, tied to the others."""

    def __init__(self):
        self.sector = make_sector(slug="cars")
        self.product = make_product(slug="pump", sector=self.sector)
        self.company = make_company(slug="kavir", province="yazd", sector=self.sector)
        self.buyer = make_company(slug="buyer")
        self.desk = make_desk(
            slug="desk", sectors=[self.sector], products=[self.product], buyers=[self.buyer]
        )
        coming = timezone.localdate() + timedelta(days=9)
        self.coming = make_desk(slug="coming", opens=coming, products=[self.product])
        self.contract = make_contract(reference="T-1", desk=self.desk, sector=self.sector, amounts=[1000])
        self.contract.parties.create(company=self.company, role="supplier")
        self.contract.lines.create(product=self.product, amount=500)
        make_engagement(product=self.product, company=self.company)
        make_call(product=self.product)
        make_question(product=self.product)
        make_question(desk=self.desk)
        make_demand(product=self.product, buyer=self.buyer, quantity=5)
        make_import(product=self.product, quantity=10)
        make_statement(product=self.product, sector=self.sector, desk=self.desk, headline=1)
        self.bank = make_company(slug="bank", kind="financier")
        terms = {"contract": self.contract, "lender": self.bank}
        self.facility = make_facility(company=self.company, payments=[5], **terms)
        self.unit = make_unit(
            slug="foundry", sector=self.sector, products=[self.product], province="qom", jobs=30
        )
        self.indicator = make_indicator(slug="deal-value")
        self.statement = make_statement(
            indicator=self.indicator, kind="target", unit="money", currency="EUR", value=2000, year_from=1405,
            product=self.product, sector=self.sector, desk=self.desk, headline=1,
        )  # fmt: skip

    def pages(self, languages=("en", "fa")):
        details = [record.get_absolute_url().split("/", 2)[2] for record in self.records()]
        paths = (*LISTS, *SHAPES, *details)
        pages = [f"/{language}/{path}" for language in languages for path in paths]
        return [*pages, *OUTSIDE]

    def records(self):
        return [
            self.sector,
            self.product,
            self.company,
            self.buyer,
            self.desk,
            self.coming,
            self.contract,
            self.bank,
            self.unit,
            self.indicator,
        ]


def hidden_sector(world, state):
    sector = make_sector(state=state, **SECRET)
    inside = make_product(sector=sector, slug="zz-hidden-product", name_en="Zzhidden pump")
    make_engagement(product=inside, company=world.company)
    make_import(product=inside, year=1405)
    make_demand(product=inside, buyer=world.buyer)
    world.desk.offers.create(product=inside)
    world.coming.offers.create(product=inside)
    world.desk.sectors.add(sector)
    world.unit.products.add(inside)
    make_unit(sector=sector, slug="zz-hidden-unit", name_en="Zzhidden works", products=[world.product])
    return sector


def hidden_product(world, state):
    product = make_product(state=state, sector=world.sector, **SECRET)
    make_engagement(product=product, company=world.company, stage="production")
    make_import(product=product, year=1405, value=10**12)
    make_demand(product=product, buyer=world.buyer)
    world.desk.offers.create(product=product)
    world.coming.offers.create(product=product)
    world.unit.products.add(product)
    make_call(product=product)
    make_question(product=product, text_en="Zzhidden?", text_fa="پنهانک؟")
    make_statement(
        product=product, label_en="Zzhidden", label_fa="پنهانک", indicator=make_indicator(state="draft")
    )
    return product


def hidden_company(world, state):
    company = make_company(state=state, province="qom", sector=world.sector, **SECRET)
    make_engagement(product=world.product, company=company, stage="production")
    make_demand(product=world.product, buyer=company, quantity=77, commitment="offtake")
    world.desk.desk_buyers.create(company=company)
    world.contract.parties.create(company=company, role="buyer")
    make_facility(company=company, contract=world.contract, lender=world.bank, payments=[10**8])
    return company


def hidden_engagement(world, state):
    return make_engagement(
        state=state, product=world.product, company=world.buyer, stage="production", evidence_en="Zzhidden"
    )


def hidden_desk(world, state):
    desk = make_desk(
        state=state, sectors=[world.sector], products=[world.product], buyers=[world.buyer], **SECRET
    )
    desk.target_amount, desk.target_currency = 999, "EUR"
    desk.save()
    type(world.desk).objects.filter(pk=world.desk.pk).update(continues=desk)
    return desk


def hidden_scope(world, state):
    """Statements of a public indicator on a hidden desk, product and sector, which their words would name;
    they contradict a public one and replace it."""
    desk = make_desk(state=state, **{**SECRET, "slug": "zz-hidden-desk"})
    product = make_product(state=state, sector=world.sector)
    for scope in ({"desk": desk}, {"product": product}, {"sector": make_sector(state=state)}):
        said = {
            "indicator": world.indicator,
            "unit": "money",
            "currency": "EUR",
            "kind": "target",
            "headline": 1,
        }
        hidden = make_statement(label_en="Zzhidden", label_fa="پنهانک", **said, **scope)
        hidden.contradicts.add(world.statement)
        type(hidden).objects.filter(pk=hidden.pk).update(supersedes=world.statement)
    return desk


def hidden_contract(world, state):
    contract = make_contract(
        state=state, desk=world.desk, sector=world.sector, amounts=[10**9], **SECRET_CONTRACT
    )
    contract.parties.create(company=world.company, role="supplier")
    contract.lines.create(product=world.product, amount=10**9)
    return contract


def hidden_facility(world, state):
    terms = {"contract": world.contract, "lender": world.bank, "payments": [10**8]}
    return make_facility(state=state, company=world.company, purpose_en="Zzhidden", **terms)


def hidden_lender(world, state):
    """A public facility of a lender and on a contract that are not."""
    company = make_company(state=state, kind="financier", **SECRET)
    contract = make_contract(state=state, **SECRET_CONTRACT)
    contract.lines.create(product=make_product(sector=world.sector, state="draft"))
    type(world.facility).objects.filter(pk=world.facility.pk).update(lender=company, contract=contract)
    return company


def hidden_unit(world, state):
    values = {
        "products": [world.product],
        "jobs": 900,
        "province": "qom",
        "causes": "energy",
        "needs": "buyer",
    }
    return make_unit(state=state, sector=world.sector, **values, **SECRET)


def hidden_document(world, state):
    return Document.objects.create(
        state=state,
        withdrawn_reason_en="Out of date.",
        withdrawn_reason_fa="کهنه شده است.",
        product=world.product,
        access="public",
        title_en="Zzhidden",
        title_fa="پنهانک",
        file=SimpleUploadedFile("spec.pdf", b"%PDF-1.4 zzhidden"),
    )


def hidden_question(world, state):
    """Of a product and of a desk; nobody else may read it, nor find the product by its words."""
    asked = {"text_en": "Zzhidden?", "text_fa": "پنهانک؟", "answer_en": "Zzhidden.", "answer_fa": "پنهانک."}
    make_question(state=state, desk=world.desk, **asked)
    return make_question(state=state, product=world.product, **asked)


def hidden_indicator(world, state):
    indicator = make_indicator(state=state, **SECRET)
    scope = {"product": world.product, "sector": world.sector, "desk": world.desk}
    make_statement(indicator=indicator, label_en="Zzhidden", label_fa="پنهانک", headline=1, **scope)
    return indicator


def hidden_indicator_of_units(world, state):
    """What officials stated of idle units leads the list of units."""
    indicator = make_indicator(**{**SECRET, "slug": "idle-units"}, state=state)
    make_statement(indicator=indicator, label_en="Zzhidden", label_fa="پنهانک", value=2200, kind="plan")
    return indicator


NOUNS = {
    "sector": hidden_sector,
    "product": hidden_product,
    "company": hidden_company,
    "engagement": hidden_engagement,
    "desk": hidden_desk,
    "scope of a statement": hidden_scope,
    "contract": hidden_contract,
    "facility": hidden_facility,
    "unit": hidden_unit,
    "document": hidden_document,
    "question": hidden_question,
    "indicator": hidden_indicator,
    "indicator of units": hidden_indicator_of_units,
}


def test_a_public_facility_names_neither_a_hidden_lender_nor_a_hidden_contract(client):
    world = World()
    hidden = hidden_lender(world, "withdrawn")
    for page, text in read(world.pages()).items():
        for secret in ("zz-hidden", "ZZ-HIDDEN", "Zzhidden", "پنهانک"):
            assert secret not in text, page
    assert "a financier not shown here" in client.get("/en/companies/kavir/").content.decode()
    guess_its_address(client, hidden, "en", "withdrawn")


def read(pages):
    visitor = Client()
    found = {}
    for page in pages:
        response = visitor.get(page)
        assert response.status_code == 200, page
        found[page] = b"".join(response).decode()
    return found


@pytest.mark.walk
@pytest.mark.parametrize("noun", NOUNS)
def test_a_draft_is_reachable_by_no_road(client, noun):
    look_for(client, [noun], "draft", languages=["en"])


@pytest.mark.parametrize("state", ["in_review", "withdrawn"])
def test_an_unpublished_record_is_reachable_by_no_road(client, state):
    """All nouns at once: each is walked by itself above, as a draft."""
    look_for(client, NOUNS, state, languages=["en", "fa"])


def look_for(client, nouns, state, languages):
    """Hide a record of each of the nouns, then look for it wherever a visitor can."""
    world = World()
    pages = world.pages(languages)
    before = read(pages)
    records = [NOUNS[noun](world, state) for noun in nouns]
    after = read(pages)
    for page in pages:
        assert after[page] == before[page], page
    for language in languages:
        for record in records:
            guess_its_address(client, record, language, state)
        search_its_words(client, language)


def guess_its_address(client, record, language, state):
    if not hasattr(record, "get_absolute_url"):
        return
    address = record.get_absolute_url().replace("/en/", f"/{language}/", 1)
    if isinstance(record, Indicator):  # a row of the programme page, or a page of its own
        with translation.override(language):
            address = reverse("catalog:indicator_detail", args=[record.slug])
    response = client.get(address)
    assert response.status_code == (410 if state == "withdrawn" else 404)
    text = response.content.decode()
    assert "Zzhidden" not in text
    assert "پنهانک" not in text


def search_its_words(client, language):
    for path in ("products/", "companies/", "contracts/", "units/", *SHAPES):
        for words in ("zzhidden", "پنهانک"):
            text = b"".join(client.get(f"/{language}/{path}", {"q": words})).decode()
            for address in ("/zz-hidden", "/ZZ-HIDDEN"):
                assert address not in text
    for noun in ("products", "companies", "contracts", "units"):
        assert client.get(f"/api/v1/{noun}/", {"q": "zzhidden"}).json()["count"] == 0
