from hypothesis import given
from hypothesis import strategies as st

from catalog.search.typos import deletions, one_edit_apart

words = st.text("abcپم", max_size=7)


def errors(word):
    """All that one typing error makes of a word, of these letters."""
    found = set()
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        found |= {before + letter + after for letter in "abcپم"}
        if after:
            found |= {before + after[1:]} | {before + letter + after[1:] for letter in "abcپم"}
        if len(after) > 1:
            found.add(before + after[1] + after[0] + after[2:])
    return found - {word}


@given(words, words)
def test_near_is_exactly_one_error_away(one, other):
    assert one_edit_apart(one, other) == (other in errors(one))


@given(words)
def test_what_is_near_is_reached_by_the_shortened_forms(word):
    for other in errors(word):
        assert one_edit_apart(word, other)
        assert one_edit_apart(other, word)
        assert deletions(word) & deletions(other)
