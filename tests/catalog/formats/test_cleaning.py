"""Texts are taken in without what nobody sees, with Persian letters."""

import pytest

from catalog.formats.cleaning import clean_line, clean_text


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("كمپرسور يخچال", "کمپرسور یخچال"),
        ("موسى", "موسی"),
        ("پلی\u200cپروپیلن", "پلی\u200cپروپیلن"),
        ("ه\u200d.", "ه\u200d."),
        ("a\u202eb\u2066c\u200e\u200f\u061cd", "abcd"),
        ("\ufeffa\u200bb\u00adc\u2060d", "abcd"),
        ("a\x00\x07\x1b\x7f\x9fb", "ab"),
        ("a\ue000\uf8ff\U000f0000b", "ab"),
        ("a\ufffe\ud800b", "ab"),
        ("\U000e0041a", "a"),
        ("۱۲٬۳۴۵ – «گیومه» 5 µm", "۱۲٬۳۴۵ – «گیومه» 5 µm"),
        ("\u06dd\u0600", "\u06dd\u0600"),
    ],
)
def test_what_nobody_sees_goes_and_what_is_read_stays(given, taken):
    assert clean_text(given) == clean_line(given) == taken


def test_lines_stay_where_there_may_be_several():
    assert clean_text("a\r\nb\tc") == "a\r\nb\tc"
    assert clean_line("a\r\nb\tc") == "a  b c"
