"""The programme page and the pages of its indicators: said beside on record, in both languages."""

import re

import pytest
from django.db import connection
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
        assert "Not on record The saving by its parts The targets of the desks" in page
        assert "Records that somebody must confirm" in page
        assert "How fresh" not in page


def test_an_indicator_without_a_public_figure_says_so(client):
    make_indicator(slug="parts")
    assert "No figure stated for it is public yet." in read(client, "parts/")


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
    scopes = (
        {"headline": 1},
        {"sector": sector},
        {"product": product},
        {"desk": desk},
        {"origin": "article"},
    )
    for scope in scopes:
        source = make_source()
        statement = make_statement(indicator=indicator, source=source, **scope)
        address = f'href="/en/programme/saving/#said-{statement.key}"'
        record = scope.get("sector") or scope.get("product") or scope.get("desk")
        page = record.get_absolute_url() if record else "/en/about/" if "origin" in scope else "/en/"
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
        make_rate()
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
    assert counts["programme"][0] == counts["programme"][1] <= 30
    assert counts["indicator"][0] == counts["indicator"][1] <= 9
