"""How a text is read before it is looked for: codes, spelled letters, the other keyboard, sounds."""

import pytest

from catalog.search.codes import code_digits, typed_code
from catalog.search.keyboard import on_other_layout
from catalog.search.sounds import sound
from catalog.search.spelled import joined_letters


@pytest.mark.parametrize(
    "text",
    ["8421", "hs8421", "HS 8421", "HS8421", "84-21", "84.21", "۸۴۲۱", "hs۸۴-۲۱", "اچ اس ۸۴۲۱", "کد ٨٤٢١"],
)
def test_a_heading_is_read_however_it_is_written(text):
    assert code_digits(text) == typed_code(text) == "8421"


@pytest.mark.parametrize("text", ["84148090", "8414.80.90", "۸۴۱۴ ۸۰ ۹۰", "HS 8414-80-90", "کد ۸۴۱۴/۸۰/۹۰"])
def test_so_is_a_national_tariff(text):
    assert code_digits(text) == typed_code(text) == "84148090"


@pytest.mark.parametrize("text", ["25", "N95", "polyamide 66", "", "hs", "25 mw 8413", "1 2 3 4"])
def test_what_is_no_code_is_none(text):
    assert code_digits(text) == ""


@pytest.mark.parametrize(
    ("text", "words", "latin"),
    [
        ("ال ای دی", ["الایدی"], "led"),
        ("چراغ ال‌ای‌دی", ["چراغ", "الایدی"], "led"),
        ("ام آر آی", ["امارای"], "mri"),
        ("سی تی اسکن", ["سیتی", "اسکن"], "ct"),
        ("آی سی یو", ["ایسییو"], "icu"),
        ("پمپ سی", ["پمپ", "سی"], None),  # one letter is a word
    ],
)
def test_letters_that_are_spelled_side_by_side_are_one_word(text, words, latin):
    found, acronyms = joined_letters(text, 12)
    assert found == words
    assert (latin in acronyms[words[-1] if words[-1] in acronyms else words[0]]) if latin else acronyms == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\\l\\", "پمپ"),
        ("j,vfdk", "توربین"),
        (";lmvs,v", "کمپرسور"),
        ("حعپح", "pump"),
        ("pu", ""),
        ("پمپ 25", ""),
        ("a\u200cb", ""),
    ],
)
def test_keys_of_the_other_layout(typed, meant):
    assert on_other_layout(typed) == meant


@pytest.mark.parametrize(
    "words",
    [("kompresor", "compressor", "کمپرسور"), ("torbin", "turbine", "توربین"), ("lastik", "لاستیک")],
)
def test_words_that_sound_alike_in_either_script(words):
    assert len({sound(word) for word in words}) == 1
    assert sound(words[0])


@pytest.mark.parametrize("word", ["lager", "relay", "پمپ", "motor", "шина", ""])
def test_a_short_word_has_no_sound_of_its_own(word):
    assert sound(word) == ""
