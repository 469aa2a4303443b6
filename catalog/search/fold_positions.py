"""Where folded letters stand in the text they come from: pure, no database.

Folding looks at one character at a time, so that each letter of a folded word knows its character.
"""

from dataclasses import dataclass

from catalog.search.fold import folded_character

_HOLDING = frozenset("\u200c\u200d-\u2010\u2011\u2012\u2013")
"""What holds the parts of one word together; other signs part words although no white space is there."""


@dataclass
class Place:
    """One folded word of a text: `letters`, and for each letter the index of its character (`at`). `held`:
    the word before is written together with this one, by a zero-width non-joiner or a hyphen."""

    letters: str
    at: list[int]
    held: bool = False

    def span(self, first=0, last=None):
        """The characters of the letters from `first` to before `last`, as (start, end)."""
        return self.at[first], self.at[(last or len(self.at)) - 1] + 1


def places(text):
    """The folded words of `text` as Places, in order: the words are those of `normalise.words`."""
    found = []
    letters, at, between = [], [], ""

    def close():
        if letters:
            held = bool(found) and bool(between) and set(between) <= _HOLDING
            found.append(Place("".join(letters), at[:], held))
            letters.clear()
            at.clear()

    for index, character in enumerate(text):
        for letter in folded_character(character):
            if letter in " -":
                if letters:
                    close()
                    between = ""
                between += character
            else:
                letters.append(letter)
                at.append(index)
    close()
    return found


def written(text, start, end):
    """`text[start:end]` with the marks that belong to its last letter."""
    while end < len(text) and not folded_character(text[end]):
        end += 1
    return text[start:end]
