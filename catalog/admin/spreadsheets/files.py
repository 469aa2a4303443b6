"""Reading CSV files and workbooks of people one does not know: what is dangerous or endless is refused."""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from catalog.formats.numerals import number
from catalog.open_data.exports.csv_file import unescaped

MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 40 * 2**20
MOST_PARTS = 300
HIGHEST_RATIO = 60
"""How many times smaller a workbook may be than what is in it; usual ones are 5 to 20 times."""
LOOKED_AT = 2**20
"""Bytes of contents below which the ratio says nothing."""
MOST_ROWS = 5000
MOST_COLUMNS = 100
LONGEST_CELL = 32_767
DELIMITERS = ",;\t"
USUAL_COLUMNS = 40
"""Cells of a row, on average, above which reading a workbook takes too long."""
PIECE = 2**18
ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
CELL = re.compile(rb"<(?:\w+:)?(?:c|si)[\s/>]")
TOO_MUCH = gettext_lazy("The workbook holds far more than its size says: copy its rows into a new one.")


class RefusedError(Exception):
    """A file that is not read, with the reason for staff."""


class SheetTable(NamedTuple):
    """A sheet of a file: its title, and its rows as (number, texts), empty ones left out."""

    title: str
    rows: Iterable


def read(file, name, most_rows=MOST_ROWS):
    """The SheetTables of an uploaded file, as a list; raises RefusedError."""
    if file.size > MOST_BYTES:
        most = number(MOST_BYTES // 2**20, get_language())
        raise RefusedError(_("The file has more than %(most)s MB: divide it.") % {"most": most})
    kind = name.lower().rpartition(".")[2]
    if kind == "csv":
        return [SheetTable("", list(_csv_rows(file.read(), most_rows)))]
    if kind == "xlsx":
        return _workbook(file, most_rows)
    if kind in ("xlsm", "xlsb", "xltm"):
        raise RefusedError(_("The workbook may hold macros: save it as XLSX without them."))
    raise RefusedError(_("Only CSV and XLSX files are read: save it as one of these."))


def _too_many(most_rows):
    most = number(most_rows, get_language())
    return RefusedError(
        _("A sheet has more than %(most)s rows, empty ones included: delete those below, or divide the file.")
        % {"most": most}
    )


# --- CSV


def _csv_rows(data, most_rows):
    if data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0" or (b"\0" in data and data[:2] not in UTF_16):
        raise RefusedError(
            _("The file says that it is CSV and is something else: save it again as CSV or XLSX.")
        )
    try:
        text = data.decode("utf-16" if data[:2] in UTF_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(_("The CSV file is not in UTF-8: save it as “CSV UTF-8”, or as XLSX.")) from None
    first = text[:10_000].partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(LONGEST_CELL * 4)
    try:
        for line, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            if line > most_rows + 1:
                raise _too_many(most_rows)
            texts = [unescaped(cell) for cell in cells[:MOST_COLUMNS]]
            if any(texts):
                yield line, texts
    except csv.Error:
        raise RefusedError(_("The CSV file cannot be read: save it as XLSX.")) from None


UTF_16 = (b"\xff\xfe", b"\xfe\xff")


# --- workbooks


def _workbook(file, most_rows):
    _check_archive(file, most_rows)
    try:
        file.seek(0)
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return [
            SheetTable(sheet.title, list(_sheet_rows(sheet, most_rows)))
            for sheet in workbook.worksheets[:10]
            if sheet.sheet_state == "visible"
        ]
    except DefusedXmlException:
        raise RefusedError(_("The workbook holds XML entities, which spreadsheets never need.")) from None
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError):
        raise _not_a_workbook() from None
    except (zipfile.BadZipFile, ParseError, NotImplementedError, RuntimeError, OSError):
        raise _not_a_workbook() from None


def _not_a_workbook():
    return RefusedError(_("This is no XLSX workbook, or it is damaged: save it again as XLSX."))


def _sheet_rows(sheet, most_rows):
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(max_row=most_rows + 2, max_col=MOST_COLUMNS), start=1):
        if line > most_rows + 1:
            raise _too_many(most_rows)
        texts = [_text(cell.value) for cell in row]
        if any(texts):
            yield line, texts


def _text(value):
    """A cell as the text that somebody would type."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)[:LONGEST_CELL]


def _check_archive(file, most_rows):
    """Refuse what would take much memory or time, or brings what no table needs, before anything is read."""
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_size(parts)
            names = [part.filename.lower() for part in parts]
            _check_names(names)
            _check_contents(archive, parts, most_rows)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise _not_a_workbook() from None


def _check_size(parts):
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    swells = unpacked > LOOKED_AT and unpacked > HIGHEST_RATIO * max(packed, 1)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swells:
        raise RefusedError(TOO_MUCH)


def _check_names(names):
    if any("vbaproject" in name or (name.endswith(".bin") and "vba" in name) for name in names):
        raise RefusedError(_("The workbook holds macros: save it as XLSX without them."))
    if any("externallink" in name for name in names):
        raise RefusedError(_("The workbook refers to other files: paste its cells as values."))


def _check_contents(archive, parts, most_rows):
    """Look through all parts as bytes, which takes no memory: a parser would hold what it meets."""
    for part in parts:
        name = part.filename.lower()
        rows = cells = 0
        with archive.open(part) as stream:
            for piece in _pieces(stream):
                if ENTITIES.search(piece):
                    raise RefusedError(_("The workbook holds XML entities, which spreadsheets never need."))
                if name == "[content_types].xml" and b"macroenabled" in piece.lower():
                    raise RefusedError(_("The workbook holds macros: save it as XLSX without them."))
                rows += len(ROW.findall(piece))
                cells += len(CELL.findall(piece))
                if rows > most_rows + 1:
                    raise _too_many(most_rows)
                if cells > most_rows * USUAL_COLUMNS:
                    raise RefusedError(TOO_MUCH)


def _pieces(stream):
    """The bytes of a part, piece by piece; a tag at the seam stands whole in the later one."""
    first = stream.read(PIECE)
    if first[:2] in (*UTF_16, b"<\0", b"\0<"):  # no spreadsheet program writes it so; see ENTITIES
        raise _not_a_workbook()
    rest = b""
    piece = first
    while piece:
        end = piece.rfind(b"<") if len(piece) == PIECE else len(piece)
        end = end if end > 0 else len(piece)
        yield rest + piece[:end]
        rest, piece = piece[end:], stream.read(PIECE)
    yield rest
