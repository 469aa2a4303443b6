"""Numbers, amounts and years as people write them: any digits, grouping marks, words for scales, toman."""

import re
from decimal import Decimal
from typing import NamedTuple

from .calendar import is_gregorian
from .cleaning import LETTERS
from .numerals import latin_digits

# What copying from a Persian page brings along: joiners and direction marks.
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
# 1250000, 1,250,000, ۱٬۲۵۰٬۰۰۰, 1 250 000: groups have three digits, so that 12٫5 is no whole number.
_GROUPED = r"\d{1,3}(?:[,٬٫،'’ \u00a0\u2009\u202f]\d{3})+|\d{1,3}(?:\.\d{3}){2,}"
WHOLE = re.compile(rf"\d+|{_GROUPED}")
_NUMBER = re.compile(rf"({_GROUPED}|\d+)(?:[.,٫،/](\d+))?")
_SCALES = {
    10**3: ("هزار", "thousand", "k"),
    10**6: ("میلیون", "million", "millions", "mn", "m"),
    10**9: ("میلیارد", "بیلیون", "billion", "billions", "milliard", "bn", "b"),
    10**12: ("تریلیون", "trillion", "trillions", "tn"),
}
SCALE = {word: scale for scale, words in _SCALES.items() for word in words}
TOMAN = 10
"""Rials."""
_CURRENCIES = {
    ("IRR", 1): ("irr", "rial", "rials", "ریال", "﷼"),
    ("IRR", TOMAN): ("toman", "tomans", "تومان", "تومن", "irt"),
    ("USD", 1): ("usd", "$", "dollar", "dollars", "دلار"),
    ("EUR", 1): ("eur", "€", "euro", "euros", "یورو"),
}
CURRENCY = {word: unit for unit, words in _CURRENCIES.items() for word in words}
_WORD = re.compile(r"[^\W\d_]+|[$€﷼]")
_LETTERS = str.maketrans(LETTERS)
LONGEST_NUMBER = 40  # digits: far beyond 64 bits


class TypedAmount(NamedTuple):
    """A number that may have named its currency: "44 میلیارد تومان" is 440,000,000,000 IRR."""

    value: int
    currency: str = ""


class NotANumberError(ValueError):
    """No number at all, or words beside it that nobody knows."""


class NotWholeError(ValueError):
    """A number with a fraction, where only whole units are kept."""


def plain_digits(text):
    """`text` with Latin digits and without invisible marks and outer spaces."""
    return latin_digits(text).translate(INVISIBLE).strip()


def currency_of(text):
    """(code, how many of it one unit is) of a word for a currency: ("IRR", 10) for toman; else None."""
    return CURRENCY.get(plain_digits(text).translate(_LETTERS).casefold())


def typed_amount(text):
    """The TypedAmount of a text such as 1,250,000, ۴۴ میلیارد تومان, 1.5 million or "۱ میلیارد و ۲۰۰
    میلیون ریال".

    Raises NotANumberError or NotWholeError.
    """
    plain = plain_digits(text).translate(_LETTERS).casefold()
    parts = [_part(part) for part in re.split(r"\s+(?:و|and)\s+", plain)]
    units = {unit for _value, unit in parts if unit}
    if len(units) > 1:
        raise NotANumberError(text)
    code, factor = next(iter(units), ("", 1))
    value = sum(value for value, _unit in parts) * factor
    if value != value.to_integral_value():
        raise NotWholeError(text)
    return TypedAmount(int(value), code)


def _part(text):
    """(Decimal, unit of CURRENCY or None) of one number with its words."""
    match = _NUMBER.search(text)
    if not match or len(match[0]) > LONGEST_NUMBER:
        raise NotANumberError(text)
    words = _WORD.findall(text[: match.start()]) + _WORD.findall(text[match.end() :])
    rest = _WORD.sub("", text[: match.start()] + text[match.end() :]).strip(" .")
    unit, scale = None, 1
    for word in words:
        if word in SCALE:
            scale *= SCALE[word]
        elif word in CURRENCY and unit in (None, CURRENCY[word]):
            unit = CURRENCY[word]
        else:
            raise NotANumberError(text)
    if rest:
        raise NotANumberError(text)
    if scale == 1 and match[2] and len(match[2]) == 3:
        raise NotWholeError(text)  # 12.500: whoever groups by points means thousands, others a fraction
    return Decimal(f"{re.sub(r'[^0-9]', '', match[1])}.{match[2] or 0}") * scale, unit


def whole_number(text):
    """The int of a text that names no currency; raises NotANumberError or NotWholeError."""
    found = typed_amount(text)
    if found.currency:
        raise NotANumberError(text)
    return found.value


def iranian_year(text):
    """The Iranian year that a text means: 1399, ۱۳۹۹; of a Gregorian one that which begins in it: 2020 and
    2020/21 are 1399. Raises NotANumberError."""
    year = either_year(text)
    return year - 621 if is_gregorian(year) else year


def either_year(text):
    """The year that a text means, in its own calendar: 1399, 2020; the two years 2020/21 are the Iranian
    1399. Raises NotANumberError."""
    match = re.fullmatch(r"(\d{4})(?:\s*[/\-–]\s*(\d{2}|\d{4}))?", plain_digits(text))
    if not match:
        raise NotANumberError(text)
    year = int(match[1])
    second = match[2] and int(str(year + 1)[: -len(match[2])] + match[2])
    if second is not None and second != year + 1:
        raise NotANumberError(text)
    return year - 621 if second and is_gregorian(year) else year
