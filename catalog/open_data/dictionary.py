"""The fields of the public nouns in the reader's words, as the models give them: names, meanings, choices."""

from dataclasses import dataclass
from functools import cache

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.models.base import is_either_year, is_year
from catalog.nouns import nouns

# Keys and clocks of the database, what only staff see, and what only lays out a page.
INTERNAL = {
    "id", "note", "state", "published_at", "updated_at", "withdrawn_reason_en", "withdrawn_reason_fa",
    "sort_en", "sort_fa", "tags", "open_step_due", "signed_year", "legal_id", "order", "icon", "headline",
    "last_call", "import_order", "chosen",
}  # fmt: skip


@dataclass(frozen=True)
class DictionaryField:
    """One field: machine name, label, meaning (may be ""), what kind of value, choices as (value, label)."""

    name: str
    label: str
    meaning: str
    kind: str
    optional: bool
    choices: tuple


@dataclass(frozen=True, eq=False)  # one of each in a language: nobody compares 24 times 15 fields
class NounEntry:
    """A public noun with its fields; `key` is its name for machines."""

    key: str
    label: str
    fields: tuple


def noun_entries():
    """A tuple of the NounEntry of each public noun, worded in the active language."""
    return tuple(_entry_in(noun.model, get_language()) for noun in nouns("dictionary"))


@cache
def _entry_in(model, language):
    """The NounEntry of a model in the active language: the code says all of it, so it is worded once."""
    return entry_of(model)


def entry_of(model):
    """The NounEntry of a model, worded in the active language."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return NounEntry(
        key=model.__name__,
        label=capfirst(str(model._meta.verbose_name)),
        fields=tuple(field_of(field) for field in fields if field.name not in INTERNAL),
    )


def field_of(field):
    """The DictionaryField of a model's field, worded in the active language."""
    return DictionaryField(
        name=field.name,
        label=capfirst(str(field.verbose_name)),
        meaning=str(field.help_text),
        kind=_kind(field),
        optional=field.null or field.blank,
        choices=tuple((value, str(label)) for value, label in field.flatchoices if value not in ("", None)),
    )


def _kind(field):
    """What kind of value it holds, in words."""
    if field.related_model:
        target = field.related_model._meta
        pattern = _("links to %(nouns)s") if field.many_to_many else _("link to %(noun)s")
        return pattern % {"noun": target.verbose_name, "nouns": target.verbose_name_plural}
    if field.flatchoices:
        return _("one of these values")
    if is_year(field):
        return (
            _("year, Iranian or Gregorian as its number says") if is_either_year(field) else _("Iranian year")
        )
    if isinstance(field, models.BigIntegerField) and not isinstance(field, models.PositiveBigIntegerField):
        return _("whole number, money in whole units of its currency")
    return next((str(words) for kind, words in _kinds() if isinstance(field, kind)), _("text"))


def _kinds():
    """Words for classes of fields, the narrower before the wider."""
    return (
        (models.URLField, _("web address")),
        (models.EmailField, _("e-mail address")),
        (models.SlugField, _("name for machines")),
        (models.FileField, _("file")),
        (models.DateTimeField, _("day and hour")),
        (models.DateField, _("day, Gregorian (ISO 8601)")),
        (models.BooleanField, _("yes or no")),
        (models.IntegerField, _("whole number")),
        (models.DecimalField, _("decimal number")),
    )
