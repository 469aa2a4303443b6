"""Numbers as words on a page: digits, groups and signs of English and Persian. Pure; exact; no floats."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_TO_PERSIAN = str.maketrans("0123456789", PERSIAN_DIGITS)
_TO_LATIN = str.maketrans(PERSIAN_DIGITS + ARABIC_DIGITS, "0123456789" * 2)
# Marks keep the signs at the left of the number inside Persian text: a left-to-right one before the minus, a
# right-to-left one before the percent sign, which would stand at the right, before the number is read.
_SIGNS = {"en": (",", ".", "−", "%"), "fa": ("٬", "٫", "\u200e−", "\u200f٪")}


def is_persian(language):
    """Whether `language` ("fa", "fa-ir", None, ...) is written with Persian digits."""
    return (language or "").split("-")[0] == "fa"


def _signs(language):
    return _SIGNS["fa" if is_persian(language) else "en"]


def persian_digits(text):
    """Latin digits of `text` as Persian ones; everything else stays."""
    return str(text).translate(_TO_PERSIAN)


def latin_digits(text):
    """Persian and Arabic digits of `text` as Latin ones; everything else stays."""
    return str(text).translate(_TO_LATIN)


def digits(text, language):
    """`text` with the digits of `language`, ungrouped: for years, codes and counts inside words."""
    return persian_digits(text) if is_persian(language) else str(text)


@lru_cache(20_000, typed=True)  # the same counts stand on many pages
def number(value, language, places=0):
    """An int or Decimal with grouped digits: 1234567.5 -> "1,234,567.5" or "۱٬۲۳۴٬۵۶۷٫۵".

    Zeros at the end of a fraction go beyond `places` digits; nothing is rounded. A float is refused with
    TypeError: it has already lost what it could not hold.
    """
    if isinstance(value, float) or not isinstance(value, (int, Decimal)):
        raise TypeError(f"An int or a Decimal, not {value!r}")
    comma, point, minus, _ = _signs(language)
    whole, fraction = abs(value), ""
    if isinstance(value, Decimal):
        whole, _, fraction = f"{whole:f}".partition(".")
        fraction = fraction.rstrip("0").ljust(places, "0")
    text = f"{int(whole):,}".replace(",", comma) + (point + fraction if fraction else "")
    negative = value < 0 and (int(whole) or fraction)
    return (minus if negative else "") + digits(text, language)


@lru_cache(20_000, typed=True)
def percent(part, whole, language, places=0):
    """`part` of `whole` as a percentage with at most `places` digits after the point, or None where there is
    no whole.

    Never rounds to a lie: a little is "<1%", nearly all is ">99%" ("کمتر از ۱٪", "بیش از ۹۹٪").
    """
    if part is None or not whole or whole < 0:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    step, sign = Decimal(1).scaleb(-places), _signs(language)[3]
    if 0 < exact < step:
        little = number(step, language)
        return f"کمتر از {little}{sign}" if is_persian(language) else f"<{little}{sign}"
    if 100 - step < exact < 100:
        most = number(100 - step, language)
        return f"بیش از {most}{sign}" if is_persian(language) else f">{most}{sign}"
    return number(exact.quantize(step, ROUND_HALF_UP), language) + sign


def percentage(value, language):
    """A whole number of percent, of whatever size: "125%", "۱۲۵٪"."""
    return number(value, language) + _signs(language)[3]


_WORDS = {
    "en": ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    "fa": ("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده"),
}


def spelt(value, language):
    """A small number as a word of a sentence ("three", "سه"), a larger one in digits: 1 to 10 are small."""
    words = _WORDS["fa" if is_persian(language) else "en"]
    return words[value - 1] if 1 <= value <= len(words) else number(value, language)
