"""What a visitor may have meant by words that nothing has. Pure, no database."""

from difflib import get_close_matches

from catalog.search.normalise import words

SHORTEST = 5
"""Letters of a word in which one wrong letter may be forgiven; of shorter ones too many others are near."""
CLOSENESS = 0.8


def corrected(text, vocabulary):
    """`text` with each unknown word replaced by the nearest of `vocabulary` (folded words), or "" where none
    is near, or nothing is to be replaced. A beginning of a known word is known: it finds what it begins.
    """
    asked = words(text)
    found = [_nearest(word, vocabulary) for word in asked]
    return "" if found == asked or not all(found) else " ".join(found)


def _nearest(word, vocabulary):
    if any(known.startswith(word) for known in vocabulary):
        return word
    if len(word) < SHORTEST:
        return ""
    return next(iter(get_close_matches(word, vocabulary, 1, CLOSENESS)), "")
