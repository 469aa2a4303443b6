"""Sitemaps: every real public page in both languages, no other, and never all at once."""

from xml.etree import ElementTree

from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Company, Contract, Desk, Product, Sector
from catalog.views import sitemaps
from tests.factories import make_company, make_contract, make_desk, make_product, make_sector

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def read(client, address, **extra):
    response = client.get(address, **extra)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


def index(client, **extra):
    return [place.text for place in read(client, "/sitemap.xml", **extra).iter(f"{MAP}loc")]


def urls(client, **extra):
    """{address: {language: address}} of every file the index names."""
    found = {}
    for file in index(client, **extra):
        for url in read(client, file.partition("testserver")[2], **extra).iter(f"{MAP}url"):
            links = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
            found[url.findtext(f"{MAP}loc")] = links
    return found


def test_it_has_every_real_record_and_no_sample(loaded, client):
    found = urls(client)
    for noun in (Sector, Product, Company, Desk, Contract):
        for record in noun.objects.published():
            path = record.get_absolute_url().removeprefix("/en")
            for language in ("en", "fa"):
                assert (f"http://testserver/{language}{path}" in found) != record.is_sample, path
    assert f"http://testserver{Product.objects.first().get_absolute_url()}" in found
    for page in ("", "products/", "about/"):
        assert f"http://testserver/fa/{page}" in found
    assert len(found) > 500


def test_each_address_is_there_and_names_the_alternates_that_its_page_names(client, db):
    make_product(slug="pump")
    make_contract(reference="T-1")
    found = urls(client)
    assert "http://testserver/en/products/pump/" in found
    assert "http://testserver/fa/contracts/T-1/" in found
    for address, links in found.items():
        assert set(links) == {"en", "fa", "x-default"}
        if "/en/" in address:  # its twin says the same
            continue
        response = client.get(address.partition("testserver")[2])
        assert response.status_code == 200
        page = response.content.decode()
        for language, link in links.items():
            assert f'<link rel="alternate" hreflang="{language}" href="{link}">' in page


def test_what_is_not_public_is_in_none(client, db):
    hidden = make_sector(state="draft", slug="zz-hidden")
    make_product(sector=hidden, slug="zz-inside")
    make_company(state="in_review", slug="zz-hidden")
    make_desk(state="withdrawn", slug="zz-hidden")
    make_company(origin="sample", slug="zz-sample")
    assert not [address for address in urls(client) if "zz-" in address]
    assert index(client) == ["http://testserver/sitemap-pages.xml"]


def test_a_file_reads_its_own_records_only(client, db, monkeypatch):
    monkeypatch.setattr(sitemaps.Pages, "limit", 4)
    for n in range(9):
        make_product(slug=f"product-{n}", sector=make_sector() if n < 5 else Sector.objects.first())
    files = [file for file in index(client) if "products" in file]
    assert files == [f"http://testserver/sitemap-products.xml{page}" for page in ("", "?p=2", "?p=3")]
    with CaptureQueriesContext(connection) as queries:
        found = list(read(client, "/sitemap-products.xml?p=2").iter(f"{MAP}loc"))
    assert [place.text.split("/")[-2] for place in found[::2]] == [f"product-{n}" for n in range(4, 8)]
    assert len(queries) == 3  # the edition, how many there are, and these
    assert "LIMIT 4" in queries[2]["sql"]
    for page in ("9", "0", "x", "%00", "9" * 400):
        assert client.get(f"/sitemap-products.xml?p={page}").status_code == 404
    assert client.get("/sitemap-people.xml").status_code == 404


def test_the_index_asks_a_fixed_number_of_queries(client, db):
    counts = []
    for _ in range(2):
        for _ in range(3):
            make_product()
            make_company()
            make_contract()
            make_desk()
        with CaptureQueriesContext(connection) as queries:
            index(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_behind_a_proxy_that_ends_tls_addresses_are_secure(client, db):
    make_product()
    found = urls(client, secure=True)
    assert all(address.startswith("https://testserver/") for address in found)


def test_robots_are_told_where_it_is(client):
    text = client.get("/robots.txt", secure=True).content.decode()
    assert "Sitemap: https://testserver/sitemap.xml\n" in text
    assert "Disallow: /*/export." in text


def test_a_withdrawn_record_is_noticed_by_who_has_the_file_already(client, db):
    product = make_product()
    make_product()
    response = client.get("/sitemap-products.xml")
    assert "Last-Modified" not in response
    known = {"if-none-match": response["ETag"]}
    assert client.get("/sitemap-products.xml", headers=known).status_code == 304
    product.withdraw("A mistake.", "اشتباه.")
    assert client.get("/sitemap-products.xml", headers=known).status_code == 200
    assert client.post("/sitemap.xml").status_code == 405
