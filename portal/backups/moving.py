"""Moves an installation from SQLite to PostgreSQL, row by row, and compares both afterwards."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.core.management import CommandError
from django.core.management.color import no_style
from django.db import connections, models
from environs import Env

from . import fingerprints

TARGET = "target"


def move(address):
    """Copy everything in the default database into the empty PostgreSQL database at `address`.

    Returns how many rows; CommandError, and a target that holds nothing, where anything differs afterwards.
    Nobody may write meanwhile: what is written after a table was read is found out and refused.
    """
    if connections["default"].vendor != "sqlite":
        raise CommandError("DATABASE_URL names PostgreSQL already: unset it to move from SQLite.")
    with target_database(address) as target:
        manage(address, "migrate")
        if label := fingerprints.filled_table(TARGET):
            raise CommandError(f"The target is not empty: {label} has rows.")
        rows = copy_all(target)
        manage(address, "update_statistics")  # without it the next step is planned for empty tables
        manage(address, "reindex")  # the index of the search is each engine's own
        expected = fingerprints.of_tables()
        copy_again(target, expected)
        if found := list(fingerprints.differences(expected, fingerprints.of_tables(TARGET))):
            empty(target)
            raise CommandError("\n".join(["The target differs and was emptied:", *found]))
        manage(address, "update_statistics")
    return rows


@contextmanager
def target_database(address):
    """A connection to `address` under the alias TARGET."""
    env = Env()
    os.environ["MOVE_TARGET"] = address
    connections.settings[TARGET] = {
        **settings.DATABASES["default"],
        "OPTIONS": {},
        **env.dj_db_url("MOVE_TARGET"),
    }
    connections.configure_settings(connections.settings)
    target = connections[TARGET]
    if target.vendor != "postgresql":
        raise CommandError("Give the address of the target as postgres://user:password@host/name.")
    try:
        yield target
    finally:
        target.close()
        del connections.settings[TARGET], os.environ["MOVE_TARGET"]


def manage(address, command):
    """Run a management command on the target, in a process of its own."""
    environment = {**os.environ, "DATABASE_URL": address}
    arguments = [sys.executable, str(settings.BASE_DIR / "manage.py"), command, "-v", "0"]
    done = subprocess.run(  # noqa: S603, this program itself, without a shell
        arguments, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"{command} failed on the target:\n{done.stderr.strip()}")


def empty(target):
    names = ", ".join(f'"{model._meta.db_table}"' for model in fingerprints.models())
    with target.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")


def copy_all(target):
    """Copy every table in one transaction; PostgreSQL asks whether rows fit together at its end."""
    total = 0
    with target.cursor() as cursor:
        cursor.execute("BEGIN")
        empty(target)
        for model in fingerprints.models():
            total += copy_table(model, target, cursor)
        for statement in target.ops.sequence_reset_sql(no_style(), fingerprints.models()):
            cursor.execute(statement)
        cursor.execute("COMMIT")
    return total


def copy_again(target, expected):
    """Copy the rows once more that `reindex` wrote anew, for they have other keys."""
    with target.cursor() as cursor:
        cursor.execute("BEGIN")
        for model in fingerprints.models():
            if fingerprints.of_table(model, TARGET) != expected[model._meta.label_lower]:
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608, a name of ours
                copy_table(model, target, cursor)
        for statement in target.ops.sequence_reset_sql(no_style(), fingerprints.models()):
            cursor.execute(statement)
        cursor.execute("COMMIT")


def copy_table(model, target, cursor):
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    rows = 0
    with (
        target.wrap_database_errors,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in fingerprints.rows_of(model):
            copy.write_row([stored(field, value, target) for field, value in zip(fields, row, strict=True)])
            rows += 1
    return rows


def stored(field, value, target):
    """A value as PostgreSQL takes it, without what a save would change, such as `auto_now`."""
    if isinstance(field, models.JSONField):
        return None if value is None else json.dumps(value, cls=field.encoder, ensure_ascii=False)
    return field.get_db_prep_value(value, target)
