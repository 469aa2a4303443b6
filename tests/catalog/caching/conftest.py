"""The portal with its caches: in the process of the test, and as two workers that serve it."""

import http.client
import os
import sqlite3
import time
from collections import Counter
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import pytest
from django.db import connections

from catalog import search
from catalog.caching import editions
from tests import databases
from tests.factories import make_product
from tests.serve import serving


@pytest.fixture
def committed(transactional_db, settings):
    """Writes are committed, as on the running site, and pages are stored."""
    settings.PAGE_CACHE_BYTES = 2**22
    editions.ensure_triggers()
    yield
    search.clear()


@pytest.fixture
def two_workers(transactional_db, tmp_path):
    """The Workers of a running portal, on a database that the test writes to as well."""
    empty = connections["default"]
    connections["default"] = copy = copied(empty, tmp_path / "portal.sqlite3")
    environment = {"DATABASE_URL": address_of(copy), "DJANGO_SETTINGS_MODULE": "tests.counted"}
    try:
        make_product()  # where there is one, the portal loads no data
        with serving(tmp_path, WEB_CONCURRENCY="2", **environment) as site:
            yield Workers(site, tmp_path / "views", empty)
    finally:
        copy.close()
        connections["default"] = empty


def copied(original, path):
    """A connection to a new database with all that `original` is connected to, on SQLite the file `path`."""
    if original.vendor != "sqlite":
        return databases.copied_on_postgres(original, path.stem)
    original.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        original.connection.backup(copy)
    return databases.on_file(original, path)


def address_of(database):
    if database.vendor == "sqlite":
        return ""  # the file where the portal has it by itself
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database.settings_dict['NAME']}").geturl()


class Workers:
    """Two workers that serve the same Site; `record` is the file of tests/counted.py, `other` a connection to
    another database of the same server."""

    def __init__(self, site, record, other):
        self.site = site
        self.record = record
        self.other = other

    @contextmanager
    def elsewhere(self):
        """What the test writes meanwhile goes to the other database."""
        usual, connections["default"] = connections["default"], self.other
        try:
            yield
        finally:
            connections["default"] = usual

    def both(self):
        """Each process id in turn, while the other worker stands still; the second may start a bit later."""
        end = time.monotonic() + 10
        while len(self.site.workers) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        assert len(self.site.workers) == 2
        for worker in self.site.workers:
            with self.site.only(worker):
                yield worker

    def ask(self, path, tag=""):
        """(ETag, text) of the answer to a visitor who keeps the page with this ETag; no text for a 304."""
        connection = http.client.HTTPConnection(urlsplit(self.site.address).netloc, timeout=60)
        connection.request("GET", path, headers={"If-None-Match": tag})
        answer = connection.getresponse()
        assert answer.status in {200, 304}
        text = answer.read().decode()
        connection.close()
        return answer.headers["ETag"], text

    def views_run(self):
        """How often each worker ran a view, as a Counter of (process id, path)."""
        lines = self.record.read_text().splitlines() if self.record.exists() else []
        return Counter((int(process), path) for process, path in (line.split(" ", 1) for line in lines))
