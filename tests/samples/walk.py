"""Reads the public site, and compares two readings of it."""

import csv
import io
import tempfile
from pathlib import Path

import openpyxl
from django.core.management import call_command
from django.test import override_settings
from django.utils import translation

from catalog.nouns import listed_nouns, nouns
from catalog.open_data.exports.xlsx_file import CONTENT_TYPE as WORKBOOK

from .unmarked import marked_on_page, of_answer

LANGUAGES = ("en", "fa")
EVERY = {"product": 9, "company": 8, "contract": 7, "unit": 12, "desk": 2, "indicator": 6, "sector": 4}
"""Of the pages of a kind of record one in so many is read: they are made alike."""

PLACES = (
    *("", "products/", "sectors/", "companies/", "desks/", "contracts/", "units/", "programme/", "data/"),
    *("financing/", "about/", "accessibility/", "products/?order=name&page=2", "products/?companies=none"),
    *("how-to/", "news/", "compare/?p=turbocharger&p=slurry-pump"),
    *("products/?sector=petrochemicals", "products/?q=pump", "products/?origin=sample", "companies/?page=2"),
    *("contracts/?kind=memorandum", "contracts/?page=2", "units/?page=2", "desks/?state=held"),
    *("desks/calendar.ics", "products/suggest/?q=pump", "products/suggest/?q=ta"),
)
ROOT = ("/ocds/releases.json", "/ocds/records.json", "/sitemap.xml")


def addresses(language):
    """What is read in a language."""
    yield from (f"/{language}/{place}" for place in PLACES)
    with translation.override(language):
        for noun in nouns("page"):
            rows = noun.rows().order_by("pk")[:: EVERY.get(noun.stem, 5)]
            yield from (row.get_absolute_url() for row in rows)
    for noun in listed_nouns("export"):
        yield from (f"/{language}/{noun.path}/export.{suffix}" for suffix in ("csv", "json"))
    yield from (f"/{language}/{noun.path}/feed.atom" for noun in listed_nouns("feed"))
    if language == "en":
        yield from ROOT
        yield from (f"/api/v1/{noun.path}/?page_size=100" for noun in nouns("api"))
        yield from (f"/en/{noun.path}/export.xlsx" for noun in listed_nouns("export"))


def answers(client, places):
    """{address: (content type, text)} of these addresses; a workbook's text is that of its rows as CSV."""
    found = {}
    for place in places:
        response = client.get(place)
        assert response.status_code == 200, place
        body = b"".join(response) if response.streaming else response.content
        kind = response.headers["Content-Type"].partition(";")[0]
        found[place] = ("text/csv", rows_of(body)) if kind == WORKBOOK else (kind, body.decode())
    return found


def bulk_files(client):
    """The same of the bulk files, which hold both languages. They are written for this and gone afterwards:
    the open data page would tell their lengths."""
    places = [f"/en/data/{noun.name}.{suffix}" for noun in nouns("bulk") for suffix in ("csv", "jsonl")]
    with tempfile.TemporaryDirectory() as folder, override_settings(BULK_ROOT=Path(folder)):
        call_command("write_bulk", stdout=io.StringIO())
        return answers(client, places)


def rows_of(workbook):
    """The first sheet of a workbook as CSV."""
    text = io.StringIO()
    sheet = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True).worksheets[0]
    rows = ([str(cell) if isinstance(cell, bool) else cell for cell in row] for row in sheet.values)
    csv.writer(text).writerows(rows)
    return text.getvalue()


def unmarked(found):
    """{address: its texts without a mark} of such answers."""
    return {place: of_answer(kind, text) for place, (kind, text) in found.items()}


def marked(found):
    """{address: its texts under marks} of those that are pages."""
    return {place: marked_on_page(text) for place, (kind, text) in found.items() if kind == "text/html"}


def differences(before, after):
    """Lines that say what stands in only one of two readings."""
    for place, texts in before.items():
        lost, new = texts - after[place], after[place] - texts
        if lost or new:
            yield f"{place}: {sorted(lost)[:12]} became {sorted(new)[:12]}"
