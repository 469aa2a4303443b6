"""Texts as they are taken in: without signs that nobody sees, and with Persian letters for Arabic ones."""

import unicodedata

# Letters that some keyboards write in the place of Persian ones, which look the same or nearly so.
LETTERS = {"ي": "ی", "ى": "ی", "ك": "ک"}
JOINERS = "\u200c\u200d"  # of پلی‌پروپیلن, and of ه‍ standing alone; Python calls them not printable
LINE_SIGNS = "\n\r\t"
# Signs of format that are seen: Arabic ones around a number or a verse.
SEEN = {*map(chr, range(0x600, 0x606)), "\u06dd", "\u070f", "\u0890", "\u0891", "\u08e2"}
# Control, format (marks of direction among them), private use, surrogates, no characters at all.
UNWANTED = {"Cc", "Cf", "Co", "Cs", "Cn"}


class _Cleaned(dict):
    """A `str.translate` table that is filled character by character, as texts come."""

    def __missing__(self, point):
        character = chr(point)
        cleaned = LETTERS.get(character, character)
        if character not in SEEN and character not in JOINERS and character not in LINE_SIGNS:
            cleaned = None if unicodedata.category(character) in UNWANTED else cleaned
        if point < 0x3000:
            self[point] = cleaned
        return cleaned


_CLEANED = _Cleaned()
_SPACES = str.maketrans(dict.fromkeys(LINE_SIGNS, " "))


def clean_text(text):
    """`text` of several lines."""
    return text.translate(_CLEANED)


def clean_line(text):
    """`text` of one line."""
    return clean_text(text).translate(_SPACES)
