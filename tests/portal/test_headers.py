"""Headers, cookies and redirects that every visitor gets."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

PAGES = [
    "/en/",
    "/fa/",
    "/en/products/",
    "/fa/companies/",
    "/en/desks/",
    "/fa/about/",
    "/en/data/",
    "/fa/accessibility/",
    "/en/nowhere/",
    "/admin/login/",
]
BESIDE = [
    "/",
    "/products/",
    "/en/products",
    "/healthz",
    "/robots.txt",
    "/documents/1/",
    "/ocds/releases.json",
]
SHAPES = ["/en/products/export.csv", "/fa/products/feed.atom", "/sitemap.xml", "/opensearch.xml"]


def directives(response):
    policy = response["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*PAGES, *BESIDE, *SHAPES])
def test_every_page_has_the_strict_policy_and_its_companions(client, address):
    response = client.get(address)
    policy = directives(response)
    assert policy["default-src"] == "'none'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {policy[f"{kind}-src"] for kind in ("script", "style", "img", "font", "connect")} == {"'self'"}
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]
    open_to_all = address.endswith((".csv", ".atom")) or address.startswith("/ocds/")
    policy = "cross-origin" if open_to_all else "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == policy
    assert response.get("Access-Control-Allow-Origin") == ("*" if open_to_all else None)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*(page for page in PAGES if not page.startswith("/admin/")), *SHAPES])
def test_a_page_without_a_form_to_send_sets_no_cookie(client, address):
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.django_db
def test_cookies_of_the_staff_are_closed_to_scripts_and_other_sites(client, django_user_model):
    django_user_model.objects.create_superuser("someone", password="a long password")
    client.get("/admin/login/")
    cookies = client.post("/admin/login/", {"username": "someone", "password": "a long password"}).cookies
    assert set(cookies) == {"portal_session", "portal_csrf"}
    assert {(cookie["httponly"], cookie["samesite"]) for cookie in cookies.values()} == {(True, "Lax")}


@pytest.mark.parametrize(
    ("accepted", "home"),
    [
        ("", "/en/"),
        ("fa", "/fa/"),
        ("fa-IR,fa;q=0.9,en;q=0.8", "/fa/"),
        ("en-GB,fa;q=0.3", "/en/"),
        ("de", "/en/"),
    ],
)
def test_the_root_leads_to_the_language_the_browser_prefers(client, accepted, home):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]


@pytest.mark.django_db
def test_an_address_without_its_prefix_leads_to_the_page(client):
    response = client.get("/products/?q=pump", headers={"accept-language": "fa"})
    assert (response.status_code, response["Location"]) == (302, "/fa/products/?q=pump")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["//evil.example/", "/en//evil.example/", "//evil.example/products/", "/\\evil.example"]
)
def test_no_redirect_leads_to_another_site(client, address):
    response = client.get(address)
    assert response.status_code == 404 or response["Location"].startswith(("/en/", "/fa/"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/", "/fa/products/", "/en/products/feed.atom", "/robots.txt"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_public_page_says_what_may_be_asked_of_it(address, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_staff_may_still_choose_the_admins_language(client):
    response = client.post("/i18n/setlang/", {"language": "fa", "next": "/admin/"})
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "fa"


def test_health_is_text_with_its_encoding(client):
    assert client.get("/healthz")["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
@pytest.mark.parametrize(("contact", "status"), [("", 404), ("mailto:security@portal.example", 200)])
def test_where_to_write_about_a_weakness_follows_a_setting(client, settings, contact, status):
    settings.SECURITY_CONTACT = contact
    response = client.get("/.well-known/security.txt")
    assert response.status_code == status
    if contact:
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        told = dict(line.split(": ", 1) for line in response.text.splitlines())
        assert told["Contact"] == contact
        assert told["Preferred-Languages"] == "en, fa"
        assert told["Canonical"] == "http://testserver/.well-known/security.txt"
        left = datetime.fromisoformat(told["Expires"]) - timezone.now()
        assert timedelta(days=100) < left < timedelta(days=366)
