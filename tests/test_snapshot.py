"""The tool that compares saved pages: what it takes for the same page, and how it groups differences."""

import json
import re

import pytest
from django.http import HttpResponse

from tests.snapshot import addresses, comparing, dom, responses


def test_white_space_between_blocks_is_nothing():
    spread = "<div>\n  <p> One </p>\n\n  <ul>\n <li>a</li> <li> b\n</li></ul> </div>\n"
    assert dom.lines(spread) == dom.lines("<div><p>One</p><ul><li>a<li>b</ul></div>")


def test_white_space_within_a_line_is_one_space():
    assert dom.lines("<p>a\n  <b>x</b></p>") == dom.lines("<p>a <b>x</b></p>")
    assert dom.lines("<p>a <b> x </b> y</p>") == dom.lines("<p>a <b>x </b>y</p>")
    assert dom.lines("<p>a <b>x</b></p>") != dom.lines("<p>a<b>x</b></p>")
    assert dom.lines("<p><a>x</a> <a>y</a></p>") != dom.lines("<p><a>x</a><a>y</a></p>")


def test_white_space_beside_a_picture_is_seen_and_beside_a_script_is_not():
    assert dom.lines("<p><img> x</p>") != dom.lines("<p><img>x</p>")
    assert dom.lines("<p>x <script>1</script> y</p>") == dom.lines("<p>x <script>1</script>y</p>")


def test_a_no_break_space_is_no_white_space():
    assert dom.lines("<p>\u00a0x</p>") != dom.lines("<p>x</p>")


def test_attributes_have_no_order_and_classes_neither():
    one = dom.lines('<a class="b  a" href="/x" hidden>t</a>')
    assert one == dom.lines('<a hidden="" href="/x" class="a b">t</a>')
    assert one == ['<a class="a b" hidden="" href="/x">', ' "t"']


def test_the_digest_in_a_static_name_is_left_out():
    page = '<link href="/static/css/site.0123456789ab.css">'
    assert dom.lines(page) == ['<link href="/static/css/site.css">']


def test_comments_are_left_out_and_scripts_of_data_laid_out():
    assert dom.lines("<p>a<!-- b --></p>") == dom.lines("<p>a</p>")
    assert dom.lines('<script type="application/ld+json">{"b":1, "a":2}</script>')[1:] == [
        " {",
        '  "b": 1,',
        '  "a": 2',
        " }",
    ]


def test_text_in_pre_keeps_its_lines():
    assert dom.lines("<pre>a\n  b</pre>") == ["<pre>", ' "a"', ' "  b"']


def test_what_is_signed_with_the_time_is_only_told_to_be_there():
    assert dom.lines('<input name="_signature" value="eyJ1:1xXwu6:l">') == [
        '<input name="_signature" value="…">'
    ]


def test_faults_of_markup_are_told():
    assert any("unclosed" in line for line in dom.lines("<div><span>x</div>"))
    assert any("unopened" in line for line in dom.lines("<div>x</div></div>"))


def test_self_closing_elements_of_a_drawing_hold_nothing():
    assert dom.lines('<svg><path d="M0\n 1"/><g><rect/></g></svg>') == [
        "<svg>",
        ' <path d="M0 1">',
        " <g>",
        "  <rect>",
    ]


def test_headers_that_differ_at_every_run_are_only_told_to_be_there():
    varying = {"ETag": '"x"', "X-Request-ID": "213afcdba7628ff9"}
    response = HttpResponse(b'{"b": 1}', content_type="application/json", headers=varying)
    lines = responses.as_lines(response)
    assert lines[0] == "status: 200"
    assert {"etag: …", "x-request-id: …"} <= set(lines)
    assert lines[-3:] == ["{", ' "b": 1', "}"]


def test_addresses_are_chosen_by_their_beginning_after_the_language():
    page = addresses.Address("/fa/products/x/", "record")
    assert addresses.wanted(page.place, ["products"])
    assert not addresses.wanted(page.place, ["companies"])
    assert addresses.wanted(addresses.Address("/en/", "page").place, ["home"])
    assert addresses.wanted(addresses.Address("/en/?rate=market", "page").place, ["home"])
    assert not addresses.wanted(page.place, ["home"])


@pytest.mark.parametrize(
    ("prefix", "concerned"),
    [("prod", True), ("products", True), ("products/?q=", True), ("programme", False)],
)
def test_a_listing_is_read_only_where_its_addresses_may_be_wanted(prefix, concerned):
    assert addresses.concerned("products/", [prefix]) == concerned


def test_the_small_sample_is_the_same_whatever_is_asked_for(monkeypatch):
    every = [addresses.Address(f"/en/{letter}/{n}/", "kind") for n in range(40) for letter in "ab"]
    monkeypatch.setattr(addresses, "everything", lambda get, prefixes: every)
    whole = {one.key: one.quick for one in addresses.plan(None)}
    part = addresses.plan(None, ["b"])
    assert len(part) == 40
    assert all(whole[one.key] == one.quick for one in part)


