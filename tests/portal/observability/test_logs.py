"""Lines of the log: what stands in them, and what never does."""

import json
import logging
import sys

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import RequestFactory

from portal.middleware.request_log import RequestLogMiddleware
from portal.observability import request_ids
from portal.observability.log_masking import Masked, masked
from portal.observability.logs import JsonLines

TOKEN = "A" * 43


@pytest.fixture
def lines(monkeypatch):
    """The lines that requests write, as they are read back."""
    written = []

    class Reading(logging.Handler):
        def emit(self, record):
            if Masked().filter(record):
                written.append(json.loads(JsonLines().format(record)))

    handler = Reading()
    for name in ("portal.requests", "portal.security", "django.request"):
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "handlers", [handler])
        monkeypatch.setattr(logger, "propagate", False)
        monkeypatch.setattr(logger, "level", logging.INFO)
        logger.manager._clear_cache()
    yield written
    logging.getLogger().manager._clear_cache()


@pytest.mark.django_db
def test_a_request_is_one_line_without_its_query_and_who_sent_it(client, lines):
    response = client.get("/en/products/?q=secret", headers={"user-agent": "someone"})
    (line,) = lines
    assert line["request_id"] == response["X-Request-ID"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/en/products/", 200)
    assert (line["level"], line["logger"]) == ("info", "portal.requests")
    assert line["view"] == "catalog:product_list"
    assert line["queries"] > 0
    assert line["bytes"] == len(response.content)
    assert line["duration_ms"] > 0
    assert line["staff"] is None
    assert line["time"].endswith("Z")
    text = json.dumps(line)
    assert not [word for word in ("secret", "127.0.0.1", "someone") if word in text]


@pytest.mark.django_db
def test_of_staff_the_number_is_written_down(admin_client, lines):
    admin_client.get("/admin/account/")
    assert lines[-1]["staff"] == User.objects.get().pk
    assert "admin@" not in json.dumps(lines)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [f"/en/ask/{TOKEN}/", "/admin/reset/MQ/abc123-" + "0f" * 16 + "/"])
def test_what_opens_a_private_page_is_not_written_down(client, lines, path):
    client.get(path)
    assert lines
    assert not [line for line in lines if TOKEN in str(line) or "0f0f" in str(line)]


@pytest.mark.django_db
def test_an_error_is_written_with_its_trace_and_without_the_request(client, lines, monkeypatch):
    def broken(*_):
        raise ValueError("nobody@example.org knows")

    client.raise_request_exception = False
    monkeypatch.setattr("portal.middleware.rate.RateMiddleware.__call__", broken)
    assert client.get("/en/?email=somebody").status_code == 500
    trace, request = lines
    assert trace["request_id"] == request["request_id"] != ""
    assert (trace["level"], request["status"]) == ("error", 500)
    assert "ValueError" in trace["trace"]
    assert "example.org" not in str(lines)
    assert "somebody" not in str(lines)


def test_health_is_written_down_only_where_it_fails(lines):
    for status in (200, 503):
        answer = RequestLogMiddleware(lambda _request, status=status: HttpResponse(status=status))
        answer(RequestFactory().get("/readyz"))
    assert [line["status"] for line in lines] == [503]


@pytest.mark.parametrize(
    ("given", "address", "kept"),
    [
        ("abcdef0123456789", "10.0.0.1", True),
        ("abcdef0123456789", "192.0.2.1", False),
        ("abc def{}:\n01234", "10.0.0.1", False),
        ("a" * 65, "10.0.0.1", False),
        ("", "10.0.0.1", False),
    ],
)
def test_an_id_is_the_proxys_or_our_own(settings, given, address, kept):
    settings.FORWARDED_ALLOW_IPS = ["10.0.0.1"]
    request = RequestFactory().get("/", headers={"x-request-id": given}, REMOTE_ADDR=address)
    found = request_ids.give_request_id(request)
    assert (found == given) == kept
    assert request_ids.TAKEN.fullmatch(found)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Key (email) exists\nDETAIL:  Key (to)=(x) stands.", "Key (email) exists\nDETAIL: …"),
        ("DETAIL:  Key (to)=(x\ny) stands.\nCONTEXT:  z", "DETAIL: …\nCONTEXT:  z"),
        ("DETAIL:  Row (x\ny) is.\n\nThe above", "DETAIL: …\n\nThe above"),
        ("to reza.k+1@mail.example.ir now", "to … now"),
        ("one@a.example+two@b.example", "…@b.example"),
        ("Invalid request from ip=2001:db8::1: Invalid HTTP", "Invalid request from ip=…: Invalid HTTP"),
    ],
)
def test_what_is_nobodys_business_is_blotted_out(text, shown):
    assert masked(text) == shown


def test_a_long_run_of_letters_is_masked_as_fast_as_it_is_long():
    """A pattern that tries each letter anew takes minutes for it."""
    text = "a" * 300_000
    assert masked(text) == text


def test_a_line_break_in_what_was_sent_makes_no_other_line():
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s", ("a\nb\u2028\x1b[31m",), None)
    assert JsonLines().format(record).isprintable()


def test_a_trace_is_one_line_too():
    try:
        raise ValueError("x")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "broken", (), sys.exc_info())
    text = JsonLines().format(record)
    assert "\n" not in text
    assert json.loads(text)["trace"].endswith("ValueError: x")
