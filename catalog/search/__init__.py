"""Search over products: takes text, gives ids, and knows only its own table, `catalog_search`.

    put([Document(id=7, codes=("841370",), names=("Slurry pump", "پمپ دوغاب"))])
    match = matching("پمپ")
    Product.objects.filter(pk__in=match.ids).annotate(tier=match.tier).order_by("tier", "sort_fa", "pk")

Writers run in the caller's transaction: a rollback takes the index back with the rows. Both engines
hold the same tokens and answer with the same ids in the same tiers; neither scores. A test that
empties tables by truncation does not empty this one, which no model owns: it calls `clear`.
"""

from django.db import DEFAULT_DB_ALIAS, connections

from catalog.search.check import Difference, differences
from catalog.search.documents import Document, digest
from catalog.search.engines import engine_of
from catalog.search.match import Match
from catalog.search.questions import question

__all__ = [
    "Difference",
    "Document",
    "Match",
    "clear",
    "differences",
    "digest",
    "matching",
    "put",
    "remove",
    "stored",
]


def put(documents, using=DEFAULT_DB_ALIAS):
    """Index the documents, in place of what stood under their ids."""
    engine_of(connections[using]).put(documents, using)


def remove(ids, using=DEFAULT_DB_ALIAS):
    """Take ids out of the index; those not in it are no error."""
    engine_of(connections[using]).remove(ids, using)


def clear(using=DEFAULT_DB_ALIAS):
    """Empty the index."""
    engine_of(connections[using]).clear(using)


def stored(ids=None, using=DEFAULT_DB_ALIAS):
    """Yield (id, digest) of what is indexed, in order of id: all, or those of `ids`."""
    yield from engine_of(connections[using]).stored(ids, using)


def matching(text):
    """The `Match` of a visitor's text, or None when it holds no word (empty, signs only).

    Any text is safe: of a long one the first 1,000 characters and 12 words count.
    """
    asked = question(text)
    return None if asked is None else Match(asked)
