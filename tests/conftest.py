"""What all tests share.

A test that asks for `db` has an empty, migrated database and is rolled back. A test that asks for `loaded`
has one with all facts and samples in it, as a new installation has; it is loaded once a process, only where
somebody asks, and the test is rolled back as well. `loaded` takes the place of `db` and of the mark
`django_db`, and cannot be had with `transactional_db`, which empties its tables afterwards.

Which engine runs is said by DATABASE_URL, SQLite without it. Tests in a browser have fixtures of their own,
in tests/browser/conftest.py.
"""

import os
from functools import partial
from pathlib import Path

import pytest
from django.db import connections
from django.template.backends.jinja2 import Template
from django.test import Client
from django.test.signals import template_rendered
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from catalog.models import derived
from tests import databases

# Databases of PostgreSQL that are copied to each process.
MIGRATED, LOADED = "portal_migrated", "portal_loaded"
# The same examples at every run: a failure can be repeated, and a slow machine fails nothing.
hypothesis_settings.register_profile("portal", deadline=None, derandomize=True)
hypothesis_settings.load_profile("portal")


def pytest_deselected(items):
    """Tell tests/run.py how many tests a run leaves out; each of its processes finds the same number."""
    if path := os.environ.get("LEFT_OUT"):
        Path(path).write_text(str(len(items)))


@pytest.fixture(autouse=True)
def english():
    """Start in English: a request leaves its language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="session")
def context_of_jinja_pages():
    """Let `response.context` be what a view gave its page, as Django has it for its own templates."""
    render = Template.render

    def told(template, context=None, request=None):
        template_rendered.send(sender=template, template=template, context=context or {})
        return render(template, context, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", told)
        yield


class Visitor(Client):
    """Follows a listing to the one address of its result, as a browser does."""

    def get(self, path, *args, **kwargs):
        response = super().get(path, *args, **kwargs)
        if response.status_code == 301 and not kwargs.get("follow"):
            return super().get(response["Location"], headers=kwargs.get("headers"))
        return response


@pytest.fixture
def client():
    return Visitor()


@pytest.fixture
def at_once(db):
    """A context for making many rows: what is derived of them is worked out once, at its end. A record in
    hand has the derived values it had when it was made."""
    return derived.postponed


@pytest.fixture
def loaded(db):
    """The database with all facts and samples; see above."""


@pytest.fixture(autouse=True)
def chosen_database(request):
    """For a test that asks for `loaded`, make the loaded database the default one before `db` begins."""
    if "loaded" not in request.fixturenames:
        yield
        return
    if request.node.get_closest_marker("django_db"):
        raise pytest.UsageError("`loaded` stands for the mark django_db too: drop the mark.")
    full = request.getfixturevalue("loaded_connection")
    empty, connections["default"] = connections["default"], full
    yield
    connections["default"] = empty


@pytest.fixture(scope="session")
def loaded_connection(django_db_setup, django_db_blocker, tmp_path_factory):
    """A connection to a database of this process's own, into which everything was loaded."""
    with django_db_blocker.unblock():
        empty = connections["default"]
        if empty.vendor == "sqlite":
            full = databases.on_file(empty, loaded_file(tmp_path_factory))
        else:
            load = partial(databases.load_on_postgres, empty, LOADED, MIGRATED)
            databases.made_once(databases.shared_folder(tmp_path_factory) / LOADED, lambda _path: load())
            mine = f"{empty.settings_dict['NAME']}_loaded"
            databases.make_on_postgres(empty, mine, LOADED)
            full = databases.on_postgres(empty, mine)
    yield full
    with django_db_blocker.unblock():
        full.close()


def loaded_file(tmp_path_factory):
    """A file of this process's own with everything loaded; loaded once for all of them."""
    shared = databases.shared_folder(tmp_path_factory)

    def make(path):
        databases.copied_file(shared / "migrated.sqlite3", path)
        databases.load_into(path)

    template = databases.made_once(shared / "loaded.sqlite3", make)
    return databases.copied_file(template, tmp_path_factory.mktemp("loaded") / "loaded.sqlite3")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker, tmp_path_factory, pytestconfig
):
    """Give each process a copy of one database that is migrated once."""
    connection = connections["default"]
    with django_db_blocker.unblock():
        shared = databases.shared_folder(tmp_path_factory)
        if connection.vendor == "sqlite":
            make = partial(databases.migrate_into, kept=pytestconfig.cache.mkdir("migrated"))
            template = databases.made_once(shared / "migrated.sqlite3", make)
            mine = databases.copied_file(template, tmp_path_factory.mktemp("empty") / "empty.sqlite3")
            connection.settings_dict["TEST"]["NAME"] = str(mine)
        else:
            migrate = partial(databases.migrate_on_postgres, connection, MIGRATED)
            databases.made_once(shared / MIGRATED, lambda _path: migrate())
            name = connection.creation._get_test_db_name()
            databases.make_on_postgres(connection, name, MIGRATED)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Use the copied database as it is; it goes with its folder, or with the server of the run."""
    return True
