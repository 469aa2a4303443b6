import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search.fold import compounds, fold, words
from catalog.search.fold_positions import folded_words, with_marks
from catalog.search.highlight import Highlighter

texts = st.text() | st.text("آابپیيكکة\u200c\u064e\u0640 -./ﷺ½ÅéA1۱")


@given(texts)
def test_the_words_are_those_of_folding_each_at_its_characters(text):
    found = folded_words(text)
    assert [word.letters for word in found] == words(text)
    for word in found:
        start, end = word.span()
        assert word.letters in fold(text[start:end]).replace(" ", "")


@given(st.text("آبپ\u200c- ", max_size=12))
def test_what_a_joiner_or_hyphen_holds_together_is_one_compound(text):
    groups = []
    for word in folded_words(text):
        if word.attached:
            groups[-1].append(word.letters)
        else:
            groups.append([word.letters])
    assert groups == compounds(text)


def test_a_word_is_written_with_the_marks_of_its_last_letter():
    text = "پرهٔ توربین"
    assert with_marks(text, *folded_words(text)[0].span()) == "پرهٔ"


def marked(asked, name):
    """The name with brackets around what is marked."""
    for start, end in reversed(Highlighter(asked).spans(name)):
        name = f"{name[:start]}[{name[start:end]}]{name[end:]}"
    return name


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("pump", "Slurry [pump]"),
        ("PUM", "Slurry [Pum]p"),
        ("slurry pump", "[Slurry-pump]"),
        ("pump slurry", "[Slurry] [pump]"),
        ("turbines", "Gas [turbine] blade"),
        ("fiber", "Optical [fibre] cable"),
        ("charger", "Engine turbo[charger]"),
        ("harge", "Engine turboc[harge]r"),
        ("lling", "Fi[lling]"),
        ("cafe", "[Café] machine"),
        ("كاتاليست", "[کاتالیست] نیکل"),
        ("آب شیرین کن", "پمپ فشارقوی [آب‌شیرین‌کن]"),
        ("آبشیرینکن", "پمپ فشارقوی [آب‌شیرین‌کن]"),
        ("ابشیر", "پمپ فشارقوی [آب‌شیر]ین‌کن"),
        ("پمپ‌های دوغاب", "[پمپ] [دوغاب]"),
        ("شارژر", "توربو[شارژر] موتور"),
        ("پلي پروپيلن", "[پلی‌پروپیلن] انبساطی (EPP)"),
        ("سنسور abs", "ترمز ضدقفل ([ABS])"),
        ("۲۵", "[25] MW gas turbine"),
        ("gas for turbine", "[Gas] [turbine] for ships"),
        ("", "Pump"),
        ("!", "Pump"),
    ],
)
def test_what_answered_is_marked_through_all_that_folding_does(asked, expected):
    assert marked(asked, expected.replace("[", "").replace("]", "")) == expected


@given(st.text("abپم\u200c -", max_size=8), texts)
def test_marks_stand_in_order_within_the_name(asked, name):
    end = 0
    for start, stop in Highlighter(asked).spans(name):
        assert end <= start < stop <= len(name)
        end = stop + 1 if stop < len(name) else stop
