"""A desk that moved says so wherever it is shown while it is not over, and costs no further query."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.formats.calendar import date_words
from catalog.formats.moves import moved
from catalog.models import Desk
from catalog.models.moves import ANNOUNCED
from catalog.open_data.bulk.records import contents
from tests.factories import make_desk, make_product, make_sector

pytestmark = pytest.mark.django_db


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


@pytest.fixture
def desk():
    sector = make_sector(slug="pumps")
    product = make_product(slug="pump", sector=sector)
    return make_desk(
        slug="moving",
        sectors=[sector],
        products=[product],
        opens=day(20),
        place_en="Tehran",
        place_fa="تهران",
    )


PAGES = ["/en/desks/moving/", "/en/desks/", "/en/", "/en/sectors/pumps/", "/en/products/pump/"]
PAGES += ["/en/desks/moving/calendar.ics", "/en/desks/calendar.ics"]


def text_of(response):
    """What it says, without folded lines of a calendar."""
    return response.content.decode().replace("\r\n ", "").replace("\\;", ";").replace("\\,", ",")


def asked(client, page):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(page)
    return text_of(response), len(queries)


@pytest.mark.parametrize("page", PAGES)
def test_it_is_said_in_each_place_and_costs_no_query(client, desk, page):
    words = f"Moved: it was to open on {date_words(day(20), 'day', 'en')}; it was to be held in Tehran."
    client.get(page)
    still, before = asked(client, page)
    Desk.objects.filter(pk=desk.pk).update(opens=day(25), place_en="Qom", place_fa="قم")
    client.get(page)
    said, after = asked(client, page)
    assert ("Moved:" in still, words in said) == (False, True)
    assert after == before


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, True),
        ({"opens": None, "year": 1405}, True),
        ({"opens": day(-2), "closes": day(2)}, True),
        ({"opens": day(-3), "closes": day(-2)}, False),
        ({"stated": "cancelled"}, False),
    ],
)
def test_only_a_desk_that_is_not_over_says_it(client, desk, values, said):
    Desk.objects.filter(pk=desk.pk).update(**{"opens": day(25), **values})
    for page in ("/en/desks/moving/", "/en/desks/"):
        assert ("Moved:" in client.get(page).text) is said


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"was_first_day": date(2026, 11, 26)}, "it was to open on 5 Azar 1405 (26 November 2026)"),
        ({"was_last_day": date(2026, 11, 26)}, "it was to close on 5 Azar 1405 (26 November 2026)"),
        (
            {"was_first_day": date(2026, 11, 26), "was_last_day": date(2026, 11, 26)},
            "it was to be held on 5 Azar 1405 (26 November 2026)",
        ),
        (
            {"was_first_day": date(2026, 11, 26), "was_last_day": date(2026, 11, 27)},
            "it was to be held from 5 to 6 Azar 1405 (26 to 27 November 2026)",
        ),
        ({"was_place_en": "Tehran", "was_province": "fars"}, "it was to be held in Tehran"),
        ({"was_place_fa": "تهران", "place_en": ""}, "it was to be held in تهران"),
        ({"was_place_fa": "تهران", "place_en": "Qom"}, ""),
        ({"was_province": "fars"}, "it was to be held in the province of Fars"),
        ({"was_mode": "online"}, "it was to be held online"),
        ({"was_mode": "both"}, "it was to be held in person and online"),
    ],
)
def test_the_words(values, words):
    assert moved(Desk(opens=day(9), **values)) == (f"Moved: {words}." if words else "")


def test_the_api_and_the_bulk_file_tell_what_was_announced(client, desk):
    Desk.objects.filter(pk=desk.pk).update(opens=day(25))
    shown = client.get("/api/v1/desks/moving/").json()
    assert shown["was_first_day"] == day(20).isoformat()
    assert (shown["was_last_day"], shown["was_place_en"], shown["was_province"]) == (None, None, None)
    [names] = [one.names for one in contents() if one.model is Desk]
    assert set(ANNOUNCED) <= set(names)
