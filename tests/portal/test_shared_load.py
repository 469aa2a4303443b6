"""Heavy answers take no more than their share, and say when to come again."""

import threading
import time

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import RequestFactory

from catalog.api.throttling import AddressThrottle
from portal.middleware import shared_load

EXPORT = "/en/products/export.csv"


@pytest.fixture(autouse=True)
def few_places_and_a_new_budget(db, settings):
    settings.HEAVY_AT_ONCE = 2
    AddressThrottle.cache.clear()
    yield
    AddressThrottle.cache.clear()


@pytest.fixture
def site():
    """ask(number, address): the answers of one process to visitors, who have not read them yet."""
    handler = WSGIHandler()
    request_finished.disconnect(close_old_connections)  # the test's own is wanted until its end
    yield lambda *arguments, **options: ask(handler, *arguments, **options)
    request_finished.connect(close_old_connections)


def ask(handler, number, address=EXPORT, method="GET", **headers):
    request = RequestFactory().generic(method, address, REMOTE_ADDR=f"203.0.113.{number}", headers=headers)
    return handler.get_response(request)


def test_an_address_has_one_heavy_answer_at_a_time_and_a_process_two(site):
    first, second = site(1), site(2)
    assert [first.status_code, second.status_code] == [200, 200]
    assert [site(1).status_code, site(3).status_code] == [503, 503]
    assert site(3, "/en/products/").status_code == 200
    b"".join(first.streaming_content)
    assert site(1).status_code == 503, "it is not sent yet"
    first.close()
    third = site(3)
    assert third.status_code == 200
    for answer in (second, third):
        answer.close()


def test_who_asks_as_soon_as_a_file_has_come_waits_a_moment_and_one_alone_does(monkeypatch):
    monkeypatch.setattr(shared_load, "PATIENCE", 60)
    slots, answers = shared_load.Slots(2), []
    assert slots.take("a")
    waiting = threading.Thread(target=lambda: answers.append(slots.take("a")))
    waiting.start()
    while not slots._somebody_waits:
        time.sleep(0.001)
    assert not slots.take("a"), "a second one is refused, and does not wait"
    assert slots.take("b"), "nobody waits for what is free"
    slots.give_back("a")
    waiting.join()
    assert answers == [True]
    monkeypatch.setattr(shared_load, "PATIENCE", 0)
    assert not slots.take("a"), "nobody waits longer than PATIENCE"


@pytest.mark.parametrize(("language", "words"), [("en", "in 5 seconds"), ("fa", "۵")])
def test_who_comes_too_many_is_told_when_to_come_again(site, language, words):
    held = [site(1), site(2)]
    refused = site(3, f"/{language}/products/export.xlsx")
    for answer in held:
        answer.close()
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert refused.headers["Cache-Control"] == "no-store"
    assert words in refused.content.decode()
    assert f'<html lang="{language}"' in refused.content.decode()


def test_a_place_is_free_again_whatever_became_of_the_answer(site):
    for number in range(5):
        assert site(1, "/ocds/releases.json").status_code == 404, number
    again = site(1).headers["ETag"]
    AddressThrottle.cache.clear()
    for number in range(3):
        answer = site(4, if_none_match=again)
        answer.close()
        assert answer.status_code == 304, number
    headers = site(4, method="HEAD")
    headers.close()
    assert headers.status_code == 200
    assert site(4).status_code == 200


def test_downloads_searches_and_the_api_spend_one_budget(site, settings):
    settings.API_REQUESTS_A_MINUTE = 2 * shared_load.POINTS_OF_HEAVY
    statuses = []
    for method in ("GET", "HEAD", "HEAD"):
        answer = site(1, method=method)
        answer.close()
        statuses.append(answer.status_code)
    assert statuses == [200, 200, 429]
    assert site(1, "/en/products/?q=pump").status_code == 429
    assert site(1, "/api/v1/products/").status_code == 429
    assert site(1, "/en/products/").status_code == 200
    assert site(2, "/en/products/?q=pump").status_code == 200
