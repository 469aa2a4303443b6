"""What Prometheus is told."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest

from catalog.models import Outbox
from catalog.staff import mail
from portal import gunicorn
from portal.backups import making
from portal.observability import collector, metrics, server, state
from tests.serve import ROOT


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
    metrics.count_answer(request, HttpResponse(status=status), 0.02)
    after = counted("portal_request_seconds_count", **labels), counted("portal_kept_pages_total", what=kept)
    assert after == (before[0] + 1, before[1] + bool(kept))


def test_a_process_takes_the_lowest_number_that_is_free():
    server = SimpleNamespace(WORKERS={7: SimpleNamespace(slot=1), 9: SimpleNamespace(slot=3)})
    worker = SimpleNamespace()
    gunicorn.pre_fork(server, worker)
    assert worker.slot == 2


@pytest.fixture
def gunicorn_alone(tmp_path):
    """(process, address of its metrics) of gunicorn without a database."""
    ports = free_ports(2)
    environment = {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "WEB_CONCURRENCY": "2",
        "PORT": str(ports[0]),
    }
    environment |= {"METRICS_ADDRESS": f"127.0.0.1:{ports[1]}", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log)
    yield process, f"http://127.0.0.1:{ports[1]}/metrics"
    process.terminate()
    process.wait(60)


def free_ports(number):
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _number in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def scraped(address, seconds=60):
    """What is told at the address, as soon as somebody answers there."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def test_metrics_come_back_after_every_process_but_the_master_was_killed(gunicorn_alone, tmp_path):
    process, address = gunicorn_alone
    assert "portal_ready" in scraped(address)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) >= 2
    for child in children:
        os.kill(int(child), signal.SIGKILL)
    assert "portal_ready" in scraped(address)
    assert not (tmp_path / "portal.sqlite3").exists(), "telling how a site stands makes no database"


def test_metrics_that_cannot_be_served_are_tried_again_and_said_once(settings, monkeypatch, caplog):
    settings.METRICS_ADDRESS = "127.0.0.1:9100"
    tries = iter([OSError("taken"), OSError("taken"), ValueError("another")])

    def fail(_application):
        raise next(tries, SystemExit)

    monkeypatch.setattr(server, "serve", fail)
    monkeypatch.setattr(server.time, "sleep", lambda _seconds: None)
    with pytest.raises(SystemExit):
        server.serve_for_ever(None)
    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == ["taken", "another"]


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

    for name in ("outbox_metrics", "job_metrics"):
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
