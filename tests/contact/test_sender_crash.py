"""The sender is killed and the mail server refuses: each subscriber gets each change exactly once.

`DRILL=full` kills twenty senders and refuses ten times; the suite does a few of each.
"""

import os
import random
import signal
import sys
import time
from collections import defaultdict
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from catalog.models import Outbox
from catalog.staff import mail
from contact import sending
from contact.models import Subscription
from tests.factories import make_product, make_sector

from .smtp import FORK, SmtpServer

FULL = os.environ.get("DRILL") == "full"
KILLS, REFUSALS, SUBSCRIBERS, DAYS = (20, 10, 25, 6) if FULL else (3, 2, 3, 1)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning"),
]


@pytest.fixture
def server(tmp_path, settings):
    with SmtpServer(tmp_path / "received.jsonl") as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


def run(now, ready):
    """What the two timers do, in a process of its own."""
    for connection in connections.all():
        connection.connect()
    ready.set()
    sending.send_due(now)
    mail.send_waiting()
    os._exit(0)


def sender(now):
    """A sender that has just begun."""
    connections.close_all()
    ready = FORK.Event()
    process = FORK.Process(target=run, args=(now, ready))
    process.start()
    ready.wait(20)
    return process


def the_pauses_pass():
    """As though the time had gone by after which claims and refusals are tried again."""
    earlier = timezone.now() - 2 * mail.CLAIMED_FOR
    Outbox.objects.filter(sent_at=None).update(not_before=earlier)
    Outbox.objects.filter(sent_at=None, claimed_at__isnull=False).update(claimed_at=earlier)


def hit(server, now, chance, span):
    """Kill one sender: at a moment of the `span` that a run takes, in seconds, or when the server has taken
    some of its mail. Whether it was killed before it was done."""
    process = sender(now)
    if chance.random() < 0.5:
        server.patience.value, server.victim.value = chance.randint(1, 3), process.pid
        process.join(30)
    else:
        process.join(chance.random() * span)
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    server.victim.value = 0
    the_pauses_pass()
    return process.exitcode == -signal.SIGKILL


def until_all_is_sent(server, now):
    """Let senders run to their end; how many seconds the first took."""
    spans = []
    for _time in range(50):
        begin, process = time.monotonic(), sender(now)
        process.join()
        assert process.exitcode == 0
        spans.append(time.monotonic() - begin)
        the_pauses_pass()
        if not Outbox.objects.filter(sent_at=None).exists():
            return spans[0]
    pytest.fail("mail is left in the outbox")


@pytest.mark.whole
def test_each_subscriber_gets_each_change_exactly_once(server):
    chance, begin = random.Random(20), timezone.now()
    sector = make_sector()
    emails = [f"reader{n}@example.com" for n in range(SUBSCRIBERS)]
    sending.recording.record()
    for email in emails:
        query = f"sector={sector.slug}"
        one = Subscription(email=email, language="en", what="products", key=query, frequency="daily")
        sending.begin_subscription(one, begin)
    told, killed, refused = [], 0, 0
    span = until_all_is_sent(server, begin)
    for day in range(1, DAYS + 1):
        now = begin + timedelta(days=day, minutes=1)
        told += [make_product(sector=sector, name_en=f"Thing{day}{letter}").name_en for letter in "ab"]
        tries = 0
        while killed < KILLS * day / DAYS and tries < 200:
            tries += 1
            if refused < REFUSALS and chance.random() < 0.5:
                server.refusing.value, refused = 1, refused + 1
            killed += hit(server, now, chance, span)
        left = max(0, REFUSALS * day // DAYS - refused)
        server.refusing.value, refused = left, refused + left
        span = until_all_is_sent(server, now)
    check(server, emails, told)
    if FULL:
        sys.stderr.write(f"{killed} killed, {refused} refused, {len(server.received())} mails taken, ")
        sys.stderr.write(f"{len({one['id'] for one in server.received()})} Message-IDs\n")
    assert killed >= KILLS
    assert server.port == settings.EMAIL_PORT


def check(server, emails, told):
    found = defaultdict(set)
    for message in server.received():
        for thing in told:
            if thing in message["text"]:
                found[message["to"], thing].add(message["id"])
    assert {key: len(ids) for key, ids in found.items()} == {(e, t): 1 for e in emails for t in told}
