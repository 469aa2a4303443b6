"""What is offered while a visitor types: names of products, sectors and companies, and HS codes.

Two plain tables: `catalog_suggestion` has one row a record with all that is shown of it, so that no other
table is read; `catalog_suggestion_start` the letters a visitor can begin with. A visitor types a letter at a
time, so one query answers from the index of these letters, as fast for a million products as for ten.
"""

import hashlib
from dataclasses import astuple, dataclass
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from catalog.search.documents import FIELDS
from catalog.search.engines import engine_of
from catalog.search.engines.arrays import array
from catalog.search.fold import letters_of, words
from catalog.search.fold_positions import places
from catalog.search.highlight import Marker
from catalog.search.query import CODE_WORDS, SMALL_WORDS, TEXT_LENGTH, Rung, question
from catalog.search.ranking import rows_of

TABLE = "catalog_suggestion"
"""The table with one row a record that is suggested."""

CREATE = """
CREATE TABLE catalog_suggestion (
    noun {text} NOT NULL,
    id bigint NOT NULL,
    slug text NOT NULL,
    name_en text NOT NULL,
    name_fa text NOT NULL,
    code text NOT NULL,
    sample integer NOT NULL,
    digest char(32) NOT NULL,
    PRIMARY KEY (noun, id)
){ends};
CREATE TABLE catalog_suggestion_start (
    start {text} NOT NULL,
    noun {text} NOT NULL,
    id bigint NOT NULL,
    part {text} NOT NULL,
    place integer NOT NULL,
    alias text NOT NULL,
    PRIMARY KEY (start, noun, id, part, place)
){ends};
CREATE INDEX catalog_suggestion_start_of ON catalog_suggestion_start (noun, id)"""

LETTERS = 40
"""Letters of a name that can be typed until nothing more is told apart."""

MOST = 8
"""Suggestions at most."""

OTHERS = 2
"""Sectors at most, and companies, while there are products."""

PRODUCT, SECTOR, COMPANY = "p", "s", "c"

# Where the letters stand: each is a range of its own, read in this order.
CODE, NAME, WITHIN, ALIAS, SECTOR_NAME, COMPANY_NAME = "0", "1", "2", "3", "4", "5"
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Entry:
    """A record as it is suggested: a PRODUCT, SECTOR or COMPANY; only products have aliases and a code."""

    noun: str
    id: int
    slug: str
    name_en: str
    name_fa: str
    code: str = ""
    sample: bool = False
    aliases: tuple[str, ...] = ()


class Suggestion(NamedTuple):
    """One record. `text` is what the visitor began to type: its name in one of the languages, another name or
    its code (`part` is "en", "fa", "alias" or "code"), and `spans` says which of its characters, as pairs of
    start and end. Where none of them was typed, `part` is empty."""

    noun: str
    slug: str
    name_en: str
    name_fa: str
    code: str
    sample: bool
    part: str = ""
    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()


def starts(entry):
    """What a visitor can begin to type to find this entry, as a list of (letters, part, place, alias)."""
    found = {}
    if entry.code:
        found[CODE + entry.code, "code", 0] = ""
    for part, name in (("en", entry.name_en), ("fa", entry.name_fa)):
        first, within = {PRODUCT: (NAME, WITHIN), SECTOR: (SECTOR_NAME,) * 2, COMPANY: (COMPANY_NAME,) * 2}[
            entry.noun
        ]
        seen = places(name)
        for number, word in enumerate(seen):
            if number and word.letters in SMALL_WORDS:
                continue
            letters = "".join(place.letters for place in seen[number:])
            found[(within if number else first) + letters[:LETTERS], part, word.at[0]] = ""
    for alias in entry.aliases:
        seen = places(alias)
        letters = "".join(place.letters for place in seen)
        if letters:
            found.setdefault((ALIAS + letters[:LETTERS], "alias", seen[0].at[0]), alias)
    return [(*key, alias) for key, alias in found.items()]


def digest(entry):
    """32 hexadecimal digits that change when the entry, or the way it is folded, changes."""
    said = repr((astuple(entry), starts(entry)))
    return hashlib.blake2b(said.encode(errors="backslashreplace"), digest_size=16).hexdigest()


def put(entries, using=DEFAULT_DB_ALIAS):
    """Suggest the entries, in place of what stood under their nouns and ids."""
    entries = list(entries)
    for noun in {entry.noun for entry in entries}:
        remove(noun, [entry.id for entry in entries if entry.noun == noun], using)
    with connections[using].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO catalog_suggestion (noun, id, slug, name_en, name_fa, code, sample, digest)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [(e.noun, e.id, e.slug, e.name_en, e.name_fa, e.code, int(e.sample), digest(e)) for e in entries],
        )
        cursor.executemany(
            "INSERT INTO catalog_suggestion_start (start, noun, id, part, place, alias)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [
                (start, entry.noun, entry.id, part, place, alias)
                for entry in entries
                for start, part, place, alias in starts(entry)
            ],
        )


