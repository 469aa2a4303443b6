"""What goes wrong inside the admin is said as the admin says things, and leads back to it."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal import views
from tests import factories as make

LANGUAGES = [("en", "ltr"), ("fa", "rtl")]


def looks_like_the_admin(response, language="en", direction="ltr"):
    text = response.content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in text
    assert 'id="site-name"' in text
    assert 'href="/admin/"' in text
    assert " style=" not in text
    assert "<style" not in text
    return text


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
@pytest.mark.parametrize(
    ("address", "status"),
    [("/admin/nowhere/", 404), ("/admin/auth/user/", 403)],
)
def test_a_page_that_is_not_there_or_not_open(officer, address, status, language, direction):
    response = officer.get(address, headers={"accept-language": language})
    assert response.status_code == status
    text = looks_like_the_admin(response, language, direction)
    assert "desk-officer" in text
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_it_leads_back_to_the_list_of_the_noun_where_that_is_open(officer):
    response = officer.get("/admin/catalog/contract/publish/?ids=1")
    assert response.status_code == 403
    assert '<a class="button" href="/admin/catalog/contract/">Contracts</a>' in response.content.decode()
    assert 'href="/admin/auth/user/"' not in officer.get("/admin/auth/user/").content.decode()


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_a_fault_of_ours_is_told_without_the_database(rf, language, direction):
    request = rf.get("/admin/catalog/contract/", headers={"accept-language": language})
    response = views.server_error(request)
    assert response.status_code == 500
    assert "/admin/catalog/contract/" in looks_like_the_admin(response, language, direction)


def test_a_fault_of_ours_is_told_by_the_handler(administrator, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr("catalog.admin.base.NounAdmin.get_queryset", fail)
    administrator.raise_request_exception = False
    with CaptureQueriesContext(connection) as queries:
        response = administrator.get("/admin/catalog/contract/")
    assert response.status_code == 500
    looks_like_the_admin(response)
    of_account = ("staffsession", "auth_", "catalog_scope")
    assert all(any(table in query["sql"] for table in of_account) for query in queries)


@pytest.mark.django_db
def test_a_request_under_a_strange_host_is_told_before_anybody_is_known():
    response = Client(headers={"accept-language": "en"}).get("/admin/", headers={"host": "evil.example"})
    assert response.status_code == 400
    looks_like_the_admin(response)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
@pytest.mark.parametrize("address", ["/admin/login/", "/admin/catalog/contract/add/"])
def test_a_form_without_its_token_says_so(language, direction, address):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
    response = client.post(address)
    assert response.status_code == 403
    looks_like_the_admin(response, language, direction)


def test_a_record_that_was_deleted_says_by_whom(administrator, officer):
    contract = make.make_contract(state="draft", title_en="Valves", title_fa="شیر")
    address = f"/admin/catalog/contract/{contract.pk}/change/"
    administrator.post(f"/admin/catalog/contract/{contract.pk}/delete/", {"post": "yes"})
    for response in (officer.get(address), officer.post(address, {"title_en": "Gate valves"})):
        assert response.status_code == 410
        text = looks_like_the_admin(response)
        assert "Valves” was deleted" in text
        assert "administrator deleted it on" in text
        assert 'href="/admin/catalog/contract/"' in text


def test_a_record_that_never_was_leads_to_the_first_page(officer):
    response = officer.get("/admin/catalog/contract/999999/change/")
    assert (response.status_code, response["Location"]) == (302, "/admin/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/nowhere/", "/nowhere", "/administration/"])
def test_what_is_not_inside_the_admin_looks_as_before(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert 'id="site-name"' not in response.content.decode()
