"""Which products match a query, best first, as the index says."""

from dataclasses import dataclass
from functools import cached_property

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Case, Expression, IntegerField, Q, Value, When

from catalog.search.engines import engine_of
from catalog.search.engines.arrays import array

MAX_MATCHES = 20_000
"""Products that are ranked, listed and counted. Of more than that the best tiers stay, in a tier the oldest:
a word that half of a million products hold would take the engines tens of seconds to rank."""


class IdList(Expression):
    """A list of ids as one parameter: `products.filter(pk__in=IdList(ids))`."""

    def __init__(self, ids):
        super().__init__(output_field=IntegerField())
        self.parameter = array(ids)

    def as_sql(self, compiler, connection):
        return f"({engine_of(connection).INTEGERS})", [self.parameter]


@dataclass(frozen=True)
class Matches:
    """Ids of products by tier, best first, as pairs of (tier, ids). `truncated` says that these are only the
    best `MAX_MATCHES`.

    `products.filter(pk__in=matches.ids).annotate(tier=matches.tier).order_by("tier", ..., "pk")`.
    """

    tiers: tuple[tuple[int, tuple[int, ...]], ...] = ()
    truncated: bool = False

    def __len__(self):
        return sum(len(ids) for _, ids in self.tiers)

    @property
    def best_tier(self):
        """The number of the first tier, None where nothing matches."""
        return self.tiers[0][0] if self.tiers else None

    @property
    def keys(self):
        """All ids as a list."""
        return [id_ for _, ids in self.tiers for id_ in ids]

    @cached_property
    def ids(self):
        """An expression for `pk__in`; written out once, however many queries use it."""
        return IdList(self.keys)

    @cached_property
    def tier(self):
        """An expression for `annotate`, on products in `ids`: the number of their tier, see `Query`."""
        largest, *others = sorted(self.tiers or ((0, ()),), key=lambda tier: len(tier[1]), reverse=True)
        # The largest needs no condition, but a lone one has it: a bare number in ORDER BY names a column.
        whens = [When(Q(pk__in=IdList(ids)), then=Value(number)) for number, ids in others or [largest]]
        return Case(*whens, default=Value(largest[0]), output_field=IntegerField())


def ranked_products(query, using=DEFAULT_DB_ALIAS, limit=None):
    """The Matches of a Query, at most `limit` or else `MAX_MATCHES`.

    One or two queries of the database, on PostgreSQL a few more where more than the limit match. The engine
    names all matching products first, then those of each tier in turn. Reading stops as soon as each product
    has its tier, which spares the engine the other tiers.
    """
    limit = limit or MAX_MATCHES
    matching, ranked, tiers = set(), set(), []
    for number, ids in engine_of(connections[using]).ranked(query, limit + 1, using):
        if number is None:
            matching.update(ids)
            continue
        new = [id_ for id_ in ids if id_ not in ranked][: limit - len(ranked)]
        if new:
            ranked.update(new)
            tiers.append((number, tuple(new)))
        if len(ranked) == min(limit, len(matching)):
            break
    return Matches(tuple(tiers), truncated=len(matching) > limit)
