"""Up to four products side by side: the address says which, differences stand out."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_engagement, make_facility, make_import, make_product, make_sector

pytestmark = pytest.mark.django_db


def rows(client, *products):
    response = client.get("/en/compare/", {"p": [product.slug for product in products]})
    assert response.status_code == 200
    return {row.name: row for row in response.context["rows"]}, response.content.decode()


def test_what_differs_says_so_in_words_and_what_is_the_same_too(client):
    sector = make_sector()
    one, two = (make_product(sector=sector, specification="open") for _ in "ab")
    other = make_product(specification="buyer", sector=sector)
    found, text = rows(client, one, two, other)
    assert (found["sector"].differs, found["specification"].differs) == (False, True)
    assert found["specification"].others == {2}
    assert text.count("differs</span>") == 1
    assert "the same</span>" in text


def test_one_product_is_not_compared_with_itself(client):
    found, _text = rows(client, make_product())
    assert {row.differs for row in found.values()} == {None}


def test_real_imports_and_samples_stand_apart(client):
    product = make_product()
    make_import(product=product, year=1402, value=3_000_000)
    make_import(product=product, year=1404, value=5_000_000, origin="sample")
    _found, text = rows(client, product)
    cell = text[text.index("$3m") : text.index("$5m") + 200]
    assert "Sample" in cell.partition("$5m")[2]
    assert "Sample" not in cell.partition("$5m")[0]


def test_makers_are_counted_apart_from_samples(client):
    product = make_product()
    make_engagement(product=product, stage="testing", seeks="finance")
    response = client.get("/en/compare/", {"p": product.slug})
    ((one, _without),) = response.context["products"]
    assert (one.makers, one.seeks) == ((1, 0), [("finance", False)])


def test_the_fifth_is_named_and_so_is_what_is_not_there(client):
    products = [make_product() for _ in range(5)]
    keys = [product.slug for product in products]
    response = client.get("/en/compare/", {"p": [*keys, "no-such-thing", keys[0]]})
    text = response.content.decode()
    assert len(response.context["products"]) == 4
    assert f"Left out: {products[4].name_en}" in text
    assert "no-such-thing" in text


def test_each_product_can_be_left_out_and_another_found(client):
    one, two = make_product(), make_product(name_en="Slurry pump")
    text = client.get("/en/compare/", {"p": one.slug, "q": "slurry"}).content.decode()
    assert f'href="/en/compare/?p={one.slug}&amp;p={two.slug}"' in text
    _found, text = rows(client, one, two)
    assert f'href="/en/compare/?p={two.slug}"' in text


@pytest.mark.parametrize(
    "query", ["", "?q=%00", "?q=!!!", "?p=&p=%E2%80%AE", "?p=" + "x" * 3000, "?q=" + "پ" * 300]
)
def test_odd_queries_are_answered(client, query):
    assert client.get(f"/fa/compare/{query}").status_code == 200


def test_it_costs_the_same_queries_whatever_the_products_hold(client):
    sector = make_sector()
    products = [make_product(sector=sector) for _ in range(4)]
    address = "/en/compare/?" + "&".join(f"p={product.slug}" for product in products)
    counts = []
    client.get(address)
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
        for product in products:
            make_engagement(product=product)
            make_import(product=product, year=1400 + len(counts))
    assert counts[0] == counts[1]


def test_the_links_of_a_product_lead_to_comparisons(client):
    sector = make_sector()
    one, two = make_product(sector=sector), make_product(sector=sector)
    text = client.get(f"/en/products/{one.slug}/").content.decode()
    assert f'href="/en/compare/?p={one.slug}&amp;p={two.slug}"' in text
    assert f'value="{one.slug}"' in text


def test_sums_of_two_currencies_are_two_words(client):
    product = make_product()
    company = make_engagement(product=product).company
    for currency in ("EUR", "USD"):
        make_facility(company=company, currency=currency, approved_amount=9_000, payments=[7_000])
    _found, text = rows(client, product)
    assert "€7,000 $7,000" in re.sub(r"\s+", " ", re.sub("<[^>]+>", "", text))
