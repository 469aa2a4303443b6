"""What can be suggested while a visitor types: products, sectors and companies, kept in two tables.

`catalog_suggestion` has one row a record with all that is shown of it, so that no other table is read;
`catalog_suggestion_start` has the letters a visitor can begin with. See `completions` for how they are read.
"""

import hashlib
from dataclasses import astuple, dataclass

from django.db import DEFAULT_DB_ALIAS, connections

from catalog.search.engines import engine_of
from catalog.search.engines.arrays import array
from catalog.search.fold_positions import folded_words
from catalog.search.query import STOP_WORDS

SUGGESTION_TABLE = "catalog_suggestion"
"""The table with one row a record."""

MAX_LETTERS = 40
"""Letters of a name that can be typed until names are told apart no more."""

PRODUCT, SECTOR, COMPANY = "p", "s", "c"

# The first character of a start says where the letters stand: each kind is a range of its own.
CODE, NAME, LATER_WORD, ALIAS, SECTOR_NAME, COMPANY_NAME = "0", "1", "2", "3", "4", "5"
KINDS_OF_NOUN = {
    PRODUCT: (NAME, LATER_WORD),
    SECTOR: (SECTOR_NAME, SECTOR_NAME),
    COMPANY: (COMPANY_NAME, COMPANY_NAME),
}
"""By noun, the kinds of a start at the first word of a name and at a later one."""


@dataclass(frozen=True)
class SuggestedRecord:
    """A record as it is suggested: a PRODUCT, SECTOR or COMPANY; only products have aliases and a code."""

    noun: str
    id: int
    slug: str
    name_en: str
    name_fa: str
    code: str = ""
    sample: bool = False
    aliases: tuple[str, ...] = ()


def starts(entry):
    """What a visitor can begin to type to find this entry, as a list of (start, part, place, alias): `part`
    is "code", "en", "fa" or "alias", `place` the index of the first character there."""
    found = {}
    if entry.code:
        found[CODE + entry.code, "code", 0] = ""
    for part, name in (("en", entry.name_en), ("fa", entry.name_fa)):
        words = folded_words(name)
        first_kind, later_kind = KINDS_OF_NOUN[entry.noun]
        for index, word in enumerate(words):
            if index and word.letters in STOP_WORDS:
                continue
            letters = "".join(later.letters for later in words[index:])
            kind = later_kind if index else first_kind
            found[kind + letters[:MAX_LETTERS], part, word.positions[0]] = ""
    for alias in entry.aliases:
        words = folded_words(alias)
        letters = "".join(word.letters for word in words)
        if letters:
            found.setdefault((ALIAS + letters[:MAX_LETTERS], "alias", words[0].positions[0]), alias)
    return [(*key, alias) for key, alias in found.items()]


def entry_digest(entry):
    """32 hexadecimal digits that change when the entry, or the way it is folded, changes."""
    content = repr((astuple(entry), starts(entry)))
    return hashlib.blake2b(content.encode(errors="backslashreplace"), digest_size=16).hexdigest()


def put(entries, using=DEFAULT_DB_ALIAS):
    """Suggest the entries, in place of what stood under their nouns and ids."""
    entries = list(entries)
    for noun in {entry.noun for entry in entries}:
        remove(noun, [entry.id for entry in entries if entry.noun == noun], using)
    with connections[using].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO catalog_suggestion (noun, id, slug, name_en, name_fa, code, sample, digest)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (e.noun, e.id, e.slug, e.name_en, e.name_fa, e.code, int(e.sample), entry_digest(e))
                for e in entries
            ],
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
    integers = engine_of(connections[using]).INTEGERS
    with connections[using].cursor() as cursor:
        for table in ("catalog_suggestion_start", "catalog_suggestion"):
            cursor.execute(f"DELETE FROM {table} WHERE noun = %s AND id IN ({integers})", [noun, array(ids)])


def clear(using):
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM catalog_suggestion_start")
        cursor.execute("DELETE FROM catalog_suggestion")


def digests(noun, using=DEFAULT_DB_ALIAS):
    """Yield (id, digest) of what is suggested of a noun, in order of id; see `expected_digest`."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT id, digest, (SELECT COUNT(*) FROM catalog_suggestion_start AS start"
            " WHERE start.noun = entry.noun AND start.id = entry.id)"
            " FROM catalog_suggestion AS entry WHERE noun = %s ORDER BY id",
            [noun],
        )
        for id_, stored_digest, count in iter(cursor.fetchone, None):
            yield id_, f"{stored_digest}/{count}"


def expected_digest(entry):
    """What `digests` should give for an entry: (id, digest), with the number of its starts."""
    return entry.id, f"{entry_digest(entry)}/{len(starts(entry))}"
