"""Calls for makers: their list and feed, and what products, listings and the first page say of them."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.formats.calendar import days_words, jalali_words
from catalog.models import Call, Product
from tests.factories import make_call, make_engagement, make_import, make_product, make_sector

pytestmark = pytest.mark.django_db


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def days(call):
    return days_words(call.opens, call.closes, "en")


@pytest.fixture
def calls():
    """A call in each condition."""
    sector = make_sector(slug="cars")
    names = ("open", "answered", "empty", "uncounted", "coming")
    products = {name: make_product(slug=name, name_en=f"Part {name}", sector=sector) for name in names}
    today = timezone.localdate()
    return {
        "open": make_call(product=products["open"], claims=1),
        "answered": make_call(product=products["answered"], days_ago=3, claims=2, accepted=1),
        "empty": make_call(product=products["empty"], days_ago=30),
        "uncounted": make_call(product=products["uncounted"], days_ago=2, counted_at=None),
        "coming": make_call(
            product=products["coming"],
            opens=today + timedelta(days=2),
            closes=today + timedelta(days=21),
            counted_at=None,
        ),
    }


def test_the_list_has_open_ones_first_and_says_what_came_of_each(client, calls):
    text = text_of(client, "/en/calls/")
    places = [text.index(f"Part {name} ") for name in ("open", "coming", "uncounted", "answered", "empty")]
    assert places == sorted(places)
    assert "1 call is open now" in text
    assert "1 claim, 1 undecided" in text
    assert "2 claims, 1 accepted, 1 undecided" in text
    assert text.count("Nobody came forward") == 1
    assert "The claims are not counted yet" in text
    assert "/en/ask/?kind=claim&p=open&role=makes" in html.unescape(client.get("/en/calls/").text)


def test_the_list_can_be_narrowed_and_says_what_it_left_aside(client, calls):
    make_call(product=make_product(name_en="Elsewhere"))
    text = text_of(client, "/en/calls/?state=open&sector=cars&nonsense=1")
    assert "Part open" in text
    assert "Elsewhere" not in text
    assert "Part answered" not in text
    assert "nonsense=1" in text
    Call.objects.filter(product__slug="coming").delete()
    assert "No call fits all of this" in text_of(client, "/en/calls/?state=coming")


def test_on_a_fresh_site_it_says_that_none_is_open_and_what_a_call_is(client):
    text = text_of(client, "/en/calls/")
    assert "No call is open now" in text
    assert "for 20 days whether anybody makes it" in text
    assert b"".join(client.get("/en/calls/feed.atom"))


def test_the_list_takes_as_many_queries_whatever_it_holds(client, calls):
    def number():
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/calls/?state=closed&state=open")
        return len(captured)

    number()
    before = number()
    for _ in range(3):
        make_call()
    assert number() == before


def test_a_product_says_when_it_was_called_and_what_came_of_it(client, calls):
    call = calls["answered"]
    text = text_of(client, "/en/products/answered/")
    assert f"Called {days(call)}" in text
    assert ": 2 claims, 1 accepted, 1 undecided." in text
    assert "nobody came forward" not in text
    text = text_of(client, "/en/products/empty/")
    assert text.count(": nobody came forward.") == 2  # at the top, and where makers would stand
    text = text_of(client, "/en/products/uncounted/")
    assert "nobody" not in text
    assert "the claims are not counted yet" in text


def test_an_open_call_asks_and_leads_to_the_claim(client, calls):
    page = client.get("/en/products/open/").text
    assert "do you make this?" in page
    assert "/en/ask/?kind=claim&amp;p=open&amp;role=makes" in page
    assert "So far: 1 claim, 1 undecided." in page
    assert "A call for makers opens on" in text_of(client, "/en/products/coming/")


def test_a_product_with_a_maker_keeps_the_call_and_no_longer_says_that_there_is_none(client, calls):
    make_engagement(product=calls["empty"].product)
    text = text_of(client, "/en/products/empty/")
    assert "nobody came forward" in text
    listing = text_of(client, "/en/products/?call=closed")
    assert f"called {days(calls['empty'])}" not in listing
    assert f"called {days(calls['answered'])}" in listing


def test_no_maker_on_record_has_its_dates_in_lists(client, calls):
    for call in calls.values():
        make_import(product=call.product)
    shown = f"called {days(calls['empty'])}"
    assert shown in text_of(client, "/en/products/")
    assert shown in text_of(client, "/en/")
    assert shown in text_of(client, "/en/products/answered/")  # among related products
    assert f"called until {jalali_words(calls['open'].closes)}" in text_of(client, "/en/products/")


def found(client, query):
    return set(
        re.findall(r'class="name" href="/en/products/([^/]+)/"', client.get(f"/en/products/?{query}").text)
    )


def test_the_listing_finds_products_by_their_calls(client, calls):
    make_product(slug="never")
    assert found(client, "call=open") == {"open"}
    assert found(client, "call=closed") == {"answered", "empty", "uncounted"}
    assert found(client, "call=never") == {"never", "coming"}
    assert found(client, "call=open&call=never") == {"open", "never", "coming"}


@pytest.mark.parametrize(
    "query", ["", "call=open", "sector=cars", "sector=cars&call=closed", "q=Part", "q=Part&call=open"]
)
def test_the_facet_counts_what_stands_behind_its_links(client, calls, query):
    make_product(slug="never")
    page = client.get(f"/en/products/?{query}").text
    counts = dict(
        re.findall(r'id="facet-call-(\w+)"[^>]*>(?:<span[^>]*>)?.*?<span class="count">(\d+)<', page)
    )
    assert counts
    rest = "&".join(part for part in query.split("&") if part and not part.startswith("call="))
    for value, number in counts.items():
        assert len(found(client, f"{rest}&call={value}".strip("&"))) == int(number), value


def test_the_facet_of_calls_stands_only_where_there_was_one(client):
    make_product()
    assert "facet-call" not in client.get("/en/products/").text
    assert "facet-call" in client.get("/en/products/?call=open").text


def test_a_search_counts_calls_without_another_query(client, calls):
    def number(query):
        client.get(f"/en/products/?{query}")
        make_product()  # else the page is kept
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/en/products/?{query}")
        return len(captured)

    with_calls = number(""), number("q=Part")
    Product.objects.update(last_call=None)
    Call.objects.all().delete()
    assert (number(""), number("q=Part")) == with_calls


def test_a_product_takes_as_many_queries_with_a_call_as_without(client, calls):
    make_product(slug="never")

    def number(slug):
        make_product()
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/en/products/{slug}/")
        return len(captured)

    number("never")
    assert number("open") == number("never")


def test_the_first_page_names_those_that_close_soon(client, calls):
    text = text_of(client, "/en/")
    assert "Does anybody make this?" in text
    assert f"until {jalali_words(calls['open'].closes)}" in text
    Call.objects.filter(pk=calls["open"].pk).update(closes=timezone.localdate() - timedelta(days=1))
    assert "Does anybody make this?" not in text_of(client, "/en/")


def test_the_feed_has_the_calls_that_changed_last(client, calls):
    feed = client.get("/en/calls/feed.atom?state=closed").content.decode()
    assert "Part empty" in feed
    assert "Part open" not in feed
    assert f"Called {days(calls['answered'])}" in feed
    assert "2 claims, 1 accepted, 1 undecided." in feed
    assert f"/en/products/empty/#call-{calls['empty'].pk}" in feed


def test_downloads_and_the_api_tell_of_the_last_call(client, calls):
    call = calls["answered"]
    rows = client.get("/en/products/export.json?q=answered")
    text = b"".join(rows).decode()
    assert f'"call_closes": "{call.closes}"' in text
    assert '"call_claims": 2' in text
    told = client.get("/api/v1/products/answered/").json()["call"]
    assert told == {
        "opens": str(call.opens),
        "closes": str(call.closes),
        "claims": 2,
        "accepted": 1,
        "refused": 0,
        "undecided": 1,
    }
    assert client.get("/api/v1/products/?call=open").json()["count"] == 1
    make_product(slug="never")
    assert client.get("/api/v1/products/never/").json()["call"] is None


def test_the_call_of_a_product_that_is_not_public_is_seen_nowhere(client, calls):
    product = calls["open"].product
    product.withdraw("Gone.", "رفت.")
    assert "Part open" not in text_of(client, "/en/calls/")
    assert "Part open" not in client.get("/en/calls/feed.atom").content.decode()
    assert "Does anybody make this?" not in text_of(client, "/en/")
