"""Public pages are kept for visitors with a shortlist as for all others."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contact.shortlist import COOKIE
from tests.factories import make_product

pytestmark = pytest.mark.usefixtures("committed")


def test_a_visitor_with_a_shortlist_is_served_the_page_that_is_kept():
    product = make_product()
    client = Client()
    client.post("/en/shortlist/", {"add": product.slug}, headers={"Sec-Fetch-Site": "same-origin"})
    assert client.cookies[COOKIE].value
    for path in ("/en/", "/en/products/", f"/en/products/{product.slug}/", f"/en/compare/?p={product.slug}"):
        Client.get(client, path)
        with CaptureQueriesContext(connection) as queries:
            kept = client.get(path)
        assert kept.status_code == 200
        assert len(queries) == 1, "the edition"
        assert client.get(path, headers={"If-None-Match": kept["ETag"]}).status_code == 304


def test_a_list_is_never_kept():
    product = make_product()
    client = Client()
    for count in (1, 0):
        name = "add" if count else "remove"
        client.post("/en/shortlist/", {name: product.slug}, headers={"Sec-Fetch-Site": "same-origin"})
        assert len(client.get("/en/shortlist/").context["rows"]) == count
        assert client.get("/en/shortlist/state/").json()["count"] == count
        assert "ETag" not in client.get("/en/shortlist/").headers
