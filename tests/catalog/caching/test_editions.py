"""What is kept of a page is never stale: whatever is written by whatever road, the next answer shows it."""

import re
from datetime import date
from itertools import count

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from catalog.caching import editions
from catalog.models import Company, Desk, Engagement, FormerAddress, ImportRecord, Product, Sector
from tests.factories import (
    make_company,
    make_contract,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_source,
    make_unit,
)


def save(product, word):
    product.name_en = word
    product.save()


def update(product, word):
    Product.objects.filter(pk=product.pk).update(name_en=word)


def bulk_update(product, word):
    product.name_en = word
    Product.objects.bulk_update([product], ["name_en"])


def bulk_create(product, word):
    company = make_company()
    Company.objects.filter(pk=company.pk).update(name_en=word)
    Engagement.objects.bulk_create(
        [Engagement(product=product, company=company, stage="testing", state="published")]
    )


def create_through_the_record(product, word):
    product.engagements.create(company=make_company(name_en=word), stage="design", state="published")


def set_many(product, word):
    make_unit(name_en=word).products.set([product])
    product.sector.desks.set([make_desk(name_en=word)])


def get_or_create(product, word):
    company = Company.objects.get_or_create(
        slug=f"c-{word}", defaults={"name_en": word, "state": "published"}
    )[0]
    make_engagement(product=product, company=company)


def raw(product, word):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_product SET name_en = %s WHERE id = %s", [word, product.pk])


WORDS = count(10_000)
ROADS = [save, update, bulk_update, bulk_create, create_through_the_record, set_many, get_or_create, raw]


@pytest.mark.whole
@hypothesis_settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roads=st.lists(st.sampled_from(ROADS), min_size=len(ROADS), max_size=2 * len(ROADS)))
def test_after_any_edit_both_workers_show_it(two_workers, roads):
    product = make_product()
    path = product.get_absolute_url()
    listing = "/en/products/?order=name"
    for road in roads:
        tags = {}
        for worker in two_workers.both():
            tags[worker], _ = two_workers.ask(path)
            two_workers.ask(listing)
        word = f"Zz{next(WORDS)}"
        product.refresh_from_db()
        road(product, word)
        product.refresh_from_db()
        for worker in two_workers.both():
            _, text = two_workers.ask(path, tags[worker])
            assert word in text, road.__name__
            row = two_workers.ask(listing)[1].split(f'href="{path}"')[1].split("</tr>")[0]
            assert row.startswith(f">{product.name_en}</a>"), road.__name__
            assert f"<b>{product.maker_count}</b>" in row or not product.maker_count
    product.engagements.update(origin="sample")  # what is not a sample stays
    product.engagements.all().delete()
    for _ in two_workers.both():
        assert "Zz" not in two_workers.ask(path)[1].split('id="makers"')[1].split("</li>")[0]


def test_a_page_that_has_not_changed_is_answered_without_its_view(committed):
    product = make_product()
    client, address = Client(), product.get_absolute_url()

    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        kept = client.get(address)
        same = client.get(address, headers={"if-none-match": first["ETag"]})
        head = client.head(address)
    assert len(queries) == 3  # one each, for the edition
    assert (kept.content, kept["ETag"]) == (first.content, first["ETag"])
    assert kept["Content-Type"] == first["Content-Type"]
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert head.status_code == 200


@pytest.mark.parametrize(
    "address", ["/ocds/releases.json", "/ocds/records.json", "/sitemap.xml", "/sitemap-products.xml"]
)
def test_a_file_for_programs_that_has_not_changed_is_answered_without_its_view(committed, address):
    contract = make_contract(amounts=[5], origin="press", source=make_source())
    contract.lines.create(product=make_product(), amount=6)
    client = Client()
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        kept = client.get(address)
        same = client.get(address, headers={"if-none-match": first["ETag"]})
    assert len(queries) == 2  # one each, for the edition
    assert (kept.status_code, kept.content, same.status_code) == (200, first.content, 304)
    contract.lines.all().delete()
    make_product(slug="another")
    assert client.get(address).content != first.content


def test_language_query_and_day_make_pages_of_their_own(committed, monkeypatch):
    client = Client()
    tags = {
        client.get(address)["ETag"] for address in ("/en/products/", "/fa/products/", "/en/products/?hs=84")
    }
    assert len(tags) == 3
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2030, 1, 1))
    assert client.get("/en/products/")["ETag"] not in tags


