"""An installation moves from SQLite to PostgreSQL and loses nothing. Only PostgreSQL runs this."""

import psycopg
import pytest
from django.db import connections

from tests import databases
from tests.portal.backups.test_round_trip import address_of, manage

SOME_ROWS = """
from tests import factories
factories.make_contract(); factories.make_unit(); factories.make_product(name_fa="پمپ «دوغاب»\\n\\t\\\\")
"""

KNOWN = "SELECT reltuples FROM pg_class WHERE oid = 'catalog_product'::regclass AND relallvisible > 0"
"""How many products the planner counts on, where an index alone may answer for them."""

pytestmark = pytest.mark.django_db  # so that there is a database to copy


@pytest.fixture(scope="module")
def target(django_db_setup, django_db_blocker):
    """The address of a new database with empty tables."""
    with django_db_blocker.unblock():
        connection = connections["default"]
        home = connection.settings_dict["NAME"]
        connection.close()  # nobody may be connected to a database that is copied
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {home}_target")
            cursor.execute(f"CREATE DATABASE {home}_target TEMPLATE {home}")
        return address_of(connection, f"{home}_target")


def test_everything_moves_to_postgresql_once(target, tmp_path, pytestconfig):
    databases.begin_migrated(tmp_path / "portal.sqlite3", pytestconfig.cache.mkdir("migrated"))
    source = {"VAR_DIR": str(tmp_path), "DATABASE_URL": ""}
    assert manage(source, "migrate")[0] == 0
    assert manage(source, "shell", "-v", "0", "-c", SOME_ROWS) == (0, "")
    status, printed = manage(source, "move", target)
    assert (status, "both databases are equal" in printed) == (0, True), printed
    there = {"VAR_DIR": str(tmp_path), "DATABASE_URL": target}
    assert manage(there, "check_index")[0] == 0
    with psycopg.connect(target) as connection:
        assert connection.execute(KNOWN).fetchone() == (1,), "the planner knows nothing of what was moved"
    status, printed = manage(source, "move", target)
    assert (status, "not empty" in printed) == (1, True)
