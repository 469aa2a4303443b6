"""A connection to a file of SQLite that is no longer what stands at its path."""

import importlib
import os
import shutil
import sqlite3
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from portal import gunicorn, wsgi
from portal.database import sqlite_file
from portal.observability import metrics


@pytest.fixture
def opened(tmp_path, django_db_blocker):
    """A connection of Django's to a file of its own, with one table."""
    options = connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(tmp_path / "a.sqlite3"),
        "OPTIONS": {"factory": sqlite_file.Connection, "init_command": "PRAGMA journal_mode=WAL"},
    }
    with django_db_blocker.unblock():
        connection = DatabaseWrapper(options, "other")
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE number (number integer)")
        yield connection
        connection.close()


def is_dropped(connection):
    sqlite_file.drop_stale(connection)
    return connection.connection is None


def test_a_connection_is_kept_while_its_file_stands(opened):
    assert not is_dropped(opened)


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_a_connection_to_a_file_that_is_gone_is_dropped(opened, tmp_path, how):
    path = tmp_path / "a.sqlite3"
    if how == "replaced":
        shutil.copyfile(path, tmp_path / "b")
        (tmp_path / "b").replace(path)
    else:
        path.unlink()
    assert is_dropped(opened)


def test_a_connection_that_was_read_only_is_dropped_once_it_need_not_be(opened, monkeypatch):
    opened.close()
    monkeypatch.setattr(os, "access", lambda path, right: False)
    opened.ensure_connection()
    assert not is_dropped(opened), "reading goes on"
    monkeypatch.undo()
    assert is_dropped(opened)


def test_a_read_only_connection_is_not_kept_after_its_request(opened, monkeypatch):
    sqlite_file.let_go(opened)
    assert opened.connection is not None
    opened.close()
    monkeypatch.setattr(os, "access", lambda path, right: False)
    opened.ensure_connection()
    sqlite_file.let_go(opened)
    assert opened.connection is None


def test_no_transaction_loses_its_connection(opened, tmp_path):
    opened.in_atomic_block = True
    (tmp_path / "a.sqlite3").unlink()
    assert not is_dropped(opened)
    opened.in_atomic_block = False


def test_a_serving_process_makes_no_empty_file_where_one_was_moved_away(opened, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite_file.MustExist, "now", True)
    path = tmp_path / "a.sqlite3"
    away = path.rename(tmp_path / "away")
    assert is_dropped(opened)
    with pytest.raises(OperationalError, match="not there") as raised:
        opened.ensure_connection()
    assert isinstance(raised.value.__cause__, sqlite3.OperationalError)
    assert not path.exists()
    away.rename(path)
    opened.ensure_connection()


def test_serving_processes_alone_make_no_file(monkeypatch):
    monkeypatch.setattr(sqlite_file.MustExist, "now", False)
    importlib.reload(wsgi)
    assert not sqlite_file.MustExist.now, "tests and tools import it too"
    monkeypatch.setattr(metrics, "slot", 0)
    gunicorn.post_fork(None, SimpleNamespace(slot=1))
    assert sqlite_file.MustExist.now
