"""Deletion of what visitors sent: asked for by them, due after some time, or once more after a restore."""

import re
from datetime import timedelta

from django.conf import settings
from django.core.serializers import deserialize, serialize
from django.core.serializers.base import DeserializationError
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalog.models import Outbox

from . import asking_to_watch
from .models import Enquiry, Erased, Keeper, Proof, Subscription
from .models.enquiries import OPEN

ENQUIRY = "enquiry"
SETTLED = timedelta(days=1)
"""A file without a row that is younger may belong to a form that is being received."""


def erase(enquiry):
    """Delete an enquiry with its messages, proofs and mail, sent or waiting; what is left is its reference.
    Accepted facts about a company are the catalogue's and stay."""
    with transaction.atomic():
        enquiry = Enquiry.objects.select_for_update().filter(pk=enquiry.pk).first()
        if enquiry is None:
            return
        files = [proof.file for proof in enquiry.proofs.all()]
        _erase_letters(enquiry.reference)
        erased = {"reference": enquiry.reference, "at": timezone.now()}
        Erased.objects.update_or_create(kind=ENQUIRY, key=enquiry.pk, defaults=erased)
        enquiry.delete()
        transaction.on_commit(lambda: _delete_files(files))


def erase_old():
    """Erase enquiries that were closed a time ago; returns how many. Open ones stay until they are closed,
    those of a keeper as long as it speaks for a record."""
    before = timezone.now() - settings.ENQUIRIES_KEPT
    closed = Enquiry.objects.exclude(state__in=OPEN).annotate(
        closed_at=Coalesce("decided_at", "answered_at", "received_at")
    )
    speaking = Keeper.objects.filter(ended_at=None).values("enquiry")
    old = closed.filter(closed_at__lt=before).exclude(messages__at__gte=before).exclude(pk__in=speaking)
    count = 0
    for enquiry in list(old.order_by("pk")):
        erase(enquiry)
        count += 1
    return count


def erase_sent_mail():
    """Delete mail that was sent, or given up on, a time ago; returns how many."""
    before = timezone.now() - settings.SENT_MAIL_KEPT
    old = Q(sent_at__lt=before) | Q(undeliverable_at__lt=before)
    return Outbox.objects.filter(old).delete()[0]


def reapply(rows=None):
    """Erase again what these Erased rows (all that are stored, unless told) name, after a restore. Returns
    how many were there. A row received after that erasure is another one with the same key."""
    count = 0
    for row in rows if rows is not None else list(Erased.objects.all()):
        Erased.objects.get_or_create(
            kind=row.kind, key=row.key, defaults={"reference": row.reference, "at": row.at}
        )
        if row.kind == ENQUIRY:
            for enquiry in Enquiry.objects.filter(pk=row.key, received_at__lt=row.at):
                erase(enquiry)
                count += 1
        elif (again := Subscription.objects.filter(pk=row.key, asked_at__lt=row.at)).exists():
            asking_to_watch.end_subscriptions(again)
            count += 1
    return count


def save_list(path):
    """Write which enquiries and subscriptions were erased, for `reapply` after a restore: keys and nothing of
    what they said. What an earlier list holds stays in it, for this database may be an older one."""
    rows = {(row.kind, row.key): row for row in [*read_erased(path), *Erased.objects.order_by("pk")]}
    text = serialize("json", rows.values())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # before the first backup
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def read_erased(path):
    """The Erased rows of such a file, none where there is no file; ValueError where it cannot be read."""
    try:
        return [each.object for each in deserialize("json", path.read_text("utf-8"))]
    except FileNotFoundError:
        return []
    except (UnicodeError, DeserializationError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from error


def sweep_files():
    """Delete files that belong to no proof, left by a process that was cut off; returns how many."""
    storage = Proof._meta.get_field("file").storage
    try:
        _folders, names = storage.listdir("")
    except FileNotFoundError:
        return 0
    known = set(Proof.objects.values_list("file", flat=True))
    before = timezone.now() - SETTLED
    lost = [name for name in names if name not in known and storage.get_modified_time(name) < before]
    for name in lost:
        storage.delete(name)
    return len(lost)


def truncate_log():
    """On SQLite, empty the file of the last changes, in which the text of a deleted row stands until it is
    written over."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _erase_letters(reference):
    """Delete mail about an enquiry: each letter has its reference in the subject or the text."""
    rows = Outbox.objects.filter(Q(subject__contains=reference) | Q(text__contains=reference))
    whole = re.compile(rf"{re.escape(reference)}(?!\d)")
    about = [row.pk for row in rows if whole.search(f"{row.subject}\n{row.text}")]
    Outbox.objects.filter(pk__in=about).delete()


def _delete_files(files):
    for file in files:
        file.storage.delete(file.name)
