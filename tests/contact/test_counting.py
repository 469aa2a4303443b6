"""What is counted of enquiries for the public: the clock of each office, and the claims of each call."""

from datetime import UTC, date, datetime, timedelta
from itertools import count as numbers

import pytest
from django.core.management import call_command
from django.utils import timezone

from catalog.caching import editions
from catalog.models import Call, Holiday, ServiceFigure
from contact import counting
from contact.models import Enquiry, Pause
from tests.factories import make_call, make_office, make_product

pytestmark = pytest.mark.django_db

NUMBER = numbers(1)
MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


def make_enquiry(products=(), days=None, **values):
    """An enquiry of MONDAY, answered that many days later."""
    n = str(next(NUMBER))
    values.setdefault("received_at", MONDAY)
    if days is not None:
        values["answered_at"] = values["received_at"] + timedelta(days=days)
        values.setdefault("state", "answered")
    given = {"kind": "ask", "name": "A", "email": "a@example.org", "text": "?", "language": "en"}
    enquiry = Enquiry.objects.create(reference=n, token_hash=n, nonce=n, **{**given, **values})
    enquiry.products.set(products)
    return enquiry


def claim(product, state="received", role="makes", **values):
    return make_enquiry([product], kind="claim", role=role, state=state, **values)


def figure(office=None):
    counting.count_service(NOW)
    return ServiceFigure.objects.get(office=office)


def test_each_office_and_all_of_them_are_counted():
    one, other = make_office(), make_office()
    make_enquiry(office=one, days=1)
    make_enquiry(office=one, days=7)  # five working days
    make_enquiry(office=one, days=8)  # six
    make_enquiry(office=one)
    make_enquiry(office=other, received_at=NOW - timedelta(days=1))
    make_enquiry()
    found = figure(one)
    assert (found.received, found.answered, found.in_time, found.due) == (4, 3, 2, 4)
    assert (found.median, found.open_now, found.oldest_open) == (5, 1, date(2026, 11, 2))
    assert (figure(other).received, figure(other).due, figure(other).median) == (1, 0, None)
    every = figure()
    assert (every.received, every.answered, every.open_now, every.due) == (6, 3, 3, 5)
    assert every.as_of == NOW


def test_the_clock_stands_while_the_office_waits_for_the_sender():
    asked = make_enquiry(days=10)
    Pause.objects.create(enquiry=asked, since=MONDAY + timedelta(days=1), until=MONDAY + timedelta(days=8))
    assert figure().median == 2  # Tuesday the 3rd and Wednesday the 11th
    waiting = make_enquiry(state="asked_back")
    Pause.objects.create(enquiry=waiting, since=MONDAY + timedelta(days=1))
    assert figure().due == 1
    assert counting.late(now=NOW) == []


def test_holidays_stop_the_clock():
    make_enquiry(days=8)
    assert figure().in_time == 0
    Holiday.objects.create(date=date(2026, 11, 3), name_en="A day", name_fa="روزی")
    assert figure().in_time == 1


def test_what_was_withdrawn_and_spam_are_left_out():
    for state in ("withdrawn", "spam", "received"):
        make_enquiry(state=state)
    assert figure().received == 1


def test_days_are_those_of_tehran():
    late_evening = datetime(2026, 11, 2, 20, 42, tzinfo=UTC)  # 3 November, 00:12 in Tehran
    make_enquiry(received_at=late_evening, days=0)
    make_enquiry(received_at=late_evening)
    assert figure().oldest_open == date(2026, 11, 3)


def test_only_what_changed_is_written_and_a_receipt_writes_nothing():
    product = make_product()
    make_call(product=product)
    make_enquiry(days=1)
    call_command("count_service", verbosity=0)
    edition = editions.current()
    assert counting.count_service() == 0
    claim(product)
    assert editions.current() == edition
    assert counting.count_service() == 2  # the figures of all, and the call
    assert editions.current() != edition


def test_late_ones_are_the_longest_waiting_first():
    second, first = make_enquiry(), make_enquiry(received_at=MONDAY - timedelta(days=7))
    make_enquiry(received_at=NOW)
    make_enquiry(days=20)
    assert counting.late(now=NOW) == [first.pk, second.pk]
    assert counting.late(Enquiry.objects.filter(pk=second.pk), NOW) == [second.pk]


def counts(call):
    counting.count_service()
    call.refresh_from_db()
    return call.claims, call.accepted, call.refused, call.undecided


def test_a_call_counts_the_claims_to_make_its_product_that_came_before_it_closed():
    product, now = make_product(), timezone.now()
    call = make_call(product=product, days_ago=3, counted_at=None)
    before = {"received_at": now - timedelta(days=5)}
    for state in ("accepted", "refused", "received", "answered", "withdrawn", "spam"):
        claim(product, state, **before)
    claim(product, "accepted", role="could_make", **before)
    claim(product, "accepted", role="buys", **before)
    claim(make_product(), "accepted", **before)
    claim(product, "accepted", received_at=now)
    assert counts(call) == (5, 2, 1, 2)


def test_a_claim_belongs_to_one_call_alone():
    product = make_product()
    first = make_call(product=product, days_ago=60)
    second = make_call(product=product)
    claim(product, received_at=timezone.now() - timedelta(days=70))
    assert counts(first)[0] == 1
    assert counts(second)[0] == 0


def test_what_was_erased_after_a_call_closed_stays_counted():
    product = make_product()
    call = make_call(product=product, days_ago=3, counted_at=None)
    before = {"received_at": timezone.now() - timedelta(days=5)}
    one, other = claim(product, **before), claim(product, **before)
    assert counts(call) == (2, 0, 0, 2)
    one.delete()
    Enquiry.objects.filter(pk=other.pk).update(state="accepted")
    assert counts(call) == (2, 1, 0, 1)
    other.delete()
    assert counts(call) == (2, 1, 0, 1)


def test_that_nobody_came_forward_is_known_once_it_was_counted_after_it_closed():
    call = make_call(days_ago=3, counted_at=timezone.now() - timedelta(days=9))
    assert not call.is_counted
    counting.count_service()
    assert Call.objects.get().is_counted
    assert counting.count_service() == 0
