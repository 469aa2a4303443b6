"""HS codes as visitors write them: "8413.70", "84-13", "hs8413", "۸۴۱۳/۷۰". Pure, no database."""

import re

from catalog.search.fold import words

CODE_WORDS = frozenset(["hs", "hscode", "code", "tariff", "تعرفه", "کد", "شماره", "اچ", "اس", "اچاس"])
"""Words written beside an HS code; no record holds them."""

HEADING = 6
"""Digits of a code of the international list; a national tariff has more, a record perhaps no more."""

SHORTEST_CODE = 4
"""Digits of the shortest code that is told from other numbers."""

_ATTACHED = re.compile(r"^(hs|hscode|اچاس)(?=\d{4,}$)")
_WORD_OF_CODE = re.compile(r"^(hs|hscode|اچاس)(?=\d+$)")
_GROUPS = re.compile(r"\d\d-?\d\d(-?\d\d){0,3}(-?\d)?")


def parts_of_code(folded):
    """Folded words without those written beside a code, where one of them is one; "hs8413" becomes "8413"."""
    found = [_ATTACHED.sub("", word) for word in folded]
    if not any(len(word) >= SHORTEST_CODE and word.isdigit() for word in found):
        return found
    return [word for word in found if word not in CODE_WORDS]


def code_digits(text):
    """The digits of a text that is an HS code of four to ten digits and nothing else; otherwise ""."""
    parts = _without_words(text)
    return "".join(parts) if _GROUPS.fullmatch("-".join(parts)) else ""


def typed_code(text):
    """A field for an HS code without signs and the words written beside it: "HS 84-21" gives "8421"."""
    return "".join(_without_words(text))


def _without_words(text):
    found = (_WORD_OF_CODE.sub("", word) for word in words(text))
    return [word for word in found if word not in CODE_WORDS]
