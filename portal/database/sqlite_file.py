"""Connections of SQLite that know which file they opened: one to a file that is gone can be dropped."""

import os
import sqlite3
from contextlib import contextmanager

MEMORY = (":memory:", "file:")


class MustExist:
    """Whether the file must be there before it is opened: in processes that serve and in jobs, or a file that
    was moved away for a moment would come back as an empty one."""

    now = False


@contextmanager
def must_exist():
    """Inside it no connection of this process makes the file."""
    before, MustExist.now = MustExist.now, True
    try:
        yield
    finally:
        MustExist.now = before


class Connection(sqlite3.Connection):
    def __init__(self, database, *args, **kwargs):
        self.path = None if str(database).startswith(MEMORY) else database
        if self.path and MustExist.now and not os.path.exists(self.path):  # noqa: PTH110, once a connection
            raise sqlite3.OperationalError("unable to open database file: it is not there")
        super().__init__(database, *args, **kwargs)
        self.file = self.path and identity(self.path)
        self.read_only = bool(self.path) and not os.access(self.path, os.W_OK)

    def is_stale(self):
        """Whether its file was replaced or deleted, or was read-only when it was opened and is no longer."""
        if not self.path:
            return False
        return identity(self.path) != self.file or (self.read_only and os.access(self.path, os.W_OK))


def identity(path):
    """(device, inode) of a file; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116, at each request
    except OSError:
        return None
    return found.st_dev, found.st_ino


def drop_stale(connection):
    """Close Django's `connection` where what it opened is no longer what stands there."""
    opened = connection.connection
    if isinstance(opened, Connection) and not connection.in_atomic_block and opened.is_stale():
        connection.close()


def let_go(connection):
    """Close Django's `connection` where it was opened read-only: for as long as one of a process stays open,
    no other one of it can write either, though the file may be writable again."""
    opened = connection.connection
    if isinstance(opened, Connection) and opened.read_only and not connection.in_atomic_block:
        connection.close()
