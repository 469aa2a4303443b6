"""What happened to one record and its rows, as its history page shows it."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef

from catalog.models.derived import chunks

from . import events
from .events import IMPORT_REASON, REVISION, UNDOING

EVENTS_PER_PAGE = 50
# The rows of one record; more than a page of anyone's patience.
MOST_EVENTS = 1000


def note_revision(record, revision):
    """Have the next entry of a record's history name the Revision that it came with."""
    record._change_reason = f"{REVISION}{revision.pk}"


def note_import(record, brought):
    """The same for an Import: the file that the change came with."""
    record._change_reason = f"{IMPORT_REASON}{brought.pk}"


def note_undoing(record, brought):
    """The same for an Import that is undone."""
    record._change_reason = f"{UNDOING}{brought.pk}"


def note_retired(model, keys, brought):
    """Have the last entries of records with these keys, which an Import deleted, name it."""
    entries = model.history.filter(id__in=keys, history_type="-", history_change_reason=None)
    entries.update(history_change_reason=f"{IMPORT_REASON}{brought.pk}")


def note_retired_by(entry, brought):
    """Have one such entry name another Import."""
    entry.history_change_reason = f"{IMPORT_REASON}{brought.pk}"
    entry.save(update_fields=["history_change_reason"])


def retired(model, brought):
    """The last entries of the records that an Import deleted."""
    return model.history.filter(history_type="-", history_change_reason=f"{IMPORT_REASON}{brought.pk}")


def note_ended(model, keys, brought):
    """Have the last entries of records with these keys, whose choice an Import ended, name it."""
    for some in chunks(keys, 500):
        entries = model.history.filter(id__in=some).latest_of_each().filter(chosen=False)
        entries.update(history_change_reason=f"{IMPORT_REASON}{brought.pk}")


def ended_choices(model, brought):
    """The entries of the records whose choice an Import ended, without those of its own rows."""
    own = brought.rows.filter(record_id=OuterRef("id"))
    found = model.history.filter(history_type="~", history_change_reason=f"{IMPORT_REASON}{brought.pk}")
    return found.filter(~Exists(own), chosen=False)


def hand_on(entry, key):
    """Have such an entry name the Import that ended the choice of the record with this key, if one did."""
    later = type(entry).objects.filter(id=key, chosen=False, history_change_reason__startswith=IMPORT_REASON)
    if found := later.filter(history_type="~", history_id__gt=entry.history_id).last():
        entry.history_change_reason = found.history_change_reason
        entry.save(update_fields=["history_change_reason"])


def history_page(record, row_nouns, number):
    """A Page of Events, newest first: what happened to `record` and to its rows of the models `row_nouns`."""
    histories = [type(record).history.filter(id=record.pk)]
    for model in row_nouns:
        histories.append(model.history.filter(**{link_to(type(record), model): record.pk}))
    places = [
        (when, key, place)
        for place, history in enumerate(histories)
        for when, key in history.order_by("-history_date", "-history_id").values_list(
            "history_date", "history_id"
        )[:MOST_EVENTS]
    ]
    listed = Paginator(sorted(places, reverse=True), EVENTS_PER_PAGE).get_page(number)
    found = {}
    for place, history in enumerate(histories):
        keys = [key for _when, key, at in listed.object_list if at == place]
        if keys:
            entries = events.with_previous(history.model.objects.filter(history_id__in=keys))
            found |= {(place, entry.history_id): entry for entry in entries}
    entries = [found[place, key] for _when, key, place in listed.object_list]
    listed.object_list = events.told(entries, record)
    return listed


def deletion(model, pk):
    """The Event of the deletion of the record that had this key; None where none was deleted."""
    found = model.history.filter(id=pk, history_type="-")
    told = events.told(events.with_previous(found)[:1])
    return told[0] if told else None


def as_it_was(model, pk):
    """A record that was deleted, as it was last, not stored; None where none was deleted under that key."""
    entry = model.history.filter(id=pk, history_type="-").first()
    return events.as_record(entry) if entry else None


def link_to(parent, model):
    """The column of `model` that holds the key of a `parent`."""
    return next(f.attname for f in model._meta.fields if f.many_to_one and f.related_model is parent)
