"""The words of the index: kept in two tables, so that one leads to another.

`catalog_search_word` has one row a word, however many products hold it, with the way a record writes it.
`catalog_search_form` has the forms by which it is reached (see `forms`): all it becomes without one of its
letters, for a word with a typing error; its later parts, for the part of a compound; its sound. A word enters
with the first product that holds it and leaves with the last.
"""

from itertools import groupby
from operator import itemgetter

from django.db import connections

from catalog.search.documents import MAX_DOCUMENT_BYTES
from catalog.search.engines import engine_of
from catalog.search.engines.arrays import array
from catalog.search.fold import LONGEST_RUN
from catalog.search.fold_positions import folded_words, with_marks
from catalog.search.sounds import sound
from catalog.search.stems import stem
from catalog.search.typos import LONGEST_MISTYPED, SHORTEST_MISTYPED, deletions

MIN_PART = 4
"""Letters of the shortest part of a compound, and of the shortest word in the vocabulary."""

MIN_HEAD = 2
"""Letters that stand before such a part, at least: what begins a word is found as its beginning."""

DELETION, PART, SOUND = "-", "+", "~"
"""First characters of the kinds of form."""


def forms(word):
    """The forms by which a word is reached, as a set."""
    key = stem(word)
    found = {PART + key[start:] for start in range(MIN_HEAD, len(key) - MIN_PART + 1)}
    if len(word) >= SHORTEST_MISTYPED:
        found |= {DELETION + form for form in deletions(word)}
    if heard := sound(word):
        found.add(SOUND + heard)
    return found


def is_indexable(letters):
    """Whether these folded letters may be in the vocabulary: no digits, neither very short nor very long."""
    return MIN_PART <= len(letters) <= LONGEST_MISTYPED and letters.isalpha()


def is_compound_part(letters):
    """Whether a word may match as the last part of others: "ring" would match every bearing."""
    shortest = MIN_PART + 1 if letters.isascii() else MIN_PART
    return is_indexable(letters) and len(stem(letters)) >= shortest


def words_of(document, fields):
    """The words of a Document that are among its tokens (`fields`), as a dict from word to the way it is
    written there. A compound that its writer joined is a word besides its parts."""
    found = {}
    for string in document.strings:
        text = string[:MAX_DOCUMENT_BYTES]
        for compound in _compounds(folded_words(text)):
            _add(found, text, compound)
    indexed = {token for field in fields for token in field}
    return {word: written for word, written in found.items() if word in indexed}


def _compounds(words):
    """The FoldedWords in lists of those that are attached to each other."""
    compound = []
    for word in words:
        if compound and not word.attached:
            yield compound
            compound = []
        compound.append(word)
    if compound:
        yield compound


def _add(found, text, compound):
    """Add the words of a compound, and the compound itself, to `found`."""
    single = [[word] for word in compound]
    for parts in [*single, compound] if 1 < len(compound) <= LONGEST_RUN else single:
        letters = "".join(part.letters for part in parts)
        if letters not in found and is_indexable(letters):
            written = with_marks(text, parts[0].positions[0], parts[-1].positions[-1] + 1)
            found[letters] = written.lower() if written.istitle() else written


def add(words, using):
    """Add these words, a dict from word to the way it is written; those there already stay as they are."""
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT word FROM catalog_search_word WHERE word IN ({engine.STRINGS})", [array(words)]
        )
        new = sorted(words.keys() - {word for (word,) in cursor.fetchall()})
        cursor.executemany(
            "INSERT INTO catalog_search_word (word, written) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [(word, words[word]) for word in new],
        )
        cursor.executemany(
            "INSERT INTO catalog_search_form (form, word) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [(form, word) for word in new for form in sorted(forms(word))],
        )


def discard_unused(words, using):
    """Drop those of these words that no product of the index holds any more."""
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT word FROM catalog_search_word WHERE word IN ({engine.STRINGS})"
            f" AND NOT EXISTS (SELECT 1 FROM catalog_search WHERE {engine.HAS_WORD})",
            [array(filter(is_indexable, words))],
        )
        unused = sorted(word for (word,) in cursor.fetchall())
        cursor.executemany("DELETE FROM catalog_search_word WHERE word = %s", [(word,) for word in unused])
        cursor.executemany(
            "DELETE FROM catalog_search_form WHERE form = %s AND word = %s",
            [(form, word) for word in unused for form in forms(word)],
        )


def clear(using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_search_word")
        cursor.execute("DELETE FROM catalog_search_form")


def faults(expected, using):
    """Yield (word, fault) where the tables are not what the set of `expected` words makes them; a fault is
    "missing", "left over" or "stale" (other forms)."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT word FROM catalog_search_word")
        stored = {word for (word,) in cursor.fetchall()}
        yield from ((word, "missing") for word in sorted(expected - stored))
        yield from ((word, "left over") for word in sorted(stored - expected))
        cursor.execute("SELECT word, form FROM catalog_search_form ORDER BY word")
        with_forms = set()
        for word, rows in groupby(iter(cursor.fetchone, None), key=itemgetter(0)):
            with_forms.add(word)
            if {form for _, form in rows} != forms(word) and word in stored:
                yield word, "stale"
        yield from ((word, "left over") for word in sorted(with_forms - stored))
        yield from ((word, "stale") for word in sorted(stored - with_forms) if forms(word))
