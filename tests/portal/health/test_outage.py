"""What visitors, staff and the log see while the database fails, in the process."""

import logging
import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from catalog.caching import last_known
from catalog.caching.failures import Failure
from catalog.models import Sector
from catalog.staff.roles import ensure_roles
from contact import stamps
from contact.models import Enquiry
from portal.health import outage as outage_module
from portal.health import parts
from portal.health.outage import outage
from tests.catalog.admin.forms import fields_of
from tests.contact.conftest import LETTER
from tests.factories import make_product

from .failing import failing


def browser(**headers):
    """Sees the page of an error, as browsers do."""
    return Client(
        headers={name.replace("_", "-"): text for name, text in headers.items()},
        raise_request_exception=False,
    )


@pytest.fixture(autouse=True)
def no_outage():
    yield
    outage.began, outage.failures = None, 0


@pytest.fixture
def products(db, settings):
    """One public product and one that was withdrawn, on a site that keeps pages."""
    settings.PAGE_CACHE_BYTES = 2**22
    make_product(slug="gone", state="withdrawn", withdrawn_reason_en="Twice", withdrawn_reason_fa="دوباره")
    return make_product(slug="pump", name_en="Pump", name_fa="پمپ")


def test_kept_pages_are_shown_as_of_when_they_were_true_and_what_was_withdrawn_stays_so(products):
    client = browser()
    pages = ["/en/products/pump/", "/fa/products/pump/", "/api/v1/products/"]
    tags = {path: client.get(path)["ETag"] for path in pages}
    assert client.get("/en/products/gone/").status_code == 410
    with failing(Failure.AWAY):
        for path in pages:
            response = client.get(path, headers={"if-none-match": tags[path]})
            assert (response.status_code, response["Cache-Control"]) == (200, "no-store"), path
            assert not response.has_header("ETag")
            assert int(response["Age"]) >= 0
        assert re.search("As of [0-9]{2}:[0-9]{2}:", client.get(pages[0]).content.decode())
        assert re.search("[۰-۹]{2}:[۰-۹]{2}:", client.get(pages[1]).content.decode())
        assert client.get(pages[2]).json()
        assert client.get("/en/products/gone/").status_code == 410
        assert client.get("/en/products/other/").status_code == 503
    fresh = client.get(pages[0])
    assert fresh["ETag"] == tags[pages[0]]
    assert "as-of" not in fresh.content.decode()


def test_a_page_is_shown_for_a_quarter_of_an_hour_and_never_after_it_changed(products):
    client = browser()
    path = "/en/products/pump/"
    client.get(path)
    last_known._Last.known = replace(last_known._Last.known, clock=last_known._Last.known.clock - 15 * 60)
    with failing(Failure.AWAY):
        assert client.get(path).status_code == 503
    client.get(path)
    last_known._Last.known = replace(last_known._Last.known, state=("another", "2026-01-01"))
    with failing(Failure.AWAY):
        assert client.get(path).status_code == 503


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_is_not_kept_is_a_503_in_the_visitors_language_and_the_log_stays_short(
    db, language, caplog, monkeypatch
):
    client = browser(accept_language=language)
    with failing(Failure.AWAY):
        for path in (f"/{language}/", "/api/v1/products/", "/admin/", *[f"/{language}/companies/"] * 20):
            response = client.get(path, HTTP_COOKIE="portal_session=abcdefgh")
            assert (response.status_code, response["Retry-After"]) == (503, "30"), path
            if not path.startswith("/api"):
                assert f'lang="{language}"' in response.content.decode(), path
            else:
                assert response["Content-Type"] == "application/problem+json"
                assert response.json()["retry_after"] == 30
    told = [record for record in caplog.records if record.name == "portal.health.outage"]
    assert len(told) == 1 + outage_module.LINES
    assert [bool(record.exc_info) for record in told] == [True] + [False] * outage_module.LINES
    assert not [record for record in caplog.records if record.name == "django.request"]
    parts.forget()
    monkeypatch.setattr(outage_module, "QUIET_SECONDS", 0)
    client.get(f"/{language}/companies/")
    assert "all works again" in caplog.records[-1].getMessage()
    assert caplog.records[-1].getMessage().endswith("23 failed requests")
    assert not outage.lasts


