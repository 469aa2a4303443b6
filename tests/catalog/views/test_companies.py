"""Companies: the listing with its query, and the page of one."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Company, Party
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_facility,
    make_product,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db


def listing(client, language="en", **query):
    response = client.get(f"/{language}/companies/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return response


def names(response):
    return [company.name_en for company, _work in response.context["rows"]]


def counts(response, name):
    facet = next(facet for facet in response.context["facets"] if facet.name == name)
    return {choice.value: choice.count for choice in facet.choices if choice.value}


@pytest.fixture
def companies():
    cars = make_sector(slug="cars")
    make_company(name_en="Iran Khodro", name_fa="ایران‌خودرو", sector=cars, province="tehran", kind="firm")
    make_company(
        name_en="Zagros Pumps", name_fa="پمپ زاگرس", province="qom", kind="firm", knowledge_based=True
    )
    make_company(name_en="Azar Institute", name_fa="پژوهشگاه آذر", province="qom", kind="research")
    make_company(name_en="Hidden", state="draft", province="qom")


@pytest.mark.usefixtures("companies")
class TestListing:
    def test_it_lists_public_companies_by_name(self, client):
        assert names(listing(client)) == ["Azar Institute", "Iran Khodro", "Zagros Pumps"]

    def test_in_persian_the_alphabet_is_persian(self, client):
        assert names(listing(client, "fa")) == ["Iran Khodro", "Azar Institute", "Zagros Pumps"]

    @pytest.mark.parametrize(
        "text", ["iran", "KHODRO", "khod iran", "ایران خودرو", "ايران‌خودرو", "ایرانخودرو", "irankhodro"]
    )
    def test_a_name_is_found_however_it_is_typed(self, client, text):
        assert names(listing(client, q=text)) == ["Iran Khodro"]

    def test_letters_inside_a_word_find_nothing(self, client):
        assert names(listing(client, q="odro")) == []

    @pytest.mark.parametrize("text", ["irann khodro", "iran kodro", "KHUDRO", "ایران خودور", "hdvhk o,nv,"])
    def test_a_misspelt_name_is_corrected(self, client, text):
        response = listing(client, q=text)
        assert names(response) == ["Iran Khodro"]
        assert "No company is called" in response.content.decode()

    def test_choices_within_a_facet_add_up_and_across_facets_narrow(self, client):
        assert len(names(listing(client, province=["tehran", "qom"]))) == 3
        assert names(listing(client, province="qom", kind="research")) == ["Azar Institute"]
        assert names(listing(client, sector="cars")) == ["Iran Khodro"]
        assert names(listing(client, knowledge_based="yes")) == ["Zagros Pumps"]
        assert names(listing(client, knowledge_based="no")) == []
        assert len(names(listing(client, knowledge_based="unknown"))) == 2

    def test_every_count_equals_the_rows_behind_its_link(self, client):
        for query in ({}, {"province": "qom"}, {"kind": "firm", "knowledge_based": "unknown"}, {"q": "a"}):
            for facet in listing(client, **query).context["facets"]:
                for choice in facet.choices:
                    if choice.value and not choice.selected:
                        alone = {**query, facet.name: choice.value}
                        assert choice.count == len(names(listing(client, **alone))), (query, choice)

    def test_a_facet_ignores_its_own_choice(self, client):
        assert counts(listing(client, province="tehran"), "province") == {"tehran": 1, "qom": 2}

    def test_companies_with_most_products_come_first_when_asked(self, client):
        busy = Company.objects.get(name_en="Zagros Pumps")
        make_engagement(company=busy, stage="design")
        make_engagement(company=busy, stage="production")
        make_demand(buyer=Company.objects.get(name_en="Iran Khodro"))
        response = listing(client, order="-products")
        assert names(response)[0] == "Zagros Pumps"
        work = {company.name_en: work for company, work in response.context["rows"]}
        assert (work["Zagros Pumps"].makes, work["Zagros Pumps"].furthest) == (2, "production")
        assert work["Iran Khodro"].buys == 1

    @pytest.mark.parametrize(
        "query",
        [
            "sector=nonsense",
            "province=atlantis",
            "kind=x",
            "knowledge_based=perhaps",
            "order=best",
            "nonsense=1",
            "province=%00",
            "page=9999",
            "page=-1",
            "page=abc",
            "page=1e400",
            "page=" + "9" * 5000,
        ],
    )
    def test_what_cannot_be_used_is_named_and_the_rest_is_shown(self, client, query):
        response = client.get(f"/en/companies/?{query}")
        assert response.status_code == 200
        assert len(response.context["notices"]) == 1
        assert len(names(response)) == 3

    @pytest.mark.parametrize("text", ["%00", "***", "‌", '"(((AND*NEAR', "x" * 201, "\U0001f600"])
    def test_any_text_can_be_searched(self, client, text):
        response = client.get("/en/companies/", {"q": text})
        assert response.status_code == 200

    def test_text_without_a_word_says_so(self, client):
        response = listing(client, q="***")
        assert len(names(response)) == 3
        assert "***" in response.context["notices"][0]

    def test_titles_say_what_is_chosen(self, client):
        assert "<title>Companies: Qom, Research body ·" in listing(
            client, province="qom", kind="research"
        ).content.decode().replace("\n", "")


def test_pages_neither_repeat_nor_lose_a_row(client):
    for _ in range(60):
        make_company(name_en="Same name")
    seen = [company.pk for page in (1, 2, 3) for company, _work in listing(client, page=page).context["rows"]]
    assert len(seen) == len(set(seen)) == 60


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_listing_costs_the_same_for_many_companies(client, language):
    def add(number):
        for _ in range(number):
            company = make_company(sector=make_sector(), province="qom")
            make_engagement(company=company)
            make_demand(buyer=company)

    add(2)
    address = f"/{language}/companies/?order=-products"
    few = queries(client, address)
    add(10)
    assert queries(client, address) == few <= 10


def party(contract, company, role="supplier"):
    return Party.objects.create(contract=contract, company=company, role=role)


class TestPage:
    def test_it_shows_work_demand_contracts_and_desks_that_are_public(self, client):
        company, desk = make_company(), make_desk(name_en="Pump desk")
        make_engagement(
            company=company, product=make_product(name_en="Pump"), stage="testing", seeks="finance"
        )
        make_engagement(company=company, product=make_product(name_en="Draft product", state="draft"))
        make_engagement(company=company, product=make_product(name_en="Draft work"), state="draft")
        make_demand(buyer=company, product=make_product(name_en="Bearing"), commitment="tendered")
        make_demand(buyer=company, product=make_product(name_en="Gone", state="withdrawn"))
        contract = make_contract(amounts=[900], desk=desk)
        contract.lines.update(delivered_amount=300)
        party(contract, company)
        party(make_contract(amounts=[5], title_en="Draft contract", state="draft"), company)
        make_desk(name_en="Draft desk", state="draft", buyers=[company])
        page = client.get(company.get_absolute_url()).content.decode()
        for text in ("Pump", "Bearing", contract.title_en, "Pump desk", "€900", "€300", "finance"):
            assert text in page
        for text in ("Draft product", "Draft work", "Gone", "Draft contract", "Draft desk"):
            assert text not in page

    def test_sums_are_by_currency_and_memoranda_stand_apart(self, client):
        company = make_company()
        for values in (
            {"amounts": [100, 50]},
            {"amounts": [7], "currency": "USD"},
            {"amounts": [1000], "kind": "memorandum"},
        ):
            party(make_contract(**values), company)
        totals = client.get(company.get_absolute_url()).context["totals"]
        found = {t.kind: [(a.amount, a.currency) for a in t.real.amounts] for t in totals}
        assert found == {"contract": [(150, "EUR"), (7, "USD")], "memorandum": [(1000, "EUR")]}

    def test_the_site_of_a_company_is_not_endorsed(self, client):
        company = make_company(website="https://company.example/")
        page = client.get(company.get_absolute_url()).content.decode()
        assert 'href="https://company.example/" rel="nofollow noopener external"' in page
        assert '<bdi dir="ltr">company.example</bdi>' in page

    def test_a_real_company_names_its_source_and_a_sample_says_what_it_is(self, client):
        real = make_company(origin="press", source=make_source(publisher_en="Example Daily"))
        sample = make_company(origin="sample")
        page = client.get(real.get_absolute_url()).content.decode()
        assert "Example Daily" in page
        assert "Everything on this page comes from the sources" in page
        assert "noindex" not in page
        page = client.get(sample.get_absolute_url()).content.decode()
        assert '<meta name="robots" content="noindex">' in page
        assert "This page is invented" in page

    def test_a_sector_that_is_not_public_is_left_out(self, client):
        company = make_company(sector=make_sector(name_en="Hidden sector", state="draft"))
        assert "Hidden sector" not in client.get(company.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(("state", "status"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
    def test_what_is_not_public_has_no_page(self, client, state, status):
        company = make_company(state=state)
        for language in ("en", "fa"):
            response = client.get(f"/{language}/companies/{company.slug}/")
            assert response.status_code == status

    def test_a_missing_persian_name_shows_the_latin_one_isolated(self, client):
        company = make_company(name_en="Zagros", name_fa="")
        page = client.get(f"/fa/companies/{company.slug}/").content.decode()
        assert '<bdi lang="en" dir="ltr">Zagros</bdi>' in page

    def test_it_costs_the_same_for_many_rows(self, client):
        company = make_company()

        def add(number):
            for _ in range(number):
                make_engagement(company=company, origin="press", source=make_source())
                make_demand(buyer=company, origin="press", source=make_source())
                contract = make_contract(amounts=[1], desk=make_desk(buyers=[company]))
                contract.milestones.create(due="2030-01-01")
                party(contract, company)
                make_facility(company=company, contract=contract, lender=make_company(), payments=[1, 2])
                make_facility(lender=company, origin="press", source=make_source(), payments=[1, 2])

        add(1)
        few = queries(client, company.get_absolute_url())
        add(6)
        assert queries(client, company.get_absolute_url()) == few <= 12


@pytest.mark.django_db
def test_a_long_list_of_a_company_stands_in_parts_and_none_is_lost(client):
    company = make_company(slug="large", state="published")
    for number in range(53):
        make_engagement(company=company, product=make_product(name_en=f"Part {number:02}"), stage="design")
    first = client.get("/en/companies/large/").content.decode()
    second = client.get("/en/companies/large/?engagements=2").content.decode()
    assert 'href="?engagements=2#makes"' in first
    shown = [sum(f">Part {number:02}</a>" in page for page in (first, second)) for number in range(53)]
    assert shown == [1] * 53
    assert "51 to 53 of 53" in second
    assert client.get("/en/companies/large/?engagements=x").status_code == 200
