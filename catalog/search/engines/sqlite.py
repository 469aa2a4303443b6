"""The index as an FTS5 table of SQLite (3.34 or newer), one row a product, one column a field.

The tokens are made in Python; `tokenize='ascii'` leaves every letter beyond ASCII alone and finds
nothing to fold in ours. `detail=column` keeps no positions: runs are tokens, so phrases are not asked.
"""

from dataclasses import replace

from django.db import connections, transaction

from catalog.search.documents import FIELDS, digest_of
from catalog.search.engines.arrays import array

CREATE = f"""
CREATE VIRTUAL TABLE catalog_search USING fts5(
    {", ".join(FIELDS)}, digest UNINDEXED,
    tokenize='ascii', detail=column, columnsize=0, prefix='2 3'
)"""

INDEXES = ""
"""Further indexes of the documents: the table knows its fields already."""

TEXT = "text"
"""Type of a column that is ordered by code points."""

ROWLESS = " WITHOUT ROWID"
"""End of a table whose rows are kept in the order of its key."""

TEXTS = NUMBERS = "SELECT value FROM json_each(%s)"
"""One column, from an `array` of strings or of whole numbers."""

HOLDS = """catalog_search MATCH '"' || word || '"'"""
"""Condition that a row of the index holds the token `word`, a column of a query around it."""

BATCH = 500
"""Rows read at a time."""


def put(indexed, using):
    """Index pairs of (id, tokens in fields), in place of what stood under the ids."""
    rows = [(id_, *(" ".join(field) for field in fields), digest_of(fields)) for id_, fields in indexed]
    with transaction.atomic(using=using, savepoint=False), connections[using].cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO catalog_search (rowid, name, alias, company, body, digest)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            rows,
        )


def remove(ids, using):
    with connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM catalog_search WHERE rowid IN ({NUMBERS})", [array(ids)])


def clear(using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_search")


def stored(ids, using):
    with connections[using].cursor() as cursor:
        if ids is None:
            cursor.execute("SELECT rowid, digest FROM catalog_search ORDER BY rowid")
        else:
            cursor.execute(
                f"SELECT rowid, digest FROM catalog_search WHERE rowid IN ({NUMBERS}) ORDER BY rowid",
                [array(ids)],
            )
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def held(ids, using):
    """Every token of these products, as a set."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT name, alias, company, body FROM catalog_search WHERE rowid IN ({NUMBERS})", [array(ids)]
        )
        return {token for row in cursor.fetchall() for field in row for token in field.split()}


def rows(rungs, most, using):
    """Yield (id, tier) of the products that fulfil each rung, in order of the rungs and the ids, at most
    `most` of a rung. SQLite works out a rung when its first row is asked for, and no earlier."""
    sql = " UNION ALL ".join(
        f"SELECT * FROM (SELECT rowid, {rung.tier} FROM catalog_search"
        " WHERE catalog_search MATCH %s ORDER BY rowid LIMIT %s)"
        for rung in rungs
    )
    parameters = [(_expression(rung.clauses, FIELDS[: rung.fields]), most) for rung in rungs]
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [parameter for pair in parameters for parameter in pair])
        yield from iter(cursor.fetchone, None)


def placed(every, rungs, most, using):
    """Yield (id, None) of the products that fulfil one of `every`, then `rows` of the rungs."""
    return rows([*(replace(rung, tier="NULL") for rung in every), *rungs], most, using)


def _expression(clauses, fields):
    """The clauses in FTS5's language. Tokens hold no quote: only letters, digits and our signs."""
    every = " AND ".join(
        "(" + " OR ".join(f'"{term.token}"{" *" if term.prefix else ""}' for term in clause) + ")"
        for clause in clauses
    )
    return f"{{{' '.join(fields)}}} : ({every})"
