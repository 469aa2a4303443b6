"""Whether the database can be reached and written, by writing something that changes nothing."""

import time
from contextlib import contextmanager

from django.db import Error, connection

from catalog.caching.failures import Failure, failure_of
from portal.database import sqlite_file

LOCK_PATIENCE = 1000  # milliseconds that the probe waits for a lock of SQLite
WRITERS_WAIT = 20  # seconds: a lock that is held for less is no failure
POSTGRESQL_PROBE = "SELECT CASE WHEN current_setting('transaction_read_only') = 'off' THEN txid_current() END"
"""NULL where nothing may be written; a number of a transaction is taken, which only a writer gets."""


class _Written:
    at = time.monotonic()


def database_failure():
    """Why the database cannot be reached or written; "" where it can."""
    sqlite_file.drop_stale(connection)
    try:
        failure = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    except Error as error:
        failure = failure_of(error) or Failure.AWAY
        if not connection.in_atomic_block:
            connection.close()
    if failure is None:
        _Written.at = time.monotonic()
    elif failure == Failure.BUSY and connection.vendor == "sqlite" and _was_just_written():
        return ""  # somebody writes
    return failure or ""


def _was_just_written():
    return time.monotonic() - _Written.at < WRITERS_WAIT


def _sqlite():
    """The version of the file is written as it is: a page of the file, in a transaction of its own."""
    with connection.cursor() as cursor, _short_wait(cursor):
        version = cursor.execute("PRAGMA user_version").fetchone()[0]
        cursor.execute(f"PRAGMA user_version = {version}")


@contextmanager
def _short_wait(cursor):
    usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    cursor.execute(f"PRAGMA busy_timeout = {LOCK_PATIENCE}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _postgresql():
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL_PROBE)
        return None if cursor.fetchone()[0] else Failure.READ_ONLY
