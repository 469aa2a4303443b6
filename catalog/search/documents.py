"""What is indexed for one product: its words in four fields, already folded. Pure, no database.

A field holds further kinds of token beside plain words. They begin with a sign that folding never
leaves in a word, so no text can be mistaken for one:

- `¬` a run of two to four neighbours that were written apart, joined. Kept away from the plain
  words because those match as prefixes: "the rotor" as "therotor" would answer "thermal".
  A run its writer held together (zero-width non-joiner, hyphen) is a plain word: "پلیپروپیلن".
- `≈` the root of a word, `≋` the roots of such a run, joined: what plurals and spellings share.
- `§` a whole name without its spaces, as written and by its roots.
- `¤` a whole HS code.
"""

import hashlib
from dataclasses import dataclass

from catalog.search.fold import compounds, joined, words
from catalog.search.stems import root, roots

APART, ROOT, ROOTS, WHOLE, CODE = "¬", "≈", "≋", "§", "¤"

TOKEN_LENGTH = 100
"""Longest token in characters. PostgreSQL refuses a lexeme of 2 KB."""

DOCUMENT_BYTES = 600_000
"""Most bytes of tokens in one document, the last texts cut first. PostgreSQL refuses a tsvector of 1 MB."""

FIELDS = ("name", "alias", "company", "body")
"""The index's fields, the most telling first. HS codes stand with the names, sectors with the texts."""


@dataclass(frozen=True)
class Document:
    """One product as search sees it. Each tuple holds separate strings: no run joins across two of them."""

    id: int
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def strings(self):
        """Every string of words, in the order of the fields."""
        return (*self.names, *self.aliases, *self.companies, *self.sectors, *self.texts)


def signed(sign, letters):
    """A token: its sign, or none, and its letters as far as a token holds them."""
    return sign + letters[:TOKEN_LENGTH]


def whole_tokens(text):
    """The tokens by which `text` is a whole name: without spaces, as it is written and by its roots."""
    asked = words(text)
    keys = ("".join(asked), "".join(roots(asked)))
    return list(dict.fromkeys(signed(WHOLE, key) for key in keys if key))


def _tokens_of(text, runs_of_roots):
    text = text[:DOCUMENT_BYTES]
    together = [run for group in compounds(text) for run in joined(group)]
    everywhere = words(text)
    plain = dict.fromkeys(everywhere + together)
    tokens = [signed("", word) for word in plain]
    tokens += [signed(APART, run) for run in joined(everywhere) if run not in plain]
    tokens += [signed(ROOT, root(word)) for word in plain]
    if runs_of_roots:
        tokens += [signed(ROOTS, run) for run in joined(roots(everywhere))]
    return tokens


def tokens(document):
    """The tokens of each of `FIELDS`: a tuple of four tuples of unique strings, names first."""
    codes = [key for code in document.codes if (key := "".join(words(code)))]
    fields = [
        [signed(sign, code) for sign in ("", CODE) for code in codes] + _whole(document.names),
        _whole(document.aliases),
        [],
        _whole(document.sectors),
    ]
    texts = (document.names, document.aliases, document.companies, document.sectors + document.texts)
    for place, (field, strings) in enumerate(zip(fields, texts, strict=True), start=1):
        # Summaries are long, and the order of their words tells little: their runs have no roots.
        field.extend(token for text in strings for token in _tokens_of(text, place < len(FIELDS)))
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


def _whole(names):
    return [token for name in names for token in whole_tokens(name)]


def plain_words(tokens):
    """The plain words among the tokens of one document, those with digits left out: a set."""
    return {token for token in tokens if token.isalpha()}


def digest(document):
    """32 hexadecimal digits that change when the document, or the way it is folded, changes."""
    return digest_of(tokens(document))


def digest_of(fields):
    """`digest` of a document whose `tokens` are at hand."""
    lines = "\n".join(" ".join(field) for field in fields)
    return hashlib.blake2b(lines.encode(), digest_size=16).hexdigest()
