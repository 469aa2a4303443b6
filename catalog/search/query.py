"""A visitor's text as a query that both engines can run. Pure, no database.

Every required word must match: as the beginning of a word, by its stem, or within a compound, in any field.
Two to four neighbouring words also match joined, and one word matches two to four neighbours that a record
writes apart: so "پلی پروپیلن", "پلی‌پروپیلن" and "پلیپروپیلن" match the same compound however it is spelled.
"""

from dataclasses import dataclass
from typing import NamedTuple

from catalog.search.codes import HEADING, code_digits, parts_of_code
from catalog.search.documents import CODE, RUN, STEM, STEMS, token, whole_name_tokens
from catalog.search.fold import LONGEST_RUN, words
from catalog.search.spelled import joined_letters
from catalog.search.stems import ENDINGS, stem, unified_spelling

MAX_TEXT_LENGTH = 1000
"""Characters of a visitor's text that are read; what follows is ignored."""

MAX_WORDS = 12
"""Words of it that are read; what follows is ignored."""

STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "از",
        "با",
        "برای",
        "به",
        "در",
        "را",
        "که",
        "و",
        "یا",
    ]
)
"""Words that need not match beside others; joined with their neighbours they still count."""

SHORT_WORD = 2
"""Letters of a word that matches whole words only: "مس" is copper, and begins a hundred other words."""


@dataclass(frozen=True)
class Term:
    """One token of the index, or with `prefix` the beginning of one."""

    token: str
    prefix: bool = True


RANKED = ("name", "alias", "body", "company")
"""The fields of the index, the most telling first: the name of a maker is not of the product."""


@dataclass(frozen=True)
class Tier:
    """A step of the ranking: documents that match every clause within these `fields` of the index.

    A clause is a tuple of terms of which one must match.
    """

    number: int
    fields: tuple[str, ...]
    clauses: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True)
class SearchQuery:
    """A parsed text. `words`: the required ones. `clauses`: what a document must match, one clause a word.
    `tiers`: the ranking, best first. `spelled`: it holds letters that are spelled out.

    A document ranks in the first tier it matches; one that matches none is no result. Tiers: 0 the whole HS
    code, 1 the whole name, 2 a whole other name; then three each for the name, name or other name, these or
    text, any field: the words side by side, every word whole, every word begun. The products of a sector that
    is named in full rank between those of the other names and of the texts.
    """

    words: tuple[str, ...]
    clauses: tuple[tuple[Term, ...], ...]
    tiers: tuple[Tier, ...]
    spelled: bool = False

    @property
    def widest_tiers(self):
        """The two tiers one of which every result matches."""
        return (self.tiers[-1], next(tier for tier in self.tiers if tier.number == WHOLE_SECTOR))


class QueryWords(NamedTuple):
    """The folded words of a text, and the indexes among them of those that must match; by a word of letters
    that are spelled in Persian the Latin abbreviations it may stand for."""

    words: list[str]
    required: list[int]
    acronyms: dict[str, tuple[str, ...]]


WHOLE_CODE, WHOLE_NAME, WHOLE_ALIAS, FIRST_FIELD, WHOLE_SECTOR = 0, 1, 2, 3, 9
COMPANY_TIERS = (13, 14, 15)


def query_words(text, *, loosely=False):
    """The QueryWords of a visitor's text; of a text without a word both lists are empty.

    An HS code is one word, however it is written, and so are letters that are spelled out: "ال ای دی". Read
    `loosely` they are as many words as are typed.
    """
    text = text[:MAX_TEXT_LENGTH]
    if loosely:
        found, acronyms = words(text)[:MAX_WORDS], {}
    elif digits := code_digits(text):
        return QueryWords([digits], [0], {})
    else:
        found, acronyms = joined_letters(text, MAX_WORDS)
    found = parts_of_code(found)
    required = [
        index
        for index, word in enumerate(found)
        if word not in STOP_WORDS and not (index and word in ENDINGS)
    ]
    return QueryWords(found, required or list(range(len(found))), acronyms)


def parse_query(text, compounds=None, *, loosely=False, whole=SHORT_WORD):
    """The SearchQuery of a text, or None when it has no word. Never raises, whatever the text.

    `compounds` maps a required word to the words of the index that contain it: "charger" to "turbocharger".
    Words of up to `whole` letters match whole words only, where the text is read `loosely` as well.
    """
    all_words, required, acronyms = query_words(text, loosely=loosely)
    if not all_words:
        return None
    required_words = tuple(all_words[index] for index in required)
    compounds = compounds or {}
    others = {word: (*compounds.get(word, ()), *acronyms.get(word, ())) for word in required_words}
    prefix_clauses = tuple(
        _prefix_clause(all_words, index, others[all_words[index]], whole) for index in required
    )
    whole_clauses = tuple(_whole_word_clause(all_words, index, acronyms) for index in required)
    tiers = _tiers(all_words, required_words, prefix_clauses, whole_clauses)
    return SearchQuery(required_words, prefix_clauses, tuple(tiers), spelled=bool(acronyms))


