r"""A Table as CSV: RFC 4180, in UTF-8 with a byte order mark, one heading a column.

With the mark Excel reads Persian where it would guess a Western code page; LibreOffice and pandas skip it
(Python's csv wants the encoding "utf-8-sig").

A spreadsheet that opens CSV takes `=HYPERLINK(...)` for a formula and runs it, quoted or not, and nothing in
the format says "this is text". So, as OWASP advises, such a text gets an apostrophe before it; numbers, days
and all other texts stand as they are. Nothing is lost: `unescaped` gives every text back as it was. JSON and
XLSX know what text is, and need no apostrophe.
"""

import csv
import re
from datetime import date
from io import StringIO

from django.utils.translation import override

from .columns import printers

CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
BYTE_ORDER_MARK = "\ufeff"
# Where a formula could begin: at the start, and after a semicolon, a tab or a line end, where cells part if
# the program takes something else than the comma for its separator. Spaces and apostrophes may stand before
# it; the wide signs are those of Chinese and Japanese keyboards.
_SIGN = r"(?:'|[^\S\t\r\n])*[=+\-@\uff1d\uff0b\uff0d\uff20]"
_PLACES = rf"(?:^{{0}}(?={_SIGN}|'*[\t\r\n])|(?<=[;\t\r\n]){{0}}(?={_SIGN}))"
_START = re.compile(_PLACES.format(""))
_MARKED = re.compile(_PLACES.format("'"))


def chunks(table):
    """The file in pieces (bytes): the headings, then a piece a batch."""
    with override(table.language):
        headings = [column.heading for column in table.columns]
        values = printers(table.columns)
    yield (BYTE_ORDER_MARK + lines([headings])).encode()
    for batch in table.batches:
        with override(table.language):
            text = lines([cell(value(row)) for value in values] for row in batch)
        yield text.encode()


def lines(rows):
    """Rows of cells as the lines of a file."""
    target = StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue()


def cell(value):
    """A value as it is written: texts made safe, days in ISO 8601."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value.isoformat() if isinstance(value, date) else value


def safe(text):
    """`text` with an apostrophe wherever a spreadsheet would begin to run it."""
    return _START.sub("'", text)


def unescaped(text):
    """What `safe` was given, for programs that read the file."""
    return _MARKED.sub("", text)
