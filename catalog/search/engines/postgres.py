"""The index as a table of PostgreSQL with one tsvector a product, the fields being its weights A to D.

Vectors and queries are written as literals, not through to_tsvector or to_tsquery: their parser and
dictionaries differ between versions and languages, and the tokens are already what we want.
"""

from itertools import groupby
from operator import itemgetter

from django.db import connections, transaction

from catalog.search.documents import DOCUMENT_FIELDS, digest_of
from catalog.search.engines.arrays import array

WEIGHTS = "ABCD"

STRINGS = "SELECT value FROM json_array_elements_text(%s::json) AS strings (value)"
INTEGERS = "SELECT value::bigint FROM json_array_elements_text(%s::json) AS integers (value)"
"""One column, from an `array` of strings or of whole numbers."""

HAS_WORD = "tokens @@ ('''' || word || '''')::tsquery"
"""Condition that a row of the index has the token `word`, a column of a query around it."""

INDEXED_AT_ONCE = 500
"""Rows read from the server at a time."""

FEW_MATCHES = 500
"""Products at most that are compared with the tiers one by one; see `ranked`."""


def put(documents, using):
    """Index documents, given as pairs of (id, tokens in fields), in place of what stood under their ids."""
    rows = [(id_, digest_of(fields), _vector(fields)) for id_, fields in documents]
    with transaction.atomic(using=using, savepoint=False), connections[using].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO catalog_search (id, digest, tokens) VALUES (%s, %s, %s::tsvector)"
            " ON CONFLICT (id) DO UPDATE SET digest = EXCLUDED.digest, tokens = EXCLUDED.tokens",
            rows,
        )


def remove(ids, using):
    with connections[using].cursor() as cursor:
        cursor.execute(f"DELETE FROM catalog_search WHERE id IN ({INTEGERS})", [array(ids)])