@pytest.fixture
def editor(transactional_db):
    ensure_roles()
    user = User.objects.create(username="editor", is_staff=True)
    user.groups.set([Group.objects.get(name="editor")])
    client = browser(accept_language="en", sec_fetch_site="same-origin")
    client.force_login(user)
    client.get("/admin/")
    return client


TYPED = {"name_en": "Mining & ore", "name_fa": "معدن", "slug": "mining", "_save": "1"}
ADD = "/admin/catalog/sector/add/"


@pytest.mark.parametrize(
    ("failure", "words"),
    [(Failure.FULL, "Not saved: the disk is full."), (Failure.READ_ONLY, "the database cannot be written.")],
)
def test_a_form_of_staff_that_cannot_be_saved_comes_back_filled(editor, failure, words):
    sent = fields_of(editor.get(ADD)) | TYPED
    with failing(failure, writes_only=True):
        response = editor.post(ADD, sent)
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert words in page
    assert 'value="Mining &amp; ore"' in page
    assert 'name="_signature"' in page
    assert not Sector.objects.filter(slug="mining").exists()
    assert editor.post(ADD, sent).status_code == 302
    assert Sector.objects.get(slug="mining").name_en == "Mining & ore"


def test_a_form_of_staff_is_not_lost_with_the_database_away_and_nothing_secret_is_repeated(editor):
    with failing(Failure.AWAY):
        response = editor.post(ADD, TYPED)
        secret = editor.post("/admin/login/", {"username": "editor", "password": "hidden words"})
    page = response.content.decode()
    assert response.status_code == 503
    assert "Not saved: the database does not answer." in page
    again = dict(re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', page))
    assert again["name_en"] == "Mining &amp; ore"
    assert secret.status_code == 503
    assert "hidden words" not in secret.content.decode()


def test_staff_can_read_and_stay_signed_in_while_nothing_can_be_written(editor):
    sector = Sector.objects.create(slug="mining", name_en="Mining", name_fa="معدن")
    session = editor.session
    session["seen"] = 0
    session.save()
    with failing(Failure.READ_ONLY, writes_only=True):
        for path in ("/admin/", reverse("admin:catalog_sector_change", args=[sector.pk])):
            assert editor.get(path).status_code == 200, path


@pytest.mark.parametrize("writes_only", [True, False])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_a_visitor_typed_is_on_the_page_that_says_it_could_not_be_stored(
    transactional_db, language, writes_only, monkeypatch, caplog
):
    monkeypatch.setattr(stamps, "LEAST_SECONDS", 0)
    client, sent = browser(sec_fetch_site="same-origin"), LETTER | {"stamp": stamps.new()}
    with failing(Failure.FULL if writes_only else Failure.AWAY, writes_only):
        response = client.post(f"/{language}/ask/", sent)
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"]
    assert [record.name for record in caplog.records if record.exc_info] == ["portal.health.outage"]
    assert f'<html lang="{language}"' in page
    for text in (LETTER["text"], LETTER["name"], LETTER["email"], sent["stamp"]):
        assert text in page
    assert client.post(f"/{language}/ask/", sent).status_code == 303
    assert Enquiry.objects.count() == 1


def test_a_full_disk_while_an_upload_is_read_is_no_fault_of_the_program(rf, db, monkeypatch):
    def full(self, *args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.file_complete", full)
    client = browser(sec_fetch_site="same-origin")
    with (settings_file := open(__file__, "rb")):  # noqa: PTH123
        response = client.post("/en/ask/", LETTER | {"proofs": settings_file})
    assert response.status_code == 503


def test_faults_of_the_program_stay_faults(db, monkeypatch):
    monkeypatch.setattr("catalog.caching.editions.current", lambda: 1 / 0)
    assert browser().get("/en/").status_code == 500
    assert not outage.lasts
    assert logging.getLogger("django.request").filters
