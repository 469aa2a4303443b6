"""Health, and the pages that say what went wrong."""

import pytest
from django.db import DatabaseError
from django.test import Client, override_settings
from django.urls import get_resolver

from portal import views

LANGUAGES = [("en", "ltr"), ("fa", "rtl")]


def fail(*args, **kwargs):
    raise DatabaseError("gone")


def test_health_needs_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@override_settings(SECURE_SSL_REDIRECT=True)
@pytest.mark.django_db
def test_health_is_not_sent_to_https_but_pages_are(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/en/")["Location"] == "https://testserver/en/"


@pytest.mark.django_db
def test_health_may_be_asked_under_any_name_of_the_host(client, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    for path in ("/healthz", "/readyz"):
        response = client.get(path, headers={"host": "10.0.0.7:8000"})
        assert response.status_code == 200
        assert response["Content-Security-Policy"]
    assert client.get("/en/", headers={"host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_an_unknown_address_is_a_404_in_its_language(client, language, direction):
    response = client.get(f"/{language}/nowhere/", headers={"accept-language": "en"})
    assert response.status_code == 404
    assert f'<html lang="{language}" dir="{direction}">' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_an_unknown_address_outside_the_languages_is_a_404_in_the_browsers_language(
    client, language, direction
):
    response = client.get("/nowhere", headers={"accept-language": language})
    assert response.status_code == 404
    assert f'<html lang="{language}" dir="{direction}">' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_a_form_without_its_token_says_so_in_the_visitors_language(language, direction):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", headers={"accept-language": language})
    assert response.status_code == 403
    assert f'<html lang="{language}" dir="{direction}">' in response.content.decode()


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_a_fault_of_ours_is_a_500_in_the_visitors_language_without_database(rf, language, direction):
    response = views.server_error(rf.get(f"/{language}/products/"))
    assert response.status_code == 500
    assert f'<html lang="{language}" dir="{direction}">' in response.content.decode()


def test_a_500_page_that_cannot_be_shown_still_answers_in_both_languages(rf, monkeypatch, caplog):
    monkeypatch.setattr(views.loader, "render_to_string", fail)
    response = views.server_error(rf.get("/fa/"))
    assert response.status_code == 500
    assert 'lang="fa" dir="rtl"' in response.content.decode()
    assert "Something went wrong" in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_the_handlers_of_the_site_are_ours(status):
    assert get_resolver().resolve_error_handler(status).__module__ == "portal.views"
