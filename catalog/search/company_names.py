"""Companies that a visitor's text names, read from the tables of `suggestions`."""

from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from catalog.search.fold import words
from catalog.search.fold_positions import folded_words
from catalog.search.query import MAX_TEXT_LENGTH, MAX_WORDS
from catalog.search.suggestions import COMPANY_NAME, MAX_LETTERS
from catalog.search.typos import SHORTEST_MISTYPED, one_edit_apart

MAX_COMPANIES = 3
"""Companies that are named above the products at most."""

SHORTEST_NAME = 3
"""Letters of the shortest text that may be the beginning of a name."""

MAX_STARTS = 12
"""Starts of names that are read for them: a company has several."""

MAX_NEAR = 300
"""Starts that are compared with a misspelt name."""

_AFTER_ALL = "\U0010ffff"
_ROWS = (
    "SELECT s.start, s.part, s.place, e.id, e.slug, e.name_en, e.name_fa, e.sample"
    " FROM (SELECT start, noun, id, part, place FROM catalog_suggestion_start"
    " WHERE start >= %s AND start < %s ORDER BY start, noun, id, part, place LIMIT {}) AS s"
    " JOIN catalog_suggestion AS e ON e.noun = s.noun AND e.id = s.id"
)


class CalledCompany(NamedTuple):
    """A public company, as it is suggested."""

    id: int
    slug: str
    name_en: str
    name_fa: str
    sample: bool


def companies_called(text, using=DEFAULT_DB_ALIAS):
    """The companies whose name, or a later word of it, begins with the text, as CalledCompanies, at most one
    more than `MAX_COMPANIES`: what is called so first, then what begins so, facts first. One query."""
    letters = _letters(text)
    if len(letters) < SHORTEST_NAME or letters.isdigit():
        return []
    rows = _beginning(letters, MAX_STARTS, using)
    rows.sort(key=lambda row: (row[2] > 0, row[0][1:] != letters, bool(row[7]), row[0]))
    return _companies(rows)


def companies_nearly_called(text, using=DEFAULT_DB_ALIAS):
    """The same of companies with a word, or several, that are one typing error away: in their later half, for
    the first letters lead to them. One query."""
    letters = _letters(text)
    if len(letters) < SHORTEST_MISTYPED or letters.isdigit():
        return []
    return _companies(
        row
        for row in _beginning(letters[: len(letters) // 2], MAX_NEAR, using)
        if any(one_edit_apart(letters, run) for run in _runs(row))
    )


def _letters(text):
    return "".join(words(text[:MAX_TEXT_LENGTH])[:MAX_WORDS])[:MAX_LETTERS]


def _beginning(letters, most, using):
    start = COMPANY_NAME + letters
    with connections[using].cursor() as cursor:
        cursor.execute(_ROWS.format(most), [start, start + _AFTER_ALL])
        return cursor.fetchall()


def _runs(row):
    """The words of a name from the start of a row, one, two and more of them joined."""
    _start, part, place, _id, _slug, name_en, name_fa, _sample = row
    run = ""
    for word in folded_words((name_fa if part == "fa" else name_en)[place:]):
        run += word.letters
        yield run


def _companies(rows):
    found = {row[3]: CalledCompany(*row[3:7], bool(row[7])) for row in reversed(list(rows))}
    return list(reversed(found.values()))[: MAX_COMPANIES + 1]
