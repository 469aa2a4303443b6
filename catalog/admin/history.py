"""What happened to a record and its rows, as the history page shows it: who, when, what."""

from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Import, Revision

from . import columns

KINDS = {"+": gettext_lazy("Added"), "~": gettext_lazy("Changed"), "-": gettext_lazy("Deleted")}
PER_PAGE = 50
# The rows of one record; more than a page of anyone's patience.
MOST = 1000
# Written by the program along with every change.
REVISION = "revision "
"""Before the key of a Revision, where an entry keeps why something changed."""
IMPORT = "import "
"""The same before the key of an Import."""
SILENT = {"updated_at", "published_at"}


@dataclass
class Change:
    field: str
    old: str
    new: str


@dataclass
class Event:
    when: str
    who: str
    kind: str
    about: str = ""  # the row, where it is not the record itself
    changes: list[Change] = field(default_factory=list)
    proposed_by: str = ""
    file: str = ""


def note_revision(record, revision):
    """Have the next entry of a record's history name the Revision that it came with."""
    record._change_reason = f"{REVISION}{revision.pk}"


def note_import(record, brought):
    """The same for an Import: the file that the change came with."""
    record._change_reason = f"{IMPORT}{brought.pk}"


def page(record, row_nouns, number):
    """A Page of Events, newest first: what happened to `record` and to its rows of the models `row_nouns`."""
    entries = _entries(record.history.filter(id=record.pk))
    for model in row_nouns:
        entries += _entries(model.history.filter(**{link_to(type(record), model): record.pk}), about=model)
    entries.sort(key=lambda entry: (entry[0].history_date, entry[0].history_id), reverse=True)
    listed = Paginator(entries, PER_PAGE).get_page(number)
    authors = _authors(entry for entry, _before, _about in listed.object_list)
    files = _files(entry for entry, _before, _about in listed.object_list)
    events = []
    for entry in listed.object_list:
        event = _event(*entry, authors)
        event.file = files.get(entry[0].history_change_reason, "")
        events.append(event)
    listed.object_list = events
    return listed


def _files(entries):
    """{why an entry was written: the name of the file} of those that came with an Import."""
    reasons = {entry.history_change_reason or "" for entry in entries}
    keys = [reason.removeprefix(IMPORT) for reason in reasons if reason.startswith(IMPORT)]
    found = Import.objects.in_bulk(keys) if keys else {}
    return {f"{IMPORT}{key}": one.file_name for key, one in found.items()}


def _authors(entries):
    """{why an entry was written: who proposed it} of those that came with a Revision."""
    reasons = {entry.history_change_reason or "" for entry in entries}
    keys = [reason.removeprefix(REVISION) for reason in reasons if reason.startswith(REVISION)]
    if not keys:
        return {}
    found = Revision.objects.select_related("author").in_bulk(keys)
    return {f"{REVISION}{key}": columns.person(one.author) for key, one in found.items()}


def deletion(model, pk):
    """(what a record was called, the Event of its deletion); None where none was deleted under that key."""
    entry = model.history.filter(id=pk, history_type="-").select_related("history_user").first()
    return entry and (_words(entry), _event(entry, None, None))


def link_to(parent, model):
    """The column of `model` that holds the key of a `parent`."""
    return next(f.attname for f in model._meta.fields if f.many_to_one and f.related_model is parent)


def _entries(history, about=None):
    """(entry, the one before it of the same row or None, model of the row or None)"""
    entries, last = [], {}
    for entry in history.select_related("history_user").order_by("history_date", "history_id")[:MOST]:
        entries.append((entry, last.get(entry.id), about))
        last[entry.id] = entry
    return entries


def _event(entry, before, about, authors=None):
    return Event(
        when=columns.moment(entry.history_date),
        who=columns.person(entry.history_user) if entry.history_user else _("the program"),
        kind=str(KINDS[entry.history_type]),
        about=f"{capfirst(about._meta.verbose_name)}: {_words(entry)}" if about else "",
        changes=_changes(entry, before) if entry.history_type == "~" else [],
        proposed_by=(authors or {}).get(entry.history_change_reason, ""),
    )


def _words(entry):
    """What a row was called then; its other records may be gone by now."""
    try:
        return str(entry.instance)
    except (models.ObjectDoesNotExist, AttributeError):
        return f"#{columns.plain(entry.id)}"


def _changes(entry, before):
    if before is None:
        return []
    meta = entry.instance_type._meta
    found = []
    for each in entry.diff_against(before).changes:
        column = meta.get_field(each.field)
        if each.field not in SILENT:
            found.append(
                Change(capfirst(column.verbose_name), _value(column, each.old), _value(column, each.new))
            )
    return found


def _value(column, value):
    """`value` of a column as staff read it; related records that are gone stand as their number."""
    if value in (None, "", []):
        text = _("(empty)")
    elif column.many_to_many:
        wanted = [row[column.m2m_reverse_field_name()] for row in value]
        text = columns.listed(column.related_model._base_manager.filter(pk__in=wanted))
    elif column.many_to_one:
        text = column.related_model._base_manager.filter(pk=value).first() or f"#{columns.plain(value)}"
    elif column.choices:
        text = dict(column.flatchoices).get(value, value)
    elif isinstance(value, bool):
        text = _("Yes") if value else _("No")
    elif display := columns.shown(column):
        text = display(_Holder(column.name, value))
    else:
        text = Truncator(value).chars(200)
    return str(text)


class _Holder:
    def __init__(self, name, value):
        setattr(self, name, value)
