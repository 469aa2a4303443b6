"""Every noun's pages answer, in both languages, to all roles that may see them, with any input."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import AccountEvent, CustomsFile, Import, Outbox, Revision
from tests import factories as make

LISTS_ALONE = (AccountEvent, CustomsFile, Import, Outbox, Revision)
NOUNS = sorted(
    (m for m in admin.site._registry if m._meta.app_label == "catalog" and m not in LISTS_ALONE),
    key=lambda m: m.__name__,
)
IDS = [noun._meta.model_name for noun in NOUNS]


def list_url(noun):
    return f"/admin/catalog/{noun._meta.model_name}/"


@pytest.fixture
def some_of_each(at_once):
    """One row of every noun."""
    with at_once():
        product, company = make.make_product(), make.make_company()
        make.make_engagement(product=product, company=company)
        make.make_import(product=product)
        make.make_demand(product=product, buyer=company)
        product.parameters.create(name_en="Pressure", name_fa="فشار", value="2", unit="bar")
        product.documents.create(title_en="Drawing", title_fa="نقشه", file="a.pdf")
        make.make_source()
        make.make_office()
        make.make_statement(indicator=make.make_indicator())
        desk = make.make_desk(sectors=[product.sector], products=[product], buyers=[company])
        contract = make.make_contract([100, 200], desk=desk)
        contract.milestones.create(due="2026-01-01")
        contract.parties.create(company=company)
        make.make_unit(products=[product], causes="finance", needs="buyer")
        make.make_facility(payments=[5], company=company, contract=contract)
        make.make_rate()
        make.make_guide_step()
        make.make_call()
        make.make_question(product=product)
        make.make_holiday()


def test_every_noun_that_is_not_a_row_of_another_has_pages():
    rest = {"importrecord", "indicator", "office", "parameter", "product", "sector", "source", "statement"}
    programme = {"idleunit", "facility", "exchangerate", "guidestep", "call", "question", "holiday"}
    assert set(IDS) == rest | programme | {"company", "contract", "demand", "desk", "document", "engagement"}


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("noun", NOUNS, ids=IDS)
@pytest.mark.walk
def test_its_pages_answer_to_an_administrator(administrator, some_of_each, noun, language):
    row = noun._default_manager.first()
    for url in ("", "add/", f"{row.pk}/change/", f"{row.pk}/history/"):
        page = administrator.get(list_url(noun) + url, headers={"accept-language": language})
        assert page.status_code == 200, url
        assert f'lang="{language}"' in page.text
        assert 'style="' not in page.text
        assert "onclick" not in page.text
        for english in re.findall(r'name="([\w-]+)_en"', page.text):
            places = [page.text.index(f'name="{english}_{each}"') for each in ("en", "fa")]
            assert places == sorted(places, reverse=language == "fa"), english


@pytest.mark.parametrize("noun", NOUNS, ids=IDS)
def test_an_officer_reads_every_noun(officer, some_of_each, noun):
    row = noun._default_manager.first()
    for url in ("", f"{row.pk}/change/", f"{row.pk}/history/"):
        assert officer.get(list_url(noun) + url).status_code == 200, url


@pytest.mark.parametrize("noun", NOUNS, ids=IDS)
def test_odd_queries_are_no_errors(administrator, some_of_each, noun):
    for query in ("q=%00", "q=%22((AND*", "state__exact=%00", "sector__id__exact=abc", "p=abc", "o=9.-8"):
        assert administrator.get(f"{list_url(noun)}?{query}").status_code in (200, 302), query


def test_odd_values_of_our_own_filters_show_all(administrator, some_of_each):
    for query in ("signed_in=abc", "year=%00", "freshness=x", "condition=x", "year=99999999999999999999"):
        for noun in ("contract", "desk", "demand", "engagement"):
            answer = administrator.get(f"/admin/catalog/{noun}/?{query}")
            assert answer.status_code in (200, 302), (noun, query)


def test_autocomplete_survives_odd_terms(administrator, some_of_each):
    url = "/admin/autocomplete/?app_label=catalog&model_name=contract&field_name=desk&term="
    for term in ("%00", "%22", "a%27", "ي"):
        assert administrator.get(url + term).status_code == 200


def test_a_list_costs_the_same_with_more_rows(administrator, some_of_each):
    def cost(url):
        administrator.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert administrator.get(url).status_code == 200
        return len(queries)

    before = {noun: cost(list_url(noun)) for noun in NOUNS}
    for _again in range(6):
        product, company = make.make_product(), make.make_company()
        make.make_engagement(product=product, company=company)
        make.make_import(product=product)
        make.make_demand(product=product, buyer=company)
        product.parameters.create(name_en="Pressure", name_fa="فشار", value="2")
        product.documents.create(title_en="Drawing", title_fa="نقشه")
        make.make_source()
        make.make_office()
        make.make_statement(source=make.make_source())
        desk = make.make_desk(products=[product])
        make.make_contract([100], desk=desk).milestones.create(due="2026-01-01")
    assert {noun: cost(list_url(noun)) for noun in NOUNS} == before


def test_arabic_letters_and_persian_digits_find_the_same(administrator):
    make.make_company(name_fa="یکتا ۱۲")
    for words in ("يكتا", "یکتا"):
        assert "یکتا" in administrator.get("/admin/catalog/company/", {"q": words}).text


def test_staff_choose_the_language_and_readers_get_no_cookie(administrator, client):
    administrator.post("/i18n/setlang/", {"language": "fa", "next": "/admin/"})
    assert 'lang="fa"' in administrator.get("/admin/").text
    assert "portal_language" not in client.get("/admin/login/").cookies


def test_quantities_in_lists_are_counted_in_words(admin_client, db):
    product = make.make_product(unit="piece")
    make.make_demand(product=product, quantity=32)
    make.make_import(product=product, quantity=1)
    assert "32 pieces" in admin_client.get("/admin/catalog/demand/").text
    assert "1 piece<" in admin_client.get("/admin/catalog/importrecord/").text
