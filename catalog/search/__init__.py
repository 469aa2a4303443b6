"""Search over products: takes text, gives ids, and knows only its own tables.

    put([Document(id=7, codes=("841370",), names=("Slurry pump", "پمپ دوغاب"))])
    found = answer("پمپ").shown
    Product.objects.filter(pk__in=found.ids).annotate(tier=found.tier).order_by("tier", "sort_fa", "pk")

`catalog_search` holds the documents, `catalog_search_word` and `_form` their words, `catalog_suggestion` and
`_start` what is offered while one types. Writers run in the caller's transaction: a rollback takes the index
back with the rows. Both engines hold the same tokens and answer with the same ids in the same tiers; neither
scores. A test that empties tables by truncation does not empty these, which no model owns: it calls `clear`.
"""

from django.db import DEFAULT_DB_ALIAS, connections

from catalog.search import suggestions, vocabulary
from catalog.search.answers import Answer, answer, look_for, nearest
from catalog.search.check import Difference, differences
from catalog.search.documents import Document, digest, tokens
from catalog.search.engines import engine_of
from catalog.search.highlight import Marker
from catalog.search.query import read
from catalog.search.ranking import Found
from catalog.search.suggestions import COMPANY, PRODUCT, SECTOR, Entry, suggest

__all__ = [
    "COMPANY",
    "PRODUCT",
    "SECTOR",
    "Answer",
    "Difference",
    "Document",
    "Entry",
    "Found",
    "Marker",
    "answer",
    "clear",
    "differences",
    "digest",
    "has_words",
    "look_for",
    "nearest",
    "put",
    "remove",
    "stored",
    "suggest",
    "suggestions",
    "vocabulary",
    "words_of",
]


def put(documents, using=DEFAULT_DB_ALIAS):
    """Index the documents, in place of what stood under their ids."""
    indexed = [(document, tokens(document)) for document in documents]
    engine = engine_of(connections[using])
    before = engine.held([document.id for document, _ in indexed], using)
    engine.put([(document.id, fields) for document, fields in indexed], using)
    after = {token for _, fields in indexed for field in fields for token in field}
    words = {}
    for document, fields in indexed:
        for word, written in vocabulary.words_of(document, fields).items():
            words.setdefault(word, written)
    vocabulary.enter(words, using)
    vocabulary.leave(before - after, using)


def remove(ids, using=DEFAULT_DB_ALIAS):
    """Take ids out of the index; those not in it are no error."""
    engine = engine_of(connections[using])
    before = engine.held(ids, using)
    engine.remove(ids, using)
    vocabulary.leave(before, using)


def clear(using=DEFAULT_DB_ALIAS):
    """Empty the index, with all its words and suggestions."""
    engine_of(connections[using]).clear(using)
    vocabulary.clear(using)
    suggestions.clear(using)


def words_of(document):
    """The words that the vocabulary should hold for a Document."""
    return vocabulary.words_of(document, tokens(document))


def stored(ids=None, using=DEFAULT_DB_ALIAS):
    """Yield (id, digest) of what is indexed, in order of id: all, or those of `ids`."""
    yield from engine_of(connections[using]).stored(ids, using)


def has_words(text):
    """Whether a visitor's text holds a word to search for; of a long one the first 1,000 characters count."""
    return bool(read(text)[0])
