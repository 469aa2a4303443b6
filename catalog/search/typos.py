"""Which words are one typing error apart: pure functions over folded words."""

SHORTEST_MISTYPED = 5
"""Letters of the shortest word that is corrected, or offered as a correction."""

LONGEST_MISTYPED = 40
"""Letters of the longest word that is looked at."""


def deletions(word):
    """The word, and everything it becomes without one of its letters, as a set.

    Two words one error apart (a letter wrong, missing, too many, or two neighbours swapped) share a deletion;
    not all that share one are so near, see `one_edit_apart`.
    """
    return {word, *(word[:index] + word[index + 1 :] for index in range(len(word)))}


def one_edit_apart(one, other):
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
