"""The programme page and the pages of its indicators: said beside on record, in both languages."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_facility,
    make_import,
    make_indicator,
    make_product,
    make_rate,
    make_sector,
    make_source,
    make_statement,
    make_unit,
)
from tests.words import words

pytestmark = pytest.mark.django_db


def read(client, path="", language="en"):
    """The words of a page under programme/."""
    response = client.get(f"/{language}/programme/{path}")
    assert response.status_code == 200
    return words(response.content.decode())


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_empty_site_says_what_is_not_known(client, language):
    page = read(client, language=language)
    assert not re.search(r"(?<![\d.])[0۰](?![\d])", page)
    if language == "en":
        assert "Nothing stated on the programme is public yet" in page
        assert "The saving by its parts The targets of the desks" in page.split("Not on record")[1]
        assert "Records that somebody must confirm" in page
        assert "How fresh" not in page


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_indicator_with_one_figure_leads_to_its_row_and_stands_in_no_sitemap(language):
    client = Client()
    indicator = make_indicator(slug="parts", name_en="Parts made")
    address = f"/{language}/programme/#indicator-parts"
    for figures in (0, 1):
        response = client.get(f"/{language}/programme/parts/?rate=market")
        leads_to = address.replace("#", "?rate=market#")
        assert (response.status_code, response.headers["Location"]) == (302, leads_to)
        page = client.get(f"/{language}/programme/").content.decode()
        assert page.count('id="indicator-parts"') == 1
        assert f'href="/{language}/programme/parts/' not in page
        statement = make_statement(indicator=indicator, value=1000 + figures, unit="parts")
    assert "programme/parts/" in client.get("/sitemap-indicators.xml").content.decode()
    assert client.get(f"/{language}/programme/parts/").status_code == 200
    statement.delete()
    assert "programme/parts/" not in client.get("/sitemap-indicators.xml").content.decode()
    page = client.get(f"/{language}/programme/").content.decode()
    assert "nothing stated yet" not in page
    assert page.count('id="said-') == 1


def test_figures_that_are_not_public_give_an_indicator_no_page(client):
    indicator, product = make_indicator(slug="parts"), make_product(state="draft")
    for _ in range(2):
        make_statement(indicator=indicator, product=product)
    assert client.get("/en/programme/parts/").status_code == 302
    product.state = "published"
    product.save()
    assert client.get("/en/programme/parts/").status_code == 200
    desk = make_desk(opens=None)
    indicator.statements.update(product=None, desk=desk)
    assert client.get("/en/programme/parts/").status_code == 200
    desk.state = "draft"
    desk.save()
    assert client.get("/en/programme/parts/").status_code == 302


def test_what_is_missing_of_the_sources_is_said_once_above(client):
    indicator = make_indicator(slug="saving")
    article = make_source(publisher_en="Mehr News Agency", published_about_en="autumn 2020", address="")
    other = make_source(publisher_en="Eranico", address="https://eranico.example/1")
    for source in (article, other):
        make_statement(indicator=indicator, source=source, origin="press", headline=1)
    for path in ("", "saving/"):
        page = read(client, path)
        words = "Of this source neither address nor headline is on record: Mehr News Agency (autumn 2020)."
        assert page.count(words) == 1
        assert page.count("Where no date stands beside a figure, the day it was published is not") == 1
        assert "date not recorded" not in page
    assert "Mehr News Agency, autumn 2020" in read(client, "saving/")
    other.published_on = "2020-11-22"
    other.save()
    assert "Where no date stands" not in read(client)


def test_real_and_sample_are_drawn_apart_and_a_sample_finds_nothing(client):
    for _ in range(2):
        make_contract(amounts=[1_500_000_000], signed_on="2020-05-01")
    make_contract(amounts=[22_800_000], signed_on="2020-05-01", origin="sample")
    make_unit(province="yazd", origin="sample")
    html = client.get("/en/programme/").content.decode()
    real, sample, units = (
        words(html.split(f'id="chart-{name}"')[1].split("</figure>")[0])
        for name in ("years", "years-samples", "provinces-samples")
    )
    assert "The busiest year on record is 1399 (2020/21): 2 of 2 contracts" in real
    assert "1399 (2020/21) 2 3 0" in real
    assert "Sample" not in real
    assert "Contracts by year of signature Sample" in sample
    assert "1399 (2020/21) 1 22.8 0" in sample
    assert "Idle units by province Sample" in units
    assert 'id="chart-provinces"' not in html


def test_a_withdrawn_indicator_answers_410_and_its_row_is_gone(client):
    indicator = make_indicator(slug="idle-units", unit="units")
    make_statement(indicator=indicator, label_en="Units planned", kind="plan", unit="units", value=2200)
    assert "Units planned" in read(client)
    indicator.withdraw("Counted twice.", "دوبار شمرده شده بود.")
    assert "Units planned" not in read(client)
    response = client.get("/en/programme/idle-units/")
    assert response.status_code == 410
    assert "Counted twice." in response.content.decode()


def test_contracts_on_record_are_held_against_the_target_in_its_currency_only(client):
    desk = make_desk(year=1399, target_amount=200, target_currency="EUR")
    deals = make_indicator(slug="deal-value")
    make_statement(
        indicator=deals, kind="target", unit="money", currency="EUR", value=200, year_from=1399, year_to=1399
    )
    make_contract(desk=desk, amounts=[50])
    make_contract(desk=desk, amounts=[90], currency="USD")
    make_contract(desk=desk, amounts=[90], kind="memorandum")
    make_desk(year=1399, target_amount=10**9, target_currency="IRR")
    page = read(client)
    assert "One desk of 1399 aims at €200" in page
    assert "25% of the target" in page
    assert "€50 $90 in 2 contracts" in page
    assert "1 memorandum, agreement or plan is not counted" in page


def test_stated_figures_lead_to_everything_said_on_them(client):
    indicator = make_indicator(slug="saving", name_en="Saving")
    sector, product, desk = make_sector(), make_product(), make_desk()
    for _ in range(2):  # then the indicator has a page
        make_statement(indicator=indicator)
    scopes = ({"headline": 1}, {"sector": sector}, {"product": product}, {"desk": desk})
    for scope in scopes:
        source = make_source()
        statement = make_statement(indicator=indicator, source=source, **scope)
        address = f'href="/en/programme/saving/#said-{statement.key}"'
        record = scope.get("sector") or scope.get("product") or scope.get("desk")
        page = record.get_absolute_url() if record else "/en/"
        assert address in client.get(page).content.decode(), page
        assert f'id="said-{statement.key}"' in client.get("/en/programme/saving/").content.decode()


def fill(times):
    deals, saving = (make_indicator() for _ in range(2))
    for _ in range(times):
        sector = make_sector()
        desk = make_desk(sectors=[sector], year=1399, target_amount=5, target_currency="EUR")
        product = make_product(sector=sector)
        make_engagement(product=product, origin="sample")
        make_demand(product=product)
        make_import(product=product)
        make_contract(desk=desk, amounts=[5])
        make_unit(sector=sector)
        make_facility(company=make_company(knowledge_based=True), payments=[5])
        make_rate(kind="market")
        one = make_statement(indicator=saving, source=make_source(), sector=sector)
        other = make_statement(indicator=deals, source=make_source(), desk=desk, product=product)
        one.contradicts.add(other)
        make_statement(indicator=saving, source=make_source(), supersedes=one)
    return saving


def test_both_pages_cost_the_same_for_many_rows(client):
    for name, kind, unit in (("idle-units", "plan", "units"), ("deal-value", "target", "money")):
        make_statement(
            indicator=make_indicator(slug=name), kind=kind, unit=unit, currency="EUR", year_from=1399
        )
    counts = {"programme": [], "indicator": []}
    for times in (1, 4):
        indicator = fill(times)
        for name, path in (("programme", ""), ("indicator", f"{indicator.slug}/")):
            with CaptureQueriesContext(connection) as queries:
                read(client, path)
            counts[name].append(len(queries))
    assert counts["programme"][0] == counts["programme"][1] <= 34
    assert counts["indicator"][0] == counts["indicator"][1] <= 9