def remove(noun, ids, using=DEFAULT_DB_ALIAS):
    """Suggest these no more; those that are not suggested are no error."""
    numbers = engine_of(connections[using]).NUMBERS
    with connections[using].cursor() as cursor:
        for table in ("catalog_suggestion_start", "catalog_suggestion"):
            cursor.execute(f"DELETE FROM {table} WHERE noun = %s AND id IN ({numbers})", [noun, array(ids)])


def clear(using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_suggestion_start")
        cursor.execute("DELETE FROM catalog_suggestion")


def stored(noun, using=DEFAULT_DB_ALIAS):
    """Yield (id, digest) of what is suggested of a noun, in order of id; see `sealed`."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT id, digest, (SELECT COUNT(*) FROM catalog_suggestion_start AS start"
            " WHERE start.noun = entry.noun AND start.id = entry.id)"
            " FROM catalog_suggestion AS entry WHERE noun = %s ORDER BY id",
            [noun],
        )
        for id_, said, count in iter(cursor.fetchone, None):
            yield id_, f"{said}/{count}"


def sealed(entry):
    """What `stored` should give for an entry: (id, digest), with the number of its starts."""
    return entry.id, f"{digest(entry)}/{len(starts(entry))}"


def suggest(text, using=DEFAULT_DB_ALIAS):
    """At most `MOST` Suggestions for what a visitor has typed so far, products first; one query.

    What is called so comes first, then names that begin so, names of which a later word begins so, and other
    names; each in alphabetical order. What the visitor types is read without spaces, as names are. Where no
    name begins so, the products that hold these words are suggested; three queries.
    """
    typed = words(text[:TEXT_LENGTH])
    letters = "".join(word for word in typed if word not in CODE_WORDS) or "".join(typed)
    if not letters:
        return []
    found = {PRODUCT: {}, SECTOR: {}, COMPANY: {}}
    for row in sorted(_rows(letters[:LETTERS], using), key=lambda row: (row[0][1:] != letters, row[:5])):
        found[row[1]].setdefault(row[2], row)
    if not any(found.values()):
        return _by_words(text, using) if len(letters) > 1 else []
    products, sectors, companies = (list(some.values()) for some in found.values())
    room = MOST - len(products)
    sectors = sectors[: max(OTHERS, room - min(OTHERS, len(companies)))]
    companies = companies[: max(OTHERS, room - len(sectors))]
    products = products[: MOST - len(sectors) - len(companies)]
    return [_suggestion(row, len(letters)) for row in (*products, *sectors, *companies)]


def _rows(letters, using):
    sql, ranges = _WITH_CODES if letters.isdigit() else _WITHOUT_CODES
    bounds = [bound for one in ranges for bound in (f"{one}{letters}", f"{one}{letters}{_LAST}")]
    with connections[using].cursor() as cursor:
        cursor.execute(sql, bounds)
        return cursor.fetchall()


def _query(ranges):
    """SQL of the first rows of each range, with what is shown of them; and the ranges."""
    pieces = " UNION ALL ".join(
        "SELECT * FROM (SELECT start, noun, id, part, place, alias FROM catalog_suggestion_start"
        " WHERE start >= %s AND start < %s"
        f" ORDER BY start, noun, id, part, place LIMIT {_ROWS.get(one, MOST)}) AS r{one}"
        for one in ranges
    )
    sql = (
        "SELECT start, e.noun, e.id, part, place, alias, slug, name_en, name_fa, code, sample"
        f" FROM ({pieces}) AS r JOIN catalog_suggestion AS e ON e.noun = r.noun AND e.id = r.id"
    )
    return sql, ranges


_ROWS = {SECTOR_NAME: 4, COMPANY_NAME: 6}  # a record may begin so in more than one way
_WITHOUT_CODES = _query([NAME, WITHIN, ALIAS, SECTOR_NAME, COMPANY_NAME])
_WITH_CODES = _query([CODE, *_WITHOUT_CODES[1]])


def _suggestion(row, count):
    _, noun, _, part, place, alias, slug, name_en, name_fa, code, sample = row
    text = {"en": name_en, "fa": name_fa, "alias": alias, "code": code}[part]
    end = place
    while end < len(text) and count > 0:
        count -= letters_of(text[end])
        end += 1
    return Suggestion(noun, slug, name_en, name_fa, code, bool(sample), part, text, ((place, end),))


def _by_words(text, using):
    asked = question(text)
    loose = [Rung(0, 2, asked.clauses), Rung(1, len(FIELDS), asked.clauses)]  # in names, then anywhere
    ids = list(dict.fromkeys(id_ for id_, _ in rows_of(loose, using, MOST)))[:MOST]
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT id, noun, slug, name_en, name_fa, code, sample FROM catalog_suggestion"
            f" WHERE noun = '{PRODUCT}' AND id IN ({engine_of(connections[using]).NUMBERS})",
            [array(ids)],
        )
        rows = {id_: shown for id_, *shown in cursor.fetchall()}
    marker = Marker(text)
    return [_marked(rows[id_], marker) for id_ in ids if id_ in rows]


def _marked(shown, marker):
    *about, sample = shown
    for part, name in (("en", about[2]), ("fa", about[3])):
        if spans := marker.spans(name):
            return Suggestion(*about, bool(sample), part, name, tuple(spans))
    return Suggestion(*about, bool(sample))
