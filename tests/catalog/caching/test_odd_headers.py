"""No header of one visitor changes what the next one is given."""

import functools
import gc

import pytest
from django.conf import settings as portal_settings
from django.core.handlers.wsgi import get_script_name
from django.test import Client
from django.test.client import ClientHandler
from django.urls import set_script_prefix

from tests.factories import make_company, make_contract, make_desk, make_engagement, make_product, make_unit

PAGES = [
    "/en/",
    "/fa/products/",
    "/en/products/?sector=pumps",
    "/en/products/?order=name&companies=none",
    "/en/products/pump/",
    "/fa/sectors/?x=1",
    "/en/companies/maker/",
    "/en/data/",
    "/fa/data/api/",
    "/en/about/",
    "/en/nowhere/",
    "/en/products/suggest/?q=pump",
    "/en/products/feed.atom",
    "/en/products/export.json",
    "/en/desks/calendar.ics",
    "/api/v1/",
    "/api/v1/products",
    "/api/v1/schema",
    "/ocds/releases.json",
    "/sitemap.xml",
    "/sitemap-product.xml",
    "/opensearch.xml",
    "/robots.txt",
    "/",
]
# Few rounds, each begun by a new process: what one holds must not keep another from being noticed.
ODD = {
    "what a proxy or a signed-in visitor adds": {
        "SCRIPT_NAME": "/zzz",
        "HTTP_SCRIPT_NAME": "/zzz",
        "HTTP_X_SCRIPT_NAME": "/zzz",
        "HTTP_X_FORWARDED_PREFIX": "/zzz",
        "HTTP_X_FORWARDED_HOST": "evil.example",
        "HTTP_X_FORWARDED_PORT": "81",
        "HTTP_X_FORWARDED_FOR": "192.0.2.7",
        "HTTP_FORWARDED": "host=evil.example;proto=https",
        "HTTP_X_ORIGINAL_URL": "/fa/about/",
        "HTTP_X_REWRITE_URL": "/fa/about/",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_COOKIE": "portal_session=abcdefgh; portal_csrf=abcdefgh",
        "REMOTE_USER": "admin",
    },
    "another host, scheme and language": {
        "HTTP_HOST": "localhost:8080",
        "wsgi.url_scheme": "https",
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_ACCEPT_LANGUAGE": "fa",
        "HTTP_COOKIE": "portal_language=fa",
    },
    "another type": {
        "HTTP_ACCEPT": "image/png",
        "HTTP_ACCEPT_ENCODING": "identity;q=0, gzip;q=0, *;q=0",
    },
    "a script": {
        "HTTP_HX_REQUEST": "true",
        "HTTP_HX_TARGET": "results",
        "HTTP_HX_BOOSTED": "true",
        "HTTP_HX_HISTORY_RESTORE_REQUEST": "true",
        "HTTP_HX_CURRENT_URL": "http://evil.example/fa/",
    },
    "conditions": {
        "HTTP_IF_NONE_MATCH": "*",
        "HTTP_IF_MODIFIED_SINCE": "Sat, 01 Jan 2050 00:00:00 GMT",
        "HTTP_RANGE": "bytes=0-9",
        "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
    },
}


@pytest.fixture
def catalogue(db, settings):
    """One record of each kind, and stored pages."""
    settings.PAGE_CACHE_BYTES = 2**22
    product = make_product(slug="pump", name_en="Pump")
    maker = make_company(slug="maker")
    make_engagement(product=product, company=maker)
    make_desk(products=[product], opens="2026-05-01", closes="2026-05-09")
    make_contract(amounts=[5])
    make_unit(products=[product])


class Handler(ClientHandler):
    """As a server calls it: the folder of the site's addresses is what the request says."""

    def get_response(self, request):
        set_script_prefix(get_script_name(request.environ))
        return super().get_response(request)


def new_process():
    """A Client of a process that nobody has asked yet: nothing is known."""
    for function in gc.get_objects():
        if type(function) is functools._lru_cache_wrapper and _is_ours(function):
            function.cache_clear()
    portal_settings.__dict__.pop("STATIC_URL", None)
    client = Client()
    client.handler = Handler()
    return client


def _is_ours(function):
    return (getattr(function, "__module__", None) or "").startswith(("catalog", "portal"))


def answers(client, **headers):
    """{page: (status, headers but for the one that is each request's own, bytes)}"""
    found = {}
    for page in PAGES:
        response = client.get(page, **headers)
        told = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
        found[page] = response.status_code, told, b"".join(response)
    return found


@pytest.mark.whole
def test_the_next_visitor_is_given_what_a_first_one_is(catalogue):
    expected = answers(new_process())
    assert {status for status, *_rest in expected.values()} == {200, 301, 302, 404}
    for name, headers in ODD.items():
        process = new_process()
        answers(process, **headers)
        for page, given in answers(process).items():
            assert given == expected[page], (name, page)


def test_a_part_that_a_script_asked_for_is_kept_by_no_cache(catalogue):
    process, address = new_process(), "/en/products/?order=name&companies=none"
    part = process.get(address, headers={"hx-request": "true"})
    assert (part.status_code, part["Cache-Control"], part.get("ETag")) == (200, "no-store", None)
    assert process.get(address).status_code == 301
