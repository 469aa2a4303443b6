"""Where the letters of folded words stand in the text they come from: pure, no database.

Folding looks at one character at a time, so each letter of a folded word knows its character.
"""

from dataclasses import dataclass

from catalog.search.fold import folded_character

_JOINERS = frozenset("\u200c\u200d-\u2010\u2011\u2012\u2013")
"""Zero-width joiners, hyphens and dashes: they join two parts of one word. Other signs separate words."""


@dataclass
class FoldedWord:
    """One folded word of a text.

    `positions` has, for each of its `letters`, the index of the character in the text. `attached` says that a
    zero-width non-joiner or a hyphen joins it to the word before.
    """

    letters: str
    positions: list[int]
    attached: bool = False

    def span(self, first=0, last=None):
        """The characters of the letters from `first` to before `last`, as (start, end)."""
        return self.positions[first], self.positions[(last or len(self.positions)) - 1] + 1


def folded_words(text):
    """The words of `fold.words(text)` as FoldedWords, in order."""
    found = []
    letters, positions, between = [], [], ""

    def close():
        if letters:
            attached = bool(found) and bool(between) and set(between) <= _JOINERS
            found.append(FoldedWord("".join(letters), positions[:], attached))
            letters.clear()
            positions.clear()

    for index, character in enumerate(text):
        for letter in folded_character(character):
            if letter in " -":
                if letters:
                    close()
                    between = ""
                between += character
            else:
                letters.append(letter)
                positions.append(index)
    close()
    return found


def with_marks(text, start, end):
    """`text[start:end]` with the combining marks that belong to its last letter."""
    while end < len(text) and not folded_character(text[end]):
        end += 1
    return text[start:end]
