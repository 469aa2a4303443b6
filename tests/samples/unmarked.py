"""What an answer of the site says without the mark of samples, and what a page says under one, as Counters.

A mark speaks for the block it stands in: its cell, item or paragraph; in a table, for a row in its head, for
a column in the column's head, for all of it in the caption; for a figure in its caption, for a section in
the section's head, for what is around a note (`sample-note`), for a part of a line (`marked-part`), and for a
whole page in the note at its top (`sample-page`). What is no sample inside of that has a mark of its own
(`badge-real`) and is read again.
"""

import csv
import io
import json
import re
from collections import Counter

from tests.snapshot import dom

BLOCKS = {"li", "p", "dd", "dt", "td", "th", "caption", "figcaption", "article", "legend", "summary"}
HEADS = {"h1", "h2", "h3", "h4", "h5", "h6"}
NOTES = {"section-head", "sample-note", "marked-part"}
SPOKEN = ("title", "aria-label", "alt", "content", "placeholder", "data-label")
PREFIX = re.compile(r"^(Sample|نمونه): ")
"""The mark where there is room for text alone: in choices."""


def of_page(html):
    """The unmarked texts of an HTML page."""
    return Counter(text for text, marked in Page(dom.tree(html)).texts() if not marked)


def marked_on_page(html):
    """The texts that are marked as samples."""
    return Counter(text for text, marked in Page(dom.tree(html)).texts() if marked)


class Page:
    def __init__(self, root):
        self.root, self.parents = root, {}
        self.find_parents(root)
        every = [self.element(key) for key in self.parents]
        self.every = [root, *every]
        self.samples = self.scopes("badge-sample")
        self.real = self.scopes("badge-real")

    def find_parents(self, element):
        for child in element.children:
            if not isinstance(child, str):
                self.parents[id(child)] = (element, child)
                self.find_parents(child)

    def element(self, key):
        return self.parents[key][1]

    def parent(self, element):
        return self.parents[id(element)][0]

    def scopes(self, mark):
        """The ids of the elements for which marks of this class speak."""
        found = set()
        for element in self.every:
            if mark in classes(element) and not self.inside(element, "sample-banner"):
                found |= {id(one) for one in self.scope(element)}
        return found

    def inside(self, element, name):
        while element is not self.root:
            element = self.parent(element)
            if name in classes(element):
                return True
        return False

    def scope(self, mark):
        element = self.parent(mark)
        while element.tag not in BLOCKS | HEADS and not NOTES & classes(element):
            element = self.parent(element)
        if "sample-page" in classes(element):
            return [self.root]
        if element.tag == "th":
            return self.scope_of_head(element)
        return [self.spoken_for(element)]

    def spoken_for(self, element):
        """The element for which a mark speaks that stands in the block `element`, no head of a table."""
        if element.tag in HEADS and self.parent(element).tag == "figcaption":
            element = self.parent(element)
        if element.tag in ("caption", "figcaption"):
            return self.ancestor(element, {"caption": "table", "figcaption": "figure"}[element.tag])
        if "marked-part" in classes(element):
            return element
        if "sample-note" in classes(element) and "section-head" in classes(self.parent(element)):
            return self.parent(self.parent(element))
        heading = element.tag in {"dt", "legend"} | HEADS - {"h1"}
        return self.parent(element) if heading or NOTES & classes(element) else element

    def scope_of_head(self, head):
        row = self.parent(head)
        if self.parent(row).tag != "thead":
            return [row]
        place = cells(row).index(head)
        table = self.ancestor(head, "table")
        rows = [one for one in self.every if one.tag == "tr" and self.ancestor(one, "table") is table]
        return [cells(one)[place] for one in rows if len(cells(one)) > place]

    def ancestor(self, element, tag):
        while element.tag != tag and element is not self.root:
            element = self.parent(element)
        return element

    def texts(self, element=None, marked=False):
        """Yield (text, whether a mark speaks for it)."""
        element = element or self.root
        marked = (marked or id(element) in self.samples) and id(element) not in self.real
        values = dict(element.attributes)
        yield from ((values[name], marked) for name in SPOKEN if values.get(name))
        for child in element.children:
            if not isinstance(child, str):
                yield from self.texts(child, marked)
            elif child.strip() and element.tag != "style":
                text = " ".join(child.split())
                yield text, marked or bool(PREFIX.match(text))


def classes(element):
    return set((dict(element.attributes).get("class") or "").split())


def cells(row):
    return [one for one in row.children if not isinstance(one, str) and one.tag in ("td", "th")]


# A column that marks others of its row, and the columns it speaks for.
MARKED_BY = {
    "stage_sample": ("stage",),
    "stage_is_sample": ("stage",),
    "import_is_sample": ("import_usd", "import_year"),
    "makers_sample": ("makers",),
    "buyers_sample": ("buyers",),
    "promise_sample": ("commitment", "promised_year", "promised_quantity"),
    "import_origin": ("import_usd", "import_year", "import_quantity"),
}
UNSAID = ("next", "previous", "message")
"""Addresses of other pages of an answer, and the number of suggestions."""

YES = (True, "TRUE", "True", "true", "sample", "Sample", "نمونه")


def of_row(row):
    """The values of a dict of an export, an API answer or a bulk file, as "name: value"; {} for a sample."""
    if row.get("sample") in YES or row.get("origin") in YES:
        return
    covered = {name for mark, names in MARKED_BY.items() if row.get(mark) in YES for name in names}
    for name, value in row.items():
        if name not in covered:
            yield from of_value(name, value)


def of_value(name, value):
    if isinstance(value, dict):
        yield from of_row(value)
    elif isinstance(value, list):
        for one in value:
            yield from of_value(name, one)
    elif value not in (None, "") and name not in UNSAID:
        yield f"{name}: {value}"


def of_csv(text):
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    names = [name.rpartition("[")[2].removesuffix("]") for name in head]
    return Counter(said for row in rows for said in of_row(dict(zip(names, row, strict=True))))


def of_json(text):
    return Counter(of_value("", json.loads(text)))


def of_json_lines(text):
    return Counter(said for line in text.splitlines() for said in of_row(json.loads(line)))


def of_feed(xml):
    """Entries of samples begin with that word; of the facts below a title each sample has it after it."""
    found = Counter()
    for part in re.split(r"(?=<entry>)", xml):
        if not re.search(r"<title>(Sample|نمونه): ", part):
            facts = re.split(r" · |\. |>|<", part)
            found.update(fact for fact in facts if not re.search(r"\((sample|نمونه)\)", fact))
    return found


def of_calendar(text):
    parts = re.split(r"(?=BEGIN:VEVENT)", text)
    kept = [part for part in parts if not re.search(r"SUMMARY[^:]*:(Sample|نمونه): ", part)]
    return Counter(line for part in kept for line in part.splitlines())


def of_answer(kind, text):
    """The unmarked texts of an answer of this content type."""
    readers = {
        "text/html": of_page,
        "text/csv": of_csv,
        "application/json": of_json,
        "application/atom+xml": of_feed,
        "text/calendar": of_calendar,
        "application/jsonl": of_json_lines,
    }
    return readers.get(kind, lambda text: Counter(text.splitlines()))(text)
