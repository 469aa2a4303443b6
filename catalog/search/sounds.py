"""How a word sounds, in both scripts: kompresor, compressor and کمپرسور sound alike. Pure, over folded words.

The sound is the row of consonants; vowels are written in one script and left out in the other.
"""

import re

SHORTEST_SOUND = 4
"""Consonants of the shortest word that is known by its sound."""

_LATIN = [
    (re.compile(pattern), by)
    for pattern, by in [
        ("sh", "S"),
        ("ch", "C"),
        ("kh", "X"),
        ("gh", "Q"),
        ("ph", "f"),
        ("ck|qu", "k"),
        ("zh|g", "j"),
        ("x", "ks"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("q", "Q"),
        ("[aeiouyhwv]", ""),
    ]
]
_PERSIAN = str.maketrans(
    "بپتطثسصجژگچخدذزضظرشغقفکلمن",
    "bpttsssjjjCXdzzzzrSQQfklmn",
    "اویعهح",
)


def sound(word):
    """The consonants of one folded word, doubled ones once; "" where they tell too little."""
    key = word
    if key.isascii():
        for pattern, by in _LATIN:
            key = pattern.sub(by, key)
    else:
        key = key.translate(_PERSIAN)
    key = re.sub(r"(.)\1+", r"\1", key)
    return key if len(key) >= SHORTEST_SOUND and key.isascii() else ""
