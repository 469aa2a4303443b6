"""What Prometheus is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest

from catalog.models import Outbox
from catalog.staff import mail
from portal import gunicorn
from portal.backups import making
from portal.database import sqlite_file
from portal.management.commands import serve_metrics
from portal.observability import collector, metrics, state


@pytest.fixture
def counting(monkeypatch):
    monkeypatch.setattr(metrics, "COUNTING", True)


def counted(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


@pytest.mark.usefixtures("counting")
@pytest.mark.parametrize(
    ("marks", "status", "view", "kept"),
    [
        ({"public_tag": "x"}, 200, "kept", "miss"),
        ({"public_tag": "x", "stored": True}, 200, "kept", "hit"),
        ({"public_tag": "x"}, 304, "kept", "known"),
        ({"resolver_match": SimpleNamespace(view_name="admin:index")}, 503, "admin:index", None),
        ({}, 404, "none", None),
    ],
)
def test_an_answer_is_counted_by_view_status_and_what_was_kept(marks, status, view, kept):
    request = RequestFactory().get("/")
    for name, value in marks.items():
        setattr(request, name, value)
    labels = {"view": view, "status": f"{status // 100}xx"}
    before = counted("portal_request_seconds_count", **labels), counted("portal_kept_pages_total", what=kept)
    metrics.count(request, HttpResponse(status=status), 0.02)
    after = counted("portal_request_seconds_count", **labels), counted("portal_kept_pages_total", what=kept)
    assert after == (before[0] + 1, before[1] + bool(kept))


def test_a_process_takes_the_lowest_number_that_is_free():
    server = SimpleNamespace(WORKERS={7: SimpleNamespace(slot=1), 9: SimpleNamespace(slot=3)})
    worker = SimpleNamespace()
    gunicorn.pre_fork(server, worker)
    assert worker.slot == 2


def test_the_process_that_tells_metrics_makes_no_database(settings, monkeypatch, tmp_path):
    settings.METRICS_ADDRESS = "127.0.0.1:9100"
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    parents, seen = iter([1, 1, 2]), []
    monkeypatch.setattr(serve_metrics.os, "getppid", lambda: next(parents))
    server = SimpleNamespace(handle_request=lambda: seen.append(sqlite_file.MustExist.now))
    monkeypatch.setattr(serve_metrics.Command, "bound", lambda *_arguments: server)
    call_command("serve_metrics")
    assert seen == [True]
    assert not sqlite_file.MustExist.now


def told():
    registry = CollectorRegistry()
    registry.register(collector.SiteCollector())
    return dict(
        line.rsplit(" ", 1) for line in generate_latest(registry).decode().splitlines() if line[0] != "#"
    )


@pytest.fixture
def kept_open(monkeypatch):
    """The collector closes its connection, and with it the test's transaction."""
    monkeypatch.setattr(collector, "connection", SimpleNamespace(close=lambda: None))


@pytest.mark.django_db
@pytest.mark.usefixtures("kept_open")
def test_the_state_of_the_installation_is_told(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    moment = datetime.now(UTC) - timedelta(hours=2)
    (tmp_path / f"portal-{moment.strftime(making.STAMP)}.tar.gz.age").write_bytes(b"12345")
    mail.put("one@example.org", "a", "b")
    waits = mail.put("two@example.org", "a", "b", created_at=moment)
    Outbox.objects.filter(pk=waits.pk).update(tries=2, last_error="away")
    mail.put("gone@example.org", "a", "b", tries=1, last_error="no", undeliverable_at=moment)
    found = told()
    assert float(found["portal_backup_bytes"]) == 5
    assert 7200 <= float(found["portal_backup_age_seconds"]) < 7300
    assert (found["portal_outbox_waiting"], found["portal_outbox_refused"]) == ("2.0", "1.0")
    assert found["portal_outbox_undeliverable"] == "1.0"
    assert 7200 <= float(found["portal_outbox_oldest_seconds"]) < 7300
    assert not [name for name in found if "edition" in name], "each edit would begin another series"
    assert not [name for name in found if "example.org" in name]


def test_two_disks_are_told_apart_whose_folders_have_one_name(monkeypatch):
    """As /var/lib/portal and /var/backups/portal have: of one series told twice, Prometheus takes neither."""
    folders = [Path("/var/lib/portal"), Path("/var/backups/portal")]
    monkeypatch.setattr(state, "free_disk", lambda: [(folder, 1) for folder in folders])
    (family,) = collector.disks()
    assert [sample.labels["folder"] for sample in family.samples] == list(map(str, folders))


@pytest.mark.usefixtures("kept_open")
def test_without_a_database_the_rest_is_told(monkeypatch):
    def away():
        raise collector.DatabaseError

    for name in ("outbox", "jobs"):
        monkeypatch.setattr(collector, name, away)
        getattr(collector, name).__name__ = name
    monkeypatch.setattr(state, "readiness", lambda: {"database": "away", "disk": "ok"})
    found = told()
    assert found['portal_ready{part="database"}'] == "0.0"
    assert found['portal_ready{part="disk"}'] == "1.0"
    assert any(name.startswith("portal_disk_free_bytes") for name in found)
    assert "portal_outbox_waiting" not in found


@pytest.mark.parametrize("late", [False, True])
def test_mail_that_waits_long_wants_a_look(late):
    since = datetime.now(UTC) - state.OUTBOX_LATE * (2 if late else 0.5)
    assert state.WaitingMail(1, 0, since).is_fine is not late