def clear(using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_search")


def digests(ids, using):
    """Yield (id, digest) in order of id, of these products, or of all for None."""
    with connections[using].cursor() as cursor:
        if ids is None:
            cursor.execute("SELECT id, digest FROM catalog_search ORDER BY id")
        else:
            cursor.execute(
                f"SELECT id, digest FROM catalog_search WHERE id IN ({INTEGERS}) ORDER BY id", [array(ids)]
            )
        while rows := cursor.fetchmany(INDEXED_AT_ONCE):
            yield from rows


def tokens(ids, using):
    """Every token of these products, as a set."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT tsvector_to_array(tokens) FROM catalog_search WHERE id IN ({INTEGERS})", [array(ids)]
        )
        return {token for row in cursor.fetchall() for token in row[0]}


def matches(tiers, limit, using):
    """Yield (tier number, ids) of each tier in turn that any product matches: the ids ascending, at most
    `limit`. One query."""
    sql = " UNION ALL ".join(
        f"(SELECT id, {place} AS place FROM {_ids(_condition(tier))} ORDER BY id LIMIT %s)"
        for place, tier in enumerate(tiers)
    )
    parameters = [parameter for tier in tiers for parameter in (_expression(tier.clauses), limit)]
    rows = _rows(f"SELECT * FROM ({sql}) AS matches ORDER BY place, id", parameters, using)
    for place, ids in _by_place(rows):
        yield tiers[place].number, ids


def ranked(query, limit, using):
    """Yield (None, ids) of the products that match the query, then the `matches` of its tiers in turn.

    Few products, where they are all that match, are compared with the tiers one by one, in the same query. Of
    many each tier is read by a query of its own, because the first may be enough, until few are left.
    """
    found = list(_matching(query, limit, using))
    yield from found
    if found and len(found[0][1]) > min(FEW_MATCHES, limit - 1):
        yield from _tier_by_tier(query.tiers, found[0][1], limit, using)


def _matching(query, limit, using):
    """Yield (None, ids) of the matching products and, where these are few, (tier number, ids) of each tier.
    One query."""
    comparison, parameters = _comparison(query.tiers, "matching JOIN catalog_search USING (id)")
    sql = (
        f"WITH matching AS MATERIALIZED (SELECT id FROM {_ids('tokens @@ %s::tsquery')} ORDER BY id LIMIT %s)"
        f" SELECT id, -1 AS place FROM matching UNION ALL ({comparison}"
        f" WHERE (SELECT COUNT(*) FROM matching) <= {min(FEW_MATCHES, limit - 1)}) ORDER BY place, id"
    )
    widest = " | ".join(f"({_expression(tier.clauses)})" for tier in query.widest_tiers)
    for place, ids in _by_place(_rows(sql, [widest, limit, *parameters], using)):
        yield None if place < 0 else query.tiers[place].number, ids


def _tier_by_tier(tiers, matching, limit, using):
    """The `matches` of the tiers, one query each; once few products are left, one for all tiers of these."""
    rest, all_known = set(matching), len(matching) < limit
    for first, tier in enumerate(tiers):
        if all_known and len(rest) <= FEW_MATCHES:
            left = tiers[first:]
            comparison, parameters = _comparison(left, "catalog_search")
            sql = f"{comparison} WHERE id IN ({INTEGERS}) ORDER BY place, id"
            rows = _rows(sql, [*parameters, array(rest)], using)
            yield from ((left[place].number, ids) for place, ids in _by_place(rows))
            return
        for number, ids in matches([tier], limit, using):
            yield number, ids
            rest.difference_update(ids)


def _ids(condition):
    """A table of the ids that fulfil a condition. OFFSET 0 keeps an order around it from choosing the index:
    PostgreSQL would walk along the ids and compare each product."""
    return f"(SELECT id FROM catalog_search WHERE {condition} OFFSET 0) AS unordered"


def _comparison(tiers, source):
    """A query, without its condition, for (id, index of the first of the tiers it matches) of the products of
    `source`, and its parameters. The tokens of a product are unpacked once for all tiers."""
    whens = " ".join(f"WHEN flat.tokens @@ %s::tsquery THEN {place}" for place, _ in enumerate(tiers))
    sql = (
        f"SELECT id, CASE {whens} END AS place FROM {source},"
        " LATERAL (SELECT catalog_search.tokens || '' AS tokens OFFSET 0) AS flat"
    )
    return sql, [_expression(tier.clauses, _weights(tier)) for tier in tiers]


def _rows(sql, parameters, using):
    """The rows of a query that uses the indexes. PostgreSQL does not know how dear it is to unpack the tokens
    of a product, and would rather compare all products than look a common word up."""
    by_index = f"SET LOCAL enable_seqscan = off; {sql}; SET LOCAL enable_seqscan TO DEFAULT"
    with connections[using].cursor() as cursor:
        cursor.execute(by_index, parameters)
        cursor.nextset()
        return cursor.fetchall()


def _by_place(rows):
    """(place, ids) of each place in rows of (id, place) that are in order; those without a place left out."""
    with_place = (row for row in rows if row[1] is not None)
    return [(place, [id_ for id_, _ in group]) for place, group in groupby(with_place, itemgetter(1))]


def _vector(fields):
    """A tsvector literal. Each field has its own position, for two weights at one position become one."""
    positions = {}
    for number, (weight, field) in enumerate(zip(WEIGHTS, fields, strict=True), start=1):
        for token in field:
            positions.setdefault(token, []).append(f"{number}{weight}")
    return " ".join(f"'{token}':{','.join(where)}" for token, where in positions.items())


def _weights(tier):
    """The weights of its fields, empty for all of them."""
    weights = [WEIGHTS[DOCUMENT_FIELDS.index(field)] for field in tier.fields]
    return "" if len(weights) == len(WEIGHTS) else "".join(weights)


def _condition(tier):
    """Condition that a row matches the tier, whose expression is its parameter. The first fields have indexes
    over these very expressions: the index over all tokens knows no weights."""
    weights = ",".join(_weights(tier).lower())
    tokens_of_fields = f"ts_filter(tokens, '{{{weights}}}'::\"char\"[])" if weights else "tokens"
    return f"{tokens_of_fields} @@ %s::tsquery"


def _expression(clauses, weights=""):
    """The clauses as a tsquery literal. Tokens hold no quote: only letters, digits and our signs."""
    return " & ".join("(" + " | ".join(_lexeme(term, weights) for term in clause) + ")" for clause in clauses)


def _lexeme(term, weights):
    flags = ("*" if term.prefix else "") + weights
    return f"'{term.token}'" + (f":{flags}" if flags else "")
