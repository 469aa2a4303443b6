"""What is suggested for the letters typed so far, read from the tables of `suggestions`.

A visitor types a letter at a time. So one query answers, from the index of the starts, as fast for a million
products as for ten.
"""

from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from catalog.search.codes import CODE_WORDS, parts_of_code
from catalog.search.corrections import corrections
from catalog.search.engines import engine_of
from catalog.search.engines.arrays import array
from catalog.search.fold import letters_of, words
from catalog.search.highlight import Highlighter
from catalog.search.keyboard import on_other_layout
from catalog.search.query import MAX_TEXT_LENGTH, RANKED, Tier, prefix_clauses
from catalog.search.suggestions import (
    ALIAS,
    CODE,
    COMPANY,
    COMPANY_NAME,
    LATER_WORD,
    MAX_LETTERS,
    NAME,
    PRODUCT,
    SECTOR,
    SECTOR_NAME,
)

MAX_SUGGESTIONS = 8

SHORTEST_CORRECTED = 2
"""Characters of the shortest text that is looked for within names, and corrected."""

MAX_OTHERS = 2
"""Sectors at most, and companies, while there are products."""

_AFTER_ALL = "\U0010ffff"
"""Comes after every letter."""


class Suggestion(NamedTuple):
    """One record. `text` is what the visitor began to type: its name in one of the languages, another name or
    its code (`part` is "en", "fa", "alias" or "code"), and `spans` are the characters of it that were typed,
    as pairs of start and end. Where none of them was typed, `part` is empty."""

    noun: str
    slug: str
    name_en: str
    name_fa: str
    code: str
    sample: bool
    part: str = ""
    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()


def suggest(text, using=DEFAULT_DB_ALIAS):
    """At most `MAX_SUGGESTIONS` Suggestions for what a visitor has typed so far, products first; one query.

    What is called exactly so comes first, then names that begin so, names of which a later word begins so,
    and other names; each in alphabetical order. The typed text is read without spaces, as names are. Where no
    name begins so, products that hold these words are suggested, two or three queries in all; where none
    does, what `corrections` make of the text, as in the list. A text with signs that are letters on the other
    layout (`\\l\\`, پمپ) is read so first.
    """
    found = _of_other_keys(text, using) or _beginning(text, using)
    if found or len(text.strip()) < SHORTEST_CORRECTED or not words(text[:MAX_TEXT_LENGTH]):
        return found
    if holding := _holding_words(text, using):
        return holding
    meant = (_beginning(other, using) or _holding_words(other, using) for other in corrections(text, using))
    return next(filter(None, meant), [])


def _of_other_keys(text, using):
    """The Suggestions for a text with signs that only the other keyboard layout makes letters of."""
    signs = any(not (sign.isalnum() or sign.isspace()) for sign in text.strip())
    return _beginning(on_other_layout(text), using) if signs else []


def _beginning(text, using):
    """The Suggestions whose names, other names or codes begin with the text."""
    typed = words(text[:MAX_TEXT_LENGTH])
    letters = "".join(word for word in parts_of_code(typed) if word not in CODE_WORDS) or "".join(typed)
    if not letters:
        return []
    by_noun = {PRODUCT: {}, SECTOR: {}, COMPANY: {}}
    rows = _rows_beginning(letters[:MAX_LETTERS], using)
    for row in sorted(rows, key=lambda row: (row[0][1:] != letters, row[:5])):
        by_noun[row[1]].setdefault(row[2], row)
    listed = _within_limits(*(list(found.values()) for found in by_noun.values())) if rows else []
    return [_suggestion(row, len(letters)) for row in listed]


def _within_limits(products, sectors, companies):
    room = MAX_SUGGESTIONS - len(products)
    sectors = sectors[: max(MAX_OTHERS, room - min(MAX_OTHERS, len(companies)))]
    companies = companies[: max(MAX_OTHERS, room - len(sectors))]
    return products[: MAX_SUGGESTIONS - len(sectors) - len(companies)] + sectors + companies


def _rows_beginning(letters, using):
    """The first rows of each kind of start that begins with the letters, with what is shown of them."""
    sql, kinds = _WITH_CODES if letters.isdigit() else _WITHOUT_CODES
    bounds = [bound for kind in kinds for bound in (f"{kind}{letters}", f"{kind}{letters}{_AFTER_ALL}")]
    with connections[using].cursor() as cursor:
        cursor.execute(sql, bounds)
        return cursor.fetchall()


def _query(kinds):
    """The SQL of `_rows_beginning` for these kinds of start; and the kinds."""
    pieces = " UNION ALL ".join(
        "SELECT * FROM (SELECT start, noun, id, part, place, alias FROM catalog_suggestion_start"
        " WHERE start >= %s AND start < %s"
        f" ORDER BY start, noun, id, part, place LIMIT {_ROWS.get(kind, MAX_SUGGESTIONS)}) AS kind_{kind}"
        for kind in kinds
    )
    sql = (
        "SELECT start, e.noun, e.id, part, place, alias, slug, name_en, name_fa, code, sample"
        f" FROM ({pieces}) AS s JOIN catalog_suggestion AS e ON e.noun = s.noun AND e.id = s.id"
    )
    return sql, kinds


_ROWS = {SECTOR_NAME: 4, COMPANY_NAME: 6}  # a record may begin so in more than one way
_WITHOUT_CODES = _query([NAME, LATER_WORD, ALIAS, SECTOR_NAME, COMPANY_NAME])
_WITH_CODES = _query([CODE, *_WITHOUT_CODES[1]])


def _suggestion(row, count):
    """The Suggestion of a row of which `count` letters were typed."""
    _, noun, _, part, place, alias, slug, name_en, name_fa, code, sample = row
    text = {"en": name_en, "fa": name_fa, "alias": alias, "code": code}[part]
    end = place
    while end < len(text) and count > 0:
        count -= letters_of(text[end])
        end += 1
    return Suggestion(noun, slug, name_en, name_fa, code, bool(sample), part, text, ((place, end),))


def _holding_words(text, using):
    """Suggestions of products that hold the words of a text: first in their names, then anywhere."""
    clauses = prefix_clauses(text)
    tiers = [Tier(0, RANKED[:2], clauses), Tier(1, RANKED, clauses)]
    engine = engine_of(connections[using])
    matches = engine.matches(tiers, MAX_SUGGESTIONS, using)
    ids = list(dict.fromkeys(id_ for _, ids_of_tier in matches for id_ in ids_of_tier))[:MAX_SUGGESTIONS]
    if not ids:
        return []
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT id, noun, slug, name_en, name_fa, code, sample FROM catalog_suggestion"
            f" WHERE noun = '{PRODUCT}' AND id IN ({engine.INTEGERS})",
            [array(ids)],
        )
        rows = {id_: columns for id_, *columns in cursor.fetchall()}
    highlighter = Highlighter(text)
    return [_highlighted(rows[id_], highlighter) for id_ in ids if id_ in rows]


def _highlighted(columns, highlighter):
    *record, sample = columns
    _, _, name_en, name_fa, _ = record
    for part, name in (("en", name_en), ("fa", name_fa)):
        if spans := highlighter.spans(name):
            return Suggestion(*record, bool(sample), part, name, tuple(spans))
    return Suggestion(*record, bool(sample))
