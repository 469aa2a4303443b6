"""The databases of the tests: migrated once and loaded once a run, then copied to each process."""

import hashlib
import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from catalog.staff.roles import ensure_roles

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600  # seconds that a process waits for another one to make what it copies


def shared_folder(tmp_path_factory):
    """A folder that all processes of this run of the tests share."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if mine.name.startswith("popen-gw") else mine


def made_once(path, make):
    """`path`, made by `make(path)` in the first process that asks for it; the others wait until it stands."""
    ready = path.with_suffix(".ready")
    try:
        path.with_suffix(".begun").touch(exist_ok=False)
    except FileExistsError:
        end = time.monotonic() + PATIENCE
        while not ready.exists():
            if time.monotonic() > end:
                raise TimeoutError(f"Nobody made {path}.") from None
            time.sleep(0.1)
    else:
        make(path)
        ready.touch()
    return path


def migrate_into(path, kept):
    """Make the SQLite file `path`, with every table, the roles of the staff and no data. All migrations take
    half a minute: what they make is kept in the folder `kept` until one of them changes."""
    made = kept_in(kept)
    if made.exists():
        copied_file(made, path)
    else:
        call_in(on_file(connections["default"], path), "migrate")
        for older in kept.glob("*.sqlite3"):
            older.unlink()
        unfinished = copied_file(path, made.with_suffix(f".{os.getpid()}"))
        unfinished.replace(made)
    with in_place_of_default(on_file(connections["default"], path)):
        ensure_roles()


def kept_in(kept):
    """Where in the folder `kept` the migrated database is, if it is: its name changes with every migration,
    and with the packages that have some."""
    folders = [ROOT / app / "migrations" for app in ("catalog", "contact", "portal")]
    files = [ROOT / "requirements.txt", *sorted(path for one in folders for path in one.rglob("*.py"))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    return kept / f"{digest}.sqlite3"


def begin_migrated(path, kept):
    """Let a site begin with the SQLite file that is kept; returns whether one is: else it must migrate."""
    made = kept_in(kept)
    if made.exists():
        copied_file(made, path)
    return made.exists()


def load_into(path):
    """Load all facts and samples into the SQLite file `path`."""
    call_in(on_file(connections["default"], path), "load_data")


def call_in(connection, command):
    """Run a management command that uses the default database with `connection` in its place."""
    with in_place_of_default(connection):
        call_command(command, verbosity=0)


@contextmanager
def in_place_of_default(connection):
    """Let `connection` be the default database, and close it afterwards."""
    usual, connections["default"] = connections["default"], connection
    try:
        yield
    finally:
        connection.close()
        connections["default"] = usual


def on_file(original, path):
    """A connection like `original` to the SQLite file `path`."""
    copy = original.copy()
    copy.settings_dict["NAME"] = str(path)
    return copy


def copied_file(template, path):
    """`path`, a copy of the SQLite file `template`."""
    shutil.copyfile(template, path)
    return Path(path)


def copied_on_postgres(original, name):
    """A connection to a new database of the same server that holds what `original` holds."""
    home = original.settings_dict["NAME"]
    original.close()  # nobody may be connected to a database that is copied
    make_on_postgres(original, f"{home}_{name}", home)
    return on_postgres(original, f"{home}_{name}")


def make_on_postgres(original, name, template="template1"):
    """Make the database `name` of the server of `original` anew, a copy of `template`."""
    with original._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def on_postgres(original, name):
    """A connection like `original` to the database `name` of the same server."""
    copy = original.copy()
    copy.settings_dict["NAME"] = name
    return copy


def migrate_on_postgres(original, name):
    """Make the database `name` of the server of `original`, with every table and the roles of the staff."""
    make_on_postgres(original, name)
    call_in(on_postgres(original, name), "migrate")
    with in_place_of_default(on_postgres(original, name)):
        ensure_roles()


def load_on_postgres(original, name, migrated):
    """Make the database `name`, a copy of `migrated` into which everything is loaded."""
    make_on_postgres(original, name, migrated)
    call_in(on_postgres(original, name), "load_data")
