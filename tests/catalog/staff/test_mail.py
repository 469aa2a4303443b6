"""The outbox: sent once, in order, tried again, and safe to run twice or after a crash."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from catalog.models import Outbox
from catalog.staff import mail


@pytest.fixture
def letter(db):
    return mail.put("a@example.org", "Two\nlines", "Text", html="<p>Text</p>", language="en")


def send():
    call_command("send_mail", verbosity=0)


def test_a_message_is_sent_once_in_both_forms(letter, mailoutbox):
    send()
    send()
    assert [(one.subject, one.to) for one in mailoutbox] == [("Two lines", ["a@example.org"])]
    assert mailoutbox[0].alternatives == [("<p>Text</p>", "text/html")]
    letter.refresh_from_db()
    assert letter.sent_at
    assert (letter.tries, letter.text) == (1, "Text")


def test_what_the_server_refuses_waits_with_the_error_and_is_tried_again(letter, mailoutbox, monkeypatch):
    other = mail.put("b@example.org", "Other", "Text", language="fa")

    def refuse(self, **_kwargs):
        if self.to == ["a@example.org"]:
            raise OSError("550 no such box")
        return original(self)

    original = django_mail.EmailMultiAlternatives.send
    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuse)
    send()
    letter.refresh_from_db()
    assert (letter.sent_at, letter.last_error) == (None, "OSError: 550 no such box")
    assert letter.not_before > timezone.now()
    other.refresh_from_db()
    assert other.sent_at
    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", original)
    send()
    assert len(mailoutbox) == 1  # not due yet
    Outbox.objects.update(not_before=timezone.now())
    send()
    letter.refresh_from_db()
    assert (letter.tries, letter.last_error) == (1, "")
    assert [one.extra_headers["Message-ID"] for one in mailoutbox] == [other.message_id, letter.message_id]


def test_two_runs_at_once_never_have_the_same_message(letter):
    assert mail.claim(letter.pk) == letter
    assert mail.claim(letter.pk) is None
    assert mail.send_waiting() == (0, 0)


def test_after_a_crash_it_is_resumed_under_the_same_message_id(letter, mailoutbox):
    mail.claim(letter.pk)
    Outbox.objects.update(claimed_at=timezone.now() - mail.CLAIMED_FOR - timedelta(seconds=1))
    send()
    assert mailoutbox[0].extra_headers["Message-ID"] == letter.message_id
    assert mail.claim(letter.pk) is None  # sent: for nobody to send again


def test_a_crash_while_sending_leaves_it_claimed(letter, monkeypatch):
    def crash(self, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", crash)
    with pytest.raises(KeyboardInterrupt):
        send()
    letter.refresh_from_db()
    assert letter.claimed_at
    assert (letter.sent_at, letter.tries) == (None, 1)


NO_BOX = smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"5.1.1 no such box")})
FULL = smtplib.SMTPRecipientsRefused({"a@example.org": (452, b"box full")})
RELAY = smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"5.7.1 relaying denied")})
BAD_SENDER = smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"5.1.8 no such sender")})
BARE = smtplib.SMTPRecipientsRefused({"a@example.org": (554, b"no")})
MOST = mail.MOST_SENDINGS
SPAM = smtplib.SMTPDataError(554, b"no")


@pytest.mark.parametrize(
    ("error", "tries"),
    [(NO_BOX, 1), (FULL, MOST), (SPAM, MOST), (RELAY, MOST), (BAD_SENDER, MOST), (BARE, MOST)],
)
def test_a_refused_message_is_given_up_on_and_sent_again_by_hand(letter, monkeypatch, error, tries):
    def refuse(self, **_kwargs):
        raise error

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuse)
    for _number in range(MOST + 1):
        Outbox.objects.update(not_before=timezone.now())
        send()
    letter.refresh_from_db()
    assert (letter.tries, letter.text) == (tries, "Text")
    assert Outbox.objects.undeliverable().get() == letter
    assert Outbox.objects.send_again() == 1
    assert Outbox.objects.waiting().get() == letter


def test_a_server_that_is_away_refuses_nothing_and_is_asked_less_and_less(letter, monkeypatch):
    errors = [*[OSError("down")] * MOST, FULL]

    def refuse(self, **_kwargs):
        raise errors.pop(0)

    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", refuse)
    pauses = []
    for hours in range(MOST + 1):
        now = timezone.now()
        Outbox.objects.update(created_at=now - timedelta(hours=hours), not_before=now)
        send()
        letter.refresh_from_db()
        pauses.append(round((letter.not_before - now) / timedelta(hours=1)))
    assert pauses == [0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 0]
    assert (letter.tries, letter.last_error.split(":")[0]) == (1, "SMTPRecipientsRefused")
    assert Outbox.objects.waiting().get() == letter


def test_nothing_that_was_typed_makes_another_header(db):
    message = mail.put("one@example.org", "a\r\nBcc: two@example.org", "text")
    assert message.subject == "a Bcc: two@example.org"
    for to in ("one@example.org, two@example.org", "one@example.org\nBcc: two@example.org"):
        with pytest.raises(ValidationError):
            mail.put(to, "a", "text")
