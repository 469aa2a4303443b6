"""The words of the index, and how to reach one from another: misspelt, or a part of a compound.

Two plain tables: `catalog_search_word` has one row a word, however many products hold it, and
`catalog_search_form` its forms: all it becomes without one of its letters, and its later parts. A word enters
with the first product that holds it and leaves with the last. What is offered from here is asked of the index
once more: a word that no public product holds is never shown, whatever two writers do at the same moment.
"""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from os.path import commonprefix

from django.db import connections

from catalog.search.documents import DOCUMENT_BYTES
from catalog.search.engines import engine_of
from catalog.search.engines.arrays import array
from catalog.search.fold import LONGEST_RUN
from catalog.search.fold_positions import places, written
from catalog.search.stems import root
from catalog.search.typos import LONGEST, SHORTEST, is_near, shortened

CREATE = """
CREATE TABLE catalog_search_word (word {text} PRIMARY KEY, written text NOT NULL){ends};
CREATE TABLE catalog_search_form (form {text}, word {text}, PRIMARY KEY (form, word)){ends}"""

PART = 4
"""Letters of the shortest part of a compound, and of the shortest word that is kept."""

HEAD = 2
"""Letters that stand before such a part, at least: what begins a word is found as its beginning."""

COMPOUNDS = 20
"""Words at most to which a word leads that is anywhere within them."""

COUNTED = 1000
"""Products to which the use of a word is counted."""

_WITHOUT, _LATER = "-", "+"  # of two kinds of form
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Known:
    """A word of the index: as it is folded, as a record writes it, and how many products hold it (at most
    `COUNTED`)."""

    word: str
    written: str
    products: int


def forms(word):
    """The forms by which a word is reached, as a set."""
    stem = root(word)
    found = {_LATER + stem[start:] for start in range(HEAD, len(stem) - PART + 1)}
    if len(word) >= SHORTEST:
        found |= {_WITHOUT + form for form in shortened(word)}
    return found


def is_word(letters):
    """Whether these folded letters are kept: no digits, neither very short nor very long."""
    return PART <= len(letters) <= LONGEST and letters.isalpha()


def is_part(letters):
    """Whether a word may be asked for as the last part of others: "ring" would answer with every bearing."""
    return is_word(letters) and len(root(letters)) >= (PART + 1 if letters.isascii() else PART)


def words_of(document, fields):
    """The words of a Document with the way they are written there, as a dict: those that are among its tokens
    (`fields`). A compound that its writer held together is a word besides its parts."""
    found = {}
    for whole in document.strings:
        text = whole[:DOCUMENT_BYTES]
        group = []
        for place in [*places(text), None]:
            if group and not (place and place.held):
                _add(found, text, group)
                group = []
            if place:
                group.append(place)
    kept = {token for field in fields for token in field}
    return {word: shown for word, shown in found.items() if word in kept}


def _add(found, text, group):
    single = [[place] for place in group]
    for places_of_word in [*single, group] if 1 < len(group) <= LONGEST_RUN else single:
        letters = "".join(place.letters for place in places_of_word)
        if letters not in found and is_word(letters):
            shown = written(text, places_of_word[0].at[0], places_of_word[-1].at[-1] + 1)
            found[letters] = shown.lower() if shown.istitle() else shown


def enter(words, using):
    """Keep these words, a dict of words and the way they are written; those kept already stay as they are."""
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT word FROM catalog_search_word WHERE word IN ({engine.TEXTS})", [array(words)])
        new = sorted(words.keys() - {word for (word,) in cursor.fetchall()})
        cursor.executemany(
            "INSERT INTO catalog_search_word (word, written) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [(word, words[word]) for word in new],
        )
        cursor.executemany(
            "INSERT INTO catalog_search_form (form, word) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [(form, word) for word in new for form in sorted(forms(word))],
        )


