"""Writes to subscribers what entered, left or changed since they last heard: each change exactly once.

A letter and the subscription's new baseline are written in one transaction, under a Message-ID that follows
from the subscription and the number of the letter. A run that was killed has therefore written both or
neither, and two runs at a time write one letter.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from catalog.figures import recording
from catalog.models import Change, ChangeKind, Did, State
from catalog.staff import mail
from catalog.views.change_words import WITHDRAWN_NAMES, line_of

from . import bitmaps, letters, watching
from .models import Frequency, Subscription, What

MAIL_PERIODS = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}
MOST_LINES = 100
"""Of a letter; what is more is counted, and stands behind a link."""


@dataclass
class LetterEntry:
    """One line of a letter: a record, and what happened to it ("" where the heading says it)."""

    name: str
    url: str
    what: str = ""


@dataclass
class Letter:
    """What somebody is told: what entered a list, what left it, what changed. `untold`: how many more did."""

    entered: list = field(default_factory=list)
    left: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    untold: int = 0

    @property
    def count(self):
        return len(self.entered) + len(self.left) + len(self.changed) + self.untold

    @property
    def more(self):
        """How many lines do not stand in it."""
        return self.untold + max(0, self.count - self.untold - MOST_LINES)

    def shortened(self):
        """The same with MOST_LINES lines at most."""
        room, parts = MOST_LINES, []
        for part in (self.entered, self.left, self.changed):
            parts.append(part[:room])
            room -= len(parts[-1])
        return Letter(*parts)


def send_due(now=None):
    """Write the letters that are due into the outbox; how many that were."""
    now = now or timezone.now()
    recording.record()
    run = Run(newest_change())
    due = Subscription.objects.due(now).order_by("what", "key", "pk")
    written = 0
    for key, what, query in list(due.values_list("pk", "what", "key")):
        if what in watching.WATCHED_LISTS:
            run.look(what, query)  # before the transaction: on SQLite nobody else writes in it
        written += run.write(key, now)
    return written


def newest_change():
    """The key of the newest recorded Change, 0 where there is none."""
    return Change.objects.aggregate(newest=Max("pk"))["newest"] or 0


def begin_subscription(subscription, now):
    """Confirm a subscription: from now on it is told what changes. Saved by the caller's transaction."""
    subscription.confirmed_at = now
    subscription.due_at = now + MAIL_PERIODS[subscription.frequency]
    subscription.last_change = newest_change()
    if subscription.what in watching.WATCHED_LISTS:
        subscription.seen = bitmaps.packed(watching.keys_now(subscription.what, subscription.key))
    subscription.save()


