"""Search as its rules say it, over plain strings and without an index: what both engines must agree with."""

from catalog.search.normalise import compounds, joined, words


def _fields(document):
    return [
        [*document.codes, *document.names],
        document.aliases,
        document.companies,
        document.texts,
    ]


def _starts(text, beginning):
    """A word of `text`, or a run its writer held together, begins so."""
    together = [run for group in compounds(text) for run in joined(group)]
    return any(word.startswith(beginning) for word in words(text) + together)


def _has_word(text, word):
    return _starts(text, word) or word in joined(words(text))


def _has_run(text, run):
    return any(found.startswith(run) for found in words(text) + joined(words(text)))


def _answers(strings, asked):
    """Every asked word stands somewhere in `strings`, by itself or within a run of its neighbours."""
    for place, word in enumerate(asked):
        runs = [
            "".join(asked[start:end])
            for start in range(place + 1)
            for end in range(place + 1, len(asked) + 1)
            if 2 <= end - start <= 4
        ]
        if not any(_has_word(text, word) or any(_has_run(text, run) for run in runs) for text in strings):
            return False
    return True


def tier(document, text):
    """The tier of the document for `text`, None where it does not match."""
    asked = words(text)
    whole = "".join(asked)
    fields = _fields(document)
    within = [[text for field in fields[:count] for text in field] for count in (1, 2, 3, 4)]
    if not asked or not _answers(within[3], asked):
        return None
    if whole in document.codes:
        return 0
    if whole in ["".join(words(name)) for name in document.names]:
        return 1
    for count, strings in enumerate(within, start=1):
        if 2 <= len(asked) <= 4 and any(_has_run(text, whole) for text in strings):
            return 2 * count
        if _answers(strings, asked):
            return 2 * count + 1
    raise AssertionError("a match has a tier")
