"""The columns of a sheet: how a cell of each kind of field is read, stored, written and said.

What is read is a plain value, as it is kept as JSON: a number, a text, True or False, a day as 2026-05-22,
the key of a record, a list of such keys, None.
"""

import datetime
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from catalog.admin import columns as cells
from catalog.admin.fields import CountriesField, DayField, WholeNumberField
from catalog.admin.forms import CODE_FIELDS
from catalog.formats import money, reading
from catalog.formats.calendar import input_text, year_words
from catalog.formats.cleaning import clean_line, clean_text
from catalog.formats.countries import country_name
from catalog.formats.numerals import is_persian, number
from catalog.models.base import is_either_year, is_year
from catalog.models.codes import SEPARATOR, labels
from catalog.open_data.exports.columns import ColumnKind
from catalog.search.fold import fold

LANGUAGES = ("en", "fa")
YES = {"yes", "true", "1", "y", "بله", "بلی", "آری", "اری"}
NO = {"no", "false", "0", "n", "خیر", "نه"}
KEYS = (*CODE_FIELDS, "slug", "key")


class Column:
    """A column for a model's `field`. `examples` are the cells of the two example rows of a template."""

    kind = ColumnKind.TEXT
    kind_words = gettext_lazy("A text.")

    def __init__(self, field, examples, meaning=""):
        self.field, self.name = field, field.name
        self.examples, self.own_meaning = examples, meaning

    @property
    def label(self):
        return capfirst(str(self.field.verbose_name))

    @property
    def meaning(self):
        return str(self.own_meaning or self.field.help_text or self.kind_words)

    @property
    def needed(self):
        return not (self.field.blank or self.field.null or self.field.has_default())

    @property
    def empty(self):
        """What an empty cell stands for."""
        return None if self.field.null else self.field.get_default()

    def read(self, text, names):
        """The value of a text that is not empty; raises ValidationError or names.UnknownNameError."""
        clean = clean_text if isinstance(self.field, models.TextField) else clean_line
        return clean(text).strip()

    def raw(self, record):
        """The value that a record has."""
        value = getattr(record, self.field.attname)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def put(self, record, raw, names):
        setattr(record, self.field.attname, raw)

    def cell(self, raw, names):
        """What is written of a value: a text, a number or None."""
        return raw

    def words(self, raw, names, values):
        """How staff read a value, beside the other `values` of its row."""
        return _("(empty)") if raw in (None, "", []) else str(raw)

    def allowed(self):
        """The values that it may have, in words, where they are few."""
        return ""

    def example(self, place):
        """An example cell, in the words of the page."""
        return self.examples[place]


class WordsColumn(Column):
    """One whose cells are words of the program, which each language has its own of."""

    def example(self, place):
        text = self.examples[place]
        return self.cell(self.read(text, None), None) if text else text


class CodeColumn(Column):
    """A code or key: Latin digits whatever keyboard is on."""

    def read(self, text, names):
        plain = reading.plain_digits(text)
        return re.sub(r"[.\s]", "", plain) if self.name == "hs_code" else plain


class WholeNumberColumn(Column):
    kind_words = gettext_lazy("A whole number.")

    kind = ColumnKind.NUMBER

    def read(self, text, names):
        return WholeNumberField().to_python(text)

    def words(self, raw, names, values):
        return super().words(raw, names, values) if raw is None else number(raw, get_language())


class MoneyColumn(WholeNumberColumn):
    """`currency` is the name of the column that says in what it is."""

    kind_words = gettext_lazy("An amount in whole units; toman, million and billion are understood.")

    currency = ""

    def read(self, text, names):
        try:
            return reading.typed_amount(text)
        except reading.NotWholeError:
            raise ValidationError(_("Whole units only: write it without a fraction.")) from None
        except reading.NotANumberError:
            message = _("Write an amount such as 1,250,000 or 44 billion toman.")
            raise ValidationError(message) from None

    def words(self, raw, names, values):
        code = values.get(self.currency)
        if raw is None or not code:
            return super().words(raw, names, values)
        language = get_language()
        exact, said = money.exact(raw, code, language), money.in_words(raw, code, language)
        return f"{exact} ({said})" if said not in ("", exact) else exact


class YearColumn(Column):
    kind_words = gettext_lazy("An Iranian year; a Gregorian one is read as that which begins in it.")

    kind = ColumnKind.YEAR
    read_year = staticmethod(reading.iranian_year)

    def read(self, text, names):
        try:
            return self.read_year(text)
        except reading.NotANumberError:
            message = _("Write an Iranian year such as 1404, or a Gregorian one such as 2025 or 2025/26.")
            raise ValidationError(message) from None

    def words(self, raw, names, values):
        return super().words(raw, names, values) if raw is None else year_words(raw, get_language())


class EitherYearColumn(YearColumn):
    """A year in its own calendar."""

    kind = ColumnKind.EITHER_YEAR
    kind_words = gettext_lazy("A year, Iranian or Gregorian; two years such as 2024/25 are the Iranian one.")
    read_year = staticmethod(reading.either_year)


class DayColumn(Column):
    kind_words = gettext_lazy("A day of either calendar, such as 1405/03/01 or 2026-05-22.")

    def read(self, text, names):
        return DayField().to_python(text).isoformat()

    def raw(self, record):
        day = super().raw(record)
        return day and day.isoformat()

    def put(self, record, raw, names):
        super().put(record, raw and datetime.date.fromisoformat(raw), names)

    def cell(self, raw, names):
        return input_text(datetime.date.fromisoformat(raw)) if raw and is_persian(get_language()) else raw

    def words(self, raw, names, values):
        return cells.both_days(raw and datetime.date.fromisoformat(raw))


