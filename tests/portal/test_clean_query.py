"""What a query holds that nobody sees goes where it comes in."""

import pytest
from django.http import HttpRequest

from portal.middleware.clean_query import CleanQueryMiddleware
from tests.factories import make_product

TURNED = "%E2%80%AE"  # U+202E


@pytest.mark.parametrize(
    ("query", "read"),
    [
        (f"q={TURNED}pmup&page=2", "q=pmup&page=2"),
        (f"{TURNED}q=1", "q=1"),
        ("q=%D9%83%D8%AA%D8%A7%D8%A8+%D9%8A", "q=%DA%A9%D8%AA%D8%A7%D8%A8+%DB%8C"),
        ("q=a%0Ab%EE%80%80", "q=a+b"),
        ("q=%D9%BE%E2%80%8C%D9%BE&x", "q=%D9%BE%E2%80%8C%D9%BE&x"),
        ("q=a%2Bb%26c&&=&%", "q=a%2Bb%26c&&=&%"),
        ("q=%FF%FE", "q=%FF%FE"),
        ("q=\u00d9\u0083", "q=%DA%A9"),
    ],
)
def test_a_query_is_cleaned_and_what_is_clean_stays_as_it_was(query, read):
    request = HttpRequest()
    request.META["QUERY_STRING"] = query
    CleanQueryMiddleware(lambda asked: None)(request)
    assert request.META["QUERY_STRING"] == read


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/en/products/",
        "/fa/products/",
        "/en/products/feed.atom",
        "/en/products/export.json",
        "/api/v1/products/",
    ],
)
def test_a_visitors_words_turn_nothing_and_are_found_in_either_script(client, address):
    make_product(name_en="Pump", name_fa="کمپرسور یخچال")
    answer = b"".join(client.get(f"{address}?q={TURNED}كمپرسور يخچال")).decode()
    assert "\u202e" not in answer
    assert "\\u202e" not in answer
    assert "Pump" in answer or "کمپرسور" in answer
