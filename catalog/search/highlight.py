"""Which letters of a name match a text, through all that folding does: pure, no database."""

from catalog.search.fold import LONGEST_RUN, joined
from catalog.search.fold_positions import folded_words
from catalog.search.query import SHORT_WORD, query_words
from catalog.search.stems import stem
from catalog.search.vocabulary import MIN_HEAD, is_compound_part, is_indexable


class Highlighter:
    """Finds what one text asks for in many names."""

    def __init__(self, text):
        self.text = text
        words, required, _acronyms = query_words(text)
        self.words = [words[index] for index in required]
        self.runs = joined(words)

    def spans(self, name):
        """Where `name` matches, as (start, end) of its characters: in order, without overlaps."""
        in_name = folded_words(name)
        found = []
        for word in self.words:
            spans = [_span_in(name_word, word) for name_word in in_name]
            found += filter(None, spans if any(spans) else (_span_within(other, word) for other in in_name))
        for index, name_word in enumerate(in_name):
            found += [name_word.span(0, len(run)) for run in self.runs if name_word.letters.startswith(run)]
            found += self._spans_over(in_name[index : index + LONGEST_RUN])
        return _merged(found)

    def _spans_over(self, name_words):
        """Spans of what is typed as one word, or in several, and stands in several words of the name."""
        first = name_words[0].letters
        longer = [t for t in (*self.words, *self.runs) if len(t) > len(first) and t.startswith(first)]
        if not longer:
            return
        letters = "".join(word.letters for word in name_words)
        positions = [position for word in name_words for position in word.positions]
        ends = {len("".join(word.letters for word in name_words[:n])) for n in range(2, len(name_words) + 1)}
        is_compound = all(word.attached for word in name_words[1:2])
        for typed in longer:
            is_whole = len(typed) in ends or is_compound or typed in self.runs
            if is_whole and letters.startswith(typed):
                yield positions[0], positions[len(typed) - 1] + 1


def _span_in(name_word, typed):
    """The span of a typed word in one of the name: its beginning, its end, or all of another form of it."""
    letters = name_word.letters
    if letters == typed or (letters.startswith(typed) and (len(typed) > SHORT_WORD or typed.isdigit())):
        return name_word.span(0, len(typed))
    if stem(letters) == stem(typed):
        return name_word.span()
    part = stem(typed)
    if is_compound_part(typed) and stem(letters).endswith(part) and letters.find(part, MIN_HEAD) > 0:
        start = letters.rindex(part)
        return name_word.span(start, start + len(part))
    return None


def _span_within(name_word, typed):
    """The span of a typed word anywhere within one of the name."""
    start = name_word.letters.find(typed, MIN_HEAD)
    return name_word.span(start, start + len(typed)) if is_indexable(typed) and start > 0 else None


def _merged(spans):
    merged = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return [tuple(span) for span in merged]
