"""What a visitor may have meant: the text with known words in place of those with a typing error."""

from itertools import pairwise, product

from catalog.search import word_lookup
from catalog.search.fold_positions import folded_words
from catalog.search.query import MAX_TEXT_LENGTH, MAX_WORDS, query_words
from catalog.search.stems import stem
from catalog.search.vocabulary import is_indexable

MAX_CHOICES = 3
"""Words that one misspelt word may become at most."""


def corrections(text, using):
    """Yield the corrected texts, likeliest first; nothing where every word is known. Two queries."""
    typed = folded_words(text[:MAX_TEXT_LENGTH])[:MAX_WORDS]
    letters = [word.letters for word in typed]
    known = word_lookup.known_words(letters, using)
    unknown = [
        index
        for index in query_words(text).required
        if is_indexable(letters[index]) and letters[index] not in known
    ]
    choices = _choices(letters, unknown, using)
    if choices:
        yield from filter(None, (_replaced(text, typed, chosen) for chosen in product(*choices)))


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