def leave(words, using):
    """Drop those of these words that no product of the index holds any more."""
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT word FROM catalog_search_word WHERE word IN ({engine.TEXTS})"
            f" AND NOT EXISTS (SELECT 1 FROM catalog_search WHERE {engine.HOLDS})",
            [array([word for word in words if is_word(word)])],
        )
        gone = sorted(word for (word,) in cursor.fetchall())
        cursor.executemany("DELETE FROM catalog_search_word WHERE word = %s", [(word,) for word in gone])
        cursor.executemany(
            "DELETE FROM catalog_search_form WHERE form = %s AND word = %s",
            [(form, word) for word in gone for form in forms(word)],
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
        kept = {word for (word,) in cursor.fetchall()}
        yield from ((word, "missing") for word in sorted(expected - kept))
        yield from ((word, "left over") for word in sorted(kept - expected))
        cursor.execute("SELECT word, form FROM catalog_search_form ORDER BY word")
        formed = set()
        for word, rows in groupby(iter(cursor.fetchone, None), key=itemgetter(0)):
            formed.add(word)
            if {form for _, form in rows} != forms(word) and word in kept:
                yield word, "stale"
        yield from ((word, "left over") for word in sorted(formed - kept))
        yield from ((word, "stale") for word in sorted(kept - formed) if forms(word))


def ending_in(asked, using):
    """For each of the asked words that is the last part of words of the index, these words; as a dict."""
    wanted = {word: _LATER + root(word) for word in asked if is_part(word)}
    if not wanted:
        return {}
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT form, word FROM catalog_search_form WHERE form IN ({engine.TEXTS})",
            [array(sorted(set(wanted.values())))],
        )
        rows = cursor.fetchall()
    return {one: tuple(sorted(word for form, word in rows if form == part)) for one, part in wanted.items()}


def holding(asked, using):
    """For each of the asked words that is within others of the index, at most `COMPOUNDS` of them; a dict."""
    wanted = {word: _LATER + word for word in asked if is_word(word)}
    if not wanted:
        return {}
    piece = (
        "SELECT * FROM (SELECT form, word FROM catalog_search_form"
        f" WHERE form >= %s AND form < %s ORDER BY form, word LIMIT {COMPOUNDS}) AS part_{{}}"
    )
    sql = " UNION ALL ".join(piece.format(number) for number in range(len(wanted)))
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [bound for part in wanted.values() for bound in (part, part + _LAST)])
        rows = cursor.fetchall()
    return {
        one: tuple(sorted({word for form, word in rows if form.startswith(part)}))
        for one, part in wanted.items()
    }


def known(words, using):
    """Those of the words that are in the index, as a set."""
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT word FROM catalog_search_word WHERE word IN ({engine.TEXTS})", [array(words)])
        return {word for (word,) in cursor.fetchall()}


def near(typed, using):
    """For each of the typed words the Knowns one typing error away, the likeliest first; as a dict.

    Likelier is what begins with the same letter, then what more products hold.
    """
    engine = engine_of(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT word, written,"
            " (SELECT COUNT(*) FROM (SELECT 1 FROM catalog_search"
            f" WHERE {engine.HOLDS} LIMIT {COUNTED}) AS holders)"
            " FROM catalog_search_word WHERE word IN"
            f" (SELECT word FROM catalog_search_form WHERE form IN ({engine.TEXTS}))",
            [array(sorted({_WITHOUT + form for word in typed for form in shortened(word)}))],
        )
        words = [Known(*row) for row in cursor.fetchall() if row[2]]
    return {
        one: sorted(
            (other for other in words if is_near(one, other.word)),
            key=lambda other: (other.word[0] != one[0], -other.products, other.word),
        )
        for one in typed
    }


def beginnings(words, using):
    """For each word the longest beginning it shares with a word of the index, where that is long enough to
    say something; as a dict."""
    if not words:
        return {}
    # Of words in order, the two beside it share the longest beginning with any word.
    piece = (
        "SELECT * FROM (SELECT word FROM catalog_search_word WHERE word {} %s ORDER BY word {} LIMIT 1)"
        " AS beside_{}"
    )
    sides = [("<", "DESC"), (">=", "ASC")]
    sql = " UNION ALL ".join(
        piece.format(*side, 2 * number + place)
        for number in range(len(words))
        for place, side in enumerate(sides)
    )
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [word for word in words for _ in sides])
        beside = [word for (word,) in cursor.fetchall()]
    found = {
        word: max((commonprefix([word, other]) for other in beside), key=len, default="") for word in words
    }
    return {word: head for word, head in found.items() if len(head) >= (PART if head.isascii() else PART - 1)}
