"""Search as its rules say it, over plain strings and without an index: what both engines must agree with."""

import re

from catalog.search.fold import compounds, fold, joined, words
from catalog.search.query import query_words
from catalog.search.stems import stem, stems, unified_spelling


def _fields(document):
    return [
        [*document.codes, *document.names],
        document.aliases,
        document.companies,
        [*document.sectors, *document.texts],
    ]


def _read(text, loosely):
    """What `query_words` reads: how a text falls into words has tests of its own."""
    every, required, _acronyms = query_words(text, loosely=loosely)
    return every, [every[place] for place in required], loosely


def _plain(text):
    """Its words, and the runs its writer held together."""
    return words(text) + [run for group in compounds(text) for run in joined(group)]


def vocabulary(documents):
    """The words in which a part may be found."""
    found = set()
    for document in documents:
        for text in [text for strings in _fields(document) for text in strings]:
            held = re.split(r"[^\w\u200c-]+", re.sub(r"\s*-\s+|\s+-\s*", " ", text))
            found |= {fold(run).replace(" ", "") for run in held if len(words(run)) <= 4} | set(words(text))
    return {word for word in found if 4 <= len(word) <= 40 and word.isalpha()}


def _compounds(word, known, anywhere):
    """Words that end in `word`, in any form; or that hold it."""
    if not (4 <= len(word) <= 40 and word.isalpha()):
        return set()
    if anywhere:
        return {other for other in known if word in stem(other)[2:]}
    if len(stem(word)) < (5 if word.isascii() else 4):
        return set()
    return {other for other in known if stem(other)[2:].endswith(stem(word))}


def _whole(text, word, with_stems):
    plain = _plain(text)
    return (
        word in plain
        or word in joined(words(text))
        or stem(word) in map(stem, plain)
        or (with_stems and stem(word) in joined(stems(words(text))))
    )


def _begun(text, word, compounds, with_stems, loosely):
    plain = _plain(text)
    spelled = unified_spelling(word)
    alone = len(word) <= (1 if loosely else 2) and not word.isdigit()
    return (
        _whole(text, word, with_stems)
        or (alone and not word.isascii() and f"{word}ی" in plain)
        or (not alone and any(found.startswith(word) for found in plain))
        or (len(spelled) >= 4 and any(stem(found).startswith(spelled) for found in plain))
        or not compounds.isdisjoint(plain)
    )


def _has_run(text, run):
    return any(found.startswith(run) for found in _plain(text) + joined(words(text)))


def _neighbours(every, word_place):
    return [
        "".join(every[start:end])
        for start in range(word_place + 1)
        for end in range(word_place + 1, len(every) + 1)
        if 2 <= end - start <= 4
    ]


def _answers(strings, codes, asked, compounds, *, whole=False):
    """Every asked word stands somewhere in `strings`, by itself or within a run of its neighbours."""
    every, telling, loosely = asked
    return all(
        _stands(strings, codes, word, _neighbours(every, place), compounds[word], whole, loosely)
        for place, word in enumerate(every)
        if word in telling
    )


def _stands(strings, codes, word, runs, compounds, whole, loosely):  # noqa: PLR0913, PLR0917
    if whole:
        return any(
            _whole(text, word, with_stems) or any(run in _plain(text) + joined(words(text)) for run in runs)
            for text, with_stems in strings
        )
    return any(run[:6] in codes for run in [word, *runs] if len(run) > 6 and run.isdigit()) or any(
        _begun(text, word, compounds, with_stems, loosely) or any(_has_run(text, run) for run in runs)
        for text, with_stems in strings
    )


def _side_by_side(strings, codes, asked):
    for some in asked[:2]:
        run = "".join(some)
        if 2 <= len(some) <= 4 and (
            any(_has_run(text, run) for text, _ in strings)
            or (len(run) > 6 and run.isdigit() and run[:6] in codes)
        ):
            return True
    run = "".join(map(stem, asked[1]))
    return 2 <= len(asked[1]) <= 4 and any(
        with_stems and run in joined(stems(words(text))) for text, with_stems in strings
    )


def _named(names, every):
    keys = {"".join(every), "".join(stems(every))}
    return any(keys & {"".join(words(name)), "".join(stems(words(name)))} for name in names)


def tiers(documents, text):
    """The tiers of the documents that match `text`, by place."""
    known = vocabulary(documents)
    for loosely, anywhere in ((False, False), (False, True), (True, False), (True, True)):
        asked = _read(text, loosely)
        compounds = {word: _compounds(word, known, anywhere) for word in asked[1]}
        found = {place: _tier(document, asked, compounds) for place, document in enumerate(documents)}
        found = {place: tier for place, tier in found.items() if tier is not None}
        if found:
            break
    own = min(found.values(), default=9) < 9
    return {place: tier for place, tier in found.items() if not (own and tier in (13, 14, 15))}


def _tier(document, asked, compounds):
    every, _telling, _loosely = asked
    if not every:
        return None
    steps = [
        (0, "".join(asked[1]) in document.codes),
        (1, _named(document.names, every)),
        (2, _named(document.aliases, every)),
        (9, _named(document.sectors, every)),
    ]
    name, alias, company, body = _fields(document)
    fields = [name, alias, body, company]
    for count, first in enumerate((3, 6, 10, 13), start=1):
        strings = [(text, field is not body) for field in fields[:count] for text in field]
        codes = document.codes
        steps += [
            (first, _side_by_side(strings, codes, asked)),
            (first + 1, _answers(strings, codes, asked, compounds, whole=True)),
            (first + 2, _answers(strings, codes, asked, compounds)),
        ]
    return min((tier for tier, fulfilled in steps if fulfilled), default=None)
