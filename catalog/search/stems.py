"""The stem that the forms of one word share: pure functions over folded words.

A stem is a key, not a word of any language: "tyres", "tire" and "tires" have the stem "tyr". It only has to
be the same for all forms of a word, and rarely the same for different words.
"""

import re
from functools import lru_cache

# British and American spelling: both forms become one. Applied in this order, each to the whole word.
_SPELLINGS = [
    (re.compile(pattern), by)
    for pattern, by in [
        ("(?<=[iy])z(?=[aei])", "s"),  # pelletizer, catalyzer, polymerization
        ("(?<=[a-z])[ao]e", "e"),  # anaesthesia, haemodialysis
        ("aluminum", "aluminium"),
        ("(?<=[a-z]{2})our", "or"),  # colour, vapour
        ("mould", "mold"),
        ("sulph", "sulf"),
        ("ll(?=ing|ed|er)", "l"),  # signalling
        ("(?<=[bt])re$", "er"),  # fibre, centre, litre
        ("ence$", "ense"),
        ("ogue$", "og"),
        ("mme$", "m"),
        ("^tire$", "tyre"),
        ("^gray", "grey"),
        ("^catalyser$", "catalyst"),
    ]
]

# Endings of Persian nouns, where they are written apart (with a space or a zero-width non-joiner).
ENDINGS = frozenset(["ها", "های", "هایی", "ای", "ی"])

_ATTACHED_ENDINGS = ("هایی", "های", "ها")
_SHORTEST_STEM = 3
"""Letters that must remain of a Persian word: تنها is no plural."""


def unified_spelling(word):
    """The word in one spelling for British and American English; its ending stays as it is typed."""
    if not word.isascii():
        return word
    for pattern, by in _SPELLINGS:
        word = pattern.sub(by, word)
    return word


@lru_cache(maxsize=20_000)
def stem(word):
    """The stem of one folded word, never empty: without its plural or indefinite ending, in one spelling."""
    if word.isascii():
        return _english(word)
    return _persian(word) if "\u0600" <= word[0] <= "\u06ff" else word


def _english(word):
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"  # batteries
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    word = unified_spelling(word)
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]  # valve and valves, switches and switch
    return word


def _persian(word):
    for ending in _ATTACHED_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if word.endswith("ی") and len(word) - 1 >= _SHORTEST_STEM:
        word = word[:-1]  # توربینی and توربین, صنعتی and صنعت
    if word.endswith("ات") and len(word) - 2 >= _SHORTEST_STEM:
        word = f"{word[:-2]}ه"  # قطعات and قطعه
    return word


def stems(words):
    """The stems of neighbouring words, in order, without the endings written apart."""
    return [stem(word) for index, word in enumerate(words) if not index or word not in ENDINGS]
