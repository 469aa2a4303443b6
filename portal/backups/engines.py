"""Copies of a running database that hold one moment, and their way back, on both engines."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management import CommandError
from django.db import connections, transaction

from . import fingerprints

SQLITE_NAME, POSTGRESQL_NAME = "database.sqlite3", "database.dump"
LEFT_BY_SQLITE = ("-wal", "-shm", "-journal")


def snapshot(folder):
    """Copy the database into `folder` while others write. Returns (the file's path, its fingerprints)."""
    connection = connections["default"]
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return _sqlite_snapshot(connection, folder / SQLITE_NAME)
    return _postgresql_snapshot(connection, folder / POSTGRESQL_NAME)


def _sqlite_snapshot(connection, path):
    with closing(sqlite3.connect(path)) as target, connection.wrap_database_errors:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without others beside it
    with on_file(path):
        return path, fingerprints.of_tables()


@contextmanager
def on_file(path):
    """Read the SQLite file `path` in place of the default database."""
    usual = connections["default"]
    copy = usual.copy()
    copy.settings_dict["NAME"] = str(path)
    connections["default"] = copy
    try:
        yield
    finally:
        copy.close()
        connections["default"] = usual
        for ending in LEFT_BY_SQLITE:
            Path(f"{path}{ending}").unlink(missing_ok=True)


def _postgresql_snapshot(connection, path):
    """pg_dump and the fingerprints read one snapshot, so that they agree whatever is written meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone()
        run_program("pg_dump", "--format=custom", "--no-owner", f"--snapshot={name}", f"--file={path}")
        return path, fingerprints.of_tables()


def put_copy_back(path):
    """Make the copy at `path` this installation's database, which is empty."""
    connection = connections["default"]
    engine = {SQLITE_NAME: "sqlite", POSTGRESQL_NAME: "postgresql"}[path.name]
    if connection.vendor != engine:
        raise CommandError(
            f"This is a backup of {engine}, and DATABASE_URL names {connection.vendor}. Restore it into"
            f" {engine}, then bring it over with `manage.py move`."
        )
    if engine == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        connection.close()
        beside = database.with_name(database.name + ".restoring")
        try:
            shutil.move(path, beside)  # it may come from another disk, and this one may be full
            beside.chmod(0o600)
            for ending in ("", *LEFT_BY_SQLITE):
                Path(f"{database}{ending}").unlink(missing_ok=True)
            beside.replace(database)
        finally:
            beside.unlink(missing_ok=True)
    else:
        name = connection.settings_dict["NAME"]
        connection.close()
        run_program(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={name}",
            str(path),
        )


def run_program(program, *arguments):
    """Run one of PostgreSQL's programs against the default database; its password goes by the environment."""
    settings = connections["default"].settings_dict
    known = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    environment = {name: str(settings[key]) for name, key in known.items() if settings[key]}
    try:
        subprocess.run(  # noqa: S603, without a shell, on a name and paths of ours
            [program, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, **environment},
        )
    except FileNotFoundError:
        raise CommandError(
            f"{program} is not installed: it comes with PostgreSQL's client programs."
        ) from None
    except subprocess.CalledProcessError as error:
        raise CommandError(f"{program} failed: {error.stderr.strip()}") from None
