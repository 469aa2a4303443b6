"""Finding rows by their names, folded as the product search folds them.

Companies and contracts are hundreds, not hundreds of thousands: their names are read and compared here, so
that both database engines find the same rows.
"""

from collections import Counter

from catalog.search.fold import joined, words
from catalog.search.keyboard import on_other_layout
from catalog.search.sounds import sound
from catalog.search.typos import SHORTEST_MISTYPED, one_edit_apart


def matching(rows, text):
    """Keys of the rows that hold every word of `text`; `rows` are tuples of a key and any number of texts.

    A word asked for is the beginning of a word, or of neighbouring words written as one: "iran khod" and
    "ایرانخودرو" find Iran Khodro, ایران‌خودرو.
    """
    asked = words(text)
    return {key for key, *texts in rows if _holds(texts, asked)}


def corrected(rows, text):
    """What `text` may have meant where `matching` finds nothing: its words one typing error away from words
    of the rows, or that sound like them; or its keys on the other layout. An empty string for nothing."""
    known = Counter(word for _key, *texts in rows for text in texts for word in _words(text))
    respelt = [word if word in known else _nearest(word, known) for word in words(text)]
    for meant in (" ".join(respelt) if all(respelt) else "", on_other_layout(text)):
        if meant and matching(rows, meant):
            return meant
    return ""


def _nearest(word, known):
    """The known word that more rows hold than any other as near; an empty string for none."""
    near = [other for other in known if len(word) >= SHORTEST_MISTYPED and one_edit_apart(word, other)]
    near = near or [other for other in known if sound(word) and sound(word) == sound(other)]
    return min(near, key=lambda other: (other[0] != word[0], -known[other], other), default="")


def _holds(texts, asked):
    found = [word for text in texts for word in _words(text)]
    return all(any(word.startswith(wanted) for word in found) for wanted in asked)


def _words(text):
    own = words(text or "")
    return [*own, *joined(own)]
