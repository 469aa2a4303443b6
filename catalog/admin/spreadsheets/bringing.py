"""From an uploaded file to an Import with its rows."""

import hashlib
import re

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.models import Import, ImportRow
from catalog.search.fold import fold

from . import files
from .checking import Check
from .columns import LANGUAGES
from .writing import DICTIONARY, EXAMPLE

NAMED = re.compile(r"\[([a-z_]+)\]\s*\Z")
"""The name for programs at the end of a heading."""


def bring(book, file, user):
    """The checked Import of an uploaded file; raises files.RefusedError."""
    tables = files.read(file, file.name)
    found = _sheets(book, tables)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    with transaction.atomic():
        brought = Import(noun=book.name, file_name=file.name[-200:], digest=digest, author=user)
        rows = [row for sheet, table in found for row in _rows(brought, sheet, table)]
        if not rows:
            raise files.RefusedError(_("The file has no rows below its headings."))
        brought.save()
        Check(brought, user, rows=rows).run()
    return brought


def _sheets(book, tables):
    """(Sheet, its Table) of what the file has; raises RefusedError where nothing is it."""
    tables = [table for table in tables if table.rows and fold(table.title) != fold(DICTIONARY)]
    if len(tables) == 1 and fold(tables[0].title) not in _all_titles(book):
        return [(_sheet_of(book, tables[0]), tables[0])]
    found = []
    for sheet in book.sheets:
        table = next((table for table in tables if fold(table.title) in _titles(sheet)), None)
        if table is None and sheet is book.main:
            free = (table for table in tables if fold(table.title) not in _all_titles(book))
            table = next(free, None)
        if table is not None:
            found.append((sheet, table))
    if not found:
        raise files.RefusedError(_("The file has no rows."))
    return found


def _sheet_of(book, table):
    """The Sheet whose headings a table without its title has: that of a CSV, which holds one."""
    _line, heads = table.rows[0]
    return max(book.sheets, key=lambda sheet: (len(_places(sheet, heads)[0]), sheet is book.main))


def _all_titles(book):
    return {title for sheet in book.sheets for title in _titles(sheet)}


def _titles(sheet):
    titles = {fold(sheet.name)}
    for language in LANGUAGES:
        with override(language):
            titles.add(fold(sheet.title[:31]))
    return titles


def _rows(brought, sheet, table):
    """ImportRows of a Table; the columns that are read are noted on the Import."""
    (_line, heads), *rows = table.rows
    places, unread = _places(sheet, heads)
    missing = [column.label for column in _required(sheet) if column.name not in places]
    if missing:
        text = _("The first row has no heading for: %(columns)s. Take the headings of the template.")
        raise files.RefusedError(text % {"columns": ", ".join(map(str, missing))})
    brought.columns[sheet.name] = list(places)
    left = brought.left_out
    left["columns"] = [*left.get("columns", []), *unread]
    for number, cells in rows:
        if is_example(cells):
            left["examples"] = left.get("examples", 0) + 1
            continue
        kept = {name: cells[place] for name, place in places.items() if place < len(cells)}
        if any(text.strip() for text in kept.values()):
            yield ImportRow(brought_by=brought, sheet=sheet.name, number=number, cells=kept)


def _required(sheet):
    """The columns without which no row can be known."""
    needed = sheet.parent or sheet.keys[-1][0]
    return [sheet.columns[needed]]


def _places(sheet, heads):
    """({name of a column: its place}, headings that are none)."""
    known = {}
    for name, column in sheet.columns.items():
        known[fold(name)] = name
        for language in LANGUAGES:
            with override(language):
                known.setdefault(fold(str(column.label)), name)
    places, unread = {}, []
    seen_only = {column.name for column in sheet.written} - set(sheet.columns)
    for place, head in enumerate(heads):
        match = NAMED.search(head)
        name = match[1] if match else known.get(fold(head))
        if name in sheet.columns and name not in places:
            places[name] = place
        elif head.strip() and name not in seen_only:
            unread.append(head.strip()[:100])
    return places, unread


def is_example(cells):
    """Whether a row is an example that was left in the template."""
    first = next((cell.strip().casefold() for cell in cells if cell.strip()), "")
    return first.startswith(tuple(word.casefold() for word in EXAMPLE.values()))
