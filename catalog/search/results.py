"""What a visitor's text finds. Knows the index alone."""

from dataclasses import dataclass
from itertools import islice

from django.db import DEFAULT_DB_ALIAS

from catalog.search import word_lookup
from catalog.search.corrections import corrections
from catalog.search.query import WHOLE_SECTOR, parse
from catalog.search.ranking import Matches, rank

MAX_CORRECTIONS = 6
"""Corrections that are looked for in the index at most, the likeliest first."""


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
    for correction in islice(corrections(text, using), MAX_CORRECTIONS):
        corrected = match(correction, using)
        if corrected.tiers and (not own.tiers or not _is_poor(corrected)):
            return SearchResult(text, own, correction, corrected)
    return SearchResult(text, own)


def match(text, using=DEFAULT_DB_ALIAS, limit=None):
    """The Matches of a text without correcting it, or None when it holds no word; at most two queries where
    something matches.

    A word may be the last part of a compound; where nothing matches so, it may be anywhere in one.
    """
    query = parse(text)
    if query is None:
        return None
    if compounds := word_lookup.compounds_ending_in(query.words, using):
        query = parse(text, compounds)
    matches = rank(query, using, limit)
    if not matches.tiers and (compounds := word_lookup.compounds_containing(query.words, using)):
        matches = rank(parse(text, compounds), using, limit)
    return matches


def _is_poor(matches):
    """Whether nothing matches by its name, its other names or its sector's whole name."""
    return not matches.tiers or matches.best_tier >= WHOLE_SECTOR
