"""The shortlist: kept in a signed cookie, changed by plain forms, shared by an address without a cookie."""

import json
import random

import pytest
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import FormerAddress, Product
from contact import shortlist
from contact.shortlist import COOKIE, COUNT_COOKIE, MOST_LISTED
from tests.factories import make_demand, make_import, make_product, make_sector

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}
SCRIPT = HERE | {"Accept": "application/json"}
LIST = "/en/shortlist/"


def post(client, data, came_from="", headers=HERE):
    referer = {"Referer": came_from} if came_from else {}
    return client.post(LIST, data, headers=headers | referer)


def names(response):
    return [row.product.slug for row in response.context["rows"]]


def test_a_product_is_added_and_the_visitor_is_back_where_they_were(client):
    product = make_product()
    came_from = "http://testserver/fa/products/?q=%D9%BE&page=2#row"
    response = post(client, {"add": product.slug}, came_from)
    assert (response.status_code, response["Location"]) == (302, "/fa/products/?q=%D9%BE&page=2#kept")
    cookie, count = response.cookies[COOKIE], response.cookies[COUNT_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert (count.value, count["httponly"], count["samesite"]) == ("1", "", "Lax")
    own = client.get(LIST)
    assert names(own) == [product.slug]
    assert own["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "came_from",
    [
        "",
        "http://elsewhere.example/en/products/",
        "http://testserver//evil.example/en/",
        "http://testserver/admin/",
        "http://testserver.evil.example/en/",
        "http://[testserver/en/",
        "javascript:alert(1)",
        "http://testserver/en/?q=" + "x" * 9000,
    ],
)
def test_nobody_is_led_to_another_place_than_a_page_of_this_site(client, came_from):
    response = post(client, {"add": make_product().slug}, came_from)
    assert response["Location"] == f"{LIST}#kept"


def test_a_product_is_taken_off_and_an_empty_list_leaves_no_cookie(client):
    one, other = make_product(), make_product()
    for product in (one, other, one):
        post(client, {"add": product.slug})
    assert names(client.get(LIST)) == [one.slug, other.slug]
    response = post(client, {"remove": one.slug}, "http://testserver/en/")
    assert response["Location"] == "/en/#dropped"
    assert names(client.get(LIST)) == [other.slug]
    response = post(client, {"remove": other.slug})
    assert {response.cookies[name]["max-age"] for name in (COOKIE, COUNT_COOKIE)} == {0}


def test_a_script_gets_the_list_and_a_sentence(client):
    product = make_product()
    answer = post(client, {"add": product.slug}, headers=SCRIPT).json()
    said = {"count": 1, "shown": "1", "products": [product.slug]}
    assert answer == said | {"message": "Added to your shortlist."}
    state = client.get("/fa/shortlist/state/")
    assert json.loads(state.content) == said | {"shown": "۱"}
    assert state["Cache-Control"] == "no-store"
    assert post(client, {"add": "nothing"}, headers=SCRIPT).status_code == 404


def test_the_state_asks_the_database_nothing_but_the_edition(client):
    post(client, {"add": make_product().slug})
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/shortlist/state/")
    assert not [query for query in queries if "product" in query["sql"]]


def test_the_fifty_first_product_is_named_and_nothing_is_lost(client, at_once):
    with at_once():
        sector = make_sector()
        products = [make_product(sector=sector) for _ in range(MOST_LISTED + 1)]
    *fifty, last = products
    post(client, {"keep": "1", "p": [product.slug for product in fifty]})
    response = post(client, {"add": last.slug})
    assert response.status_code == 409
    assert last.name_en in response.content.decode()
    assert len(names(response)) == MOST_LISTED
    answer = post(client, {"add": last.slug}, headers=SCRIPT)
    assert (answer.status_code, answer.json()["count"]) == (409, MOST_LISTED)
    assert post(client, {"add": fifty[3].slug}).status_code == 302, "it is on the list already"


def test_the_cookie_of_fifty_products_is_one_that_browsers_keep():
    """Names of the length that the project's own have; longer ones are fewer."""
    rng = random.Random(7)
    usual, longest = (
        ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz-", k=length)) for _ in range(MOST_LISTED)]
        for length in (27, 80)
    )
    assert len(as_many_as_fit(usual)) == MOST_LISTED
    kept = as_many_as_fit(longest)
    assert 30 < len(kept) < MOST_LISTED
    response = HttpResponse()
    shortlist.write_list(response, kept)
    assert len(response.cookies[COOKIE].OutputString()) < 4096


def as_many_as_fit(keys):
    kept = []
    for key in keys:
        try:
            kept = shortlist.added(kept, key)
        except shortlist.FullError:
            break
    return kept


SPOILT = {
    "empty": "",
    "oversized": "x" * 9000,
    "forged": "W10:1abc:forged",
    "signed for something else": signing.dumps(["turbocharger"], salt="another"),
    "no list": signing.dumps("turbocharger", salt=shortlist.LIST_SALT),
    "a list of other things": signing.dumps([1, None], salt=shortlist.LIST_SALT),
    "an object": signing.dumps({"p": []}, salt=shortlist.LIST_SALT),
    "odd signs": "%00:::",
    "compressed nothing": ".eJw:x:y",
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_cookie_that_is_not_a_list_of_ours_is_an_empty_list(client, kind):
    client.cookies[COOKIE] = SPOILT[kind]
    response = client.get(LIST)
    assert response.status_code == 200
    assert response.context["rows"] == []


def test_an_old_cookie_is_an_empty_list(client, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: 1_000_000_000)
        old = shortlist._signed([make_product().slug])
    client.cookies[COOKIE] = old
    assert client.get(LIST).context["rows"] == []


def test_a_merged_product_stays_on_the_list_and_a_withdrawn_one_is_named(client):
    kept, gone, merged = make_product(), make_product(), make_product()
    for product in (kept, gone, merged):
        post(client, {"add": product.slug})
    new = make_product()
    FormerAddress.lead(merged, merged.slug, new)
    Product.objects.filter(pk__in=[gone.pk, merged.pk]).update(
        state="withdrawn", withdrawn_reason_en="x", withdrawn_reason_fa="x"
    )
    response = client.get(LIST)
    assert names(response) == [kept.slug, new.slug]
    assert response.context["found"].withdrawn == (gone.slug,)
    assert f'href="/en/products/{gone.slug}/"' in response.content.decode()


def test_a_draft_is_as_unknown_as_a_product_that_never_was(client):
    draft = make_product(state="draft")
    response = client.get(LIST, {"p": [draft.slug, "never-was"]})
    assert response.context["found"].unknown == (draft.slug, "never-was")
    assert draft.name_en not in response.content.decode()
    assert post(client, {"add": draft.slug}).status_code == 404


def test_a_shared_list_reads_no_cookie_and_replaces_ones_own_only_when_asked(client):
    mine, theirs = make_product(), make_product()
    post(client, {"add": mine.slug})
    address = f"{LIST}?p={theirs.slug}&p=nope"
    shared = client.get(address)
    assert shared.content == Client().get(address).content
    assert not shared.cookies
    assert names(shared) == [theirs.slug]
    assert names(client.get(LIST)) == [mine.slug]
    assert post(client, {"keep": "1", "p": [theirs.slug, "nope"]})["Location"] == LIST
    assert names(client.get(LIST)) == [theirs.slug]


def test_hostile_lists_are_answered(client):
    product = make_product()
    many = [f"k{number}" for number in range(900)]
    for keys in (
        many,
        ["x" * 5000],
        ["\u202eevil"],
        ["<script>alert(1)</script>"],
        [""],
        [product.slug] * 70,
    ):
        response = client.get(LIST, {"p": keys})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST, {"p": many})
    assert len(queries) < 12
    for data in (
        {},
        {"add": ""},
        {"add": "\x00"},
        {"add": ["a", "b"]},
        {"remove": "x" * 9999},
        {"keep": "1"},
    ):
        assert post(client, data).status_code in (302, 400, 404)


def test_forms_of_other_sites_change_nothing(client):
    response = post(client, {"add": make_product().slug}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_it_is_taken_away_in_its_order_with_the_columns_of_the_list(client, suffix):
    one, other = make_product(), make_product()
    make_import(product=one)
    for product in (other, one):
        post(client, {"add": product.slug})
    mine = client.get(f"/en/shortlist/export.{suffix}")
    text = b"".join(mine.streaming_content).decode()
    assert text.index(other.slug) < text.index(one.slug)
    assert mine["Cache-Control"] == "no-store"
    shared = Client().get(f"/en/shortlist/export.{suffix}?p={one.slug}&p=nope")
    assert other.slug not in b"".join(shared.streaming_content).decode()
    assert "nope" in shared["X-Notices"]
    of_list = b"".join(client.get(f"/en/products/export.{suffix}").streaming_content).decode()
    if suffix == "csv":
        assert text.splitlines()[0] == of_list.splitlines()[0]
    assert client.get("/en/shortlist/export.pdf").status_code == 404


def test_the_dossier_has_contents_every_product_and_its_sources(client):
    one, other = make_product(), make_product()
    make_demand(product=one, quantity=10, commitment="offtake")
    for product in (one, other):
        post(client, {"add": product.slug})
    mine = client.get("/en/shortlist/dossier/")
    assert mine["Cache-Control"] == "no-store"
    text = mine.content.decode()
    for product in (one, other):
        assert f'href="#{product.slug}"' in text
        assert f'<article class="sheet" id="{product.slug}">' in text
    ids = [part.partition('"')[0] for part in text.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    links = [part.partition('"')[0] for part in text.split('href="#')[1:]]
    assert set(links) <= set(ids)
    assert "Ctrl+P" in text


def test_a_long_dossier_comes_in_parts(client, monkeypatch):
    monkeypatch.setattr("contact.views.dossier.MOST_IN_DOSSIER", 1)
    one, other = make_product(), make_product()
    response = client.get("/en/shortlist/dossier/", {"p": [one.slug, other.slug]})
    assert f'href="/en/shortlist/dossier/?p={other.slug}"' in response.content.decode()
    assert [product.slug for product, *_ in response.context["sheets"]] == [one.slug]


def test_no_page_sets_a_cookie_or_depends_on_one(client):
    product = make_product()
    post(client, {"add": product.slug})
    for path in ("", "products/", f"products/{product.slug}/", f"compare/?p={product.slug}", "how-to/"):
        mine, anybodys = client.get(f"/en/{path}"), Client().get(f"/en/{path}")
        assert mine.content == anybodys.content, path
        assert not mine.cookies
        assert "Cookie" not in mine.headers.get("Vary", "")
        assert mine["Cache-Control"] == "public, max-age=0, must-revalidate"
    for name in ("shortlist", "shortlist_state", "dossier"):
        assert not Client().get(reverse(f"contact:{name}")).cookies


def test_cookies_are_of_this_host_alone_in_production():
    assert COOKIE.startswith(shortlist.settings.COOKIE_PREFIX)
    assert COUNT_COOKIE.startswith(shortlist.settings.COOKIE_PREFIX)
