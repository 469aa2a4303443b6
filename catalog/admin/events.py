"""Entries of the history in words: who, when, what, and each field before and after."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import models
from django.db.models import OuterRef, Subquery, prefetch_related_objects
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalog.models import Import, Revision, State

from . import access, columns

KINDS_OF_ENTRY = {"+": gettext_lazy("Added"), "~": gettext_lazy("Changed"), "-": gettext_lazy("Deleted")}
STEPS_TO_STATE = {
    State.PUBLISHED: pgettext_lazy("what happened", "Published"),
    State.WITHDRAWN: pgettext_lazy("what happened", "Withdrawn"),
    State.IN_REVIEW: pgettext_lazy("what happened", "Sent to review"),
    State.DRAFT: pgettext_lazy("what happened", "Made a draft again"),
}
REVISION = "revision "
IMPORT_REASON = "import "
UNDOING = "undoing "
"""Before the key of a Revision, and of an Import that was brought in or undone, where an entry keeps why
something changed."""
SILENT = {"updated_at", "published_at"}
"""Written by the program along with every change."""
UNNEEDED_FOR_NAMES = {"source", "office", "sector"}


@dataclass
class EventChange:
    field: str
    old: str
    new: str


@dataclass
class Event:
    """`name`: what the row was called then; `about`: with its kind, where the page is not its own."""

    when: str
    who: str
    kind: str
    noun: str
    name: str
    about: str = ""
    changes: list[EventChange] = field(default_factory=list)
    proposed_by: str = ""
    alone: bool = False
    file: str = ""
    undone_file: str = ""
    url: str = ""
    revert_url: str = ""


@dataclass
class EventCause:
    """Why an entry was written: a Revision, a file that came in, a file that was undone."""

    revision: Revision | None = None
    file: str = ""
    undone_file: str = ""


@dataclass
class EventLookups:
    """What was asked for many entries together, by the keys that `_names`, `_related`, `_causes` say."""

    names: dict
    related: dict
    causes: dict


def with_previous(entries):
    """A queryset of history entries, each with the key of the one before it of the same row."""
    before = entries.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    latest = before.order_by("-history_id").values("history_id")[:1]
    return entries.annotate(previous=Subquery(latest)).select_related("history_user")


def told(entries, record=None):
    """The Events of history entries (they come from `with_previous`), in their order. How many queries that
    takes does not depend on how many entries there are. `record`: whose page it is, none for all."""
    entries = list(entries)
    previous, links, names = {}, {}, {}
    for history, some in _by_model(entries).items():
        keys = [entry.previous for entry in some if entry.history_type == "~" and entry.previous]
        previous |= {(history, key): entry for key, entry in history.objects.in_bulk(keys).items()}
        links |= _links(history, [entry.history_id for entry in some] + keys)
        names |= _names(history, some)
    pairs = [(entry, previous.get((type(entry), entry.previous))) for entry in entries]
    found = [differing(entry, before, links) for entry, before in pairs]
    known = EventLookups(names, _related(found), _causes(entries))
    return [_event(entry, changes, known, record) for entry, changes in zip(entries, found, strict=True)]


def differing(entry, before, links=None):
    """[(field, old value, new value)] of an entry that changed a row; `links` as `_links` finds them."""
    if before is None or entry.history_type != "~":
        return []
    if links is None:
        links = _links(type(entry), [entry.history_id, before.history_id])
    model = entry.instance_type
    found = []
    for column in type(entry).tracked_fields:
        if column.name in SILENT or column.primary_key:
            continue
        old, new = getattr(before, column.attname), getattr(entry, column.attname)
        if old != new:
            found.append((model._meta.get_field(column.name), old, new))
    for column in entry._history_m2m_fields:
        old, new = (links.get((type(entry), one.history_id, column.name), []) for one in (before, entry))
        if old != new:
            found.append((model._meta.get_field(column.name), old, new))
    return found


def page_model(model):
    """The noun on whose page a row stands: its own, or that of the record it belongs to."""
    from django.contrib import admin  # noqa: PLC0415, the site is filled while this is imported

    return model if admin.site.is_registered(model) else access.governing_model(model)


def page_key(entry):
    """The key of the record on whose page a row stands."""
    model = entry.instance_type
    name = access.PARENT.get(model)
    return entry.id if page_model(model) is model else getattr(entry, f"{name}_id")


def _by_model(entries):
    found = defaultdict(list)
    for entry in entries:
        found[type(entry)].append(entry)
    return found


def _links(history, keys):
    """{(model of the history, key of an entry, name of a link): sorted keys of the records it leads to}"""
    found = {}
    for column in getattr(history, "_history_m2m_fields", ()):
        rows = getattr(history, column.name).filter(history_id__in=keys)
        target = column.m2m_reverse_field_name()
        for key, other in rows.values_list("history_id", f"{target}_id").order_by(f"{target}_id"):
            found.setdefault((history, key, column.name), []).append(other)
    return found


def as_record(entry):
    """The row as it was then, not stored; what the history does not keep is left at its default."""
    fields = type(entry).tracked_fields
    return entry.instance_type(**{each.attname: getattr(entry, each.attname) for each in fields})


def _names(history, entries):
    """{(model of the history, key of an entry): what the row was called then}"""
    rows = [as_record(entry) for entry in entries]
    load_names(rows, history.instance_type)
    return {(history, entry.history_id): entry_name(row) for entry, row in zip(entries, rows, strict=True)}


def load_names(rows, model):
    """Have at hand the records that the names of these rows of one model are made of."""
    wanted = [each.name for each in model._meta.concrete_fields if each.many_to_one]
    prefetch_related_objects(rows, *(name for name in wanted if name not in UNNEEDED_FOR_NAMES))


def entry_name(row):
    """What a row is called; the records that its name is made of may be gone."""
    try:
        return str(row)
    except (models.ObjectDoesNotExist, AttributeError):
        return f"#{columns.plain(row.pk)}"


def _related(found):
    """{(model, key): record} of all that changed links lead to."""
    keys = defaultdict(set)
    for changes in found:
        for column, old, new in changes:
            if column.many_to_many:
                keys[column.related_model].update(old + new)
            elif column.many_to_one:
                keys[column.related_model].update(key for key in (old, new) if key is not None)
    return {
        (model, key): record
        for model, wanted in keys.items()
        for key, record in model._base_manager.in_bulk(wanted).items()
    }


def _causes(entries):
    """{why an entry was written, as it keeps it: the EventCause}"""
    reasons = {entry.history_change_reason or "" for entry in entries}
    kinds = (REVISION, IMPORT_REASON, UNDOING)
    revisions, brought, undone = (
        [reason.removeprefix(kind) for reason in reasons if reason.startswith(kind)] for kind in kinds
    )
    found = Revision.objects.select_related("author").in_bulk(revisions) if revisions else {}
    files = Import.objects.select_related("revision__author")
    files = files.in_bulk(brought + undone) if brought or undone else {}
    return (
        {f"{REVISION}{key}": EventCause(one) for key, one in found.items()}
        | {
            f"{IMPORT_REASON}{key}": EventCause(one.revision, file=one.file_name)
            for key, one in files.items()
        }
        | {f"{UNDOING}{key}": EventCause(undone_file=one.file_name) for key, one in files.items()}
    )


def _event(entry, found, known, record):
    model = entry.instance_type
    name = known.names[type(entry), entry.history_id]
    noun = capfirst(model._meta.verbose_name)
    cause = known.causes.get(entry.history_change_reason) or EventCause()
    revision = cause.revision
    own = record is not None and isinstance(record, model) and entry.id == record.pk
    return Event(
        when=columns.moment(entry.history_date),
        who=columns.person(entry.history_user) if entry.history_user else _("the program"),
        kind=str(entry_kind(entry, found)),
        noun=str(noun),
        name=name,
        about="" if own else f"{noun}: {name}",
        changes=[
            EventChange(
                capfirst(column.verbose_name),
                value(column, old, known.related),
                value(column, new, known.related),
            )
            for column, old, new in found
        ],
        proposed_by=columns.person(revision.author) if revision and not revision.accepted_alone else "",
        alone=bool(revision and revision.accepted_alone),
        file=cause.file,
        undone_file=cause.undone_file,
        url=_page(entry),
        revert_url=revert_address(entry, found),
    )


def entry_kind(entry, found):
    """What an entry did, in a word: a step of a record towards the public has its own."""
    steps = [new for column, _old, new in found if column.name == "state"]
    return STEPS_TO_STATE.get(steps[0], KINDS_OF_ENTRY["~"]) if steps else KINDS_OF_ENTRY[entry.history_type]


def _page(entry):
    model = page_model(entry.instance_type)
    name = f"admin:catalog_{model._meta.model_name}"
    gone = entry.history_type == "-" and model is entry.instance_type
    return reverse(f"{name}_{'history' if gone else 'change'}", args=[page_key(entry)])


def revert_address(entry, found):
    """The page that takes an entry back, "" where there is none. A step towards the public is taken back by
    the step that leads the other way; a record that was added, by deleting or withdrawing it."""
    model = entry.instance_type
    steps = {column.name for column, _old, _new in found}
    is_record = model not in access.PARENT
    if (
        (is_record and entry.history_type == "+")
        or "state" in steps
        or (entry.history_type == "~" and not found)
    ):
        return ""
    page = page_model(model) if entry.history_type == "~" or is_record else access.governing_model(model)
    name = f"admin:catalog_{page._meta.model_name}"
    if is_record and entry.history_type == "-":
        address = reverse(f"{name}_add")
    else:
        key = entry.id if page is model else getattr(entry, f"{access.PARENT[model]}_id")
        address = reverse(f"{name}_change", args=[key])
    return f"{address}?_revert={model._meta.model_name}.{entry.history_id}"


def value(column, raw, related=None):
    """A value of a column as staff read it; related records that are gone stand as their number."""
    if raw in (None, "", []):
        return _("(empty)")
    if column.many_to_many or column.many_to_one:
        keys = raw if column.many_to_many else [raw]
        known = related if related is not None else _related([[(column, raw, raw)]])
        return columns.names_listed(
            known.get((column.related_model, key)) or f"#{columns.plain(key)}" for key in keys
        )
    if column.choices:
        return str(dict(column.flatchoices).get(raw, raw))
    if isinstance(raw, bool):
        return _("Yes") if raw else _("No")
    if display := columns.shown_field(column):
        return str(display(_Holder(column.name, raw)))
    return Truncator(raw).chars(200)


class _Holder:
    def __init__(self, name, value):
        setattr(self, name, value)
