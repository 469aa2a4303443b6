"""Which letters of a name made it answer, through all that folding does: pure, no database."""

from catalog.search.fold import LONGEST_RUN
from catalog.search.fold_positions import places
from catalog.search.query import read
from catalog.search.stems import root
from catalog.search.vocabulary import HEAD, is_part, is_word


class Marker:
    """What one text asks for, to be looked for in many names."""

    def __init__(self, text):
        self.text = text
        self.every, telling = read(text)
        self.asked = [self.every[place] for place in telling]
        self.runs = _runs(self.every)

    def spans(self, name):
        """Where `name` holds what is asked for, as (start, end) of its characters: in order, apart."""
        words = places(name)
        found = []
        for asked in self.asked:
            spans = [_in_word(word, asked) for word in words]
            found += list(filter(None, spans)) or filter(None, (_within(word, asked) for word in words))
        for number, word in enumerate(words):
            found += [word.span(0, len(run)) for run in self.runs if word.letters.startswith(run)]
            found += self._over_neighbours(words[number : number + LONGEST_RUN])
        return _merged(found)

    def _over_neighbours(self, words):
        """What is asked for as one word, or in several, and stands in several words of the name."""
        first = words[0].letters
        letters = "".join(word.letters for word in words)
        at = [index for word in words for index in word.at]
        ends = {len("".join(word.letters for word in words[:count])) for count in range(2, len(words) + 1)}
        held = all(word.held for word in words[1:2])
        for asked in [*self.asked, *self.runs]:
            begun = len(asked) > len(first) and letters.startswith(asked)
            if begun and (len(asked) in ends or held or asked in self.runs):
                yield at[0], at[len(asked) - 1] + 1


def _runs(words):
    return [
        "".join(words[start : start + length])
        for start in range(len(words))
        for length in range(2, min(LONGEST_RUN, len(words) - start) + 1)
    ]


def _in_word(word, asked):
    """Where the asked word is in one of the name: its beginning, its end, or all of another form of it."""
    letters = word.letters
    if letters.startswith(asked):
        return word.span(0, len(asked))
    if root(letters) == root(asked):
        return word.span()
    part = root(asked)
    if is_part(asked) and root(letters).endswith(part) and letters.find(part, HEAD) > 0:
        start = letters.rindex(part)
        return word.span(start, start + len(part))
    return None


def _within(word, asked):
    start = word.letters.find(asked, HEAD)
    return word.span(start, start + len(asked)) if is_word(asked) and start > 0 else None


def _merged(spans):
    merged = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return [tuple(span) for span in merged]
