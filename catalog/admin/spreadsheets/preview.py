"""What a page says of a file that was brought in: its rows in words, faulty cells, unknown names."""

import re
from dataclasses import dataclass, field

from django.utils.translation import get_language

from catalog.admin import columns as cells
from catalog.admin import events, proposals
from catalog.admin.fields import is_key
from catalog.formats.numerals import digits, number
from catalog.formats.reading import WHOLE, plain_digits
from catalog.models import ImportState, RowOutcome
from catalog.models.derived import chunks
from catalog.models.revisions import WITH_AUTHOR

from . import applying, reviewing
from .books import BOOKS
from .columns import LinkColumn, MoneyColumn, YearColumn, parts
from .names import Names, UnknownNameError, nearest_records, remember

CELL = "cell-"
"""Before the key of a row and the name of a column: a cell that is mended."""
NAME = "name-"
"""Before the noun and an unknown name: the record that it means."""
MOST_UNKNOWN = 50


@dataclass
class Cell:
    """A cell in words: `before` where it changes, `typed` where that may look different."""

    label: str
    words: str
    before: str = ""
    typed: str = ""
    moved: str = ""


@dataclass
class FaultyCell:
    """A cell to be mended: the `name` of its input (empty for what is wrong with the row), what was typed."""

    label: str
    name: str
    typed: str
    messages: list


@dataclass
class ShownRow:
    """A row of the page."""

    row: object
    number: str
    sheet: str
    cells: list = field(default_factory=list)
    faulty: list = field(default_factory=list)


def context(brought, user, page):
    """What the page of an Import shows."""
    names = Names()
    book = BOOKS[brought.noun]
    open_now = reviewing.is_open(brought, user)
    currencies = _currencies(book, page.object_list)
    revision = brought.revision
    _retitle(brought, page.object_list)
    shown = {
        "book": book,
        "page": page,
        "all_rows": page.paginator.count,
        "rows": [_shown(book, row, names, currencies) for row in page.object_list],
        "counts": _counts(brought),
        "unknown": _unknown(brought) if open_now else [],
        "open": open_now,
        "cannot_yet": reviewing.cannot_yet(brought) if open_now else "",
        "at_once": applying.may_apply(user, brought),
        "status": reviewing.standing(brought),
        "author": cells.person(brought.author),
        "brought_on": cells.moment(brought.created_at),
        "revision": revision,
        "reason": revision.reason if revision else "",
        "examples": number(brought.left_out.get("examples", 0), get_language()),
    }
    if revision:
        shown |= _review(brought, user)
    if brought.applied_by:
        shown |= {
            "applied_by": cells.person(brought.applied_by),
            "applied_on": cells.moment(brought.applied_at),
        }
    if brought.undone_by:
        shown |= {"undone_by": cells.person(brought.undone_by), "undone_on": cells.moment(brought.undone_at)}
    if applying.may_undo(user, brought):
        undoings = applying.undoings(brought, user, names)
        _retitle(brought, [one.row for one in undoings])
        shown["undoings"] = [_undoing(one, names) for one in undoings]
    return shown


def _retitle(brought, rows):
    """Call the rows of a file that came in as their records are called in the language of the page: they keep
    the titles of the language in which it was checked."""
    if brought.state == ImportState.CHECKED or brought.language == get_language():
        return
    for sheet in BOOKS[brought.noun].sheets:
        own = [row for row in rows if row.sheet == sheet.name and row.record_id]
        for some in chunks(own, 500):
            records = sheet.model._base_manager.in_bulk([row.record_id for row in some])
            events.load_names(list(records.values()), sheet.model)
            for row in some:
                if record := records.get(row.record_id):
                    row.title = events.entry_name(record)


def _review(brought, user):
    revision, waits = brought.revision, reviewing.waits(brought)
    decided = revision.decided_by
    return {
        "may_accept": waits and proposals.may_accept(user, revision),
        "may_answer": waits and proposals.may_answer(user, revision),
        "may_take_back": waits and brought.author_id == user.pk,
        "came_back": revision.state in WITH_AUTHOR and brought.state == ImportState.CHECKED,
        "decided_by": cells.person(decided) if decided else "",
        "decided_on": cells.moment(revision.decided_at) if revision.decided_at else "",
    }


def _counts(brought):
    """[(outcome, its words, how many)]"""
    language = get_language()
    return [
        (outcome.value, outcome.label, number(brought.counts.get(outcome, 0), language))
        for outcome in RowOutcome
    ]


def _currencies(book, rows):
    """{(sheet, key of a record): its currencies by column}, for rows that do not change them."""
    found = {}
    for sheet in book.sheets:
        own = {column.currency for column in sheet.money} & set(sheet.columns)
        keys = [row.record_id for row in rows if row.sheet == sheet.name and row.record_id]
        for key, record in (sheet.model._base_manager.in_bulk(keys) if own and keys else {}).items():
            found[sheet.name, key] = {name: getattr(record, name) for name in own}
    return found


