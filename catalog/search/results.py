"""What a visitor's text finds. Knows the index alone."""

from dataclasses import dataclass, replace

from django.db import DEFAULT_DB_ALIAS

from catalog.search import word_lookup
from catalog.search.corrections import corrections
from catalog.search.query import COMPANY_TIERS, WHOLE_SECTOR, parse_query
from catalog.search.ranking import Matches, ranked_products

LONGEST_SHORT = 6
"""Characters of a text too short to be corrected by a word of some summary: "lager" is not "larger"."""


@dataclass(frozen=True)
class SearchResult:
    """What a text finds. `own_matches` are those of the text as it was typed.

    `correction` is what the visitor may have meant, or empty; its matches are `corrected_matches`, and are
    listed instead where the text itself matches nothing.
    """

    text: str
    own_matches: Matches
    correction: str = ""
    corrected_matches: Matches | None = None

    @property
    def is_corrected(self):
        """Whether the correction is listed instead of the text."""
        return not self.own_matches.tiers and bool(self.correction)

    @property
    def matches(self):
        """The Matches to list."""
        return self.corrected_matches if self.is_corrected else self.own_matches

    @property
    def matched_text(self):
        """The text that finds what is listed."""
        return self.correction if self.is_corrected else self.text


def find(text, using=DEFAULT_DB_ALIAS):
    """The SearchResult of a text, or None when it holds no word.

    At most two queries where it matches names; five and more where it matches nothing or too little.
    """
    own = match(text, using)
    if own is None:
        return None
    if not _is_poor(own):
        return SearchResult(text, own)
    for correction in corrections(text, using):
        corrected = _match(correction, parse_query(correction), using)
        if _is_better(corrected, own, text):
            return SearchResult(text, own, correction, corrected)
    return SearchResult(text, own)


def match(text, using=DEFAULT_DB_ALIAS, limit=None):
    """The Matches of a text without correcting it, or None when it holds no word; at most two queries where
    something matches.

    Where nothing matches, short words may be unfinished and spelled letters words: the text is read loosely.
    """
    query = parse_query(text)
    if query is None:
        return None
    matches = _match(text, query, using, limit)
    if not matches.tiers and (loose := _loosely(text)) not in (None, query):
        matches = _match(text, loose, using, limit, read=_loosely)
    return matches


def _loosely(text, compounds=None):
    return parse_query(text, compounds, loosely=True, whole=1)


def _match(text, query, using, limit=None, read=parse_query):
    """The Matches of a query. A word may be the last part of a compound; where nothing matches so, it may be
    anywhere in one."""
    if compounds := word_lookup.compounds_ending_in(query.words, using):
        query = read(text, compounds)
    matches = ranked_products(query, using, limit)
    if not matches.tiers and (compounds := word_lookup.compounds_containing(query.words, using)):
        matches = ranked_products(read(text, compounds), using, limit)
    return _without_noise(matches, query)


def _without_noise(matches, query):
    """Where products answer by their own names, those that answer by a maker's name alone are left out: who
    asks for a compressor does not mean a fan of the Compressor Works. So are texts, where letters are spelled
    out: LED is also the past of "lead"."""
    if not matches.tiers or matches.best_tier >= WHOLE_SECTOR:
        return matches
    kept = (
        tier
        for tier in matches.tiers
        if tier[0] <= WHOLE_SECTOR or not (query.spelled or tier[0] in COMPANY_TIERS)
    )
    return replace(matches, tiers=tuple(kept))


def _is_better(corrected, own, text):
    """Whether to offer a correction: a poor one only where nothing else is, and what only texts hold not for
    a short word, which is one letter away from too many others."""
    if not _is_poor(corrected) or own.tiers or not corrected.tiers:
        return not _is_poor(corrected)
    return corrected.best_tier in {WHOLE_SECTOR, *COMPANY_TIERS} or len(text) > LONGEST_SHORT


def _is_poor(matches):
    """Whether nothing matches by its name, its other names or its sector's whole name."""
    return not matches.tiers or matches.best_tier >= WHOLE_SECTOR
