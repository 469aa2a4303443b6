"""Mail about errors: one for each place, with nothing in it that a visitor sent."""

import logging
import sys
import threading

import pytest

from portal.observability import error_mail
from portal.observability.log_masking import Masked


@pytest.fixture
def handler(monkeypatch):
    monkeypatch.setattr(error_mail.ErrorMail, "mailed", {})
    monkeypatch.setattr(error_mail.threading.Thread, "start", lambda thread: thread.run())
    handler = error_mail.ErrorMail(level=logging.ERROR)
    handler.addFilter(Masked())
    return handler


def report(handler, text="broken"):
    try:
        raise LookupError(text)
    except LookupError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "Error: /en/", (), sys.exc_info())
    record.request = "GET /en/?secret"
    handler.handle(record)


def test_a_place_is_mailed_once_an_hour(handler, settings, mailoutbox, monkeypatch):
    settings.ADMINS = [("", "operator@portal.example")]
    report(handler, "for somebody@example.org")
    report(handler)
    (mail,) = mailoutbox
    assert mail.to == ["operator@portal.example"]
    assert "LookupError" in mail.subject
    assert "test_error_mail.py" in mail.body
    assert "secret" not in mail.body
    assert "example.org" not in mail.body
    later = error_mail.time.monotonic() + error_mail.MAIL_PAUSE
    monkeypatch.setattr(error_mail.time, "monotonic", lambda: later)
    report(handler)
    assert len(mailoutbox) == 2


def test_a_command_that_ends_right_after_its_error_waits_for_the_mail(settings, mailoutbox, monkeypatch):
    settings.ADMINS = [("", "operator@portal.example")]
    monkeypatch.setattr(error_mail.ErrorMail, "mailed", {})
    ready, send = threading.Event(), error_mail.mail_operators
    monkeypatch.setattr(error_mail, "mail_operators", lambda *mail: ready.wait(5) and send(*mail))
    report(error_mail.ErrorMail(level=logging.ERROR))
    assert mailoutbox == []
    ready.set()
    error_mail.deliver()
    assert len(mailoutbox) == 1


def test_nobody_is_mailed_where_nobody_is_named(handler, settings, mailoutbox):
    settings.ADMINS = []
    report(handler)
    assert mailoutbox == []


def test_a_mail_server_that_is_away_breaks_nothing(handler, settings, monkeypatch):
    settings.ADMINS = [("", "operator@portal.example")]

    def away(*_arguments):
        raise OSError

    monkeypatch.setattr(error_mail, "mail_admins", away)
    report(handler)
