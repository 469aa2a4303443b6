"""Writing spreadsheets: templates with a dictionary of their columns, and lists as they are shown."""

import tempfile
from pathlib import Path

import xlsxwriter
from django.utils.translation import get_language, get_language_bidi, override

from catalog.models.derived import chunks
from catalog.open_data.exports import csv_file, xlsx_file
from catalog.open_data.exports.columns import ColumnKind

from .books import PLACE, Said
from .columns import LANGUAGES, LinkColumn, LinksColumn
from .names import Names

EXAMPLE = {"en": "Example:", "fa": "مثال:"}
"""What the first cell of an example row begins with; such rows are not read."""
DICTIONARY = "Dictionary · راهنما"
TYPES = {"csv": csv_file.CONTENT_TYPE, "xlsx": xlsx_file.CONTENT_TYPE}
BATCH = 500
NUMBERS = (ColumnKind.NUMBER, ColumnKind.YEAR, ColumnKind.EITHER_YEAR)


def template(book, kind):
    """An empty file of a Book with two example rows a sheet, as bytes."""
    sheets = [(sheet, iter(_examples(sheet))) for sheet in book.sheets]
    return _written(sheets, kind, with_dictionary=True)


def listed(book, queryset, kind, alone=""):
    """The records of a queryset of the Book's noun, in its order, with the rows under them, as bytes; or the
    sheet named `alone` by itself."""
    keys = list(queryset.values_list("pk", flat=True))
    chosen = [book.sheet(alone)] if alone else book.sheets
    sheets = [(sheet, _rows(sheet, keys)) for sheet in chosen]
    return _written(sheets, kind, with_dictionary=False)


def headings(sheet):
    return [f"{column.label} [{column.name}]" for column in sheet.written]


def _examples(sheet):
    word = EXAMPLE.get(get_language(), EXAMPLE["en"])
    for place in (0, 1):
        cells = [column.example(place) for column in sheet.written]
        yield [f"{word} {cells[0]}".strip(), *cells[1:]]


def _rows(sheet, keys):
    """Lists of cells of the records with these keys, or of what stands under them."""
    names = Names()
    for some in chunks(keys, BATCH):
        for place, record in _records(sheet, some, names):
            yield [_cell(column, record, place, names) for column in sheet.written]


def _records(sheet, keys, names):
    """(place under its parent or None, record), with what they link to at hand."""
    links = [column.name for column in sheet.links if isinstance(column, LinksColumn)]
    queryset = sheet.model._base_manager.prefetch_related(*links)
    if sheet.parent:
        records = list(queryset.filter(**{f"{sheet.parent}__in": keys}).order_by(sheet.parent, "pk"))
        order = {key: place for place, key in enumerate(keys)}
        link = sheet.model._meta.get_field(sheet.parent).attname
        records.sort(key=lambda record: (order[getattr(record, link)], record.pk))
    else:
        found = queryset.in_bulk(keys)
        records = [found[key] for key in keys if key in found]
    for column in sheet.links:
        raws = [column.raw(record) for record in records]
        flat = [key for raw in raws for key in (raw if isinstance(raw, list) else [raw])]
        names.load(column.field.related_model, flat)
    places = {}
    for record in records:
        above = getattr(record, f"{sheet.parent}_id") if sheet.parent else None
        places[above] = places.get(above, 0) + 1
        yield places[above], record


def _cell(column, record, place, names):
    if column.name == PLACE:
        return place
    if isinstance(column, Said):
        return names.words(column.link.field.related_model, column.link.raw(record))
    return column.cell(column.raw(record), names)


def _written(sheets, kind, with_dictionary):
    if kind == "csv":
        sheet, rows = sheets[0]
        lines = [headings(sheet), *([csv_file.cell(_text(cell)) for cell in row] for row in rows)]
        return (csv_file.BYTE_ORDER_MARK + csv_file.lines(lines)).encode()
    with tempfile.TemporaryDirectory(prefix="portal-sheet-") as folder:
        path = Path(folder) / "sheet.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder}) as workbook:
            pen = xlsx_file.Pen(workbook)
            for sheet, rows in sheets:
                _sheet(workbook, pen, sheet, rows)
            if with_dictionary:
                _dictionary(workbook, pen, [sheet for sheet, _rows in sheets])
        return path.read_bytes()


def _text(cell):
    return "" if cell is None else cell


def _sheet(workbook, pen, sheet, rows):
    page = workbook.add_worksheet(_title(sheet))
    if get_language_bidi():
        page.right_to_left()
    page.freeze_panes(1, 1)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for place, column in enumerate(sheet.written):
        wide = 24 if isinstance(column, (LinkColumn, Said)) or column.kind == ColumnKind.TEXT else 16
        page.set_column(place, place, wide)
        page.write_string(0, place, headings(sheet)[place], pen.heading)
    for line, row in enumerate(rows, start=1):
        for place, (cell, column) in enumerate(zip(row, sheet.written, strict=True)):
            pen.write(page, line, place, cell, _kind(column, cell))


def _kind(column, cell):
    return column.kind if column.kind in NUMBERS or not isinstance(cell, int) else ColumnKind.NUMBER


def _title(sheet):
    """The name of a sheet in a workbook: Excel knows 31 characters and not all signs."""
    return sheet.title[:31]


def _dictionary(workbook, pen, sheets):
    """What each column means, in both languages."""
    page = workbook.add_worksheet(DICTIONARY)
    page.set_column(0, 3, 22)
    page.set_column(4, 7, 44)
    heads = ["Sheet", "Name", "Heading", "عنوان", "Meaning", "معنا", "Values", "مقدارها", "Needed · لازم"]
    for place, head in enumerate(heads):
        page.write_string(0, place, head, pen.heading)
    line = 0
    for sheet in sheets:
        for column in sheet.written:
            line += 1
            for place, text in enumerate(explained(sheet, column)):
                pen.text(page, line, place, text)


def explained(sheet, column):
    """A line of the dictionary: sheet, name, then heading, meaning and values, each in both languages."""
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append((str(column.label), str(column.meaning), column.allowed()))
    by_kind = [text for pair in zip(*said, strict=True) for text in pair]
    return [sheet.name, column.name, *by_kind, "✓" if sheet.needs(column) else ""]
