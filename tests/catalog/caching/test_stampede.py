"""Many who ask for the same page at once after an edit: a process works it out once."""

import http.client
import threading
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client

from catalog.caching.single_flight import SingleFlight
from tests.factories import make_product

VISITORS = 50


def ask_at_once(site, path):
    """The answers to VISITORS connections that ask for `path` at the same moment, as (status, text)."""
    start, answers = threading.Barrier(VISITORS), []

    def ask():
        connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=60)
        connection.connect()
        start.wait()
        connection.request("GET", path)
        response = connection.getresponse()
        answers.append((response.status, response.read()))
        connection.close()

    run_threads(VISITORS, ask)
    return answers


def run_threads(number, target):
    threads = [threading.Thread(target=target) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.whole
def test_fifty_who_ask_for_a_cold_page_at_once_have_it_worked_out_once_a_process(two_workers):
    for _ in range(30):
        make_product()
    for path in ("/en/products/", "/fa/", "/api/v1/products/"):
        for edit in range(2):
            make_product()
            answers = ask_at_once(two_workers.site, path)
            assert set(Counter(answers).values()) == {VISITORS}
            assert answers[0][0] == 200
            run = {key: times for key, times in two_workers.views_run().items() if key[1] == path}
            assert run
            assert max(run.values()) <= edit + 1


@pytest.fixture
def slow_page(committed, monkeypatch):
    """ask(...) asks for a page that takes until `finish` is set, and for which `answer` says what comes."""

    class Slow:
        begun = threading.Semaphore(0)
        finish = threading.Event()
        runs = 0

        def answer(self):
            return HttpResponse("slow")

        def view(self, request):
            self.runs += 1
            self.begun.release()
            self.finish.wait(10)
            return self.answer()

        def ask(self, client=None, **headers):
            try:
                return (client or Client()).get("/en/about/", headers=headers)
            finally:
                connections.close_all()

    slow = Slow()
    monkeypatch.setattr("catalog.views.about.render", lambda request, *args, **kwargs: slow.view(request))
    return slow


def ask_while_another_asks(slow, client, then):
    """Begin three requests, call `then` when all of them wait or work, and let them finish."""
    first = threading.Thread(target=slow.ask, args=(client,))
    first.start()
    assert slow.begun.acquire(timeout=10)
    others = [threading.Thread(target=slow.ask, args=(client,)) for _ in range(2)]
    for other in others:
        other.start()
    then()
    slow.finish.set()
    for thread in (first, *others):
        thread.join()


def test_who_waits_is_given_the_page(slow_page):
    client = Client()
    client.get("/en/accessibility/")  # its middleware stands, with the pages it stores
    ask_while_another_asks(slow_page, client, then=lambda: None)
    assert slow_page.runs == 1


def test_who_has_waited_long_enough_works_it_out(slow_page, monkeypatch):
    monkeypatch.setattr("portal.middleware.public_pages.PAGE_PATIENCE", 0.05)
    client = Client()
    client.get("/en/accessibility/")
    ask_while_another_asks(
        slow_page, client, then=lambda: [slow_page.begun.acquire(timeout=10) for _ in "ab"]
    )
    assert slow_page.runs == 3


def test_a_failed_page_lets_the_others_go_on(slow_page):
    client = Client(raise_request_exception=False)
    client.get("/en/accessibility/")
    slow_page.answer = lambda: 1 / 0
    ask_while_another_asks(slow_page, client, then=lambda: None)
    assert slow_page.runs == 3


def test_nobody_waits_for_what_is_not_stored(slow_page):
    client = Client()
    slow_page.answer = lambda: StreamingHttpResponse(["slow"])
    slow_page.finish.set()
    slow_page.ask(client)
    slow_page.begun.acquire(timeout=10)
    slow_page.finish.clear()
    ask_while_another_asks(
        slow_page, client, then=lambda: [slow_page.begun.acquire(timeout=10) for _ in "ab"]
    )
    assert slow_page.runs == 4


def test_a_key_can_be_worked_out_again_once_it_is_finished():
    flights = SingleFlight(patience=0.01)
    assert flights.begin("a")
    assert flights.begin("b")
    assert not flights.begin("a")
    flights.finish("a")
    assert flights.begin("a")
    assert not flights.begin("b")
