"""One spelling for every way a name can be typed: pure functions, no database.

Records and visitors' texts are folded alike, in Persian, Arabic and Latin script, so that neither database
engine has to understand a script by itself.
"""

import re
import unicodedata
from functools import lru_cache

KEY_LENGTH = 254
"""Longest sort key, in characters: two to a letter, and short enough for a column of 255."""

# Letters that Unicode keeps apart although a Persian reader takes them for one.
# Hamza on a carrier needs no line: decomposition turns it into the carrier and a mark, and marks go.
_SAME_LETTER = {
    "ي": "ی", "ى": "ی", "ے": "ی", "ې": "ی", "ۍ": "ی", "ێ": "ی",
    "ك": "ک", "ڪ": "ک", "ګ": "گ",
    "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه",
    "ٱ": "ا", "ۆ": "و", "ۇ": "و", "ۈ": "و", "ۋ": "و",
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
}  # fmt: skip

# Tatweel, the hamza that stands alone (جزء is as often typed جز) and its raised form, and the
# apostrophe-like letters that transliterations use for it and for ain.
_SILENT = {"\u0640", "\u0621", "\u0674", *map(chr, range(0x2B0, 0x300))}

# Vowel signs in their presentation forms: they would decompose to a space and a mark, and cut the word.
_SPACING_SIGNS = dict.fromkeys(range(0xFE70, 0xFE80))

_SPACE, _HYPHEN = " ", "-"


def _spelling(character):
    """The letters, digit or separator of one decomposed, case-folded character; None where it is dropped."""
    category = unicodedata.category(character)
    if character.isspace():
        spelling = _SPACE
    elif character in "\u200c\u200d":
        spelling = _HYPHEN
    elif character in _SILENT or category[0] == "M" or category in ("Cc", "Cf"):
        spelling = None  # marks of direction, soft hyphens, NUL: invisible, the word goes on
    elif category[0] == "L":
        spelling = _SAME_LETTER.get(character, character)
    elif category == "Nd":
        spelling = str(unicodedata.decimal(character))
    else:
        spelling = _HYPHEN
    return spelling


class _Spellings(dict):
    """A `str.translate` table that is filled character by character, as texts come."""

    def __missing__(self, point):
        spelling = _spelling(chr(point))
        if point < 0x3000:
            self[point] = spelling
        return spelling


_SPELLINGS = _Spellings()


def _decomposed(text):
    text = unicodedata.normalize("NFKD", text.translate(_SPACING_SIGNS)).casefold()
    return unicodedata.normalize("NFKD", text)


def _separated(decomposed):
    """Folded words, with one space where white space stood and one hyphen where only other signs did."""
    text = decomposed.translate(_SPELLINGS)
    text = re.sub(r"-* [- ]*", _SPACE, text)
    return re.sub(r"-+", _HYPHEN, text).strip("- ")


@lru_cache(maxsize=5000)
def folded_character(character):
    """What folding makes of one character: letters and digits, " " for white space, "-" for a sign, or ""."""
    return _decomposed(character).translate(_SPELLINGS)


@lru_cache(maxsize=5000)
def letters_of(character):
    """How many letters and digits folding makes of one character."""
    return sum(letter not in (_SPACE, _HYPHEN) for letter in folded_character(character))


def fold(text):
    """The one spelling of `text`: lower-case letters without marks, ASCII digits, single spaces.

    Arabic letter forms become Persian ones, presentation forms and accents go, every sign between
    two words (zero-width non-joiner, hyphen, dot, slash) becomes a space. `fold(fold(x)) == fold(x)`.
    """
    return _separated(_decomposed(text)).replace(_HYPHEN, _SPACE)


def words(text):
    """The folded words of `text`, in order; letters and digits only, none empty."""
    return fold(text).split()


def compounds(text):
    """The folded words of `text`, grouped by what stood between two white spaces.

    "پلی‌پروپیلن سبک" gives [["پلی", "پروپیلن"], ["سبک"]]: its writer held the first two to be one word.
    """
    return [group.split(_HYPHEN) for group in _separated(_decomposed(text)).split()]


LONGEST_RUN = 4
"""Most neighbouring words that are also read as one word."""


def joined(neighbours):
    """Every run of two to `LONGEST_RUN` neighbouring words, written as one word, in order of place."""
    runs = []
    for start in range(len(neighbours)):
        longest = min(LONGEST_RUN, len(neighbours) - start)
        runs += ["".join(neighbours[start : start + length]) for length in range(2, longest + 1)]
    return runs


_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیabcdefghijklmnopqrstuvwxyz"
_LETTER_KEYS = {letter: f"{number:02}" for number, letter in enumerate(_ALPHABET, start=20)}
_WORD_END, _OTHER_LETTER = "00", "99"


def _number_key(digits):
    """A number's length before its digits, so that 9 comes before 16 and both before letters."""
    digits = digits.lstrip("0") or "0"
    return f"1{min(len(digits), 9)}" + "".join(f"1{digit}" for digit in digits)


def _key_of_part(part):
    """The key of a number, or of one letter."""
    is_number = part[0].isdigit() and part.isascii()
    return _number_key(part) if is_number else _LETTER_KEYS.get(part, _OTHER_LETTER)


def sort_key(text):
    """A key that puts names in alphabetical order, numbers first, then Persian, then Latin.

    ASCII digits only, two to a letter, at most `KEY_LENGTH`: no collation of any database sorts
    those in another way, while letters have surprises (Danish puts "aa" last, Czech "ch" after "h").
    """
    # آ is a letter of its own before ا in a Persian dictionary, but one with ا when searching.
    text = _decomposed(text).replace("ا\u0653", "آ")
    keys = []
    for word in _separated(text).replace(_HYPHEN, _SPACE).split():
        parts = re.findall(r"[0-9]+|[^0-9]", word)
        keys.append("".join(_key_of_part(part) for part in parts))
    return _WORD_END.join(keys)[:KEY_LENGTH]
