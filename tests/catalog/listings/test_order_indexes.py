"""A list begins at the end of an index: no order asked for often sorts every row for its first ten."""

import pytest
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext

ADDRESSES = {
    "/en/": "catalog_product",
    "/en/products/": "catalog_product",
    "/fa/products/": "catalog_product",
    "/en/products/feed.atom": "catalog_product",
    "/api/v1/products/": "catalog_product",
    "/en/companies/feed.atom": "catalog_company",
    "/en/contracts/?sort=-signed": "catalog_contract",
    "/en/contracts/feed.atom": "catalog_contract",
    "/en/units/feed.atom": "catalog_idleunit",
}
SORTING = {"sqlite": "USE TEMP B-TREE FOR ORDER BY", "postgresql": "Sort"}


@pytest.mark.parametrize(("path", "table"), ADDRESSES.items())
def test_the_first_rows_are_read_in_their_order(client, loaded, path, table):
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    ordered = [query["sql"] for query in queries if is_page_of(table, query["sql"])]
    assert ordered, "no query of rows in order"
    assert [sql for sql in ordered if SORTING[connection.vendor] in plan(sql)] == []


def test_lists_of_staff_end_with_what_has_no_value():
    """A falling order by a name alone ends with it on SQLite and begins with it on PostgreSQL."""
    lists = admin.site._registry.items()
    unsaid = [
        (model.__name__, name)
        for model, its_admin in lists
        for name in its_admin.ordering or ()
        if isinstance(name, str) and name.startswith("-") and may_be_empty(model, name[1:])
    ]
    assert unsaid == []


def may_be_empty(model, name):
    try:
        return name != "pk" and model._meta.get_field(name).null
    except FieldDoesNotExist:
        return False  # a sum or another expression of its query


def is_page_of(table, sql):
    """Whether it reads the first rows of a table in an order."""
    first = sql.partition(' FROM "')[2]
    return first.startswith(f'{table}"') and " LIMIT " in first.rpartition(" ORDER BY ")[2]


def plan(sql):
    """What the engine says of a query. PostgreSQL is asked to sort only where it must: it may sort what a
    database of some hundred rows holds."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for means in ("sort", "incremental_sort", "seqscan", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{means} = off")
        cursor.execute(f"{explain} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
