"""Parts of pages that are kept for an edition of the catalogue."""

import pytest
from cachetools import LRUCache
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalog.caching import parts
from catalog.caching.parts import kept
from catalog.currency import visitor_rate
from tests.factories import make_product


@pytest.fixture(autouse=True)
def keeping(monkeypatch):
    monkeypatch.setattr(parts, "_kept", LRUCache(20_000, getsizeof=lambda entry: entry[1]))


@pytest.fixture
def page():
    with parts.page():
        parts.under("7", "2026-11-24")
        yield


def rendered(text="{% kept 'part' key %}{{ word }}{% endkept %}", **values):
    return Template(text).render(Context(values))


def test_a_part_is_made_once_for_its_edition_day_language_and_key(page):
    made = iter(range(10))
    assert [kept(made.__next__, "part", 1) for _ in range(3)] == [0, 0, 0]
    assert kept(made.__next__, "part", 2) == 1
    with override("fa"):
        assert kept(made.__next__, "part", 1) == 2
    parts.under("8", "2026-11-24")
    assert kept(made.__next__, "part", 1) == 3
    parts.under("8", "2026-11-25")
    assert kept(made.__next__, "part", 1) == 4
    parts.under("7", "2026-11-24")
    assert kept(made.__next__, "part", 1) == 0


def test_nothing_is_a_value_too(page):
    made = iter([None, "later"])
    assert kept(made.__next__, "year") is None
    assert kept(made.__next__, "year") is None


def test_outside_of_a_public_page_nothing_is_kept():
    made = iter(range(10))
    assert [kept(made.__next__, "part"), kept(made.__next__, "part")] == [0, 1]
    with parts.page():
        assert kept(made.__next__, "part") == 2


def test_what_is_too_large_or_too_old_goes(page):
    made = iter(["x" * 3000, "y" * 3000])
    assert kept(made.__next__, "large") != kept(made.__next__, "large")
    for number in range(100):
        kept(lambda: "z" * 1000, "many", number)
    assert parts._kept.currsize <= 20_000
    assert kept(lambda: "anew", "many", 99) == "z" * 1000
    assert kept(lambda: "anew", "many", 0) == "anew"


def test_the_tag_keeps_what_it_rendered_and_escaped(page):
    assert rendered(key=1, word="<b>") == "&lt;b&gt;"
    assert rendered(key=1, word="other") == "&lt;b&gt;"
    assert rendered(key=2, word="other") == "other"
    assert [rendered(key=None, word=word) for word in "ab"] == ["a", "b"]
    assert [rendered(word=word) for word in "ab"] == ["a", "b"]


def test_no_part_is_kept_for_who_chose_a_rate(page):
    with visitor_rate.chosen({"rate": "market"}):
        assert [rendered(key=1, word=word) for word in "ab"] == ["a", "b"]


@pytest.mark.django_db
def test_rows_and_facets_of_the_listing_are_shared_between_its_pages(client, monkeypatch):
    for _ in range(3):
        make_product()
    monkeypatch.setattr("catalog.caching.editions.current", lambda: "7")
    monkeypatch.setattr(parts, "_kept", LRUCache(2**22, getsizeof=lambda entry: entry[1]))

    def queries(address):
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    first = queries("/en/products/")
    assert queries("/en/products/?page=1") == 1  # whether there are samples
    assert 0 < queries("/en/products/?order=name") < first
