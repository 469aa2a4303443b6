"""Letters that are spelled out in Persian: "ال ای دی" is one word, and means LED. Pure, no database."""

from itertools import product

from catalog.search.fold_positions import folded_words

# The names of Latin letters as they are folded. آی and ای become one there: see `_latin`.
_NAMES = {
    "ای": "ea", "بی": "b", "سی": "c", "دی": "d", "اف": "f", "جی": "gj", "اچ": "h", "ایچ": "h", "کی": "k",
    "ال": "l", "ام": "m", "ان": "n", "او": "o", "پی": "p", "کیو": "q", "ار": "r", "اس": "s", "تی": "t",
    "یو": "u", "وی": "v", "دبلیو": "w", "ایکس": "x", "اکس": "x", "وای": "y", "زد": "z",
}  # fmt: skip

LONGEST_SPELLED = 5
"""Letters of the longest abbreviation."""


def joined_letters(text, most):
    """(words, acronyms): the folded words of a text, at most `most`, with two to five letters that are
    spelled side by side as one word; and by each such word the Latin abbreviations it may stand for."""
    folded = folded_words(text)[:most]
    found, acronyms = [], {}
    while folded:
        count = _spelled_at_the_start(folded)
        run, folded = folded[: count or 1], folded[count or 1 :]
        found.append("".join(word.letters for word in run))
        if count:
            letters = product(*(_latin(word, text) for word in run))
            acronyms[found[-1]] = tuple("".join(some) for some in letters)
    return found, acronyms


def _spelled_at_the_start(folded):
    """How many of the first words are letters that are spelled side by side; 0 for a lone one."""
    count = 0
    while count < min(LONGEST_SPELLED, len(folded)) and folded[count].letters in _NAMES:
        count += 1
    return count if count > 1 else 0


def _latin(word, text):
    return "i" if text[word.positions[0]] == "آ" and word.letters == "ای" else _NAMES[word.letters]
