"""What a download consists of: columns, each with a name for programs and one for readers, and batches of
rows."""

import datetime
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalog.models.base import YEAR_VALIDATORS
from catalog.models.codes import codes_of

BATCH = 200
"""Rows that are in memory at a time, with what was fetched for them."""
SEPARATOR = " | "
"""Between several texts in one cell; no semicolon, at which some spreadsheets part cells."""


class Kind(models.TextChoices):
    """What a column holds. A value that is not known is None, or empty, in each of them."""

    TEXT = "text", _("text")
    TEXTS = "texts", _("several texts")
    CODE = "code", _("one of these values")
    CODES = "codes", _("several of these values")
    NUMBER = "number", _("whole number")
    YEAR = "year", _("Iranian year")
    DATE = "date", _("day, Gregorian (ISO 8601)")
    YES_NO = "yes_no", _("yes or no")


@dataclass(frozen=True)
class Column:
    """One column: `value` takes a row and gives a str, a tuple of them, an int, a date or a bool, as `kind`
    says. `choices` are the (code, words) of a CODE or of CODES."""

    name: str
    label: str
    value: Callable
    kind: Kind = Kind.TEXT
    choices: tuple = ()

    @property
    def heading(self):
        """Its words and its name in one cell: "HS code [hs_code]"."""
        return f"{self.label} [{self.name}]"


def of_field(model, name, path=""):
    """The Column of a model's field, worded as the field is. `path` leads from the row to the record, and is
    empty where the row is the record."""
    field = model._meta.get_field(name)
    read = attrgetter(f"{path}.{name}" if path else name)
    codes = getattr(field, "codes", None)  # see models/codes.py
    return Column(
        name=name,
        label=capfirst(field.verbose_name),
        value=(lambda row: codes_of(read(row))) if codes else read,
        kind=_kind(field),
        choices=tuple(codes.choices if codes else field.flatchoices),
    )


def _kind(field):
    if hasattr(field, "codes"):
        return Kind.CODES
    if field.flatchoices:
        return Kind.CODE
    if isinstance(field, models.BooleanField):
        return Kind.YES_NO
    if isinstance(field, models.DateField):
        return Kind.DATE
    if isinstance(field, models.IntegerField):
        return Kind.YEAR if all(one in field.validators for one in YEAR_VALIDATORS) else Kind.NUMBER
    return Kind.TEXT


@dataclass(frozen=True)
class Table:
    """A listing to be written. `noun` names its rows for programs ("products"), `title` for readers; `page`
    is the address of the same listing as a page; `chosen` what was chosen there, in words; `notices` what
    could not be used; `day` that of the download; `batches` an iterable of lists of rows, read once."""

    noun: str
    title: str
    columns: tuple
    page: str
    chosen: list
    notices: list
    day: datetime.date
    language: str
    batches: Iterable


def batches(ordered, records, rows, size=BATCH):
    """The rows of a listing, `size` at a time. `ordered` is its queryset in order, `records` a queryset of
    the noun with all that a row needs; `rows` turns a list of records into one of rows.

    The keys are read first, eight bytes each, then the records of one batch after the other. One cursor over
    all columns makes SQLite sort the whole width of every row (70 MiB for 100,000 products) and is held for
    as long as the slowest reader takes, and a record that is withdrawn meanwhile would still go out.
    """
    keys = array("q", ordered.values_list("pk", flat=True).iterator())
    for start in range(0, len(keys), size):
        some = keys[start : start + size]
        found = {record.pk: record for record in records.filter(pk__in=some)}
        if present := [found[key] for key in some if key in found]:
            yield rows(present)


def printers(columns):
    """A function for each column: from a row to what a cell shows of it in the active language, a str, an
    int, a date, a bool or None. Codes become words, several texts one."""
    return [_printer(column) for column in columns]


def _printer(column):
    words = {code: str(label) for code, label in column.choices}
    if column.kind == Kind.CODE:
        return lambda row: words.get(column.value(row))
    if column.kind == Kind.CODES:
        return lambda row: SEPARATOR.join(words[code] for code in column.value(row))
    if column.kind == Kind.TEXTS:
        return lambda row: SEPARATOR.join(column.value(row))
    return column.value