def prefix_clauses(text):
    """The `clauses` of the SearchQuery of a text that is still being typed, without the work of its tiers."""
    all_words, required, _acronyms = query_words(text, loosely=True)
    return tuple(_prefix_clause(all_words, index, (), whole=1) for index in required)


def tiers_by_clause(clauses):
    """Two tiers for each clause alone, numbered in turn: in names and other names, and in any field."""
    pairs = [
        (Tier(2 * number, RANKED[:2], (clause,)), Tier(2 * number + 1, RANKED, (clause,)))
        for number, clause in enumerate(clauses)
    ]
    return [tier for pair in pairs for tier in pair]


def _tiers(all_words, required_words, prefix_clauses, whole_clauses):
    digits = "".join(required_words)
    if digits.isascii() and digits.isdigit():
        yield Tier(WHOLE_CODE, RANKED[:1], ((_exactly(CODE, digits),),))
    whole_name = (tuple(Term(name, prefix=False) for name in whole_name_tokens(" ".join(all_words))),)
    yield Tier(WHOLE_NAME, RANKED[:1], whole_name)
    yield Tier(WHOLE_ALIAS, RANKED[:2], whole_name)
    side_by_side = _side_by_side_clause(all_words, required_words)
    number = FIRST_FIELD
    for fields in (RANKED[:count] for count in range(1, len(RANKED) + 1)):
        if number == WHOLE_SECTOR:
            yield Tier(WHOLE_SECTOR, RANKED, whole_name)
            number += 1
        if side_by_side:
            yield Tier(number, fields, (side_by_side,))
        yield Tier(number + 1, fields, whole_clauses)
        yield Tier(number + 2, fields, prefix_clauses)
        number += 3


def _exactly(sign, letters):
    return Term(token(sign, letters), prefix=False)


def _side_by_side_clause(all_words, required_words):
    """Terms for all words in a row: as they are, or the required ones by their stems."""
    terms = []
    for row in (all_words, required_words):
        if 2 <= len(row) <= LONGEST_RUN:
            terms += _run_terms("".join(row))
    if 2 <= len(required_words) <= LONGEST_RUN:
        terms.append(_exactly(STEMS, "".join(map(stem, required_words))))
    return tuple(dict.fromkeys(terms))


def _prefix_clause(all_words, index, others, whole):
    """Terms for one word that may be unfinished, or part of the `others`; one of up to `whole` letters stands
    alone.

    A run written apart must equal it, or "form" would match "for metal".
    """
    word = all_words[index]
    begins = len(word) > whole or word.isdigit()
    terms = [Term(token("", word), prefix=begins), *_form_terms(word)]
    if not begins and not word.isascii():
        terms.append(_exactly("", f"{word}ی"))  # made of it: مسی, too short to have a stem
    if len(unified_spelling(word)) >= 4:  # "hae" would begin with "he"
        terms.append(Term(token(STEM, unified_spelling(word))))
    terms += [*_heading_terms(word), *(_exactly("", other) for other in others)]
    for run in _runs_around(all_words, index):
        terms += _run_terms(run)
    return tuple(dict.fromkeys(terms))


def _whole_word_clause(all_words, index, acronyms):
    """Terms for one word as a whole, in any of its forms."""
    word = all_words[index]
    terms = [_exactly("", word), *_form_terms(word)]
    terms += [_exactly("", other) for other in acronyms.get(word, ())]
    for run in _runs_around(all_words, index):
        terms += [_exactly("", run), _exactly(RUN, run)]
    return tuple(dict.fromkeys(terms))


def _form_terms(word):
    """Terms for a whole word written apart, in another form, or both."""
    return [_exactly(RUN, word), _exactly(STEM, stem(word)), _exactly(STEMS, stem(word))]


def _run_terms(run):
    """Terms for a joined run of the visitor's words; its last word may be unfinished, as any word."""
    return [Term(token("", run)), Term(token(RUN, run)), *_heading_terms(run)]


def _heading_terms(digits):
    """A tariff of seven and more digits also means its heading of six: a record may have no more."""
    return [_exactly(CODE, digits[:HEADING])] if len(digits) > HEADING and digits.isdigit() else []


def _runs_around(all_words, index):
    """Every run of two to four neighbours that includes the word at `index`, joined."""
    for start in range(max(0, index - LONGEST_RUN + 1), index + 1):
        for end in range(max(index + 1, start + 2), min(start + LONGEST_RUN, len(all_words)) + 1):
            yield "".join(all_words[start:end])
