"""The index as a table of PostgreSQL with one tsvector a product, the fields being its weights A to D.

Vectors and queries are written as literals, not through to_tsvector or to_tsquery: their parser
and dictionaries differ between versions and languages, and the tokens are already what we want.
"""

from django.db import connections, transaction

from catalog.search.documents import digest_of, tokens
from catalog.search.questions import LAST_TIER

CREATE = """
CREATE TABLE catalog_search (id bigint PRIMARY KEY, digest char(32) NOT NULL, tokens tsvector NOT NULL);
CREATE INDEX catalog_search_tokens ON catalog_search USING gin (tokens)"""

WEIGHTS = "ABCD"

BATCH = 500
"""Rows read from the server at a time."""


def put(documents, using):
    indexed = [(document.id, tokens(document)) for document in documents]
    rows = [(id_, digest_of(fields), _vector(fields)) for id_, fields in indexed]
    with transaction.atomic(using=using, savepoint=False), connections[using].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO catalog_search (id, digest, tokens) VALUES (%s, %s, %s::tsvector)"
            " ON CONFLICT (id) DO UPDATE SET digest = EXCLUDED.digest, tokens = EXCLUDED.tokens",
            rows,
        )


def remove(ids, using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_search WHERE id = ANY(%s)", [list(ids)])


def clear(using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_search")


def stored(ids, using):
    with connections[using].cursor() as cursor:
        if ids is None:
            cursor.execute("SELECT id, digest FROM catalog_search ORDER BY id")
        else:
            some = list(ids)
            cursor.execute("SELECT id, digest FROM catalog_search WHERE id = ANY(%s) ORDER BY id", [some])
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def ids_sql(question):
    """SQL of a one-column query of ids, and its parameters."""
    return "SELECT id FROM catalog_search WHERE tokens @@ %s::tsquery", [_expression(question.clauses)]


def tier_sql(question, id_sql):
    """SQL of the tier of the product whose id `id_sql` names, and its parameters."""
    rungs = "".join(f" WHEN tokens @@ %s::tsquery THEN {rung.tier}" for rung in question.rungs)
    parameters = [_expression(rung.clauses, WEIGHTS[: rung.fields]) for rung in question.rungs]
    tier = f"CASE{rungs} ELSE {LAST_TIER} END"
    return f"(SELECT {tier} FROM catalog_search WHERE catalog_search.id = {id_sql})", parameters  # noqa: S608


def _vector(fields):
    """A tsvector literal. Each field has its own position, for two weights at one position become one."""
    places = {}
    for place, (weight, field) in enumerate(zip(WEIGHTS, fields, strict=True), start=1):
        for token in field:
            places.setdefault(token, []).append(f"{place}{weight}")
    return " ".join(f"'{token}':{','.join(where)}" for token, where in places.items())


def _expression(clauses, weights=""):
    """The clauses as a tsquery literal. Tokens hold no quote: only letters, digits and our signs."""
    return " & ".join("(" + " | ".join(_lexeme(term, weights) for term in clause) + ")" for clause in clauses)


def _lexeme(term, weights):
    flags = ("*" if term.prefix else "") + weights
    return f"'{term.token}'" + (f":{flags}" if flags else "")
