"""Files of people one does not know: what is dangerous or endless is refused before it is read."""

import tracemalloc
import zipfile
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.admin.spreadsheets import files

SHEET = "xl/worksheets/sheet1.xml"
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"
LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a0 "lol">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)


def workbook(**parts):
    """An XLSX file, with these parts (sheet, extra) in it."""
    plain = BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["product", "year"])
    book.active.append(["slurry-pump", 1403])
    book.save(plain)
    target = BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            kept = source.read(part)
            archive.writestr(part.filename, parts.get("sheet", kept) if part.filename == SHEET else kept)
        for name, content in parts.get("extra", {}).items():
            archive.writestr(name, content)
    return target.getvalue()


def rows(count, start=1):
    return OPEN + b"".join(b'<row r="%d"/>' % n for n in range(start, start + count)) + CLOSE


HOSTILE = {
    "an archive that inflates": lambda: workbook(extra={"xl/media/x.bin": bytes(20 * 2**20)}),
    "nested entities": lambda: workbook(sheet=LAUGHS + OPEN + b"&a9;" + CLOSE),
    "nested entities after a long comment": lambda: workbook(
        sheet=b"<!--" + b"x" * 600_000 + b"-->" + LAUGHS + OPEN + b"&a9;" + CLOSE
    ),
    "entities in UTF-16": lambda: workbook(sheet=(LAUGHS + OPEN + CLOSE).decode().encode("utf-16")),
    "many empty rows": lambda: workbook(sheet=rows(20_000)),
    "a million empty rows": lambda: workbook(sheet=rows(1_000_000)),
    "a row at the end of the sheet": lambda: workbook(sheet=rows(1, start=1_048_576)),
    "many cells": lambda: workbook(sheet=OPEN + b"<row>" + b"<c/>" * 250_000 + b"</row>" + CLOSE),
    "macros": lambda: workbook(extra={"xl/vbaProject.bin": b"x"}),
    "links to other files": lambda: workbook(extra={"xl/externalLinks/externalLink1.xml": b"<x/>"}),
    "no archive": lambda: b"product,year\n",
    "half an archive": lambda: workbook()[:900],
}


def read(data, name="file.xlsx"):
    return files.read(SimpleUploadedFile(name, data), name)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_in_100_mib(kind):
    data = HOSTILE[kind]()
    tracemalloc.start()
    with pytest.raises(files.RefusedError):
        read(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100 * 2**20


@pytest.mark.parametrize("name", ["file.xlsm", "file.xls", "file.csv", "file", "file.exe"])
def test_a_wrong_extension_is_refused(name):
    with pytest.raises(files.RefusedError):
        read(workbook(), name)


def test_a_large_file_is_refused_unread():
    class Large:
        size = 50 * 2**20

        def read(self):
            raise AssertionError

    with pytest.raises(files.RefusedError):
        files.read(Large(), "file.csv")


def test_a_csv_file_of_endless_rows_is_refused():
    with pytest.raises(files.RefusedError):
        read(b"product,year\n" + b",\n" * 10_000, "file.csv")


def test_a_workbook_is_read():
    rows = [(line, [text for text in texts if text]) for line, texts in read(workbook())[0].rows]
    assert rows == [(1, ["product", "year"]), (2, ["slurry-pump", "1403"])]


@pytest.mark.parametrize(
    "data",
    ["product;year\nپمپ;1403\n".encode(), "product\tyear\nپمپ\t1403\n".encode("utf-16")],
)
def test_a_csv_file_is_read_whatever_parts_its_cells(data):
    assert list(read(data, "file.csv")[0].rows)[1] == (2, ["پمپ", "1403"])


def test_a_csv_file_in_another_encoding_is_refused():
    with pytest.raises(files.RefusedError):
        read("پمپ".encode("windows-1256"), "file.csv")
