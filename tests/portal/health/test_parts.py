"""What /readyz says of each part, in the process; tests/drills breaks real sites."""

import json
import sqlite3
import threading
import time
from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError, connection

from catalog.caching import editions
from catalog.caching.failures import Failure
from catalog.models import Document
from portal.database import sqlite_file
from portal.health import parts, probe
from tests.factories import make_product

from .failing import error_of

MANIFEST = {"version": "1.1", "hash": ""}
PARTS = ["database", "migrations", "static", "disk", "media", "uploads"]


def answer(client):
    response = client.get("/readyz")
    return response.status_code, {part: text for part, text in response.json().items() if text != "ok"}


@pytest.mark.django_db
def test_a_whole_site_is_ready_and_moves_no_edition_by_saying_so(client):
    before = editions.current()
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, dict.fromkeys(PARTS, "ok"))
    assert "no-store" in response["Cache-Control"]
    assert editions.current() == before
    assert client.head("/readyz").status_code == 200
    assert client.post("/readyz").status_code == 405


@pytest.mark.django_db
def test_a_pending_migration_is_counted_and_what_was_found_is_kept(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert answer(client) == (503, {"migrations": "1 pending: run manage.py migrate"})
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'auth'")
    assert answer(client)[1]["migrations"].startswith("1 pending")


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_named(client, monkeypatch, caplog):
    def fail(*args):
        raise OperationalError("gone") from sqlite3.OperationalError("gone")

    monkeypatch.setattr(probe, "_sqlite", fail)
    monkeypatch.setattr(probe, "_postgresql", fail)
    assert answer(client) == (503, {"database": "the database does not answer"})
    assert answer(client)[0] == 503
    said = [record.getMessage() for record in caplog.records if "readiness" in record.getMessage()]
    assert said == ["readiness of database: the database does not answer"], "once, when it changes"


@pytest.mark.parametrize(
    ("vendor", "said"), [("sqlite", ""), ("postgresql", "the database is locked, or has no connection left")]
)
def test_a_lock_of_sqlite_is_waited_for_and_a_lack_of_connections_is_named_at_once(monkeypatch, vendor, said):
    def fail():
        raise error_of(Failure.BUSY)

    monkeypatch.setattr(probe, f"_{vendor}", fail)
    known = SimpleNamespace(vendor=vendor, connection=None, in_atomic_block=True)
    monkeypatch.setattr(probe, "connection", known)
    monkeypatch.setattr(probe._Written, "at", time.monotonic())
    assert probe.database_failure() == said


@pytest.mark.django_db
def test_a_database_that_cannot_be_written_is_named(client):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = 1")
        else:
            cursor.execute("SET TRANSACTION READ ONLY")
    try:
        assert answer(client) == (503, {"database": "the database cannot be written"})
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = 0")


@pytest.fixture
def collected(settings, tmp_path):
    """write(name, text) a file of a site whose manifest names two files, one of them compressed too."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.assets.storage.SiteStorage"}}

    def write(name, text):
        (tmp_path / name).write_text(text)
        parts.forget()

    files = {"a.1.css": "a {}", "b.2.css": "b {}", "b.2.css.br": "short"}
    for name, text in files.items():
        write(name, text)
    recorded = {name: sha256(text.encode()).hexdigest() for name, text in files.items()}
    write("collected.txt", json.dumps({"files": recorded}))
    write("staticfiles.json", json.dumps(MANIFEST | {"paths": {"a.css": "a.1.css", "b.css": "b.2.css"}}))
    return write


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["staticfiles.json", "collected.txt"])
@pytest.mark.parametrize("text", ["{", "[]", '{"paths": [], "files": []}'])
def test_what_says_which_files_there_are_is_read(client, collected, name, text):
    assert answer(client) == (200, {})
    collected(name, text)
    assert answer(client) == (503, {"static": f"{name} is missing or damaged: start the site again"})


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "c {}"], ids=["empty", "of the same size"])
@pytest.mark.parametrize("name", ["a.1.css", "b.2.css.br"])
def test_a_damaged_static_file_is_found(client, collected, name, text):
    collected(name, text)
    assert answer(client) == (503, {"static": "1 of 3 files are missing or damaged: start the site again"})


@pytest.mark.django_db
def test_a_lost_static_file_is_found_and_new_ones_of_a_build_just_collected_are_none(
    client, collected, tmp_path
):
    collected("c.3.css", "c {}")
    another = MANIFEST | {"paths": {"a.css": "a.1.css", "c.css": "c.3.css"}}
    collected("staticfiles.json", json.dumps(another))
    assert answer(client) == (200, {})
    (tmp_path / "c.3.css").unlink()
    parts.forget()
    assert answer(client) == (503, {"static": "1 of 2 files are missing or damaged: start the site again"})


@pytest.mark.django_db
def test_a_disk_that_is_nearly_full_is_named(client, settings):
    settings.LEAST_FREE_MIB = 10**9
    status, failed = answer(client)
    assert (status, set(failed)) == (503, {"disk"})
    assert "fewer than 1000000000" in failed["disk"]
    assert "/" not in failed["disk"], "the page is public and says no path"


@pytest.mark.django_db
def test_a_lost_upload_is_counted_and_turns_nobody_away(client):
    document = Document(product=make_product(), title_en="Test", title_fa="آزمون")
    document.file.save("a.txt", ContentFile("text"), save=False)
    Document.objects.bulk_create([document])
    assert answer(client)[1] == {}
    document.file.storage.delete(document.file.name)
    parts.forget()
    assert answer(client) == (200, {"uploads": "1 missing: manage.py check_index names those of documents"})


@pytest.mark.django_db
def test_folders_that_cannot_be_written_are_named(client, settings, tmp_path, monkeypatch):
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"proofs": files}
    assert answer(client)[0] == 200
    monkeypatch.setattr(parts.os, "access", lambda path, rights: path != tmp_path)  # root may all
    parts.forget()
    assert answer(client) == (503, {"media": "proofs cannot be read or written"})


def test_while_one_looks_anew_others_are_told_what_was_known_and_of_another_part_what_is(monkeypatch):
    looking, ready = threading.Event(), threading.Event()

    def slow():
        looking.set()
        return ready.wait(5) and parts.OK

    monkeypatch.setitem(parts.PARTS, "disk", (lambda: "nearly full", 0))
    assert parts.checks(["disk"]) == {"disk": "nearly full"}
    monkeypatch.setitem(parts.PARTS, "disk", (slow, 60))
    thread = threading.Thread(target=parts.checks, args=(["disk"],))
    thread.start()
    assert looking.wait(5)
    assert parts.checks(["disk", "media"]) == {"disk": "nearly full", "media": parts.OK}
    ready.set()
    thread.join()
    assert parts.checks(["disk"]) == {"disk": parts.OK}


@pytest.mark.django_db
def test_asking_keeps_no_read_only_connection_open(client, monkeypatch):
    let_go = []
    monkeypatch.setattr(sqlite_file, "let_go", let_go.append)
    client.get("/readyz")
    assert let_go