def _shown(book, row, names, currencies):
    sheet = book.sheet(row.sheet)
    language = get_language()
    several = sheet.title if len(book.sheets) > 1 else ""
    shown = ShownRow(row, digits(row.number, language), several)
    known = currencies.get((row.sheet, row.record_id), {})
    values = {**known, **row.before, **row.after}
    for name, value in row.after.items():
        column = sheet.columns[name]
        words = column.words(value, names, values)
        before = row.before.get(name)
        earlier = {**values, **row.before}
        old = column.words(before, names, earlier) if name in row.before else ""
        moved = column.words(row.moved[name], names, values) if name in row.moved else ""
        shown.cells.append(
            Cell(column.label, words, old, _typed(column, row.cells.get(name, ""), value), moved)
        )
    for name, said in row.faults.items():
        column = sheet.columns.get(name)
        label = str(column.label) if column else ""
        input_name = f"{CELL}{row.pk}-{name}" if column else ""
        shown.faulty.append(FaultyCell(label, input_name, row.cells.get(name, ""), said))
    return shown


def _typed(column, text, value):
    """What was typed, where it was understood as something that looks different."""
    plain = plain_digits(text)
    if isinstance(column, MoneyColumn) and WHOLE.fullmatch(plain):
        plain = re.sub(r"\D", "", plain)  # groups of three say nothing
    if not isinstance(column, (MoneyColumn, YearColumn, LinkColumn)) or plain == str(value):
        return ""
    return text.strip()


def _unknown(brought):
    """[(input's name, label, text, [(key, record)] nearest first)] of each name that nobody knows, once."""
    book, found = BOOKS[brought.noun], {}
    names = Names()
    for row in brought.rows.filter(outcome=RowOutcome.WRONG):
        sheet = book.sheet(row.sheet)
        for column in sheet.links:
            text = row.cells.get(column.name, "")
            if column.name not in row.faults or not text.strip() or len(found) >= MOST_UNKNOWN:
                continue
            model = column.field.related_model
            for part in parts(text) if column.field.many_to_many else [text]:
                name = f"{NAME}{model._meta.model_name}-{part}"
                if name not in found and _is_unknown(names, model, part):
                    near = [(record.pk, str(record)) for record in nearest_records(model, part)]
                    found[name] = (name, column.label, part, near)
    return list(found.values())


def _is_unknown(names, model, text):
    try:
        names.find(model, text)
    except UnknownNameError:
        return True
    return False


def _undoing(one, names):
    """An Undoing as (row, its title, [(label, what the file said, what it is now)], hindrance, untouched)."""
    since = [
        (column.label, column.words(value, names, one.row.after), column.words(now, names, one.row.after))
        for column, value, now in one.since
    ]
    return {"one": one, "since": since}


def mend(brought, data):
    """Put what was written on the page into the rows, and remember the names that were explained."""
    book = BOOKS[brought.noun]
    models = {link.field.related_model for sheet in book.sheets for link in sheet.links}
    by_name = {model._meta.model_name: model for model in models}
    changed = {}
    for name, text in data.items():
        if name.startswith(CELL):
            key, _dash, column = name.removeprefix(CELL).partition("-")
            changed.setdefault(key, {})[column] = text
        elif name.startswith(NAME) and is_key(text):
            noun, _dash, unknown = name.removeprefix(NAME).partition("-")
            model = by_name.get(noun)
            if model and model._base_manager.filter(pk=text).exists():
                remember(model, unknown, int(text))
    keys = [key for key in changed if is_key(key)]
    for row in brought.rows.filter(pk__in=keys):
        known = book.sheet(row.sheet).columns
        row.cells |= {name: text for name, text in changed[str(row.pk)].items() if name in known}
        row.save(update_fields=["cells"])
        _note_columns(brought, row, changed[str(row.pk)])


def _note_columns(brought, row, changed):
    """A column that the file did not have is read from now on: somebody wrote into it."""
    read = brought.columns[row.sheet]
    new = [
        name for name in changed if name not in read and name in BOOKS[brought.noun].sheet(row.sheet).columns
    ]
    if new:
        brought.columns[row.sheet] = [*read, *new]
        brought.save(update_fields=["columns"])


def dictionary(book):
    """[(heading, name, meaning, values, needed)] of all columns of a Book, in the language of the page."""
    return [
        {
            "sheet": sheet.title if len(book.sheets) > 1 else "",
            "label": column.label,
            "name": column.name,
            "meaning": column.meaning,
            "values": column.allowed(),
            "example": column.example(0),
            "needed": sheet.needs(column),
        }
        for sheet in book.sheets
        for column in sheet.written
    ]
