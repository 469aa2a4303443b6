"""One address for each result of a listing."""

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from catalog.listings.companies import CompanyFilterSet
from catalog.listings.contracts import ContractFilterSet
from catalog.listings.products import ProductFilterSet
from tests.factories import make_product


@pytest.fixture
def client():
    """One that shows where it is sent, unlike the others' ."""
    return Client()


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/en/products/?stage=testing&q=&hs=84", "/en/products/?hs=84&stage=testing"),
        ("/fa/products/?q=%20&hs=", "/fa/products/"),
        ("/en/products/?stage=testing&stage=design&stage=design", "/en/products/?stage=design&stage=testing"),
        ("/en/products/?page=1&order=-import", "/en/products/"),
        ("/en/products/?q=pump&order=relevance", "/en/products/?q=pump"),
        ("/en/products/?hs=84&hs=85&utm_source=mail", "/en/products/?hs=85"),
        ("/en/products/?q=pump&q=&order=-import", "/en/products/?order=-import&q=pump"),
        ("/en/products/?q=pump&q=&order=relevance", "/en/products/?q=pump"),
        ("/en/companies/?province=yazd&kind=", "/en/companies/?province=yazd"),
        ("/en/contracts/?order=-signed", "/en/contracts/"),
        ("/en/units/?order=name&cause=", "/en/units/"),
        ("/en/desks/?year=", "/en/desks/"),
        ("/fa/products/?q=%D9%BE%D9%85%D9%BE&hs=", "/fa/products/?q=%D9%BE%D9%85%D9%BE"),
    ],
)
def test_a_listing_has_one_address_for_each_result(client, db, asked, address):
    for method in (client.get, client.head):
        response = method(asked)
        assert (response.status_code, response["Location"]) == (301, address)
    assert client.get(address).status_code == 200


def test_a_download_reads_a_query_as_the_page_does(client, db):
    make_product(name_en="Pump"), make_product(name_en="Valve")
    for query in ("q=pump&q=", "q=&q=pump"):
        rows = b"".join(client.get(f"/en/products/export.json?{query}")).decode()
        assert ("Pump" in rows, "Valve" in rows) == (True, False)


def test_what_cannot_be_used_stays_in_the_address_and_is_told(client, db):
    response = client.get("/en/products/?q=&colour=red&stage=nonsense")
    assert response["Location"] == "/en/products/?colour=red&stage=nonsense"
    page = client.get(response["Location"])
    assert "colour=red" in page.text
    assert "stage=nonsense" in page.text


def test_what_a_script_asks_for_is_answered_as_it_is_asked(client, db):
    page = client.get("/en/products/?stage=testing&hs=", headers={"hx-request": "true"})
    assert page.status_code == 200


@pytest.mark.parametrize("filters", [ProductFilterSet, CompanyFilterSet, ContractFilterSet])
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(["q", "sector", "stage", "page", "order", "rate", "kind", "utm_x", "other"]),
            st.sampled_from(["", " ", "1", "-import", "relevance", "name", "b", "a", "می‌شود", "&=%"]),
        ),
        max_size=8,
    )
)
def test_the_one_address_is_sent_nowhere_else(filters, pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    once = filters.canonical(query)
    again = filters.canonical(QueryDict(once.urlencode()))
    assert list(again.lists()) == list(once.lists())


@pytest.mark.parametrize("address", ["/en/products/?stage=testing", "/en/companies/?kind=private"])
def test_no_link_of_a_listing_is_sent_on(client, loaded, address):
    page = client.get(address)
    path = address.split("?")[0]
    links = {part.split('"')[0].replace("&amp;", "&") for part in page.text.split('href="?')[1:]}
    assert links
    for link in links:
        assert client.get(f"{path}?{link}").status_code == 200
