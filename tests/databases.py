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
    made = kept / f"{digest_of_migrations()}.sqlite3"
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


def digest_of_migrations():
    """A text that changes with every migration, and with the packages that have some."""
    folders = [ROOT / app / "migrations" for app in ("catalog", "contact", "portal")]
    files = [ROOT / "requirements.txt", *sorted(path for one in folders for path in one.rglob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


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
    copy = original.copy()
    home = original.settings_dict["NAME"]
    copy.settings_dict["NAME"] = f"{home}_{name}"
    original.close()  # nobody may be connected to a database that is copied
    with original._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {home}_{name}")
        cursor.execute(f"CREATE DATABASE {home}_{name} TEMPLATE {home}")
    return copy
