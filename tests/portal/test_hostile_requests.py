"""What no honest browser sends: never a 500, on either engine."""

import pytest
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from gunicorn.config import Config
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader

from portal import gunicorn, wsgi

PUBLIC = [
    "/en/",
    "/en/products/",
    "/fa/sectors/",
    "/en/companies/",
    "/fa/desks/",
    "/en/contracts/",
    "/en/about/",
    "/en/products/export.csv",
    "/fa/companies/export.json",
    "/en/contracts/export.xlsx",
    "/fa/products/feed.atom",
    "/sitemap.xml",
    "/opensearch.xml",
]
CHANGE_LISTS = ["catalog/product", "catalog/company", "catalog/desk", "catalog/contract", "auth/user"]
QUERIES = [
    "q=%00",
    "q=a%00b&page=%00",
    "order=%00&sector=%00&state=%00&year=%00",
    "%00=1",
    "q=%ff%fe",
    "q=%ED%A0%80",
    "q=" + "9" * 2000,
    "page=" + "9" * 400,
    "q[]=1&&&==&%",
    "year=99999999999999999999&import_min=1e400&import_max=nan",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_answers_any_query(client, address):
    for query in QUERIES:
        response = client.get(f"{address}?{query}")
        assert response.status_code == 200, query
        assert b"".join(response), query


@pytest.mark.django_db
@pytest.mark.parametrize("noun", CHANGE_LISTS)
def test_the_admins_lists_answer_any_query(admin_client, noun):
    for query in QUERIES:
        response = admin_client.get(f"/admin/{noun}/?{query}")
        assert response.status_code in {200, 302}, query


@pytest.mark.django_db
def test_the_admins_suggestions_answer_nul(admin_client):
    query = "app_label=catalog&model_name=engagement&field_name=product&term=%00"
    assert admin_client.get(f"/admin/autocomplete/?{query}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/en/%00/",
        "/en/products/%00/",
        "/fa/products/pump%00/",
        "/en/contracts/a%00b/",
        "/en/products/%ff/",
        "/en/" + "a" * 5000 + "/",
        "/en/products/../../etc/passwd",
        "/static/%00.css",
    ],
)
def test_a_path_that_cannot_be_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_an_admin_address_with_nul_is_not_found(admin_client):
    assert admin_client.get("/admin/catalog/product/%00/change/").status_code == 404


@pytest.mark.django_db
def test_a_cookie_with_nul_is_ignored(client):
    for name in ("portal_session", "portal_language", "portal_csrf", "messages"):
        client.cookies[name] = "abcdefghabcdefgh\x00"
    assert client.get("/admin/", follow=True).status_code == 200
    assert client.get("/fa/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["username", "password"])
def test_a_form_with_nul_is_shown_again(client, field):
    fields = {"username": "someone", "password": "something", field: "a\x00b"}
    assert client.post("/admin/login/", fields).status_code == 200
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_foreign_host_name_is_a_bad_request(client):
    response = client.get("/fa/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert 'lang="fa"' in response.content.decode()


@pytest.mark.django_db
def test_a_query_of_thousands_of_fields_is_a_bad_request(client):
    assert client.get("/en/products/?" + "&".join(f"a{i}=1" for i in range(5001))).status_code == 400


@pytest.mark.parametrize(
    ("given", "read"), [("text/plain; x*=foo''bar", ""), ("text/plain; x=1", "text/plain")]
)
def test_a_content_type_that_cannot_be_read_is_left_out(monkeypatch, given, read):
    monkeypatch.setattr(wsgi, "django", lambda environ, _: WSGIRequest(environ))  # as Django begins
    environ = RequestFactory().get("/").environ | {"CONTENT_TYPE": given}
    assert wsgi.application(environ, None).content_type == read


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "REMOTE_USER", "X_FORWARDED_FOR"])
def test_gunicorn_takes_no_header_for_what_a_server_says(name):
    """Not from this machine either, where the proxy may be."""
    config = Config()
    for setting in ("forwarder_headers", "limit_request_line"):
        config.set(setting, getattr(gunicorn, setting))
    sent = f"GET /zzz/en/ HTTP/1.1\r\nHost: localhost\r\n{name}: /zzz\r\n\r\n".encode()
    received = Request(config, IterUnreader([sent]), ("127.0.0.1", 50_000))
    assert [header for header, _value in received.headers] == ["HOST"]
