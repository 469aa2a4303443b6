"""What a visitor's text asks of the index, in terms both engines can say. Pure, no database.

Every word must be found, as the beginning of a word, by its root, or within a compound, in any field. Two to
four neighbouring words may also be found joined, and one word may be two to four neighbours that were written
apart: so "پلی پروپیلن", "پلی‌پروپیلن" and "پلیپروپیلن" find the same compound however a record spells it.
"""

from dataclasses import dataclass

from catalog.search.documents import APART, CODE, FIELDS, ROOT, ROOTS, signed, whole_tokens
from catalog.search.fold import LONGEST_RUN, words
from catalog.search.stems import ENDINGS, root, spelled

TEXT_LENGTH = 1000
"""Characters of a visitor's text that are read; what follows is ignored."""

WORD_COUNT = 12
"""Words of it that are asked for; what follows is ignored."""

SMALL_WORDS = frozenset(
    ["a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
    + ["از", "با", "برای", "به", "در", "را", "که", "و", "یا"]
)
"""Words that need not be found where another is asked for; side by side with it they still count."""

CODE_WORDS = frozenset(["hs", "hscode", "code", "tariff", "تعرفه", "کد", "شماره", "اچ", "اس"])
"""What is written beside an HS code, and stands in no record."""


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
    """`asked`: the words that must be found. `rungs`: the order, best first. `every`: two rungs of which a
    document must fulfil one to stand on any.

    A document stands in the tier of the first rung it fulfils; one that fulfils none does not answer.
    Tiers: 0 the whole HS code, 1 the whole name, 2 a whole other name; then three each for name, name or
    other name, these or company, any field: the words side by side, every word whole, every word begun. The
    products of a sector that is named in full stand between those of the other names and of the companies.
    """

    asked: tuple[str, ...]
    clauses: tuple[tuple[Term, ...], ...]
    rungs: tuple[Rung, ...]

    @property
    def every(self):
        return (self.rungs[-1], next(rung for rung in self.rungs if rung.tier == WHOLE_SECTOR))


WHOLE_CODE, WHOLE_NAME, WHOLE_ALIAS, FIRST_FIELD, WHOLE_SECTOR = 0, 1, 2, 3, 9
LAST_TIER = 15


def read(text):
    """The words of a visitor's text, and the places among them of those that must be found."""
    every = words(text[:TEXT_LENGTH])[:WORD_COUNT]
    with_code = any(len(word) >= 4 and word.isdigit() for word in every)
    telling = [
        place
        for place, word in enumerate(every)
        if word not in SMALL_WORDS
        and not (place and word in ENDINGS)
        and not (with_code and word in CODE_WORDS)
    ]
    return every, telling or list(range(len(every)))


def question(text, compounds=None):
    """The `Question` that `text` asks, or None when it has no word. Never raises, whatever the text.

    `compounds` maps an asked word to the words of the index it stands within: "charger" to "turbocharger".
    """
    every, telling = read(text)
    if not every:
        return None
    asked = tuple(every[place] for place in telling)
    begun = tuple(_begun(every, place, (compounds or {}).get(every[place], ())) for place in telling)
    whole = tuple(_whole(every, place) for place in telling)
    return Question(asked, begun, tuple(_rungs(every, asked, begun, whole)))


def single(clauses):
    """Two rungs for each clause, among names and other names and in any field: their tiers are twice the
    clause's place, and one more."""
    pairs = [
        (Rung(2 * n, 2, (clause,)), Rung(2 * n + 1, len(FIELDS), (clause,)))
        for n, clause in enumerate(clauses)
    ]
    return [rung for pair in pairs for rung in pair]


def _rungs(every, asked, begun, whole):
    digits = "".join(asked)
    if digits.isascii() and digits.isdigit():
        yield Rung(WHOLE_CODE, 1, ((_exactly(CODE, digits),),))
    names = tuple(Term(token, prefix=False) for token in whole_tokens(" ".join(every)))
    yield Rung(WHOLE_NAME, 1, (names,))
    yield Rung(WHOLE_ALIAS, 2, (names,))
    side_by_side = _side_by_side(every, asked)
    tier = FIRST_FIELD
    for fields in range(1, len(FIELDS) + 1):
        if tier == WHOLE_SECTOR:
            yield Rung(WHOLE_SECTOR, len(FIELDS), (names,))
            tier += 1
        if side_by_side:
            yield Rung(tier, fields, (side_by_side,))
        yield Rung(tier + 1, fields, whole)
        yield Rung(tier + 2, fields, begun)
        tier += 3


def _exactly(sign, letters):
    return Term(signed(sign, letters), prefix=False)


def _side_by_side(every, asked):
    """Terms for all words in a row: as they are, or by the roots of those that tell."""
    terms = []
    for words_in_a_row in (every, asked):
        if 2 <= len(words_in_a_row) <= LONGEST_RUN:
            terms += _run_terms("".join(words_in_a_row))
    if 2 <= len(asked) <= LONGEST_RUN:
        terms.append(_exactly(ROOTS, "".join(map(root, asked))))
    return tuple(dict.fromkeys(terms))


def _run_terms(run):
    """A joined run of the visitor's words: its last word may be unfinished, as any word."""
    return [Term(signed("", run)), Term(signed(APART, run)), *_heading(run)]


def _heading(digits):
    """A tariff of seven and more digits asks for its heading of six, for the catalogue may know no more."""
    return [_exactly(CODE, digits[:6])] if len(digits) > 6 and digits.isdigit() else []


def _runs(every, place):
    """Every run of two to four neighbours of which the word at `place` is one, joined."""
    for start in range(max(0, place - LONGEST_RUN + 1), place + 1):
        for end in range(max(place + 1, start + 2), min(start + LONGEST_RUN, len(every)) + 1):
            yield "".join(every[start:end])


def _begun(every, place, within):
    """Terms for one word that may be unfinished, or stand in a compound.

    A run written apart must equal it, or "form" would find "for metal".
    """
    word = every[place]
    terms = [Term(signed("", word)), *_forms(word)]
    if len(spelled(word)) >= 4:  # "hae" would begin with "he"
        terms.append(Term(signed(ROOT, spelled(word))))
    terms += [*_heading(word), *(_exactly("", compound) for compound in within)]
    for run in _runs(every, place):
        terms += _run_terms(run)
    return tuple(dict.fromkeys(terms))


def _whole(every, place):
    """Terms for one word as a whole, in any of its forms."""
    terms = [_exactly("", every[place]), *_forms(every[place])]
    for run in _runs(every, place):
        terms += [_exactly("", run), _exactly(APART, run)]
    return tuple(dict.fromkeys(terms))


def _forms(word):
    """Terms for a whole word written apart, in another form, or both."""
    return [_exactly(APART, word), _exactly(ROOT, root(word)), _exactly(ROOTS, root(word))]
