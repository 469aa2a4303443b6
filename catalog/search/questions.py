"""What a visitor's text asks of the index, in terms both engines can say. Pure, no database.

Every word must be found, as the beginning of a word, in any field. Two to four neighbouring words
may also be found joined, and one word may be two to four neighbours that were written apart: so
"پلی پروپیلن", "پلی‌پروپیلن" and "پلیپروپیلن" find the same compound however a record spells it.
"""

from dataclasses import dataclass

from catalog.search.documents import APART, CODE, FIELDS, TOKEN_LENGTH, WHOLE, whole_key
from catalog.search.normalise import words

TEXT_LENGTH = 1000
"""Characters of a visitor's text that are read; what follows is ignored."""

WORD_COUNT = 12
"""Words of it that are asked for; what follows is ignored."""

LONGEST_RUN = 4


@dataclass(frozen=True)
class Term:
    """One token of the index, or the beginning of one."""

    token: str
    prefix: bool = True


@dataclass(frozen=True)
class Rung:
    """A step of the order: documents that fulfil every clause within the first `fields` of `FIELDS`.

    A clause is a tuple of terms, one of which must be there.
    """

    tier: int
    fields: int
    clauses: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True)
class Question:
    """`clauses`: what a document must fulfil in any field. `rungs`: the order, best first.

    A document stands in the tier of the first rung it fulfils, or else in `LAST_TIER`. Tiers: 0 the
    whole HS code, 1 the whole name, then for name, name or alias, these or company, any field:
    an even tier where the words stand side by side (asked of two to four words), an odd one elsewhere.
    """

    clauses: tuple[tuple[Term, ...], ...]
    rungs: tuple[Rung, ...]


LAST_TIER = 2 * len(FIELDS) + 1


def _run_terms(run):
    """A joined run of the visitor's words: its last word may be unfinished, as any word."""
    run = run[:TOKEN_LENGTH]
    return (Term(run), Term(APART + run))


def _word_terms(word):
    """One word of the visitor's. A run written apart must equal it, or "form" would find "for metal"."""
    word = word[:TOKEN_LENGTH]
    return (Term(word), Term(APART + word, prefix=False))


def _clauses(asked):
    for place, word in enumerate(asked):
        terms = list(_word_terms(word))
        for start in range(max(0, place - LONGEST_RUN + 1), place + 1):
            for end in range(max(place + 1, start + 2), min(start + LONGEST_RUN, len(asked)) + 1):
                terms += _run_terms("".join(asked[start:end]))
        yield tuple(dict.fromkeys(terms))


def question(text):
    """The `Question` that `text` asks, or None when it has no word. Never raises, whatever the text."""
    text = text[:TEXT_LENGTH]
    asked = words(text)[:WORD_COUNT]
    if not asked:
        return None
    clauses = tuple(_clauses(asked))
    whole = whole_key(text)
    rungs = []
    if whole.isdigit():
        rungs.append(Rung(0, 1, ((Term(CODE + whole, prefix=False),),)))
    rungs.append(Rung(1, 1, ((Term(WHOLE + whole, prefix=False),),)))
    for fields in range(1, len(FIELDS) + 1):
        if 2 <= len(asked) <= LONGEST_RUN:
            rungs.append(Rung(2 * fields, fields, (_run_terms("".join(asked)),)))
        if fields < len(FIELDS):
            rungs.append(Rung(2 * fields + 1, fields, clauses))
    return Question(clauses, tuple(rungs))
