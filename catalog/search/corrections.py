"""What a visitor may have meant: the text with known words in place of those with a typing error."""

from itertools import islice, pairwise, product

from catalog.search import word_lookup
from catalog.search.fold_positions import folded_words
from catalog.search.keyboard import on_other_layout
from catalog.search.query import MAX_TEXT_LENGTH, MAX_WORDS, query_words
from catalog.search.stems import stem
from catalog.search.vocabulary import is_indexable

SYNONYMS = {"لوازم یدکی": "قطعات", "قطعه یدکی": "قطعات", "قطعات یدکی": "قطعات", "spare parts": "parts"}
"""Words that the catalogue has in other words: of a whole sector, so that no product holds them."""

MAX_TEXTS = 6
"""Corrected texts of one kind at most, the likeliest first."""

MAX_CHOICES = 3
"""Words that one misspelt word may become at most."""


def corrections(text, using):
    """Yield the corrected texts, likeliest first: other words for the same, words with one typing error, keys
    of the other layout, words that sound like others. Two queries, and one for the sounds."""
    typed = folded_words(text[:MAX_TEXT_LENGTH])[:MAX_WORDS]
    letters = [word.letters for word in typed]
    unknown = _unknown(text, letters, using)
    yield from (text.replace(one, other) for one, other in SYNONYMS.items() if one in text)
    yield from _texts(text, typed, _choices(letters, unknown, using) if unknown else [])
    if other := on_other_layout(text[:MAX_TEXT_LENGTH]):
        yield other
    if unknown:
        yield from _texts(text, typed, _sounding(letters, unknown, using))


def _unknown(text, letters, using):
    """Indexes of the words that must match and that no record holds."""
    known = word_lookup.known_words(letters, using)
    required = query_words(text, loosely=True).required
    return [index for index in required if is_indexable(letters[index]) and letters[index] not in known]


def _texts(text, typed, choices):
    """At most `MAX_TEXTS` texts with each unknown word replaced by one of its `choices`."""
    texts = (_replaced(text, typed, chosen) for chosen in product(*choices)) if choices else ()
    return islice(filter(None, texts), MAX_TEXTS)


def _sounding(letters, unknown, using):
    """For each unknown word that sounds like a known one its replacements, as `_choices` gives them."""
    near = word_lookup.sounding_words([letters[index] for index in unknown], using)
    choices = [
        [(index, index + 1, other.written) for other in near[letters[index]][:MAX_CHOICES]]
        for index in unknown
    ]
    return list(filter(None, choices))


def _choices(letters, unknown, using):
    """For each unknown word that is near a known one its replacements, as lists of (start, end, word): the
    words from `start` to before `end` become `word`."""
    # A word may be misspelt, or in the plural and misspelt, or the half of a word that is misspelt.
    alone = {i: [(i, i + 1, form) for form in dict.fromkeys([letters[i], stem(letters[i])])] for i in unknown}
    halves = {i: [(j, j + 2, "".join(letters[j : j + 2])) for j in (i - 1, i) if j >= 0] for i in unknown}
    forms = {form for runs in (*alone.values(), *halves.values()) for *_, form in runs}
    near = word_lookup.near_words({form for form in forms if is_indexable(form)}, using)
    choices = []
    for index in unknown:
        for runs in (alone[index], halves[index]):
            found = [(start, end, word.written) for start, end, form in runs for word in near.get(form, [])]
            if found:
                choices.append(found[:MAX_CHOICES])
                break
    return choices


def _replaced(text, typed, chosen):
    """The text with the chosen replacements made; empty where two overlap."""
    chosen = sorted(set(chosen), reverse=True)
    if any(before[1] > after[0] for after, before in pairwise(chosen)):
        return ""
    for start, end, word in chosen:
        text = text[: typed[start].positions[0]] + word + text[typed[end - 1].positions[-1] + 1 :]
    return text
