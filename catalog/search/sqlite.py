"""The index as an FTS5 table of SQLite (3.34 or newer), one row a product, one column a field.

The tokens are made in Python; `tokenize='ascii'` leaves every letter beyond ASCII alone and finds
nothing to fold in ours. `detail=column` keeps no positions: runs are tokens, so phrases are not asked.
"""

import json

from django.db import connections, transaction

from catalog.search.documents import FIELDS, digest_of, tokens
from catalog.search.questions import LAST_TIER

CREATE = f"""
CREATE VIRTUAL TABLE catalog_search USING fts5(
    {", ".join(FIELDS)}, digest UNINDEXED,
    tokenize='ascii', detail=column, columnsize=0, prefix='2 3'
)"""


FOUND = "SELECT rowid FROM catalog_search WHERE catalog_search MATCH %s"

BATCH = 500
"""Rows read at a time."""


def put(documents, using):
    indexed = [(document.id, tokens(document)) for document in documents]
    rows = [(id_, *(" ".join(field) for field in fields), digest_of(fields)) for id_, fields in indexed]
    with transaction.atomic(using=using, savepoint=False), connections[using].cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO catalog_search (rowid, name, alias, company, body, digest)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            rows,
        )


def remove(ids, using):
    with connections[using].cursor() as cursor:
        cursor.execute(
            "DELETE FROM catalog_search WHERE rowid IN (SELECT value FROM json_each(%s))", [_array(ids)]
        )


def clear(using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_search")


def stored(ids, using):
    with connections[using].cursor() as cursor:
        if ids is None:
            cursor.execute("SELECT rowid, digest FROM catalog_search ORDER BY rowid")
        else:
            cursor.execute(
                "SELECT rowid, digest FROM catalog_search"
                " WHERE rowid IN (SELECT value FROM json_each(%s)) ORDER BY rowid",
                [_array(ids)],
            )
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def ids_sql(question):
    """SQL of a one-column query of ids, and its parameters."""
    return FOUND, [_expression(question.clauses)]


def tier_sql(question, id_sql):
    """SQL of the tier of the product whose id `id_sql` names, and its parameters."""
    rungs = "".join(f" WHEN {id_sql} IN ({FOUND}) THEN {rung.tier}" for rung in question.rungs)
    parameters = [_expression(rung.clauses, FIELDS[: rung.fields]) for rung in question.rungs]
    return f"CASE{rungs} ELSE {LAST_TIER} END", parameters


def _expression(clauses, fields=FIELDS):
    """The clauses in FTS5's language. Tokens hold no quote: only letters, digits and our signs."""
    every = " AND ".join(
        "(" + " OR ".join(f'"{term.token}"{" *" if term.prefix else ""}' for term in clause) + ")"
        for clause in clauses
    )
    return f"{{{' '.join(fields)}}} : ({every})"


def _array(ids):
    """Ids as one JSON parameter: builds of SQLite exist that take only 999 parameters."""
    return json.dumps([int(id_) for id_ in ids])
