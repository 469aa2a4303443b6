"""The Persian of messages and data files: words of docs/glossary.md, letters, half-spaces, quotes."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MESSAGES = ROOT / "catalog/locale/fa/LC_MESSAGES/django.po"
DATA = sorted((ROOT / "catalog/seed/data").glob("*/*.csv"))
PERSIAN = re.compile("[\u0600-\u06ff]")


def unquoted(text):
    return re.sub(r'\\(["\\n])', lambda m: {"n": "\n"}.get(m[1], m[1]), text)


@cache
def messages():
    """{msgid: [its translations]} of the message file, read without gettext's tools."""
    found, entry, field = {}, {}, ""
    for line in [*MESSAGES.read_text(encoding="utf-8").splitlines(), ""]:
        if not line:
            texts = [text for name, text in entry.items() if name.startswith("msgstr")]
            found.setdefault(entry.get("msgid", ""), []).extend(texts)
            entry = {}
        elif line.startswith("msg"):
            field = line.split(" ", 1)[0]
        if quoted := re.search('"(.*)"', line):
            entry[field] = entry.get(field, "") + unquoted(quoted[1])
    found.pop("", None)
    return found


@cache
def persian_texts():
    """(where it stands, the text) of everything Persian that a reader is shown; what people type is not."""
    found = [(msgid, text) for msgid, texts in messages().items() for text in texts]
    for path in DATA:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                found += [
                    (f"{path.name}:{number}", text)
                    for name, text in row.items()
                    if (name or "").endswith("_fa")
                ]
    return [(where, text) for where, text in found if text and PERSIAN.search(text)]


def glossary():
    rows = [
        line
        for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
        if line[:2] == "| "
    ]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


ENDINGS = "ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان|ای|ام|ات|اش|مان|تان|شان|اند"


def whole(word):
    """The word by itself or with an ending: not a part of another one, with or without a half-space."""
    return re.compile(rf"(?<![\w\u200c]){re.escape(word)}(?:\u200c(?:{ENDINGS}))?(?![\w\u200c])")


@pytest.mark.parametrize(
    "text", ["پرونده", "پروندهٔ بزرگ", "پرونده‌ها را", "پرونده‌های دیگر", "پرونده‌ای", "پرونده‌اش"]
)
def test_a_replaced_word_is_seen_with_its_endings(text):
    assert whole("پرونده").search(text)
    assert not whole("پرونده").search("پرونده‌سازی")


def test_the_glossary_has_its_concepts_and_the_texts_are_read():
    assert len(glossary()) >= 45
    assert len(messages()) > 1500
    assert len(persian_texts()) > 3000


@pytest.mark.parametrize(("english", "persian"), [row[:2] for row in glossary() if row[0].startswith("`")])
def test_a_message_of_the_glossary_has_its_word(english, persian):
    translations = messages()[english.strip("`")]
    assert any(persian in text for text in translations), translations


def test_the_words_that_the_glossary_replaces_occur_nowhere():
    replaced = [whole(word) for row in glossary() for word in row[2].split("، ") if word]
    found = [
        (where, pattern.search(text)[0])
        for where, text in persian_texts()
        for pattern in replaced
        if pattern.search(text)
    ]
    assert found == []


FAULTS = {
    "Arabic letters ي ك ة": "[\u064a\u0643\u0629]",
    "Arabic digits": "[\u0660-\u0669]",
    "a half-space beside a space, a sign or another one": (
        "\u200c[\\s.،؛:!؟)»\u200c]|[\\s(«]\u200c|\u200c$|^\u200c"
    ),
    "می or نمی apart from its verb": (
        r"(?<![\w\u200c])ن?می (?=[\u0621-\u06cc]+(?:د|م|یم|ید|ند)(?![\w\u200c]))"
    ),
    "ها apart from its noun": r"[\u0621-\u06cc] ها(ی|یی)?(?![\w\u200c])",
    "a Latin comma or question mark": r"[\u0621-\u06cc](,|\?|;)(\s|$)",
    "a space before a comma or full stop": r"[\u0621-\u06cc] [،.؛](\s|$)",
    "a Gregorian year that does not say so": "(?<![۰-۹٬٫/])(?:۱۹[۵-۹]|۲۰[۰-۴])[۰-۹](?![۰-۹٬٫])(?! میلادی)",
    "two spaces": "[\u0621-\u06cc،.]  +[\u0621-\u06cc]",
    "a percent sign after its number": "[۰-۹]\u066a",
    "a straight quotation mark around words": '(?<![=\\w])"[\u0621-\u06cc]|[\u0621-\u06cc]"',
    "a Latin digit beside a Persian letter": "[\u0621-\u06cc] ?[0-9]+ [\u0621-\u06cc]",
}


def plain(text):
    """A text as it reads: without tags, with X for a run in Latin letters and for what is put in."""
    return re.sub(r"%\(\w+\)s|\{\w*\}", "X", re.sub("<[^>]*>", "", re.sub(r"<bdi.*?</bdi>", "X", text)))


@pytest.mark.parametrize("fault", FAULTS)
def test_persian_is_written_as_an_editor_writes_it(fault):
    pattern = re.compile(FAULTS[fault])
    assert [(where, text) for where, text in persian_texts() if pattern.search(plain(text))] == []


def test_the_same_two_words_have_their_hamza_everywhere_or_nowhere():
    """The ezafe of a silent ه is written: کارخانهٔ سیمان, never کارخانه سیمان beside it."""
    pair = re.compile(r"(?<![\w\u200c])(?=([\w\u200c]+ه)(ٔ?) ([\u0621-\u06cc][\w\u200c]*))")
    found = [(where, *match.groups()) for where, text in persian_texts() for match in pair.finditer(text)]
    with_hamza = {(word, following) for _, word, hamza, following in found if hamza}
    assert [one for one in found if not one[2] and (one[1], one[3]) in with_hamza] == []


VERBS = "ن?می\u200c|(?:کار|افزوده|راه\u200cاندازی) (?:می\u200c|شد)|(?:شد|است)(?!\\w)"
NOT_AFTER_HAMZA = rf"هٔ (?:{VERBS}|(?:را|و|به|از|که|دربارهٔ)(?!\w))"


def test_no_hamza_stands_before_a_verb():
    assert [text for _, text in persian_texts() if re.search(NOT_AFTER_HAMZA, text)] == []


def test_every_source_has_a_persian_name():
    with (ROOT / "catalog/seed/data/facts/sources.csv").open(encoding="utf-8", newline="") as file:
        assert [row["key"] for row in csv.DictReader(file) if not row["publisher_fa"]] == []


def test_no_arabic_letter_and_no_replaced_word_stands_in_a_template_or_module():
    paths = [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "catalog").rglob("*.py"),
        *(ROOT / "portal").rglob("*.py"),
    ]
    folding = {"fold.py", "fold_positions.py", "keyboard.py", "cleaning.py"}  # these read what people type
    found = [
        str(path)
        for path in paths
        if path.name not in folding and re.search("[\u064a\u0643]", path.read_text(encoding="utf-8"))
    ]
    assert found == []
