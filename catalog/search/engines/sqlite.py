"""The index as an FTS5 table of SQLite (3.34 or newer): one row a product, one column a field.

The tokens are made in Python; `tokenize='ascii'` leaves letters beyond ASCII alone and finds nothing to fold
in ours. `detail=column` keeps no positions: runs are tokens, so phrases are never asked for.
"""

import json
from itertools import islice

from django.db import connections, transaction

from catalog.search.documents import digest_of
from catalog.search.engines.arrays import array

STRINGS = INTEGERS = "SELECT value FROM json_each(%s)"
"""One column, from an `array` of strings or of whole numbers."""

HAS_WORD = """catalog_search MATCH '"' || word || '"'"""
"""Condition that a row of the index has the token `word`, a column of a query around it."""

INDEXED_AT_ONCE = 500
"""Rows read at a time."""

FEW_MATCHES = 10
"""Less than one in so many products is few; see `ranked`."""


def put(documents, using):
    """Index documents, given as pairs of (id, tokens in fields), in place of what stood under their ids."""
    rows = [(id_, *(" ".join(field) for field in fields), digest_of(fields)) for id_, fields in documents]
    with transaction.atomic(using=using, savepoint=False), connections[using].cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO catalog_search (rowid, name, alias, company, body, digest)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            rows,
        )


def remove(ids, using):
    with connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM catalog_search WHERE rowid IN ({INTEGERS})", [array(ids)])


def clear(using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_search")


def digests(ids, using):
    """Yield (id, digest) in order of id, of these products, or of all for None."""
    with connections[using].cursor() as cursor:
        if ids is None:
            cursor.execute("SELECT rowid, digest FROM catalog_search ORDER BY rowid")
        else:
            cursor.execute(
                f"SELECT rowid, digest FROM catalog_search WHERE rowid IN ({INTEGERS}) ORDER BY rowid",
                [array(ids)],
            )
        while rows := cursor.fetchmany(INDEXED_AT_ONCE):
            yield from rows


def tokens(ids, using):
    """Every token of these products, as a set."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT name, alias, company, body FROM catalog_search WHERE rowid IN ({INTEGERS})",
            [array(ids)],
        )
        return {token for row in cursor.fetchall() for field in row for token in field.split()}


def matches(tiers, limit, using, among=None):
    """Yield (tier number, ids) of each tier in turn: the ids of the products that match it, ascending, at
    most `limit`; with `among` only of these ids. One query; SQLite works out a tier when its row is read."""
    within = "" if among is None else f" AND +rowid IN ({INTEGERS})"  # +: not looked up one by one
    sql = " UNION ALL ".join(
        f"SELECT {place}, json_group_array(rowid) FROM (SELECT rowid FROM catalog_search"
        f" WHERE catalog_search MATCH %s{within} ORDER BY rowid LIMIT %s)"
        for place, _ in enumerate(tiers)
    )
    ids_within = [] if among is None else [array(among)]
    parameters = [(_expression(tier.clauses, tier.fields), *ids_within, limit) for tier in tiers]
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [parameter for of_tier in parameters for parameter in of_tier])
        for place, ids in iter(cursor.fetchone, None):
            yield tiers[place].number, json.loads(ids)


def ranked(query, limit, using):
    """Yield (None, ids) of the products that match the query, then the `matches` of its tiers in turn. Where
    few are left without a tier, the others are no longer listed: one query, or two."""
    widest = query.widest_tiers
    lists = matches([*widest, *query.tiers], limit, using)
    matching = {id_ for _, ids in islice(lists, len(widest)) for id_ in ids}
    yield None, matching
    rest = set(matching)
    for place, (number, ids) in enumerate(lists, start=1):
        yield number, ids
        rest.difference_update(ids)
        if len(rest) * FEW_MATCHES < len(matching) < limit:
            yield from matches(query.tiers[place:], limit, using, among=rest)
            return


def _expression(clauses, fields):
    """The clauses in FTS5's language. Tokens hold no quote: only letters, digits and our signs."""
    all_clauses = " AND ".join(
        "(" + " OR ".join(f'"{term.token}"{" *" if term.prefix else ""}' for term in clause) + ")"
        for clause in clauses
    )
    return f"{{{' '.join(fields)}}} : ({all_clauses})"
