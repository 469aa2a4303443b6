"""From a CSV file to rows of Python values. Knows the models' fields, asks no database."""

import csv
import datetime
import re
from dataclasses import dataclass, field

from django.db import models

from catalog.formats.calendar import iranian_year_of
from catalog.formats.cleaning import clean_text

from .faults import RowFault
from .nouns import LoadedNoun

INTEGER = re.compile(r"-?[0-9]{1,19}\Z")
RELATIVE = re.compile(r"today([+-][0-9]{1,4})?\Z")
BOOLEANS = {"yes": True, "no": False}


@dataclass
class FileRow:
    """One row of a file.

    `cells` holds the parsed value of each column: str, int, bool, date or None; for a foreign key the key it
    names (str or None), for a many-to-many field a list of such keys.
    """

    noun: LoadedNoun
    file: str
    line: int
    sample: bool
    cells: dict = field(default_factory=dict)

    @property
    def key(self):
        """Its key as one text, as LoadedRow keeps it: "iran-khodro|turbocharger"."""
        return "|".join(
            "" if self.cells[column] is None else str(self.cells[column]) for column in self.noun.key
        )

    def fault(self, column, reason):
        return RowFault(self.file, self.line, column, reason)


def read_rows(noun, folder, sample, today, faults):
    """The rows of `noun` in `folder` (a Path such as data/facts), as a list; an absent file has none.

    `today` is the day that "today+35" counts from. What cannot be read is appended to `faults`, and its row
    left out.
    """
    path = folder / noun.file
    if not path.exists():
        return []
    name = f"{folder.name}/{noun.file}"
    rows, lines = [], {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if unusable := _check_header(noun, header, sample):
                faults += [RowFault(name, 1, column, reason) for column, reason in unusable]
                return []
            line = reader.line_num + 1
            for cells in reader:
                row = FileRow(noun, name, line, sample)
                line = reader.line_num + 1
                if _fill(row, header, cells, today, faults):
                    first = lines.setdefault(row.key, row.line)
                    if first != row.line:
                        faults.append(row.fault(noun.key[-1], f"the same row as line {first}: {row.key}"))
                    rows.append(row)
    except (csv.Error, UnicodeDecodeError) as error:
        faults.append(RowFault(name, reader.line_num + 1, "", f"not a CSV file in UTF-8: {error}"))
    return rows


def _check_header(noun, header, sample):
    """(column, reason) of each column that makes the file unusable."""
    wrong = [
        (column, "unknown column")
        for column in header
        if column not in noun.fields and column not in noun.key
    ]
    wrong += [
        (column, "the column occurs twice") for column in dict.fromkeys(header) if header.count(column) > 1
    ]
    wrong += [(column, "the column is missing") for column in noun.key if column not in header]
    if noun.has_origin and not sample and "origin" not in header:
        wrong.append(("origin", "the column is missing"))
    if sample and "origin" in header:
        wrong.append(("origin", "samples have no other origin; leave the column out"))
    return wrong


def _fill(row, header, cells, today, faults):
    """Parse `cells` into the row; False, with faults noted, where one cannot be parsed."""
    if len(cells) != len(header):
        faults.append(row.fault("", f"{len(cells)} cells where the header has {len(header)}"))
        return False
    before = len(faults)
    for column, text in zip(header, map(clean_text, cells), strict=True):
        model_field = row.noun.fields.get(column)
        try:
            row.cells[column] = text if model_field is None else parse_cell(model_field, text, today)
        except ValueError as error:
            faults.append(row.fault(column, str(error)))
    if row.sample and row.noun.has_origin:
        row.cells["origin"] = "sample"
    elif row.cells.get("origin") == "sample":
        faults.append(row.fault("origin", "samples stand in data/sample"))
    return len(faults) == before


def parse_cell(model_field, text, today):
    """The value of one cell for `model_field`; ValueError with a reason where it is none.

    "today+35" is a day counted from `today`; in a column `year` it is the Iranian year of that day.
    """
    if model_field.many_to_many:
        return [part for part in text.split(";") if part]
    if text == "":
        return _empty(model_field)
    if isinstance(model_field, models.ForeignKey):
        return text
    for kind, read_cell in PARSERS:
        if isinstance(model_field, kind):
            return read_cell(model_field, text, today)
    return text


def _boolean(model_field, text, today):
    if text not in BOOLEANS:
        raise ValueError(f"neither yes nor no: {text!r}")
    return BOOLEANS[text]


def _integer(model_field, text, today):
    if model_field.name == "year" and RELATIVE.match(text):
        return iranian_year_of(_date(model_field, text, today))
    if not INTEGER.match(text):
        raise ValueError(f"not a whole number: {text!r}")
    return int(text)


def _empty(model_field):
    if model_field.null:
        return None
    if model_field.has_default():
        return model_field.get_default()
    if isinstance(model_field, (models.CharField, models.TextField)):
        return ""
    raise ValueError("empty")


def _date(model_field, text, today):
    if match := RELATIVE.match(text):
        return today + datetime.timedelta(days=int(match[1] or 0))
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"not a date such as 2020-03-20: {text!r}") from error


PARSERS = ((models.BooleanField, _boolean), (models.IntegerField, _integer), (models.DateField, _date))
