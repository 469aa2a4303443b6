"""No text of a CSV file runs in a spreadsheet, and every text can be had back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.open_data.exports.csv_file import safe, unescaped

SIGNS = "=+-@\t\r\n＝＋－＠"
RUNS = {
    "=1+1": "'=1+1",
    "+98 21": "'+98 21",
    "-1": "'-1",
    "@SUM(1)": "'@SUM(1)",
    "\t=1": "'\t'=1",
    "\tname": "'\tname",
    "\r=1": "'\r'=1",
    " =1": "' =1",
    "'=1": "''=1",
    "＝1": "'＝1",
    "a;=cmd|'/C calc'!A0": "a;'=cmd|'/C calc'!A0",
    "a; -1;b": "a;' -1;b",
    "a\r\n=1": "a\r\n'=1",
}
STANDS = ["", "pump", "a=b", "5-6", "x@y", "پمپ", "'", "'a", "a; b", "“=”", "841370", "a\r\nb\n c"]


@pytest.mark.parametrize("text", RUNS)
def test_what_would_run_gets_an_apostrophe_where_it_would_begin(text):
    assert safe(text) == RUNS[text]


@pytest.mark.parametrize("text", STANDS)
def test_what_would_not_run_stands_as_it_is(text):
    assert safe(text) == text


@given(st.text(st.sampled_from([*SIGNS, "'", ";", " ", "a", "ب"]), max_size=12))
def test_every_text_comes_back(text):
    assert unescaped(safe(text)) == text
