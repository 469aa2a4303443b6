"""What is indexed for one product: its words in four fields, already folded. Pure, no database.

A field holds three kinds of token beside plain words. They begin with a sign that folding never
leaves in a word, so no text can be mistaken for one:

- `¬` a run of two to four neighbours that were written apart, joined. Kept away from the plain
  words because those match as prefixes: "the rotor" as "therotor" would answer "thermal".
  A run its writer held together (zero-width non-joiner, hyphen) is a plain word: "پلیپروپیلن".
- `§` a whole name without its spaces.
- `¤` a whole HS code.
"""

import hashlib
from dataclasses import dataclass

from catalog.search.normalise import compounds, fold, joined, words

APART, WHOLE, CODE = "¬", "§", "¤"

TOKEN_LENGTH = 100
"""Longest token in characters. PostgreSQL refuses a lexeme of 2 KB."""

DOCUMENT_BYTES = 600_000
"""Most bytes of tokens in one document, the last texts cut first. PostgreSQL refuses a tsvector of 1 MB."""

FIELDS = ("name", "alias", "company", "body")
"""The index's fields, the most telling first. HS codes stand with the names."""


@dataclass(frozen=True)
class Document:
    """One product as search sees it. Each tuple holds separate strings: no run joins across two of them."""

    id: int
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def whole_key(text):
    """`text` folded, without spaces: equal for every spelling of one name. Empty when it has no word."""
    return fold(text).replace(" ", "")[:TOKEN_LENGTH]


def _tokens_of(text):
    text = text[:DOCUMENT_BYTES]
    together = [run for group in compounds(text) for run in joined(group)]
    everywhere = words(text)
    plain = dict.fromkeys(everywhere + together)
    apart = dict.fromkeys(run for run in joined(everywhere) if run not in plain)
    return [token[:TOKEN_LENGTH] for token in plain] + [APART + run[:TOKEN_LENGTH] for run in apart]


def tokens(document):
    """The tokens of each of `FIELDS`: a tuple of four tuples of unique strings, names first."""
    codes = [key for code in document.codes if (key := whole_key(code))]
    names = [WHOLE + key for name in document.names if (key := whole_key(name))]
    fields = [codes + [CODE + code for code in codes] + names, [], [], []]
    texts = (document.names, document.aliases, document.companies, document.texts)
    for field, strings in zip(fields, texts, strict=True):
        field.extend(token for text in strings for token in _tokens_of(text))
    room = DOCUMENT_BYTES
    kept = []
    for field in fields:
        within = []
        for token in dict.fromkeys(field):
            room -= len(token.encode()) + 1
            if room < 0:
                break
            within.append(token)
        kept.append(tuple(within))
    return tuple(kept)


def digest(document):
    """32 hexadecimal digits that change when the document, or the way it is folded, changes."""
    return digest_of(tokens(document))


def digest_of(fields):
    """`digest` of a document whose `tokens` are at hand."""
    lines = "\n".join(" ".join(field) for field in fields)
    return hashlib.blake2b(lines.encode(), digest_size=16).hexdigest()
