"""What a first start prepares, and a second one leaves alone."""

import errno
import os
import socket

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from catalog import search
from catalog.caching.failures import Failure
from catalog.models import Company, LoadRun, Product
from portal.management.commands import start
from tests.factories import make_product

from .health.failing import error_of


@pytest.fixture
def begin(monkeypatch, settings, tmp_path):
    """begin() runs the command up to the point where it would become gunicorn."""
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PORT", str(probe.getsockname()[1]))
    served = []
    monkeypatch.setattr(start, "become_gunicorn", lambda: served.append(True))
    monkeypatch.setattr(start.collection, "collect", lambda: None)

    def begin():
        call_command("start", verbosity=0)
        return served

    return begin


@pytest.mark.whole
@pytest.mark.django_db
def test_an_empty_database_is_filled_and_given_staff(begin, tmp_path, capsys):
    assert begin() == [True]
    assert Product.objects.count() == 256
    accounts = (tmp_path / "accounts.txt").read_text()
    assert accounts.strip().splitlines() == [
        line.strip() for line in capsys.readouterr().out.splitlines() if "(" in line
    ]
    assert (tmp_path / "accounts.txt").stat().st_mode & 0o777 == 0o600
    for line in accounts.splitlines():
        name, password, group = line.split(None, 2)
        user = User.objects.get(username=name)
        assert user.check_password(password)
        assert (user.is_staff, user.is_superuser) == (True, False)
        assert f"({user.groups.get().name})" == group


@pytest.mark.django_db
def test_an_index_that_a_migration_emptied_is_built_again(begin):
    make_product(name_en="Pump")
    search.clear()
    begin()
    assert search.find("pump").matches.tiers
    assert search.suggest("pump")


@pytest.mark.django_db
def test_a_database_with_a_product_is_not_loaded_into(begin):
    make_product()
    begin()
    assert Product.objects.count() == 1


@pytest.mark.django_db
def test_a_key_that_leads_to_no_office_is_said_and_stops_no_start(begin, settings, capsys):
    make_product()
    settings.FRONT_DOOR_OFFICE = "front-dor"
    assert begin() == [True]
    assert (
        "FRONT_DOOR_OFFICE is 'front-dor', which is the key of no published office" in capsys.readouterr().err
    )


@pytest.mark.django_db
def test_a_database_that_was_emptied_after_a_load_stays_empty(begin):
    LoadRun.objects.create(what=LoadRun.What.FACTS)
    begin()
    assert not Product.objects.exists()
    assert not Company.objects.exists()


@pytest.mark.django_db
def test_no_account_is_made_where_there_is_one(begin, tmp_path):
    LoadRun.objects.create(what=LoadRun.What.FACTS)
    User.objects.create_superuser("someone", password="a long password")
    begin()
    assert User.objects.count() == 1
    assert not (tmp_path / "accounts.txt").exists()


@pytest.mark.django_db
def test_production_makes_no_account(begin, settings):
    settings.PRODUCTION = True
    LoadRun.objects.create(what=LoadRun.What.FACTS)
    begin()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_database_that_cannot_be_written_is_refused_though_nothing_is_to_be_written(begin, monkeypatch):
    monkeypatch.setattr(start.probe, "database_failure", lambda: Failure.READ_ONLY)
    with pytest.raises(CommandError, match="the database cannot be written: give its file"):
        begin()


@pytest.mark.parametrize("port", ["0x50", "-1", "70000", "http"])
def test_a_port_that_cannot_be_is_refused_in_one_line(begin, monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match=f"port {port} cannot be used"):
        begin()


def test_a_taken_port_is_refused_before_anything_is_done(begin):
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(os.environ["PORT"])))
        other.listen()
        with pytest.raises(CommandError, match="cannot be used"):
            begin()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (error_of(Failure.CORRUPT), "damaged: restore a backup"),
        (error_of(Failure.BUSY), "the database is locked"),
        (error_of(Failure.READ_ONLY), "the database cannot be written"),
        (error_of(Failure.AWAY), "the database does not answer"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), "VAR_DIR cannot be written"),
    ],
)
def test_why_it_cannot_start_is_said_in_one_line(begin, monkeypatch, error, words):
    def fail():
        raise error

    monkeypatch.setattr(start, "migrate", fail)
    with pytest.raises(CommandError, match=words) as raised:
        begin()
    assert str(raised.value).startswith("The portal cannot start: ")
    assert "\n" not in str(raised.value)


@pytest.mark.whole
@pytest.mark.django_db
def test_what_the_planner_knows_is_counted_after_loading(begin):
    statements = []
    begin()
    with connection.execute_wrapper(lambda run, sql, *rest: (statements.append(sql), run(sql, *rest))[1]):
        begin()
    assert "ANALYZE" not in statements, "a start that changes nothing reads no table"
    with connection.execute_wrapper(lambda run, sql, *rest: (statements.append(sql), run(sql, *rest))[1]):
        call_command("load_data", facts_only=True, verbosity=0)
    assert "ANALYZE" in statements
