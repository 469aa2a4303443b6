import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search.fold import KEY_LENGTH, compounds, fold, joined, sort_key, words

PERSIAN = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
MARKS = "ًٌٍَُِّْٰ" + "ـ" + "\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\0"
SEPARATORS = " \t\n\u00a0\u200c\u200d-–—‑./،؛:_'’"

persian_words = st.text(PERSIAN, min_size=1, max_size=8)
latin_words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("كتابي علي", "کتابی علی"),
        ("شرکة", "شرکه"),
        ("خانهٔ آبی", "خانه ابی"),
        ("خانۀ", "خانه"),
        ("أحمد إيران ٱلله", "احمد ایران الله"),
        ("مسؤول پائیز", "مسوول پاییز"),
        ("جزء", "جز"),
        ("آبِ گَرمُ", "اب گرم"),
        ("رحمٰن", "رحمن"),
        ("پـمـپ", "پمپ"),
        ("ﭘﻤﭗ ﻻ", "پمپ لا"),
        ("قدرﹰت", "قدرت"),
        ("پلی‌پروپیلن", "پلی پروپیلن"),
        ("۱۶ ١٦ 16", "16 16 16"),
        ("Électrode ÅNGSTRÖM Ørsted Straße", "electrode angstrom orsted strasse"),
        ("İstanbul ıslak", "istanbul islak"),
        ("8413.70.10", "8413 70 10"),
        ("high-density (HDPE)", "high density hdpe"),
        ("CO₂ m³ ½", "co2 m3 1 2"),
        ("pol\0yme\u200er\u00ad", "polymer"),
        ("  ", ""),
        ("«»؟!", ""),
    ],
)
def test_folding_gives_the_one_spelling(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_no_character_of_unicode_escapes_folding():
    allowed = set("0123456789 ")
    for block in range(0, 0x110000, 0x100):
        folded = fold(" ".join(map(chr, range(block, block + 0x100))))
        assert fold(folded) == folded
        others = {c for c in folded if c not in allowed}
        assert all(unicodedata.category(c)[0] == "L" for c in others), hex(block)
        assert not any(c.isascii() and c.isupper() for c in others), hex(block)


@given(st.text())
def test_words_hold_letters_and_ascii_digits_only(text):
    for word in words(text):
        assert word
        assert all(c in "0123456789" or unicodedata.category(c)[0] == "L" for c in word)


@given(st.lists(persian_words, min_size=1, max_size=5), st.sampled_from(SEPARATORS))
def test_every_separator_parts_words_alike(some, separator):
    assert words(separator.join(some)) == words(" ".join(some))


@given(st.text(PERSIAN + MARKS, max_size=20))
def test_marks_tatweel_and_invisible_signs_leave_no_trace(text):
    assert fold(text) == fold("".join(c for c in text if c in PERSIAN))


@given(st.text(PERSIAN, max_size=20))
def test_arabic_keyboards_type_the_same_words(text):
    assert fold(text.replace("ی", "ي").replace("ک", "ك")) == fold(text) == fold(text.replace("ی", "ى"))


@given(st.integers(0, 10**20))
def test_three_digit_sets_are_one(number):
    ascii_digits = str(number)
    for zero in "٠۰":
        assert fold("".join(chr(ord(zero) + int(d)) for d in ascii_digits)) == ascii_digits


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x24F)))
def test_latin_case_does_not_matter(text):
    assert fold(text.lower()) == fold(fold(text.lower()).upper())


def test_compounds_keep_together_what_no_white_space_parts():
    assert compounds("پلی‌پروپیلن سبک، high-density - pipe") == [
        ["پلی", "پروپیلن"],
        ["سبک"],
        ["high", "density"],
        ["pipe"],
    ]


@given(st.text())
def test_compounds_hold_the_words_in_order(text):
    assert [word for group in compounds(text) for word in group] == words(text)


def test_joined_gives_runs_of_two_to_four_neighbours():
    assert joined(list("abcde")) == ["ab", "abc", "abcd", "bc", "bcd", "bcde", "cd", "cde", "de"]
    assert joined(["a"]) == joined([]) == []


@given(st.text())
def test_sort_keys_are_short_and_made_of_ascii_digits(text):
    key = sort_key(text)
    assert len(key) <= KEY_LENGTH
    assert all(c in "0123456789" for c in key)


@given(st.lists(persian_words, max_size=5), st.lists(persian_words, max_size=5))
def test_sort_keys_follow_the_persian_alphabet_word_by_word(one, other):
    def order(some):
        return [[PERSIAN.index(letter) for letter in word] for word in some]

    assert (sort_key(" ".join(one)) < sort_key(" ".join(other))) == (order(one) < order(other))


@given(st.lists(latin_words, max_size=5), st.lists(latin_words, max_size=5))
def test_sort_keys_follow_the_latin_alphabet_word_by_word(one, other):
    assert (sort_key(" ".join(one)) < sort_key(" ".join(other))) == (one < other)


def test_names_sort_as_a_reader_expects():
    in_order = [
        "۹ مگاوات",
        "9 V battery",
        "۱۶ مگاوات",
        "آب",
        "ابزار",
        "پلی اتیلن",
        "پلی‌پروپیلن",
        "پلیمر",
        "پمپ",
        "تسمه",
        "چدن",
        "ژنراتور",
        "کاتالیست",
        "گیربکس",
        "لوله",
        "یخچال",
        "Gas turbine",
        "Gasket",
        "Zinc",
    ]
    keys = [sort_key(name) for name in in_order]
    assert keys == sorted(keys)
