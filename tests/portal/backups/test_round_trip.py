"""A backup of the running site, restored into an empty installation, holds the same rows and files."""

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
from django.db import connections

from tests import databases
from tests.conftest import loaded_file
from tests.serve import ROOT


def manage(environment, *arguments, before=None):
    """(status, what was printed) of a management command of an installation; `before` is called in its
    process."""
    settings = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", **environment}
    command = [sys.executable, "manage.py", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False, preexec_fn=before
    )
    return done.returncode, done.stdout + done.stderr


def full_disk():
    """No file of this process grows above 160 KiB: what then fails is what fails on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (160 * 1024, 160 * 1024))


def address_of(connection, name):
    settings = connection.settings_dict
    return f"postgres://{settings['USER']}@{settings['HOST'].replace('/', '%2F')}/{name}"


pytestmark = pytest.mark.django_db  # so that there is a database to copy


@pytest.fixture(scope="module")
def installations(django_db_setup, django_db_blocker, tmp_path_factory):
    """The environments of an installation with all data and an upload, and of an empty one."""
    filled, empty = ({"VAR_DIR": str(tmp_path_factory.mktemp(name))} for name in ("filled", "empty"))
    with django_db_blocker.unblock():
        connection = connections["default"]
        if connection.vendor == "sqlite":
            databases.copied_file(loaded_file(tmp_path_factory), Path(filled["VAR_DIR"], "portal.sqlite3"))
            filled["DATABASE_URL"] = empty["DATABASE_URL"] = ""
        else:
            full = databases.copied_on_postgres(connection, "to_back_up")
            databases.call_in(full, "load_data")
            blank = f"{full.settings_dict['NAME']}_blank"
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {blank}")
                cursor.execute(f"CREATE DATABASE {blank} TEMPLATE template0")
            filled["DATABASE_URL"] = address_of(connection, full.settings_dict["NAME"])
            empty["DATABASE_URL"] = address_of(connection, blank)
    upload = Path(filled["VAR_DIR"], "media", "documents", "a.txt")
    upload.parent.mkdir(parents=True)
    upload.write_text("A document")
    return filled, empty


SAID = ("the disk is full", "No backup was made", "disk I/O error", "pg_dump failed")
"""The third is SQLite's word for a file that may not grow, the fourth PostgreSQL's program that was ended."""


def files_below(*folders):
    """Every file in them but the database, the key and the files that are locks."""
    found = (path for folder in map(Path, folders) for path in folder.rglob("*") if path.is_file())
    ours = ("secret_key", "portal.sqlite3")
    return sorted(path for path in found if not path.name.startswith(ours) and path.stat().st_size)


@pytest.mark.whole
def test_a_full_disk_is_said_in_one_line_and_leaves_nothing_half(installations, tmp_path):
    filled, empty = installations
    filled = filled | {"BACKUP_DIR": str(tmp_path)}
    status, archive = manage(filled, "backup")
    assert status == 0, archive
    archive = archive.strip()
    commands = [
        (filled, "backup"),
        (filled, "write_bulk"),
        (filled, "job", "write_bulk"),
        (empty, "restore", archive),
    ]
    before = files_below(tmp_path, filled["VAR_DIR"], empty["VAR_DIR"])
    for environment, *command in commands:
        status, printed = manage(environment, *command, before=full_disk)
        assert (status, len(printed.splitlines())) == (1, 1), (command, printed)
        assert any(words in printed for words in SAID), (command, printed)
        assert files_below(tmp_path, filled["VAR_DIR"], empty["VAR_DIR"]) == before, command
    status, printed = manage(filled, "verify", archive, before=full_disk)
    assert (status, "Equal" in printed) == (0, True), (printed, "it needs no room")
    asked = "from portal.models import JobRun; print(JobRun.objects.get(pk='write_bulk').error)"
    assert manage(filled, "shell", "-v", "0", "-c", asked) == (0, "the disk is full\n")


@pytest.mark.whole
def test_what_is_restored_equals_what_was_backed_up(installations, tmp_path):
    filled, empty = installations
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(f"# a comment\n{key}\n")
    keys = {"BACKUP_KEYS": str(key.to_public()), "BACKUP_DIR": str(tmp_path)}
    status, printed = manage(filled | keys, "backup")
    assert status == 0, printed
    archive = Path(printed.strip())
    assert archive.stat().st_mode & 0o077 == 0
    status, printed = manage(empty, "restore", archive)
    assert (status, "give the file with the key" in printed) == (1, True)
    status, printed = manage(empty, "restore", archive, "--key", tmp_path / "key")
    assert (status, "equal to the backup" in printed) == (0, True), printed
    assert Path(empty["VAR_DIR"], "media", "documents", "a.txt").read_text() == "A document"
    status, printed = manage(empty, "restore", archive, "--key", tmp_path / "key")
    assert (status, "into an empty one" in printed) == (1, True)
    Path(empty["VAR_DIR"], "media", "documents", "a.txt").write_text("Another one")
    status, printed = manage(empty, "verify", archive, "--key", tmp_path / "key")
    assert (status, "a.txt: the file is another one" in printed) == (1, True)


def test_any_tool_can_check_and_vacuum_the_file(installations, tmp_path):
    filled, _empty = installations
    if filled["DATABASE_URL"]:
        return  # PostgreSQL has tools of its own
    databases.copied_file(Path(filled["VAR_DIR"], "portal.sqlite3"), tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("VACUUM")
