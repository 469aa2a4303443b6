"""What a visitor's text finds, and what it may have meant where it finds nothing. Knows the index alone."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby, islice, pairwise, product

from django.db import DEFAULT_DB_ALIAS

from catalog.search import vocabulary
from catalog.search.fold_positions import places
from catalog.search.query import TEXT_LENGTH, WHOLE_SECTOR, WORD_COUNT, question, read, single
from catalog.search.ranking import Found, find, rows_of
from catalog.search.stems import root

TRIED = 6
"""Corrections that are asked of the index at most, the likeliest first."""

CHOICES = 3
"""Words that one misspelt word may become at most."""

NEAREST = 24
"""Products at most that are offered where nothing answers."""

SCORED = 500
"""Products at most that are looked at for one word to find the nearest."""


@dataclass(frozen=True)
class Answer:
    """What `text` finds. `correction`: what it may have meant, or an empty string; it finds `corrected`,
    which is shown `instead` where the text itself finds nothing."""

    text: str
    found: Found
    correction: str = ""
    corrected: Found | None = None

    @property
    def instead(self):
        return not self.found.tiers and bool(self.correction)

    @property
    def shown(self):
        """The Found to list."""
        return self.corrected if self.instead else self.found

    @property
    def shown_text(self):
        """The text that finds what is listed."""
        return self.correction if self.instead else self.text


def answer(text, using=DEFAULT_DB_ALIAS):
    """The Answer to a text, or None when it holds no word. At most two queries where it finds something in
    names; five and more where it finds nothing or too little."""
    found = look_for(text, using)
    if found is None:
        return None
    if found.tiers and found.best < WHOLE_SECTOR:
        return Answer(text, found)
    for correction in islice(corrections(text, using), TRIED):
        corrected = look_for(correction, using)
        if corrected.tiers and (not found.tiers or corrected.best < WHOLE_SECTOR):
            return Answer(text, found, correction, corrected)
    return Answer(text, found)


def look_for(text, using=DEFAULT_DB_ALIAS, most=None):
    """The Found of a text, or None when it holds no word; at most two queries where something is found.

    A word may be the last part of a compound; where nothing is found so, it may be anywhere in one.
    """
    asked = question(text)
    if asked is None:
        return None
    if compounds := vocabulary.ending_in(asked.asked, using):
        asked = question(text, compounds)
    found = find(asked, using, most)
    if not found.tiers and (compounds := vocabulary.holding(asked.asked, using)):
        found = find(question(text, compounds), using, most)
    return found


def corrections(text, using):
    """Yield the text with its unknown words replaced by known ones a typing error away, likeliest first."""
    seen = places(text[:TEXT_LENGTH])[:WORD_COUNT]
    letters = [place.letters for place in seen]
    known = vocabulary.known(letters, using)
    unknown = [p for p in read(text)[1] if vocabulary.is_word(letters[p]) and letters[p] not in known]
    # A word may be misspelt, or in the plural and misspelt, or the half of a word that is misspelt.
    units = {p: [(p, p + 1, form) for form in dict.fromkeys([letters[p], root(letters[p])])] for p in unknown}
    halves = {p: [(q, q + 2, "".join(letters[q : q + 2])) for q in (p - 1, p) if q >= 0] for p in unknown}
    typed = {form for some in (*units.values(), *halves.values()) for *_, form in some}
    near = vocabulary.near({form for form in typed if vocabulary.is_word(form)}, using)
    choices = []
    for p in unknown:
        for some in (units[p], halves[p]):
            found = [(start, end, one.written) for start, end, form in some for one in near.get(form, [])]
            if found:
                choices.append(found[:CHOICES])
                break
    if choices:
        yield from filter(None, (_replaced(text, seen, chosen) for chosen in product(*choices)))


def _replaced(text, seen, chosen):
    """The text with some runs of its words, as (start, end, word), replaced; empty where two overlap."""
    chosen = sorted(set(chosen), reverse=True)
    if any(before[1] > after[0] for after, before in pairwise(chosen)):
        return ""
    for start, end, word in chosen:
        text = text[: seen[start].at[0]] + word + text[seen[end - 1].at[-1] + 1 :]
    return text


def nearest(text, using=DEFAULT_DB_ALIAS):
    """The products that hold the most of a text's words, the rarest first, as a Found; for where no product
    holds all. A word that nothing holds is taken for one that is like it, or that begins like it."""
    plain = question(text)
    if plain is None:
        return Found(())
    rows = _scored(plain.asked, using)
    lonely = [word for place, word in enumerate(plain.asked) if not any(t // 2 == place for _, t in rows)]
    if lonely:
        near = vocabulary.near([word for word in lonely if vocabulary.is_word(word)], using)
        likes = vocabulary.beginnings(lonely, using)
        likes |= {word: some[0].word for word, some in near.items() if some}
        rows += _scored(likes.values(), using, first=len(plain.asked)) if likes else []
    holders, named = defaultdict(set), defaultdict(set)
    for id_, tier in rows:
        holders[tier // 2].add(id_)
        if tier % 2 == 0:
            named[tier // 2].add(id_)
    scores = defaultdict(lambda: (0, 0))
    for clause, ids in sorted(holders.items()):
        for id_ in ids:
            words, weight = scores[id_]
            scores[id_] = (words + 1, weight + (2 if id_ in named[clause] else 1) / len(ids))
    best = sorted(scores, key=lambda id_: (scores[id_], -id_), reverse=True)[:NEAREST]
    tiers = groupby(best, key=scores.get)
    return Found(tuple((tier, tuple(ids)) for tier, (_, ids) in enumerate(tiers)))


def _scored(asked, using, first=0):
    """(id, tier) of the products that hold one of the words, the tiers as `single` makes them, the words
    numbered from `first`."""
    clauses = question(" ".join(asked), vocabulary.ending_in(asked, using)).clauses
    return [(id_, 2 * first + tier) for id_, tier in rows_of(single(clauses), using, SCORED)]
