"""Who does something too often is refused, and told when it works again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from contact import throttling
from contact.models import Attempt

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def wait(who="203.0.113.7"):
    return throttling.seconds_to_wait("ask", who, most=2, within=HOUR)


def test_too_many_attempts_wait_until_the_oldest_is_over(monkeypatch):
    begin = timezone.now()

    def at(seconds):
        monkeypatch.setattr(timezone, "now", lambda: begin + timedelta(seconds=seconds))

    at(0)
    assert wait() == 0
    at(600)
    assert wait() == 0
    assert wait() == 3000
    assert wait("203.0.113.8") == 0
    at(3601)
    assert wait() == 0


def test_nothing_says_who_it_was_and_old_attempts_go():
    wait("someone@example.org")
    assert "someone" not in "".join(Attempt.objects.values_list("who", flat=True))
    Attempt.objects.update(at=timezone.now() - timedelta(days=2))
    assert throttling.forget_old_attempts() == 1


@pytest.mark.django_db(transaction=True)
def test_of_those_who_come_at_the_same_moment_no_more_are_taken():
    def attempt(_number):
        try:
            return wait_of_ten()
        finally:
            connection.close()

    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(30) as threads:
            waits = list(threads.map(attempt, range(30)))
    else:  # the tests' database in memory belongs to one thread; a file has one writer at a time
        waits = [wait_of_ten() for _number in range(30)]
    assert waits.count(0) == Attempt.objects.count() == 10


def wait_of_ten():
    return throttling.seconds_to_wait("ask", "203.0.113.7", most=10, within=HOUR)
