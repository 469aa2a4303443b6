"""What a question finds, read from the index in one query, and how Django speaks of it in further ones."""

from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Case, Expression, IntegerField, Q, Value, When

from catalog.search.engines import engine_of
from catalog.search.engines.arrays import array

MOST = 20_000
"""Products that are ranked, listed and counted. Of more than that the best tiers stay, in a tier the oldest:
a word that half of a million products hold would take the engines tens of seconds to rank."""


class AmongIds(Expression):
    """A list of ids as one parameter: `products.filter(pk__in=AmongIds(ids))`."""

    def __init__(self, ids):
        super().__init__(output_field=IntegerField())
        self.ids = ids

    def as_sql(self, compiler, connection):
        return f"({engine_of(connection).NUMBERS})", [array(self.ids)]


@dataclass(frozen=True)
class Found:
    """Ids by tier, best first, as pairs of (tier, ids); `more` says that these are only the best `MOST`.

    `products.filter(pk__in=found.ids).annotate(tier=found.tier).order_by("tier", ..., "pk")`.
    """

    tiers: tuple[tuple[int, tuple[int, ...]], ...]
    more: bool = False

    def __len__(self):
        return sum(len(ids) for _, ids in self.tiers)

    @property
    def best(self):
        """The tier of the best, None where nothing was found."""
        return self.tiers[0][0] if self.tiers else None

    @property
    def ids(self):
        """For `pk__in`."""
        return AmongIds([id_ for _, ids in self.tiers for id_ in ids])

    @property
    def tier(self):
        """For `annotate`, on products in `ids`: an int, see `Question`."""
        tiers = self.tiers or ((0, ()),)
        # The last needs no condition, but a lone one has it: in ORDER BY a bare number is a column's place.
        whens = [When(Q(pk__in=AmongIds(ids)), then=Value(tier)) for tier, ids in tiers[:-1] or tiers]
        return Case(*whens, default=Value(tiers[-1][0]), output_field=IntegerField())


def find(question, using=DEFAULT_DB_ALIAS, most=None):
    """The `Found` of a `Question`, at most `most` or `MOST` products; one query, on PostgreSQL a few more
    where more than that answer.

    The engine says first which products answer at all, then rung by rung who stands there. It is read only as
    far as until each has a tier, and so spared the further rungs.
    """
    most = most or MOST
    every, tiers, placed = set(), {}, set()
    rows = engine_of(connections[using]).placed(question.every, question.rungs, most + 1, using)
    for id_, tier in rows:
        if tier is None:
            every.add(id_)
        elif id_ not in placed:
            placed.add(id_)
            tiers.setdefault(tier, []).append(id_)
            if len(placed) == min(most, len(every)):
                break
    return Found(tuple((tier, tuple(ids)) for tier, ids in tiers.items()), more=len(every) > most)


def rows_of(rungs, using, most):
    """Yield (id, tier) of the products that fulfil each rung, in order of the rungs and the ids, at most
    `most` of a rung."""
    return engine_of(connections[using]).rows(rungs, most, using)
