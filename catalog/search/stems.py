"""What different forms of one word share: pure functions over folded words (see `normalise`).

A root is a key, not a word of any language: "tyres", "tire" and "tires" have the root "tyr". It only has to
be the same for the forms a visitor takes for one word, and rarely the same for words that are not.
"""

import re
from functools import lru_cache

# British and American spelling, whichever way round: both forms end as one. In order, each on the whole word.
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

_JOINED_ENDINGS = ("هایی", "های", "ها")
_SHORTEST = 3
"""Letters that must remain of a Persian word: تنها is no plural."""


def spelled(word):
    """The word in the one spelling of British and American English; its ending stays as it is typed."""
    if not word.isascii():
        return word
    for pattern, by in _SPELLINGS:
        word = pattern.sub(by, word)
    return word


@lru_cache(maxsize=20_000)
def root(word):
    """The root of one folded word, never empty: without its plural or indefinite ending, in one spelling."""
    if word.isascii():
        return _english(word)
    return _persian(word) if "\u0600" <= word[0] <= "\u06ff" else word


def _english(word):
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"  # batteries
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    word = spelled(word)
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]  # valve and valves, switches and switch
    return word


def _persian(word):
    for ending in _JOINED_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    if word.endswith("ی") and len(word) - 1 >= _SHORTEST:
        word = word[:-1]  # توربینی and توربین, صنعتی and صنعت
    if word.endswith("ات") and len(word) - 2 >= _SHORTEST:
        word = f"{word[:-2]}ه"  # قطعات and قطعه
    return word


def roots(words):
    """The roots of neighbouring words, in order, without the endings written apart."""
    return [root(word) for place, word in enumerate(words) if not place or word not in ENDINGS]
