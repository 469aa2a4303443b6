"""Which words are one typing error apart: pure functions over folded words."""

SHORTEST = 5
"""Letters of the shortest word that is taken for what a visitor meant."""

LONGEST = 40
"""Letters of the longest word that is looked at."""


def shortened(word):
    """The word and all it becomes without one of its letters.

    Two words one error apart (a letter wrong, missing, too many, or two neighbours swapped) share one of
    these; not all that share one are so near, see `is_near`.
    """
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def is_near(one, other):
    """Whether exactly one letter is wrong, missing or too many, or two neighbours are swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    first = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if first is None:
        return True  # one more letter at the end
    a, b = one[first:], other[first:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]