def test_every_table_a_page_shows_counts_its_writes(committed):
    """Of the tables of the domain each is written once; a noun added later is asked too."""
    product = make_product()
    assert {Product._meta.db_table, Desk.sectors.through._meta.db_table} <= set(editions.tables())
    assert {ImportRecord._meta.db_table, FormerAddress._meta.db_table} <= set(editions.tables())
    staff = ("historical", "load", "catalog_import", "customs", "remembered", "scope", "outbox", "account")
    shown = set(editions.tables()) - {ImportRecord._meta.db_table}
    assert not [table for table in shown if any(word in table for word in staff)]
    for write in (
        lambda: make_import(product=product),
        lambda: ImportRecord.objects.update(value=5),
        lambda: Sector.objects.update(order=3),
        lambda: ImportRecord.objects.all().delete(),
        lambda: call_command("reindex", verbosity=0),  # what is found may change although no record does
    ):
        before = editions.current()
        write()
        assert editions.current() != before


@pytest.mark.django_db
def test_pages_may_be_kept_by_all_and_must_be_asked_for_each_time(client):
    page = client.get("/en/products/")
    assert page["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" not in page.get("Vary", "")
    assert not page.cookies


@pytest.mark.django_db
def test_what_is_not_public_has_no_such_tag(admin_client):
    for address in ("/en/styleguide/", "/admin/", "/en/products/nowhere/"):
        response = admin_client.get(address)
        assert "public" not in response.get("Cache-Control", "")
        assert not response.has_header("ETag")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("en/nothing/", 404),
        ("en/products/nothing/", 404),
        ("en/styleguide/", 302),
        ("en/products/?page=1", 301),
        ("api/v1/products/nothing/", 404),
        ("api/v1/products/?nothing=1", 400),
    ],
)
def test_who_has_any_version_is_answered_for_what_is_there_alone(db, address, status):
    client = Client()
    assert client.get(f"/{address}").status_code == status
    assert client.get(f"/{address}", headers={"if-none-match": "*"}).status_code == status


def test_a_condition_on_a_date_is_for_answers_that_have_one(client, db):
    past = "Tue, 24 Nov 2020 14:34:11 GMT"
    assert client.get("/en/about/", headers={"if-unmodified-since": past}).status_code == 200


def test_an_answer_with_a_tag_of_its_own_is_asked_for_by_that(committed):
    make_desk(opens=date(2026, 1, 1))
    client, address = Client(), "/en/desks/calendar.ics"
    calendar = client.get(address)
    for compressed in ("", "gzip"):
        tag = client.get(address, headers={"accept-encoding": compressed})["ETag"]
        with CaptureQueriesContext(connection) as queries:
            kept = client.get(address)
            again = client.get(address, headers={"if-none-match": tag})
        assert len(queries) == 2  # one each, for the edition
        assert (kept.content, kept["ETag"], kept["Content-Type"]) == (
            calendar.content,
            calendar["ETag"],
            calendar["Content-Type"],
        )
        assert (again.status_code, again["ETag"]) == (304, calendar["ETag"])
        assert kept["Cache-Control"] == again["Cache-Control"] == "no-cache"
    make_product()  # another edition of the catalogue, the same calendar
    assert client.get(address, headers={"if-none-match": calendar["ETag"]}).status_code == 304


def test_what_stands_says_by_what_it_differs(committed):
    page = Client().get("/en/products/", headers={"accept-encoding": "gzip"})
    same = Client().get("/en/products/", headers={"if-none-match": page["ETag"]})
    assert same.status_code == 304
    assert page["Vary"] == same["Vary"] == "Accept-Encoding"


def test_a_script_that_asks_first_changes_nothing_for_who_asks_after_it(committed):
    client, address = Client(), "/en/products/?stage=open&stage=named"
    assert client.get(address, headers={"hx-request": "true"}).status_code == 200
    assert client.get(address).status_code == 301


@pytest.mark.parametrize("query", ["rate=Buy+at+evil.example", "utm_source=mallory", "rate=market"])
def test_no_visitor_writes_into_what_others_are_shown(committed, query):
    product = make_product()
    address, client = product.get_absolute_url(), Client()

    def ask():
        mine = client.get(f"{address}?{query}")
        theirs = Client().get(address)
        assert not {"evil", "mallory"} & set(re.findall(r"[a-z]+", theirs.text))
        assert f"rate=official&amp;{query}" not in theirs.text
        return mine

    assert ask().status_code == 200


def test_a_page_about_a_fault_spoils_no_other(committed, monkeypatch):
    client = Client(raise_request_exception=False)
    with monkeypatch.context() as broken:
        broken.setattr("catalog.views.about.render", None)
        assert client.get("/en/about/").status_code == 500
    assert client.get("/en/about//").status_code == 404
    page = client.get("/en/about/").text
    assert page.count('aria-current="page"') == 1
    assert "/en/companies/" in page.split("<footer")[1]
