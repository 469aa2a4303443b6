"""An ExportTable as an Excel workbook: the rows on the first sheet, what they are and mean on the second.

Texts are written as texts: none becomes a formula or a link, whatever it begins with. A table of one batch is
made in memory; a longer one is written to files row by row, so that memory stays constant.
"""

import tempfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import chain, islice
from pathlib import Path

import xlsxwriter
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from catalog.formats.language import rendering

from .columns import EXPORT_BATCH, LIST_SEPARATOR, ColumnKind, printers

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_ROWS = 1_000_000  # Excel has room for 1,048,576 lines
LONGEST_CELL_TEXT = 32_767  # characters in a cell
LARGEST_NUMBER = 999_999_999_999_999  # Excel keeps fifteen digits
COLUMN_WIDTHS = {
    ColumnKind.TEXT: 24,
    ColumnKind.TEXTS: 24,
    ColumnKind.CODE: 18,
    ColumnKind.CODES: 24,
    ColumnKind.NUMBER: 16,
}  # in digits
NARROW = 12
FORMULA = tuple("=+-@\t\r\n'")


def opened_workbook(table):
    """The workbook as an open file; nothing else holds it, and it is gone when it is closed."""
    rest = iter(table.batches)
    first = list(islice(rest, 1))
    table = replace(table, batches=chain(first, rest))
    if not first or len(first[0]) < EXPORT_BATCH:
        target = BytesIO()
        write_workbook(table, target, {"in_memory": True})
        target.seek(0)
        return target
    with tempfile.TemporaryDirectory(prefix="portal-export-") as directory:
        path = Path(directory) / "export.xlsx"
        write_workbook(table, path, {"constant_memory": True, "tmpdir": directory})
        return path.open("rb")


def write_workbook(table, target, options):
    """Write the workbook to `target`, a path or a file, in the way of these options of xlsxwriter."""
    with override(table.language), rendering(), xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"title": table.title, "comments": table.page, "created": table.day})
        pen = Pen(workbook)
        _rows(workbook, pen, table)
        _about(workbook, pen, table)


class Pen:
    """Writes one value into one cell, in the form of its kind."""

    def __init__(self, workbook):
        self.heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        # A name for programs is Latin; it must not turn a Persian heading around.
        self.heading.set_reading_order(2 if get_language_bidi() else 1)
        self.formats = {
            ColumnKind.NUMBER: workbook.add_format({"num_format": "#,##0"}),
            ColumnKind.EITHER_YEAR: workbook.add_format({"num_format": "0"}),
            ColumnKind.YEAR: workbook.add_format({"num_format": "0"}),
            ColumnKind.DATE: workbook.add_format({"num_format": "yyyy-mm-dd"}),
        }
        # Marks the cell as text, so that it stays one when somebody edits it.
        self.literal = workbook.add_format({"quote_prefix": True})

    def write(self, sheet, line, number, value, kind):
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(line, number, value)
        elif isinstance(value, int) and value <= LARGEST_NUMBER:
            sheet.write_number(line, number, value, self.formats[kind])
        elif isinstance(value, date):
            sheet.write_datetime(line, number, value, self.formats[kind])
        else:
            self.text(sheet, line, number, str(value))

    def text(self, sheet, line, number, text):
        text = text.replace("\r\n", "\n")  # as lines end inside a cell; a browser's form sends the other
        if len(text) > LONGEST_CELL_TEXT:
            text = f"{text[: LONGEST_CELL_TEXT - 1]}…"
        sheet.write_string(line, number, text, self.literal if text.startswith(FORMULA) else None)


def _rows(workbook, pen, table):
    values = printers(table.columns)
    kinds = [column.kind for column in table.columns]
    sheet, line = None, SHEET_ROWS
    for batch in table.batches:
        for row in batch:
            if line == SHEET_ROWS:
                sheet, line = _sheet(workbook, pen, table), 0
            line += 1
            for number, (value, kind) in enumerate(zip(values, kinds, strict=True)):
                pen.write(sheet, line, number, value(row), kind)
    if sheet is None:
        sheet, line = _sheet(workbook, pen, table), 0
    sheet.autofilter(0, 0, line, len(kinds) - 1)


def _sheet(workbook, pen, table):
    """The next sheet for rows, with its headings: Excel's sheets are full at a million lines."""
    count = len(workbook.worksheets()) + 1
    sheet = workbook.add_worksheet(table.title if count == 1 else f"{table.title} {count}")
    if get_language_bidi():
        sheet.right_to_left()
    sheet.freeze_panes(1, 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # HS codes: texts, and not by mistake
    sheet.set_row(0, 48)  # points: three lines of a heading
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, COLUMN_WIDTHS.get(column.kind, NARROW))
        sheet.write_string(0, number, column.heading, pen.heading)
    return sheet


def _about(workbook, pen, table):
    """The second sheet: where the rows are from, and a line on each column."""
    sheet = workbook.add_worksheet(_("About this file"))
    if get_language_bidi():
        sheet.right_to_left()
    sheet.set_column(0, 2, 28)
    sheet.set_column(3, 3, 80)
    facts = [
        (_("Public address"), table.page),
        (_("Day"), table.day),
        (_("Chosen"), LIST_SEPARATOR.join(table.chosen)),
        *((_("Note"), notice) for notice in table.notices),
    ]
    for line, (label, value) in enumerate(facts):
        sheet.write_string(line, 0, label, pen.heading)
        pen.write(sheet, line, 1, value, ColumnKind.DATE)
    kinds = {kind: str(kind.label) for kind in {column.kind for column in table.columns}}
    headings = (_("Heading"), _("Name for programs"), _("Kind of value"), _("Values, with their codes"))
    for number, heading in enumerate(headings):
        sheet.write_string(len(facts) + 1, number, heading, pen.heading)
    for line, column in enumerate(table.columns, start=len(facts) + 2):
        values = LIST_SEPARATOR.join(f"{words} = {code}" for code, words in column.choices)
        for number, text in enumerate((column.label, column.name, kinds[column.kind], values)):
            pen.write(sheet, line, number, text, ColumnKind.TEXT)
