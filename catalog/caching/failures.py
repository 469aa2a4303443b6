"""What failed where the database or a disk did not do what was asked of it."""

import errno
from enum import StrEnum

from django.db import Error


class Failure(StrEnum):
    """Its value says it to the operator."""

    AWAY = "the database does not answer"
    BUSY = "the database is locked, or has no connection left"
    CORRUPT = "the database is damaged: restore a backup"
    FULL = "the disk is full"
    READ_ONLY = "the database cannot be written"
    FILES_READ_ONLY = "files cannot be written"


FAILED_WRITES = {Failure.BUSY, Failure.FULL, Failure.READ_ONLY, Failure.FILES_READ_ONLY}
"""Of these the database can usually still be read."""

FILES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), Failure.FULL),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), Failure.FILES_READ_ONLY),
}
SQLITE = {  # https://www.sqlite.org/rescode.html; the last eight bits are the kind
    **dict.fromkeys((5, 6), Failure.BUSY),
    8: Failure.READ_ONLY,
    10: Failure.AWAY,  # the file cannot be read
    13: Failure.FULL,
    14: Failure.AWAY,
    **dict.fromkeys((11, 26), Failure.CORRUPT),
}
SQLITE_FULL_TOO = {4874}  # no room for the file that connections share
POSTGRESQL = {  # https://www.postgresql.org/docs/current/errcodes-appendix.html
    "53100": Failure.FULL,
    "25006": Failure.READ_ONLY,
    **dict.fromkeys(("53300", "55P03", "57014"), Failure.BUSY),
    **dict.fromkeys(("57P01", "57P02", "57P03"), Failure.AWAY),
    **dict.fromkeys(("XX001", "XX002"), Failure.CORRUPT),
}
NO_STATE = ("OperationalError", "InterfaceError")
"""Errors of psycopg without a state: no connection, or one that broke."""
NO_CONNECTION_LEFT = ("too many clients", "connection slots are reserved", "too many connections")
"""What PostgreSQL says to who asks for one more; libpq hands on the words alone, not the state."""


def failure_of(error):
    """The Failure behind an exception; None where it is something else, a fault of the program among them."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, Error):
            while isinstance(error.__cause__, Error):  # that of a transaction that was broken before
                error = error.__cause__
            return _of_database(error.__cause__ or error)
        if isinstance(error, OSError) and error.errno in FILES:
            return FILES[error.errno]
        error = error.__cause__ or error.__context__
    return None


def _of_database(cause):
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        return Failure.FULL if code in SQLITE_FULL_TOO else SQLITE.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return Failure.AWAY if state.startswith("08") else POSTGRESQL.get(state)
    if any(words in str(cause) for words in NO_CONNECTION_LEFT):
        return Failure.BUSY
    kinds = {kind.__name__ for kind in type(cause).__mro__}  # a ConnectionTimeout is an OperationalError
    return Failure.AWAY if kinds.intersection(NO_STATE) else None
