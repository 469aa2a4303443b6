"""A list begins at the end of an index: no order asked for often sorts every row for its first ten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

ADDRESSES = {
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


def is_page_of(table, sql):
    """Whether it reads the first rows of a table in an order."""
    return f'FROM "{table}"' in sql and " LIMIT " in sql.rpartition("ORDER BY")[2] and "ORDER BY" in sql


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
