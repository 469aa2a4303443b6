"""What is indexed for one product: its tokens in four fields, already folded. Pure, no database.

Beside plain words a field holds other kinds of token. Each begins with a sign that folding never leaves in a
word, so no text can be mistaken for one:

- `¬` a run of two to four neighbouring words that were written apart, joined. Kept away from the plain
  words because those match as prefixes: "the rotor" as "therotor" would answer "thermal".
  A run that its writer joined (zero-width non-joiner, hyphen) is a plain word: "پلیپروپیلن".
- `≈` the stem of a word, `≋` the stems of such a run, joined: what plurals and spellings share.
- `§` a whole name without its spaces, as written and by its stems.
- `¤` a whole HS code.
"""

import hashlib
from dataclasses import dataclass

from catalog.search.fold import compounds, joined, words
from catalog.search.stems import stem, stems

RUN, STEM, STEMS, WHOLE_NAME, CODE = "¬", "≈", "≋", "§", "¤"

MAX_TOKEN_LENGTH = 100
"""Longest token in characters. PostgreSQL refuses a lexeme of 2 KB."""

MAX_DOCUMENT_BYTES = 600_000
"""Most bytes of tokens in one document, the last texts cut first. PostgreSQL refuses a tsvector of 1 MB."""

DOCUMENT_FIELDS = ("name", "alias", "company", "body")
"""The fields of the index. HS codes stand in "name", sectors in "body"."""


@dataclass(frozen=True)
class SearchDocument:
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


def token(sign, letters):
    """A token of the kind that `sign` says (an empty one: a plain word), cut to what a token may hold."""
    return sign + letters[:MAX_TOKEN_LENGTH]


def whole_name_tokens(text):
    """The tokens by which `text` is a whole name: without spaces, as it is written and by its stems."""
    folded = words(text)
    keys = ("".join(folded), "".join(stems(folded)))
    return list(dict.fromkeys(token(WHOLE_NAME, key) for key in keys if key))


def document_tokens(document):
    """The tokens of each of `DOCUMENT_FIELDS`: a tuple of four tuples of unique strings, names first."""
    codes = [key for code in document.codes if (key := "".join(words(code)))]
    fields = [
        [token(sign, code) for sign in ("", CODE) for code in codes] + _whole_names(document.names),
        _whole_names(document.aliases),
        [],
        _whole_names(document.sectors),
    ]
    texts = (document.names, document.aliases, document.companies, document.sectors + document.texts)
    for number, (field, strings) in enumerate(zip(fields, texts, strict=True), start=1):
        # Summaries are long, and the order of their words tells little: their runs have no stems.
        with_stems_of_runs = number < len(DOCUMENT_FIELDS)
        field.extend(found for text in strings for found in _tokens_of(text, with_stems_of_runs))
    return _cut(fields)


def _whole_names(names):
    return [found for name in names for found in whole_name_tokens(name)]


def _tokens_of(text, with_stems_of_runs):
    text = text[:MAX_DOCUMENT_BYTES]
    all_words = words(text)
    compound_words = [run for group in compounds(text) for run in joined(group)]
    plain = dict.fromkeys(all_words + compound_words)
    found = [token("", word) for word in plain]
    found += [token(RUN, run) for run in joined(all_words) if run not in plain]
    found += [token(STEM, stem(word)) for word in plain]
    if with_stems_of_runs:
        found += [token(STEMS, run) for run in joined(stems(all_words))]
    return found


def _cut(fields):
    """The fields without repetitions, as tuples, each as far as the document has room."""
    room = MAX_DOCUMENT_BYTES
    cut = []
    for field in fields:
        within = []
        for each in dict.fromkeys(field):
            room -= len(each.encode()) + 1
            if room < 0:
                break
            within.append(each)
        cut.append(tuple(within))
    return tuple(cut)


def document_digest(document):
    """32 hexadecimal digits that change when the document, or the way it is folded, changes."""
    return digest_of(document_tokens(document))


def digest_of(fields):
    """`document_digest` of a document whose `document_tokens` are at hand."""
    lines = "\n".join(" ".join(field) for field in fields)
    return hashlib.blake2b(lines.encode(), digest_size=16).hexdigest()
