"""The products nearest to a text that no product matches as a whole, and those of its field."""

from collections import defaultdict
from itertools import groupby
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from catalog.search import word_lookup
from catalog.search.engines import engine_of
from catalog.search.query import parse_query, tiers_by_clause
from catalog.search.ranking import Matches
from catalog.search.vocabulary import MIN_PART, is_indexable

MAX_NEAREST = 24
"""Products at most that are offered where nothing matches."""

MAX_HOLDERS = 500
"""Products at most that are looked at for one word."""


class Nearest(NamedTuple):
    """`products` hold at least half of the words, best first; none where the catalogue does not know one of
    the words at all: what is asked for is then not in it, and nothing is near. `field`: ids of the products
    that name the rarest word that is known, to tell the sectors where one may look."""

    products: Matches
    field: list[int]


def nearest(text, using=DEFAULT_DB_ALIAS):
    """The Nearest of a text. A word that no product holds is taken for one a typing error away."""
    query = parse_query(text)
    if query is None:
        return Nearest(Matches(), [])
    words = dict(enumerate(query.words))
    holders, named = _holders(words, using)
    missing = {index: word for index, word in words.items() if index not in holders and is_indexable(word)}
    if missing and not query.spelled:
        near = word_lookup.near_words(list(missing.values()), using)
        likely = {index: near[word][0].word for index, word in missing.items() if near[word]}
        if likely:
            words |= likely
            for found, more in zip((holders, named), _holders(likely, using), strict=True):
                found.update(more)
    field = [(len(named[index]), index) for index in named if len(words[index]) >= MIN_PART]
    known = len(holders) == len(words)
    products = _by_score(holders, named, list(words.values())) if known else Matches()
    return Nearest(products, sorted(named[min(field)[1]]) if field else [])


def _holders(words, using):
    """The ids of the products that hold each word, and of those that name it, as two dicts by its index."""
    indexes, texts = list(words), list(words.values())
    compounds = word_lookup.compounds_ending_in(texts, using)
    query = parse_query(" ".join(texts), compounds, loosely=True, whole=MIN_PART - 1)
    holders, named = defaultdict(set), defaultdict(set)
    for number, ids in engine_of(connections[using]).matches(
        tiers_by_clause(query.clauses), MAX_HOLDERS, using
    ):
        index = indexes[number // 2]
        if ids:
            holders[index].update(ids)
        if ids and number % 2 == 0:
            named[index].update(ids)
    return holders, named


def _by_score(holders, named, words):
    """The products that hold at least half of the words, one of them by name, as Matches: by how many words
    a product holds, then those that name the thing itself, then by how rare the words are; a word in a name
    or another name counts twice."""
    thing = named[_thing(words)]
    scores = defaultdict(lambda: (0, False, 0))
    for index, ids in sorted(holders.items()):
        for id_ in ids:
            held, _, weight = scores[id_]
            scores[id_] = (held + 1, id_ in thing, weight + (2 if id_ in named[index] else 1) / len(ids))
    near = [id_ for id_ in set().union(*named.values()) if 2 * scores[id_][0] >= len(words)]
    best = sorted(near, key=lambda id_: (scores[id_], -id_), reverse=True)[:MAX_NEAREST]
    tiers = groupby(best, key=scores.get)
    return Matches(tuple((number, tuple(ids)) for number, (_, ids) in enumerate(tiers)))


def _thing(words):
    """The index of the word that names the thing: a Persian one stands first, پمپ هیدرولیک, and an English
    one last, hydraulic pump."""
    return len(words) - 1 if words[-1].isascii() else 0
