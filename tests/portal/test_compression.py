"""Answers travel compressed to whoever takes them so, and are the same."""

import gzip

import pytest

from tests.factories import make_product

pytestmark = pytest.mark.django_db
GZIP = {"accept-encoding": "gzip, br"}


@pytest.mark.parametrize(
    "address",
    [
        "/en/products/",
        "/fa/",
        "/en/products/export.csv",
        "/en/products/export.json",
        "/en/products/feed.atom",
    ],
)
def test_text_is_compressed_for_who_takes_it_so(client, address):
    for _ in range(5):
        make_product()
    plain = client.get(address)
    answer = client.get(address, headers=GZIP)
    assert (plain.status_code, answer.status_code) == (200, 200)
    assert not plain.has_header("Content-Encoding")
    assert answer["Content-Encoding"] == "gzip"
    for response in (plain, answer):
        assert "Accept-Encoding" in response["Vary"]
    if address in {"/en/products/", "/fa/"}:
        assert gzip.decompress(answer.content) == plain.content
        assert len(answer.content) < len(plain.content) / 3


def test_the_admin_is_compressed_too(admin_client):
    answer = admin_client.get("/admin/", headers=GZIP)
    assert answer["Content-Encoding"] == "gzip"


def test_workbooks_are_not(client):
    make_product()
    answer = client.get("/en/products/export.xlsx", headers=GZIP)
    assert not answer.has_header("Content-Encoding")
    answer.close()


def test_a_kept_page_is_kept_compressed(client, settings, monkeypatch):
    settings.PAGE_CACHE_BYTES = 2**22
    monkeypatch.setattr("catalog.caching.editions.current", lambda: "7")
    product = make_product()
    first = client.get(product.get_absolute_url())
    packed = []
    monkeypatch.setattr(
        "portal.middleware.public_pages.compress_string",
        lambda content: packed.append(1) or gzip.compress(content),
    )
    for _ in range(3):
        kept = client.get(product.get_absolute_url(), headers=GZIP)
        assert gzip.decompress(kept.content) == first.content
        assert (kept["Content-Encoding"], kept["ETag"]) == ("gzip", first["ETag"])
        assert "Accept-Encoding" in kept["Vary"]
    assert packed == [1]
    assert client.get(product.get_absolute_url()).content == first.content


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip;q=0", None),
        ("gzip; q=0.0, identity", None),
        ("GZIP;Q=0.000", None),
        ("br, gzip;q=0", None),
        ("gzip;q=0.5", "gzip"),
        ("br;q=0, gzip;q=1.0", "gzip"),
    ],
)
def test_an_encoding_that_is_refused_is_not_used(client, settings, accepted, encoding):
    settings.PAGE_CACHE_BYTES = 2**22
    for _stored in range(2):
        answer = client.get("/en/about/", headers={"accept-encoding": accepted})
        assert answer.get("Content-Encoding") == encoding
