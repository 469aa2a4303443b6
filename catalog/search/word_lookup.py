"""Words of the vocabulary for words of a visitor: misspelt ones, and parts of compounds. One query each.

What is found here is looked for in the index once more before anybody sees it: so a word that no public
product holds is never shown, whatever two writers do at the same moment.
"""

from dataclasses import dataclass
from os.path import commonprefix

from django.db import connections

from catalog.search.engines import engine_of
from catalog.search.engines.arrays import array
from catalog.search.sounds import sound
from catalog.search.stems import stem
from catalog.search.typos import deletions, one_edit_apart
from catalog.search.vocabulary import DELETION, MIN_PART, PART, SOUND, is_compound_part, is_indexable

MAX_COMPOUNDS = 20
"""Words at most to which a word leads that may be anywhere within them."""

MAX_COUNT = 1000
"""Products to which the use of a word is counted."""

_AFTER_ALL = "\U0010ffff"
"""Comes after every letter."""


@dataclass(frozen=True)
class KnownWord:
    """A word of the vocabulary: as it is folded, as a record writes it, and how many products hold it (at
    most `MAX_COUNT`)."""

    word: str
    written: str
    products: int


def compounds_ending_in(words, using):
    """For each word that may be the last part of compounds the words of the index that end in it; a dict."""
    forms = {word: PART + stem(word) for word in words if is_compound_part(word)}
    if not forms:
        return {}
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT form, word FROM catalog_search_form WHERE form IN ({engine.STRINGS})",
            [array(sorted(set(forms.values())))],
        )
        rows = cursor.fetchall()
    return {
        word: tuple(sorted(compound for row_form, compound in rows if row_form == form))
        for word, form in forms.items()
    }


def compounds_containing(words, using):
    """For each word that may be part of compounds at most `MAX_COMPOUNDS` words that contain it; a dict."""
    forms = {word: PART + word for word in words if is_indexable(word)}
    if not forms:
        return {}
    piece = (
        "SELECT * FROM (SELECT form, word FROM catalog_search_form"
        f" WHERE form >= %s AND form < %s ORDER BY form, word LIMIT {MAX_COMPOUNDS}) AS part_{{}}"
    )
    sql = " UNION ALL ".join(piece.format(number) for number in range(len(forms)))
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [bound for form in forms.values() for bound in (form, form + _AFTER_ALL)])
        rows = cursor.fetchall()
    return {
        word: tuple(sorted({compound for row_form, compound in rows if row_form.startswith(form)}))
        for word, form in forms.items()
    }


def known_words(words, using):
    """Those of the words that are in the vocabulary, as a set."""
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT word FROM catalog_search_word WHERE word IN ({engine.STRINGS})", [array(words)]
        )
        return {word for (word,) in cursor.fetchall()}


def near_words(typed, using):
    """For each of the typed words the KnownWords one typing error away, the likeliest first; as a dict.

    Likelier is what begins with the same letter, then what more products hold.
    """
    known = _known({DELETION + form for word in typed for form in deletions(word)}, using)
    return {
        word: sorted(
            (other for other in known if one_edit_apart(word, other.word)),
            key=lambda other: (other.word[0] != word[0], -other.products, other.word),
        )
        for word in typed
    }


def sounding_words(typed, using):
    """For each of the typed words the KnownWords that sound like it, the likeliest first; as a dict.

    Likelier is what is written in the same script, then what more products hold.
    """
    sounds = {word: {sound(word), sound(stem(word))} - {""} for word in typed}
    forms = {SOUND + one for heard in sounds.values() for one in heard}
    known = _known(forms, using) if forms else []
    return {
        word: sorted(
            (other for other in known if sound(other.word) in sounds[word]),
            key=lambda other: (other.word.isascii() != word.isascii(), -other.products, other.word),
        )
        for word in typed
    }


def _known(forms, using):
    """The KnownWords that have one of these forms, of which some product holds one; one query."""
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT word, written,"
            " (SELECT COUNT(*) FROM (SELECT 1 FROM catalog_search"
            f" WHERE {engine.HAS_WORD} LIMIT {MAX_COUNT}) AS holders)"
            # DISTINCT: without statistics PostgreSQL would look at the forms once for each word.
            f" FROM (SELECT DISTINCT word FROM catalog_search_form WHERE form IN ({engine.STRINGS})) AS near"
            " JOIN catalog_search_word USING (word)",
            [array(sorted(forms))],
        )
        return [KnownWord(*row) for row in cursor.fetchall() if row[2]]


def longest_prefixes(words, using):
    """For each word the longest beginning that it shares with a word of the vocabulary, where that is long
    enough to tell something; as a dict."""
    # Of words in order, the two neighbours share the longest beginning with any word.
    piece = (
        "SELECT * FROM (SELECT word FROM catalog_search_word WHERE word {} %s ORDER BY word {} LIMIT 1)"
        " AS neighbour_{}"
    )
    sides = [("<", "DESC"), (">=", "ASC")]
    sql = " UNION ALL ".join(
        piece.format(*side, 2 * number + place)
        for number in range(len(words))
        for place, side in enumerate(sides)
    )
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [word for word in words for _ in sides])
        neighbours = [word for (word,) in cursor.fetchall()]
    prefixes = {
        word: max((commonprefix([word, other]) for other in neighbours), key=len, default="")
        for word in words
    }
    return {
        word: prefix
        for word, prefix in prefixes.items()
        if len(prefix) >= (MIN_PART if prefix.isascii() else MIN_PART - 1)
    }