class Run:
    """One run of the sender: changes up to `newest`. It keeps the list that was asked for last, because
    subscriptions come in the order of their lists, and the changes since each baseline."""

    def __init__(self, newest):
        self.newest = newest
        self.list, self.held = None, None
        self.changes = {}

    def write(self, key, now):
        """Write the letter of a subscription, if it is still due and has news. Whether it was written."""
        with transaction.atomic():
            rows = Subscription.objects.select_for_update().due(now)
            subscription = rows.filter(pk=key).first()
            if subscription is None:
                return False
            with override(subscription.language):
                letter = self.letter(subscription)
                watched = watching.watched_by(subscription)
                written = bool(letter.count)
                if written:
                    subscription.letters += 1
                    subscription.last_sent = now
                    put_letter(subscription, letter, watched)
            subscription.last_change = self.newest
            while subscription.due_at <= now:
                subscription.due_at += MAIL_PERIODS[subscription.frequency]
            subscription.save()
        return written

    def letter(self, subscription):
        """The Letter of a subscription in the active language; a list's subscription gets its new keys."""
        what = What(subscription.what)
        if what in watching.WATCHED_LISTS:
            return self._of_list(what, subscription)
        changes = Change.objects.shown().real().filter(pk__gt=subscription.last_change, pk__lte=self.newest)
        if what == What.CALLS:
            changes = changes.filter(kind=ChangeKind.CALL)
        else:
            changes = getattr(changes, f"of_{what.value}")(subscription.key)
        return Letter(changed=[_entry(change) for change in changes.with_records().order_by("pk")])

    def _of_list(self, what, subscription):
        now, before = self.look(what, subscription.key), bytes(subscription.seen or b"")
        old = bitmaps.number_of(before)
        letter = Letter()
        if before != now[0]:
            entered, left = bitmaps.keys_of(now[1] & ~old), bitmaps.keys_of(old & ~now[1])
            letter.entered = list(_named(what, entered[:MOST_LINES]))
            letter.left = list(_named(what, left[:MOST_LINES]))
            letter.untold = len(entered[MOST_LINES:]) + len(left[MOST_LINES:])
            subscription.seen = now[0]
        letter.changed = self._changed(what, subscription.last_change, old | now[1])
        return letter

    def look(self, what, key):
        """What a list holds now, packed and as a number; asked for once while it is the same list."""
        if self.list != (what, key):
            data = bitmaps.packed(watching.keys_now(what, key))
            self.list, self.held = (what, key), (data, bitmaps.number_of(data))
        return self.held

    def _changed(self, what, since, keys):
        """The changes of the records in `keys`; not that they appeared or were withdrawn, which is told as
        entering and leaving the list."""
        link, told = watching.WATCHED_LISTS[what].link, []
        for key, changes in self._by_record(since, link).items():
            if keys >> key & 1:
                told += [one for one in changes if f"{one.noun}_id" != link or one.did == Did.CHANGED]
        return [_entry(change) for change in sorted(told, key=lambda change: change.pk)]

    def _by_record(self, since, link):
        """{key of a record: the real changes of it since a baseline}"""
        if (since, link) not in self.changes:
            found = defaultdict(list)
            rows = Change.objects.shown().real().filter(pk__gt=since, pk__lte=self.newest)
            for change in rows.filter(**{f"{link}__isnull": False}).with_records():
                found[getattr(change, link)].append(change)
            self.changes[since, link] = found
        return self.changes[since, link]


def _entry(change):
    line = line_of(change)
    return LetterEntry(line.name, line.url, line.what)


def _named(what, keys):
    """Entries of records of a list, by their keys; of a withdrawn one its address alone, of a deleted one
    nothing."""
    one = watching.WATCHED_LISTS[what]
    records = one.model._base_manager.in_bulk(keys)
    for record in (records[key] for key in keys if key in records):
        if record.is_public:
            name = record.title if what == What.CONTRACTS else str(record)
            yield LetterEntry(name, record.get_absolute_url())
        elif record.state == State.WITHDRAWN:
            name = str(WITHDRAWN_NAMES[one.link.removesuffix("_id")])
            yield LetterEntry(name, record.get_absolute_url())


def put_letter(subscription, letter, watched):
    """Write a letter into the outbox."""
    letters.write_letter(
        subscription.email,
        "watch_news",
        subscription.language,
        letter=letter.shortened(),
        count=letter.count,
        more=letter.more,
        watched=watched,
        news=reverse("catalog:news"),
        page=subscription_address(subscription),
        absolute=letters.absolute,
        fields=outbox_fields(subscription, message_id(subscription)),
    )


def message_id(subscription):
    """That of the letter a subscription is at: the same however often it is written."""
    name = salted_hmac("contact.watch.message", str(subscription.pk), algorithm="sha256").hexdigest()[:20]
    return f"<{LETTER_PREFIX}{name}.{subscription.letters}@{mail.domain()}>"


LETTER_PREFIX = "watch."
"""Of the Message-IDs of all mail to subscribers, by which it is found in the outbox."""


def subscription_address(subscription):
    """The address of a subscription's private page, in its language; it confirms, changes and ends there."""
    with override(subscription.language):
        return reverse("contact:watch_page", args=[subscription.token])


def outbox_fields(subscription, name):
    """The fields of the outbox for mail to a subscriber, named `name`. By its headers a mail program ends the
    subscription with one click (RFC 8058). Its text opens a private page, and is erased once it was sent."""
    with override(subscription.language):
        end = reverse("contact:watch_end", args=[subscription.token])
    headers = {
        "List-Unsubscribe": f"<{letters.absolute(end)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return {"message_id": name, "headers": headers, "is_secret": True}