def test_requests_that_differ_in_a_header_or_an_escape_have_keys_of_their_own():
    paths = ["/en/?q=a%20b", "/en/?q=a%2Bb", "/en/?q=a+b", "/en/?q=%00", "/en/?q=%D9%BE"]
    keys = {addresses.Address(path, "query").key for path in paths}
    keys.add(addresses.Address(paths[0], "query", (("HX-Request", "true"),)).key)
    assert len(keys) == 6


def test_choices_come_from_the_form_and_the_links():
    page = """<form><input type="checkbox" name="sector" value="a"><input type="radio" name="kind" value="">
    <select name="order"><option value="name">x</option></select></form><a href="?page=2">2</a>
    <a href="/en/units/?page=3#x">3</a><a href="/en/products/?q=1">p</a><a href="?a=1&amp;b=2">c</a>"""
    assert addresses.choices(page, "/en/units/") == [
        ("sector", "a"),
        ("order", "name"),
        ("page", "2"),
        ("page", "3"),
    ]


def hunks_of(old, new):
    return list(comparing.hunks(old.split(), new.split()))


def test_a_hunk_is_the_changed_lines_with_those_around():
    assert hunks_of("a b c d e f g h", "a b c d X f g h") == [(" c", " d", "-e", "+X", " f", " g")]
    assert len(hunks_of("1 b c d e f g h i 2", "3 b c d e f g h i 4")) == 2
    assert hunks_of("a b", "a b c") == [(" a", " b", "+c")]


def test_hunks_are_grouped_by_what_changed():
    pairs = [
        ("one", (" x", "-  <b>", "+  <i>")),
        ("two", (" y", "-    <b>", "+    <i>")),
        ("three", ('-"4"', '+"5"')),
        ("four", ('-"6"', '+"7"')),
    ]
    causes = comparing.grouped(pairs).values()
    assert sorted(sorted(cause.keys) for cause in causes) == [["four", "three"], ["one", "two"]]
    assert len(comparing.grouped(pairs, exact=True)) == 3


def write_save(folder, pages, **index):
    folder.mkdir()
    entries = []
    for number, (key, text) in enumerate(pages.items()):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        entries.append({"key": key, "file": f"{number}.txt", "quick": number == 0, "place": key})
    index = {"only": [], "quick": False, **index, "addresses": entries}
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")


def test_two_saves_are_compared(tmp_path, capsys):
    write_save(tmp_path / "a", {"x/": "one\n<b>\n", "y/": "two\n<b>\n", "z/": "same\n"})
    write_save(tmp_path / "b", {"x/": "one\n<i>\n", "y/": "two\n<i>\n", "w/": "same\n"})
    assert comparing.compare(tmp_path / "a", tmp_path / "b")
    output = capsys.readouterr().out
    assert "2 addresses compared, 2 differ." in output
    assert re.search(r"Missing: 1 addresses\s+z/", output)
    assert re.search(r"New: 1 addresses\s+w/", output)
    assert output.count("-<b>") == 1
    assert not comparing.compare(tmp_path / "a", tmp_path / "a")


def test_a_save_of_a_part_misses_nothing_else(tmp_path, capsys):
    write_save(tmp_path / "a", {"x/": "one", "y/": "two", "z/": "three"})
    write_save(tmp_path / "b", {"y/": "two"}, only=["y"])
    write_save(tmp_path / "c", {"x/": "one"}, quick=True)
    assert not comparing.compare(tmp_path / "a", tmp_path / "b")
    assert not comparing.compare(tmp_path / "a", tmp_path / "c")


def test_accepted_differences_have_a_reason(tmp_path, capsys):
    write_save(tmp_path / "a", {"x/": "<p a>\nold\nthe end"})
    write_save(tmp_path / "b", {"x/": "<p>\nthe end"})
    rules = tmp_path / "rules"
    rules.write_text("^old$\n", encoding="utf-8")
    with pytest.raises(comparing.RuleError, match="reason"):
        comparing.read_rules(rules)
    rules.write_text("# It said nothing.\n^old$\n<p a> => <p>\n", encoding="utf-8")
    options = comparing.Options(rules=tuple(comparing.read_rules(rules)))
    assert not comparing.compare(tmp_path / "a", tmp_path / "b", options)
    assert "Accepted on 1 lines: ^old$ (It said nothing.)" in capsys.readouterr().out


def test_spaces_at_the_ends_of_texts_can_be_left_out():
    old, new = dom.lines("<p><a>x</a> <b>y</b> z</p>"), dom.lines("<p><a>x</a><b>y</b>z</p>")
    assert list(comparing.without_spaces(old)) == list(comparing.without_spaces(new))
