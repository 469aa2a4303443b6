"""The index as a table of PostgreSQL with one tsvector a product, the fields being its weights A to D.

Vectors and queries are written as literals, not through to_tsvector or to_tsquery: their parser
and dictionaries differ between versions and languages, and the tokens are already what we want.
"""

from django.db import connections, transaction

from catalog.search.documents import digest_of
from catalog.search.engines.arrays import array

CREATE = """
CREATE TABLE catalog_search (id bigint PRIMARY KEY, digest char(32) NOT NULL, tokens tsvector NOT NULL);
CREATE INDEX catalog_search_tokens ON catalog_search USING gin (tokens)"""

WEIGHTS = "ABCD"


def _only(weights):
    return f"ts_filter(tokens, '{{{','.join(weights.lower())}}}'::\"char\"[])"


INDEXES = "ALTER TABLE catalog_search ALTER COLUMN tokens SET STORAGE MAIN;" + ";".join(
    f"CREATE INDEX catalog_search_tokens_{weights.lower()} ON catalog_search USING gin ({_only(weights)})"
    for weights in (WEIGHTS[:1], WEIGHTS[:2], WEIGHTS[:3])
)
"""Of the first fields alone: the index over all knows no weights, and a word that half of the texts hold
would be looked for in each of them, one by one, to know whether it stands in the name. The words of a row
stay in the row: put aside they make the table look so small that the planner would rather read all of it."""

TEXT = 'text COLLATE "C"'
"""Type of a column that is ordered by code points."""

ROWLESS = ""

TEXTS = "SELECT value FROM json_array_elements_text(%s::json) AS texts (value)"
NUMBERS = "SELECT value::bigint FROM json_array_elements_text(%s::json) AS numbers (value)"
"""One column, from an `array` of strings or of whole numbers."""

HOLDS = "tokens @@ ('''' || word || '''')::tsquery"
"""Condition that a row of the index holds the token `word`, a column of a query around it."""

BATCH = 500
"""Rows read from the server at a time."""


def put(indexed, using):
    """Index pairs of (id, tokens in fields), in place of what stood under the ids."""
    rows = [(id_, digest_of(fields), _vector(fields)) for id_, fields in indexed]
    with transaction.atomic(using=using, savepoint=False), connections[using].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO catalog_search (id, digest, tokens) VALUES (%s, %s, %s::tsvector)"
            " ON CONFLICT (id) DO UPDATE SET digest = EXCLUDED.digest, tokens = EXCLUDED.tokens",
            rows,
        )


def remove(ids, using):
    with connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM catalog_search WHERE id IN ({NUMBERS})", [array(ids)])


def clear(using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_search")


def stored(ids, using):
    with connections[using].cursor() as cursor:
        if ids is None:
            cursor.execute("SELECT id, digest FROM catalog_search ORDER BY id")
        else:
            cursor.execute(
                f"SELECT id, digest FROM catalog_search WHERE id IN ({NUMBERS}) ORDER BY id", [array(ids)]
            )
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def held(ids, using):
    """Every token of these products, as a set."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT tsvector_to_array(tokens) FROM catalog_search WHERE id IN ({NUMBERS})", [array(ids)]
        )
        return {token for row in cursor.fetchall() for token in row[0]}


def rows(rungs, most, using):
    """Yield (id, tier) of the products that fulfil each rung, in order of the rungs and the ids, at most
    `most` of a rung."""
    sql = " UNION ALL ".join(
        f"(SELECT id, {rung.tier}, {place} AS place FROM catalog_search WHERE {_within(rung)}"
        " ORDER BY id LIMIT %s)"
        for place, rung in enumerate(rungs)
    )
    parameters = [parameter for rung in rungs for parameter in (_expression(rung.clauses), most)]
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({sql}) AS found ORDER BY place, id", parameters)
        yield from ((id_, tier) for id_, tier, _ in cursor.fetchall())


def placed(every, rungs, most, using):
    """Yield (id, None) of the products that fulfil one of `every`, then `rows` of the rungs.

    Fewer than `most` are held against the rungs one by one, in the same query: their words are unpacked once.
    More are asked for rung by rung, each in a query of its own, for the first may do.
    """
    fits = " ".join(f"WHEN flat.tokens @@ %s::tsquery THEN {place}" for place, _ in enumerate(rungs))
    sql = (
        "WITH every AS MATERIALIZED (SELECT id, tokens FROM catalog_search WHERE tokens @@ %s::tsquery"
        " ORDER BY id LIMIT %s)"
        " SELECT id, -1 AS place FROM every UNION ALL"
        f" SELECT id, CASE {fits} END FROM every,"
        " LATERAL (SELECT every.tokens || '' AS tokens OFFSET 0) AS flat"
        " WHERE (SELECT COUNT(*) FROM every) < %s ORDER BY place, id"
    )
    any_of = " | ".join(f"({_expression(rung.clauses)})" for rung in every)
    weighted = [_expression(rung.clauses, _weights(rung)) for rung in rungs]
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [any_of, most, *weighted, most])
        found = cursor.fetchall()
    for id_, place in found:
        if place is not None:
            yield id_, None if place < 0 else rungs[place].tier
    if len(found) == most:
        for rung in rungs:
            yield from rows([rung], most, using)


def _vector(fields):
    """A tsvector literal. Each field has its own position, for two weights at one position become one."""
    places = {}
    for place, (weight, field) in enumerate(zip(WEIGHTS, fields, strict=True), start=1):
        for token in field:
            places.setdefault(token, []).append(f"{place}{weight}")
    return " ".join(f"'{token}':{','.join(where)}" for token, where in places.items())


def _weights(rung):
    return "" if rung.fields == len(WEIGHTS) else WEIGHTS[: rung.fields]


def _within(rung):
    """Condition that a row fulfils the rung, whose expression is its parameter; see `INDEXES`."""
    weights = _weights(rung)
    return f"{_only(weights) if weights else 'tokens'} @@ %s::tsquery"


def _expression(clauses, weights=""):
    """The clauses as a tsquery literal. Tokens hold no quote: only letters, digits and our signs."""
    return " & ".join("(" + " | ".join(_lexeme(term, weights) for term in clause) + ")" for clause in clauses)


def _lexeme(term, weights):
    flags = ("*" if term.prefix else "") + weights
    return f"'{term.token}'" + (f":{flags}" if flags else "")
