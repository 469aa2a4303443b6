"""Sectors: the tiles, and the page of one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_sector,
    make_source,
    make_statement,
    make_unit,
)

pytestmark = pytest.mark.django_db


def get(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def fill(sector):
    product = make_product(sector=sector)
    make_import(product=product)
    make_engagement(product=product)
    make_demand(product=product)
    make_desk(sectors=[sector])
    make_contract(amounts=[7_000_000], sector=sector)
    make_unit([product], sector=sector, jobs=40)
    make_statement(sector=sector, source=make_source())


def test_sectors_that_cost_most_come_first(client):
    cheap, dear = make_sector(name_en="Cheap sector"), make_sector(name_en="Dear sector")
    make_sector(name_en="Unknown sector", order=1)
    make_import(product=make_product(sector=cheap), value=1_000_000)
    make_import(product=make_product(sector=dear), value=9_000_000)
    page = get(client, "/en/sectors/")
    assert page.index("Dear sector") < page.index("Cheap sector") < page.index("Unknown sector")
    assert "$9m" in page
    assert "$0" not in page


@pytest.mark.parametrize("language", ["en", "fa"])
def test_without_sectors_the_list_still_reads(client, language):
    assert "<h1>" in get(client, f"/{language}/sectors/")


def test_a_sector_counts_its_products_and_links_to_them(client):
    sector = make_sector(slug="cars")
    fill(sector)
    make_product(sector=sector)
    page = get(client, "/en/sectors/cars/")
    assert "/en/products/?companies=none&amp;sector=cars" in page
    assert "/en/products/?sector=cars&amp;stage=prototype" in page
    assert '<a href="/en/units/?sector=cars&amp;state=idle&amp;state=planned">1</a>' in page
    assert "40 jobs at a standstill" in page
    assert "€7m" in page


def test_memoranda_are_no_contracts(client):
    sector = make_sector(slug="cars")
    make_contract(amounts=[7_000_000], sector=sector, kind="memorandum")
    page = get(client, "/en/sectors/cars/")
    assert "<dt>Contracts</dt>" not in page
    assert "Memoranda, agreements, plans" in page


def test_figures_of_a_desk_or_product_stand_there_and_not_on_the_sector(client):
    sector = make_sector(slug="cars")
    make_statement(sector=sector, label_en="Of the sector")
    make_statement(sector=sector, desk=make_desk(), label_en="Of a desk")
    page = get(client, "/en/sectors/cars/")
    assert "Of the sector" in page
    assert "Of a desk" not in page


def test_nothing_unpublished_is_on_it(client):
    sector = make_sector(slug="cars")
    product = make_product(sector=sector)
    make_product(sector=sector, state="draft", name_en="Hidden product")
    make_engagement(product=product, company=make_company(state="draft", name_en="Hidden works"))
    make_desk(sectors=[sector], state="draft", name_en="Hidden desk")
    make_contract(amounts=[123_000_000], sector=sector, state="draft")
    page = get(client, "/en/sectors/cars/")
    assert "Hidden" not in page
    assert "€123m" not in page


def test_an_unpublished_sector_is_not_there_and_a_withdrawn_one_says_why(client):
    get(client, f"/en/sectors/{make_sector(state='draft').slug}/", 404)
    assert "Listed by mistake." in get(client, f"/en/sectors/{make_sector(state='withdrawn').slug}/", 410)


def test_both_pages_cost_the_same_for_many_rows(client):
    sector = make_sector(slug="cars")
    counts = []
    for rows in (1, 5):
        for _ in range(rows):
            fill(sector)
            fill(make_sector())
        for address in ("/en/sectors/", "/en/sectors/cars/"):
            with CaptureQueriesContext(connection) as queries:
                get(client, address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 22
