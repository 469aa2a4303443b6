"""What a download consists of: columns, each with a name for programs and one for readers, and its rows.

A row has a `record`: the plain values of the columns that its noun reads (a named tuple), no model instance.
"""

import datetime
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models import Origin
from catalog.models.base import in_language, is_either_year, is_year
from catalog.models.codes import codes_of
from catalog.models.freshness import Freshness, freshness_of
from catalog.models.prepared import Keys, OneOf, PreparedQuery

EXPORT_BATCH = 200
"""Rows that are in memory at a time, with what was fetched for them."""
LIST_SEPARATOR = " | "
"""Between several texts in one cell; no semicolon, at which some spreadsheets part cells."""
ORIGIN_CHOICES = tuple(Origin.choices)
RECORD_FIELDS = (
    *("pk", "origin", "updated_at", "source__publisher_en", "source__publisher_fa", "source__address"),
    *("source__published_on", "source__licence"),
)
"""What `record_columns` reads of a record."""


class ColumnKind(models.TextChoices):
    """What a column holds. A value that is not known is None, or empty, in each of them."""

    TEXT = "text", _("text")
    TEXTS = "texts", _("several texts")
    CODE = "code", _("one of these values")
    CODES = "codes", _("several of these values")
    NUMBER = "number", _("whole number")
    YEAR = "year", _("Iranian year")
    EITHER_YEAR = "either_year", _("year, Iranian or Gregorian as its number says")
    DATE = "date", _("day, Gregorian (ISO 8601)")
    YES_NO = "yes_no", _("yes or no")


@dataclass(frozen=True)
class ExportColumn:
    """One column: `value` takes a row and gives a str, a tuple of them, an int, a date or a bool, as `kind`
    says. `choices` are the (code, words) of a CODE or of CODES."""

    name: str
    label: str
    value: Callable
    kind: ColumnKind = ColumnKind.TEXT
    choices: tuple = ()

    @property
    def heading(self):
        """Its words and its name in one cell: "HS code [hs_code]"."""
        return f"{self.label} [{self.name}]"


@dataclass(frozen=True)
class Export:
    """A list that can be taken away. `dataset` and `summary` are what the open data page says of it. `read`
    makes the FilterSet of a query, `batches` the rows of its result, `columns` what they show, from what
    stands before a path in an absolute address and the Noun."""

    dataset: str
    summary: str
    read: Callable
    batches: Callable
    columns: Callable

    def worded_columns(self, site, noun):
        """The columns in the active language; a file has 280 words, which are looked up once."""
        return _worded(get_language(), self.columns, site, noun)


@lru_cache(100)
def _worded(_language, columns, site, noun):
    return tuple(
        replace(
            column,
            label=str(column.label),
            choices=tuple((code, str(words)) for code, words in column.choices),
        )
        for column in columns(site, noun)
    )


@dataclass(frozen=True)
class ExportTable:
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


def batches(ordered, read, rows, size=EXPORT_BATCH):
    """The rows of a listing, `size` at a time. `ordered` is its queryset in order; `read` gives the records
    with some keys that are public, in any order, each with its `pk`; `rows` turns a list of these into one
    of rows.

    The keys are read first, eight bytes each, then the records of one batch after the other. One cursor over
    all columns makes SQLite sort the whole width of every row (70 MiB for 100,000 products) and is held for
    as long as the slowest reader takes, and a record that is withdrawn meanwhile would still go out.
    """
    keys = array("q", ordered.values_list("pk", flat=True).iterator())
    for start in range(0, len(keys), size):
        some = keys[start : start + size]
        found = {record.pk: record for record in read(some)}
        if present := [found[key] for key in some if key in found]:
            yield rows(present)


def records_reader(records, *fields):
    """A function of keys for `batches`: reads those of `records` as named tuples of these fields and of
    RECORD_FIELDS. `records` makes the queryset, once."""
    names = dict.fromkeys((*RECORD_FIELDS, *fields))
    prepared = PreparedQuery(
        lambda keys: records().filter(OneOf("pk", keys)).order_by().values_list(*names, named=True),
        keys=Keys(),
    )
    return lambda keys: prepared(keys=keys)


def children_reader(children, parent, *fields):
    """A function of keys: {key of a record: list of its children}, named tuples of `fields`, in the order of
    `children`, which makes their queryset, once. `parent` is their foreign key to the record."""
    prepared = PreparedQuery(
        lambda keys: children().filter(OneOf(parent, keys)).values_list(f"{parent}_id", *fields, named=True),
        keys=Keys(),
    )

    def read(keys):
        found = defaultdict(list)
        for child in prepared(keys=keys):
            found[child[0]].append(child)
        return found

    return read


def bilingual(path):
    """The fields of a record's name in both languages; see `in_language`."""
    return (f"{path}_en", f"{path}_fa")


# --- columns of one field


