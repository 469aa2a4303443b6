"""Search over products: takes text, gives ids, and knows only its own tables.

    search.put([SearchDocument(id=7, codes=("841370",), names=("Slurry pump", "پمپ دوغاب"))])
    matches = search.find("پمپ").matches
    Product.objects.filter(pk__in=matches.ids).annotate(tier=matches.tier).order_by("tier", "sort_fa", "pk")

`catalog_search` holds the documents, `catalog_search_word` and `catalog_search_form` their vocabulary,
`catalog_suggestion` and `catalog_suggestion_start` what is suggested while one types; migrations make them.
Writers run in the caller's transaction: a rollback takes the index back with the rows. Both engines hold the
same tokens and give the same ids in the same tiers; neither scores. A test that empties tables by truncation
does not empty these, which belong to no model: it calls `clear`.
"""

from django.db import DEFAULT_DB_ALIAS, connections

from catalog.search import suggestions, vocabulary
from catalog.search.check import IndexFault, index_faults
from catalog.search.codes import code_digits
from catalog.search.company_names import MAX_COMPANIES, companies_called, companies_nearly_called
from catalog.search.completions import MAX_SUGGESTIONS, suggest
from catalog.search.documents import SearchDocument, document_digest, document_tokens
from catalog.search.engines import engine_of
from catalog.search.highlight import Highlighter
from catalog.search.nearest_products import nearest
from catalog.search.query import query_words
from catalog.search.ranking import Matches
from catalog.search.results import SearchResult, find, match
from catalog.search.suggestions import COMPANY, PRODUCT, SECTOR, SuggestedRecord

__all__ = [
    "COMPANY",
    "MAX_COMPANIES",
    "MAX_SUGGESTIONS",
    "PRODUCT",
    "SECTOR",
    "Highlighter",
    "IndexFault",
    "Matches",
    "SearchDocument",
    "SearchResult",
    "SuggestedRecord",
    "clear",
    "code_digits",
    "companies_called",
    "companies_nearly_called",
    "digests",
    "document_digest",
    "find",
    "has_words",
    "index_faults",
    "match",
    "nearest",
    "put",
    "remove",
    "suggest",
    "suggestions",
    "vocabulary",
    "words_of",
]


def put(documents, using=DEFAULT_DB_ALIAS):
    """Index the documents, in place of what stood under their ids."""
    indexed = [(document, document_tokens(document)) for document in documents]
    engine = engine_of(connections[using])
    before = engine.tokens([document.id for document, _ in indexed], using)
    engine.put([(document.id, fields) for document, fields in indexed], using)
    after = {token for _, fields in indexed for field in fields for token in field}
    words = {}
    for document, fields in indexed:
        for word, written in vocabulary.words_of(document, fields).items():
            words.setdefault(word, written)
    vocabulary.add(words, using)
    vocabulary.discard_unused(before - after, using)


def remove(ids, using=DEFAULT_DB_ALIAS):
    """Take ids out of the index; those not in it are no error."""
    engine = engine_of(connections[using])
    before = engine.tokens(ids, using)
    engine.remove(ids, using)
    vocabulary.discard_unused(before, using)


def clear(using=DEFAULT_DB_ALIAS):
    """Empty the index, with its vocabulary and all suggestions."""
    engine_of(connections[using]).clear(using)
    vocabulary.clear(using)
    suggestions.clear(using)


def words_of(document):
    """The words that the vocabulary should hold for a SearchDocument."""
    return vocabulary.words_of(document, document_tokens(document))


def digests(ids=None, using=DEFAULT_DB_ALIAS):
    """Yield (id, digest) of what is indexed, in order of id: all, or those of `ids`."""
    yield from engine_of(connections[using]).digests(ids, using)


def has_words(text):
    """Whether a visitor's text holds a word to search for; of a long one the first 1,000 characters count."""
    return bool(query_words(text).words)
