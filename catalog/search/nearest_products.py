"""The products nearest to a text that no product matches as a whole."""

from collections import defaultdict
from itertools import groupby

from django.db import DEFAULT_DB_ALIAS, connections

from catalog.search import word_lookup
from catalog.search.engines import engine_of
from catalog.search.query import parse, tiers_by_clause
from catalog.search.ranking import Matches
from catalog.search.vocabulary import is_indexable

MAX_NEAREST = 24
"""Products at most that are offered where nothing matches."""

MAX_HOLDERS = 500
"""Products at most that are looked at for one word."""


def nearest(text, using=DEFAULT_DB_ALIAS):
    """The products that hold the most of a text's words, the rarest first, as Matches.

    A word that no product holds is taken for one a typing error away, or for one that begins like it.
    """
    query = parse(text)
    if query is None:
        return Matches()
    rows = _holders(query.words, using)
    found = {number // 2 for _, number in rows}
    missing = [word for index, word in enumerate(query.words) if index not in found]
    if missing:
        likely = word_lookup.longest_prefixes(missing, using)
        near = word_lookup.near_words(list(filter(is_indexable, missing)), using)
        likely |= {word: others[0].word for word, others in near.items() if others}
        rows += _holders(likely.values(), using, first=len(query.words)) if likely else []
    return _by_score(rows)


def _holders(words, using, first=0):
    """(id, number) of the products that hold one of the words; the numbers are those of `tiers_by_clause`,
    with the words counted from `first`."""
    words = list(words)
    query = parse(" ".join(words), word_lookup.compounds_ending_in(words, using))
    matches = engine_of(connections[using]).matches(tiers_by_clause(query.clauses), MAX_HOLDERS, using)
    return [(id_, 2 * first + number) for number, ids in matches for id_ in ids]


def _by_score(rows):
    """The `_holders` as Matches: by how many words a product holds, then by how rare they are; a word in a
    name or another name counts twice."""
    holders, named = defaultdict(set), defaultdict(set)
    for id_, number in rows:
        holders[number // 2].add(id_)
        if number % 2 == 0:
            named[number // 2].add(id_)
    scores = defaultdict(lambda: (0, 0))
    for word, ids in sorted(holders.items()):
        for id_ in ids:
            words, weight = scores[id_]
            scores[id_] = (words + 1, weight + (2 if id_ in named[word] else 1) / len(ids))
    best = sorted(scores, key=lambda id_: (scores[id_], -id_), reverse=True)[:MAX_NEAREST]
    tiers = groupby(best, key=scores.get)
    return Matches(tuple((number, tuple(ids)) for number, (_, ids) in enumerate(tiers)))
