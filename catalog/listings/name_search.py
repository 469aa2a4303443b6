"""Finding rows by their names, folded as the product search folds them.

Companies and contracts are hundreds, not hundreds of thousands: their names are read and compared here, so
that both database engines find the same rows.
"""

from catalog.search.fold import joined, words


def matching(rows, text):
    """Keys of the rows that hold every word of `text`; `rows` are tuples of a key and any number of texts.

    A word asked for is the beginning of a word, or of neighbouring words written as one: "iran khod" and
    "ایرانخودرو" find Iran Khodro, ایران‌خودرو.
    """
    asked = words(text)
    return {key for key, *texts in rows if _holds(texts, asked)}


def _holds(texts, asked):
    found = []
    for text in texts:
        own = words(text or "")
        found += [*own, *joined(own)]
    return all(any(word.startswith(wanted) for word in found) for wanted in asked)