class YesNoColumn(WordsColumn):
    kind_words = gettext_lazy("Yes or no; empty where it is not known.")

    def read(self, text, names):
        folded = fold(text)
        if folded not in YES | NO:
            raise ValidationError(_("Write yes or no."))
        return folded in YES

    def cell(self, raw, names):
        return {True: _("Yes"), False: _("No")}.get(raw)

    def words(self, raw, names, values):
        return self.cell(raw, names) or super().words(raw, names, values)

    def allowed(self):
        return several((_("Yes"), _("No")))


class ChoiceColumn(WordsColumn):
    """One of several codes; their words are read in both languages."""

    kind_words = gettext_lazy("One of the values.")

    @property
    def choices(self):
        return dict(self.field.flatchoices)

    def read(self, text, names):
        code = _code_of(text, self.choices)
        if code is None:
            raise ValidationError(_("Write one of these: %(values)s."), params={"values": self.allowed()})
        return code

    def cell(self, raw, names):
        return str(self.choices.get(raw, raw)) if raw else raw

    def words(self, raw, names, values):
        return super().words(self.cell(raw, names), names, values)

    def allowed(self):
        return several(label for code, label in self.choices.items() if code not in ("", None))


class CodesColumn(WordsColumn):
    """Several codes in one column; see models/codes.py."""

    kind_words = gettext_lazy("Any of the values, with semicolons between them.")

    @property
    def choices(self):
        return dict(self.field.codes.choices)

    def read(self, text, names):
        found = set()
        for part in filter(None, map(str.strip, re.split(r"[;؛|\n]", text))):
            pieces = [part] if _code_of(part, self.choices) else re.split(r"[,،]", part)
            for piece in filter(None, map(str.strip, pieces)):
                code = _code_of(piece, self.choices)
                if code is None:
                    raise ValidationError(
                        _("Write any of these: %(values)s."), params={"values": self.allowed()}
                    )
                found.add(code)
        return SEPARATOR.join(code for code in self.choices if code in found)

    def cell(self, raw, names):
        return several(labels(self.field.codes, raw)) if raw else raw

    def words(self, raw, names, values):
        return super().words(self.cell(raw, names), names, values)

    def allowed(self):
        return several(self.choices.values())


class CountriesColumn(Column):
    kind_words = gettext_lazy("Countries by code or name, with commas between them.")

    def read(self, text, names):
        return CountriesField(required=False).to_python(text)

    def words(self, raw, names, values):
        return cells.names_listed(map(country_name, raw.split(SEPARATOR))) if raw else _("(empty)")


class LinkColumn(Column):
    """A record of another noun, by its key, its code or its name."""

    kind_words = gettext_lazy("A record, by its key or its name.")

    def read(self, text, names):
        return names.find(self.field.related_model, text)

    def put(self, record, raw, names):
        setattr(record, self.name, names.record(self.field.related_model, raw))

    def cell(self, raw, names):
        return names.key(self.field.related_model, raw)

    def words(self, raw, names, values):
        return super().words(names.words(self.field.related_model, raw), names, values)


class LinksColumn(LinkColumn):
    """Several records of another noun."""

    kind_words = gettext_lazy("Records, by their keys or names, with semicolons between them.")

    empty = ()

    @property
    def needed(self):
        return not self.field.blank

    def read(self, text, names):
        return sorted({names.find(self.field.related_model, part) for part in parts(text)})

    def raw(self, record):
        return sorted(row.pk for row in getattr(record, self.name).all()) if record.pk else []

    def put(self, record, raw, names):
        """Links are written when the record is stored; see `store`."""

    def store(self, record, raw):
        getattr(record, self.name).set(raw)

    def cell(self, raw, names):
        return several(names.key(self.field.related_model, pk) for pk in raw)

    def words(self, raw, names, values):
        found = [names.words(self.field.related_model, pk) for pk in raw or ()]
        return cells.names_listed(found) if found else _("(empty)")


def several(texts):
    """Texts as one cell holds them."""
    return ("؛ " if is_persian(get_language()) else "; ").join(map(str, texts))


def parts(text):
    """The texts of a cell that holds several."""
    return [part.strip() for part in re.split(r"[;؛|\n]", text) if part.strip()]


def _code_of(text, choices):
    """The code that a text means: itself, or its words in either language; None for none."""
    if text.strip() in choices:
        return text.strip()
    folded = fold(text)
    for code, label in choices.items():
        for language in LANGUAGES:
            with override(language):
                if folded == fold(str(label)):
                    return code
    return None


def column_of(model, name, examples, meaning=""):
    """The Column for a field of a model."""
    field = model._meta.get_field(name)
    return _kind(field)(field, examples, meaning)


def _kind(field):
    """The class of Columns for a field."""
    by_name = {"countries": CountriesColumn, **dict.fromkeys(KEYS, CodeColumn)}
    if field.many_to_many:
        return LinksColumn
    if isinstance(field, models.ForeignKey):
        return LinkColumn
    if getattr(field, "codes", None):
        return CodesColumn
    if field.name in by_name:
        return by_name[field.name]
    if field.choices:
        return ChoiceColumn
    return _kind_of_type(field)


def _kind_of_type(field):
    if is_year(field):
        return EitherYearColumn if is_either_year(field) else YearColumn
    if isinstance(field, models.BigIntegerField) and not isinstance(field, models.PositiveBigIntegerField):
        return MoneyColumn
    kinds = (
        (models.IntegerField, WholeNumberColumn),
        (models.DateField, DayColumn),
        (models.BooleanField, YesNoColumn),
    )
    return next((kind for type_, kind in kinds if isinstance(field, type_)), Column)
