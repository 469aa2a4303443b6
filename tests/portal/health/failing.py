"""A database that fails, for the length of a block."""

import sqlite3
from contextlib import contextmanager

from django.db import OperationalError, connection

from catalog.caching.failures import Failure

WRITES = ("INSERT", "UPDATE", "DELETE", "PRAGMA user_version =")
CODES = {Failure.AWAY: 14, Failure.BUSY: 5, Failure.FULL: 13, Failure.READ_ONLY: 8, Failure.CORRUPT: 11}


def error_of(failure):
    """What Django raises for it, as if SQLite had said it."""
    cause = sqlite3.OperationalError("it fails")
    cause.sqlite_errorcode = CODES[failure]
    error = OperationalError("it fails")
    error.__cause__ = cause
    return error


@contextmanager
def failing(failure, writes_only=False):
    def refuse(execute, sql, *rest):
        if writes_only and not str(sql).lstrip().startswith(WRITES):
            return execute(sql, *rest)
        raise error_of(failure)

    with connection.execute_wrapper(refuse):
        yield
