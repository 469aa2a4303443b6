"""Financing as readers see it: on the page of a company, a contract and a product, and on its own."""

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_company,
    make_contract,
    make_engagement,
    make_facility,
    make_indicator,
    make_office,
    make_product,
    make_sector,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db

WORDS = {
    "en": ("Financing it was given", "paid, of", "A second line", "guaranteed"),
    "fa": ("تسهیلاتی که گرفته است", "پرداخت‌شده، از", "خط دوم", "تضمین‌شده"),
}


def served(client, address, language="en"):
    response = client.get(re.sub("^/(en|fa)/", f"/{language}/", address))
    assert response.status_code == 200
    return response.content.decode()


def read(client, address, language="en"):
    """What the page says: tags gone, spaces joined."""
    main = served(client, address, language).split("<main")[1].split("</main>")[0]
    text = re.sub(r"<svg.*?</svg>", " ", main, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.fixture
def bank():
    return make_company(name_en="Alvand Bank", name_fa="بانک الوند", kind="financier")


@pytest.fixture
def maker():
    return make_company(name_en="Kavir Pumps", name_fa="پمپ کویر")


@pytest.fixture
def loan(bank, maker):
    """Of a billion rials, with two payments of a quarter, on a contract."""
    return make_facility(
        company=maker,
        lender=bank,
        contract=make_contract(reference="T-1", title_en="Pumps for a refinery", amounts=[5]),
        purpose_en="A second line",
        purpose_fa="خط دوم",
        approved_on=date(2026, 4, 1),
        payments=[250_000_000, 250_000_000],
    )


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_company_s_page_shows_what_it_was_given_and_by_whom(client, loan, maker, language):
    make_facility(company=maker, kind="guarantee", currency="EUR", approved_amount=900_000)
    text = read(client, maker.get_absolute_url(), language)
    for words in WORDS[language]:
        assert words in text
    page = served(client, maker.get_absolute_url(), language)
    assert f'href="/{language}/companies/{loan.lender.slug}/"' in page
    assert f'href="/{language}/contracts/T-1/"' in page
    assert f'id="facility-{loan.reference}"' in page
    assert page.count("<time") >= 3  # the approval and two payments
    assert ("50%" if language == "en" else "۵۰\u200f٪") in text
    assert ("€900,000" if language == "en" else "۹۰۰٬۰۰۰ یورو") in text


def test_a_financier_s_page_shows_what_it_gave_and_does_not_ask_what_it_was_given(client, loan, bank):
    text = read(client, bank.get_absolute_url())
    assert "Financing it gave" in text
    assert "Kavir Pumps" in text
    assert "500 million rials paid, of 1 billion rials approved" in text
    assert "Financing it was given" not in text


def test_where_nothing_is_on_record_the_pages_say_so(client, bank, maker):
    for record, absent in (
        (bank, "Financing it gave"),
        (maker, "What financing there is, and on what conditions"),
        (make_product(), "Financing of companies that work on it"),
    ):
        text = read(client, record.get_absolute_url())
        assert absent in text.split("Not on record")[1]
    contract = make_contract(amounts=[5])
    assert "No loan, guarantee or grant that rests on it" in read(client, contract.get_absolute_url())
    for language in ("en", "fa"):
        assert ("None on record" if language == "en" else "ثبت نشده") in read(
            client, "/en/financing/", language
        )


def test_a_memorandum_is_not_asked_for_financing(client):
    contract = make_contract(kind="memorandum")
    assert "Financing that rests on it" not in read(client, contract.get_absolute_url())


def test_a_contract_s_page_shows_what_rests_on_it(client, loan):
    page = served(client, loan.contract.get_absolute_url())
    assert "Financing that rests on it" in page
    assert f'href="{loan.company.get_absolute_url()}#facility-{loan.reference}"' in page
    assert "Alvand Bank" in page


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_product_s_page_shows_what_its_makers_were_given_the_contract_s_own_first(
    client, loan, maker, language
):
    product = make_product()
    make_engagement(product=product, company=maker)
    loan.contract.lines.create(product=product)
    other = make_facility(company=maker, kind="grant")
    page = served(client, product.get_absolute_url(), language)
    station = page.split('<li id="financing">')[1].split('<li id="ask">')[0]
    assert station.index(loan.reference) < station.index("<h3>", station.index("<h3>") + 1)
    assert station.index("<h3>", station.index("<h3>") + 1) < station.index(other.reference)
    assert station.count(f">{loan.reference}<") == 1
    assert ("Resting on a contract for it" if language == "en" else "با پشتوانهٔ قرارداد همین کالا") in station
    assert f"/{language}/financing/" in station


def test_facilities_of_a_sample_are_marked_wherever_they_stand(client):
    maker = make_company(origin="sample")
    contract = make_contract(origin="sample", amounts=[1])
    product = make_product(origin="illustrative")
    make_engagement(product=product, company=maker, origin="sample")
    facility = make_facility(company=maker, contract=contract, origin="sample", payments=[5])
    for record in (maker, contract, product):
        page = served(client, record.get_absolute_url())
        assert 'class="sample-page"' in page  # all of it is
        assert facility.reference in page
    text = read(client, "/en/financing/")
    assert "no payment on record Sample 5 rials" in text
    assert "None on record Sample 1 on record, to 1 company" in text


def state_the_article_s_figures():
    article = make_source(publisher_en="Mehr News Agency")
    values = {"origin": "article", "source": article, "qualifier": "more than", "year_from": 1399}
    paid, companies, projects = (
        make_indicator(slug=slug)
        for slug in ("knowledge-based-facilities", "knowledge-based-companies", "project-value")
    )
    make_statement(indicator=paid, unit="money", currency="IRR", value=2 * 10**12, **values)
    make_statement(indicator=paid, unit="money", currency="USD", value=47_000_000, **values)
    make_statement(indicator=companies, value=137, **values)
    defined = make_statement(
        indicator=projects,
        unit="money",
        currency="USD",
        value=952_000_000,
        **{**values, "qualifier": "about"},
    )
    other = make_statement(
        indicator=projects,
        unit="money",
        currency="USD",
        value=173_900_000,
        origin="press",
        source=make_source(publisher_en="Financial Tribune"),
    )
    defined.contradicts.add(other)


def test_what_the_article_states_stands_beside_what_is_recorded_each_with_its_own_label(client, loan):
    state_the_article_s_figures()
    loan.company.knowledge_based = True
    loan.company.save()
    make_facility(payments=[100_000_000])
    make_office()
    text = read(client, "/en/financing/")
    words = "In the article’s words, more than 2 trillion rials were paid in 1399 (2020/21) to more than 137"
    assert words in text
    assert "It gives the same sum as more than $47m too." in text
    assert "Another figure: $173.9m · Financial Tribune" in text
    assert "600 million rials The sum of the payments of loans and grants." in text
    assert "Of it to knowledge-based companies: 500 million rials" in text
    assert "2 companies paid 1 of them is recorded as knowledge-based." in text
    assert "What companies of your size or sector were paid" not in text


def test_the_article_s_words_are_one_click_from_a_product_without_any_facility(client):
    state_the_article_s_figures()
    for language, said in (("en", "more than 137"), ("fa", "بیش از ۱۳۷")):
        page = served(client, make_product().get_absolute_url(), language)
        assert f'href="/{language}/financing/"' in page.split('id="missing"')[1].split("</section>")[0]
        assert said in read(client, "/en/financing/", language)


def test_home_asks_the_question_and_leads_to_its_answer(client):
    page = served(client, "/en/")
    assert '<a href="/en/financing/">What financing is there, and what was paid to' in page
    assert "What companies of your size or sector were paid" in read(client, "/en/financing/")


def test_samples_are_added_to_nothing_real_and_the_page_costs_the_same_for_many(client):
    def add(times):
        for _ in range(times):
            make_facility(company=make_company(sector=make_sector(), size="large"), payments=[1000])
            sample = make_company(origin="sample", size="large", knowledge_based=True)
            make_facility(company=sample, origin="sample", payments=[7])
            make_statement(origin="article", source=make_source(), indicator=paid)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            served(client, "/en/financing/")
        return len(queries)

    paid = make_indicator(slug="knowledge-based-facilities")
    add(1)
    cost()
    few = cost()
    add(2)
    assert cost() == few <= 10
    text = read(client, "/en/financing/")
    assert "3,000 rials The sum of the payments of loans and grants. Sample 21 rials" in text
    assert "3 companies paid 0 of them are recorded as knowledge-based. Sample 3 companies paid. 3 of" in text
    programme = read(client, "/en/programme/")
    assert "3,021" not in text + programme


def test_the_programme_page_and_this_one_give_the_same_answer(client):
    state_the_article_s_figures()
    make_facility(payments=[2_000_000_000], approved_amount=3_000_000_000)
    make_facility(kind="guarantee", payments=[500_000_000])
    assert "2 billion rials" in read(client, "/en/financing/")
    assert "2 billion rials to 1 company" in read(client, "/en/programme/")


def test_a_reader_chooses_which_companies_are_like_the_own(client):
    sector = make_sector()
    for values in ({"size": "small", "sector": sector}, {"size": "small"}, {"size": "large"}):
        make_facility(company=make_company(**values), payments=[1000])
    sample = make_company(origin="sample", size="small", sector=sector)
    make_facility(company=sample, origin="sample", kind="grant", payments=[7])
    text = read(client, "/en/financing/?size=small").split("companies like yours")[2]
    assert "Size: 11 to 50 people Clear Loan 2,000 rials" in text
    assert "2 companies Sample records Sample Grant 7 rials" in text
    text = read(client, f"/en/financing/?size=small&sector={sector.slug}")
    assert "Loan 1,000 rials" in text
    text = read(client, "/en/financing/?kind=financier&size=huge")
    assert "No loan, guarantee or grant to such a company is on record." in text
    assert "Left aside, because it cannot be used here: size=huge" in text