def field_column(model, name):
    """The ExportColumn of a model's field, worded as the field is."""
    field = model._meta.get_field(name)
    read = attrgetter(f"record.{name}")
    codes = getattr(field, "codes", None)  # see models/codes.py
    return ExportColumn(
        name=name,
        label=capfirst(field.verbose_name),
        value=(lambda row: codes_of(read(row))) if codes else read,
        kind=_kind(field),
        choices=tuple(codes.choices if codes else field.flatchoices),
    )


def field_columns(model, *names):
    return [field_column(model, name) for name in names]


def _kind(field):
    if hasattr(field, "codes"):
        return ColumnKind.CODES
    if field.flatchoices:
        return ColumnKind.CODE
    if isinstance(field, models.BooleanField):
        return ColumnKind.YES_NO
    if isinstance(field, models.DateField):
        return ColumnKind.DATE
    if isinstance(field, models.IntegerField):
        return (
            ColumnKind.EITHER_YEAR
            if is_either_year(field)
            else ColumnKind.YEAR
            if is_year(field)
            else ColumnKind.NUMBER
        )
    return ColumnKind.TEXT


def text_column(name, label, path=None):
    """The ExportColumn of a text that the record has in both languages, in that of the page."""
    return ExportColumn(name, label, lambda row: in_language(row.record, path or name))


def both(stem):
    """Names of the two fields of a text, that of the page's language first."""
    languages = ("fa", "en") if get_language() == "fa" else ("en", "fa")
    return tuple(f"{stem}_{language}" for language in languages)


# --- columns that nouns share


def record_columns(site, noun):
    """What every download ends with; `site` is what stands before a path in an absolute address."""
    prefix, key = site + noun.page_prefix(), noun.key
    return (
        ExportColumn(
            "origin",
            _("Where the record comes from"),
            lambda row: row.record.origin,
            ColumnKind.CODE,
            ORIGIN_CHOICES,
        ),
        ExportColumn("sample", _("Is a sample"), lambda row: is_sample(row.record), ColumnKind.YES_NO),
        text_column("source_publisher", _("Source: publisher"), "source__publisher"),
        ExportColumn("source_address", _("Source: address"), attrgetter("record.source__address")),
        ExportColumn(
            "source_published_on",
            _("Source: published on"),
            attrgetter("record.source__published_on"),
            ColumnKind.DATE,
        ),
        ExportColumn("source_licence", _("Source: licence"), attrgetter("record.source__licence")),
        ExportColumn(
            "updated_on", _("Last change"), lambda row: local_day(row.record.updated_at), ColumnKind.DATE
        ),
        ExportColumn("page", _("Public address"), lambda row: f"{prefix}{getattr(row.record, key)}/"),
    )


def local_day(moment):
    """The day of a moment in the portal's time zone."""
    return timezone.localdate(moment)


def is_sample(record):
    """Whether plain values of a record (`origin`) are a sample's."""
    return record.origin == Origin.SAMPLE


def slug_column():
    """What names the record in its address, and never changes."""
    return ExportColumn("slug", _("Name in its address"), attrgetter("record.slug"))


def sector_columns(path):
    """The sector's name and slug, read at `path`, both empty where there is none or it is not public."""
    return (
        text_column("sector", _("Sector"), f"{path}__name"),
        ExportColumn("sector_slug", _("Sector: name in its address"), attrgetter(f"record.{path}__slug")),
    )


def sector_fields(path):
    """What `sector_columns` reads of a record."""
    return (f"{path}__slug", *bilingual(f"{path}__name"))


def freshness_columns(model):
    """When it was last confirmed, and how long ago that is, by the rule of the model (`confirmed_on`)."""
    return (
        ExportColumn("confirmed_on", _("Last confirmed"), attrgetter("record.confirmed_on"), ColumnKind.DATE),
        ExportColumn(
            "freshness",
            _("Freshness"),
            lambda row: freshness_of(model, row.record),
            ColumnKind.CODE,
            Freshness.choices,
        ),
    )


def company_word_columns():
    """When the company, the buyer or the plant itself confirmed it, or since when it does not answer."""
    return tuple(
        ExportColumn(name, label, attrgetter(f"record.{name}"), ColumnKind.DATE)
        for name, label in (
            ("confirmed_by_company_on", _("Confirmed by the company on")),
            ("company_silent_since", _("Not confirmed by the company since")),
        )
    )


# --- what a cell shows


def printers(columns):
    """A function for each column: from a row to what a cell shows of it in the active language, a str, an
    int, a date, a bool or None. Codes become words, several texts one."""
    return [_printer(column) for column in columns]


def _printer(column):
    words = {code: str(label) for code, label in column.choices}
    if column.kind == ColumnKind.CODE:
        return lambda row: words.get(column.value(row))
    if column.kind == ColumnKind.CODES:
        return lambda row: LIST_SEPARATOR.join(words[code] for code in column.value(row))
    if column.kind == ColumnKind.TEXTS:
        return lambda row: LIST_SEPARATOR.join(column.value(row))
    return column.value
