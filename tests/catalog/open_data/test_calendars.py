"""The calendar of the desks, read back by a program of other people than the one that wrote it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from django.utils import timezone

from catalog.models import Desk
from tests.factories import make_desk, make_sector

pytestmark = pytest.mark.django_db

LONG_FA = "پالایشگاه‌ها، مجتمع‌های پتروشیمی و شرکت‌های حفاری؛ پیش‌نمونه «الف, ب» " * 4 + "پایان."
FEED = "/{}/desks/calendar.ics"


def read(client, address, **headers):
    """(calendar, bytes) behind an address; every line keeps to the format's length."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert all(b"\n" not in line and line.decode() is not None for line in lines)
    return vobject.readOne(response.content.decode()), response.content


def main_of(response):
    """The page without its footer, which leads to the feed of all desks."""
    return response.content.decode().split("<main")[1].split("</main>")[0]


def entry_of(desk, language="en"):
    return f"/{language}/desks/{desk.slug}/calendar.ics"


def events(client, language="en", query=""):
    calendar, _content = read(client, FEED.format(language) + query)
    return {event.uid.value.partition("@")[0]: event for event in calendar.contents.get("vevent", [])}


@pytest.fixture
def desk():
    return make_desk(
        slug="pumps", name_en="Pumps, valves; seals", name_fa="میز پمپ، شیر و آب‌بند",
        summary_en="First line\nsecond; line, with \\ signs", summary_fa=LONG_FA,
        take_part_en="Register.", take_part_fa="نام بنویسید.", mode="both",
        place_en="Chakad Hall, Ahvaz", place_fa="تالار چکاد، اهواز",
        opens=date(2026, 12, 29), closes=date(2026, 12, 31),
        sectors=[
            make_sector(name_en="Oil, gas", name_fa="نفت، گاز", order=1),
            make_sector(name_en="Hidden", state="draft"),
        ],
    )  # fmt: skip


def test_an_entry_says_when_what_and_where(client, desk):
    event = read(client, entry_of(desk))[0].vevent
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 12, 29), date(2027, 1, 1))
    assert event.summary.value == "Pumps, valves; seals"
    text = "First line\nsecond; line, with \\ signs\n\nHow to take part: Register."
    assert event.description.value == text
    assert event.location.value == "Chakad Hall, Ahvaz (in person and online)"
    assert event.categories.value == ["Oil, gas"]
    assert event.status.value == "CONFIRMED"
    assert event.url.value == f"http://testserver{desk.get_absolute_url()}"


def test_persian_words_come_back_as_they_went(client, desk):
    assert len(LONG_FA) >= 280
    event = read(client, entry_of(desk, "fa"))[0].vevent
    assert event.summary.value == desk.name_fa
    assert event.description.value == f"{LONG_FA}\n\nنحوهٔ حضور: نام بنویسید."
    assert event.location.value == "تالار چکاد، اهواز (حضوری و برخط)"
    assert event.categories.value == ["نفت، گاز"]
    assert event.url.value == "http://testserver/fa/desks/pumps/"


def test_both_languages_speak_of_the_same_event(client, desk):
    uids = {read(client, entry_of(desk, language))[0].vevent.uid.value for language in ("en", "fa")}
    assert len(uids) == 1


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_sample_says_so_in_its_name(client, language):
    sample = make_desk(origin="sample", name_en="Kilns", name_fa="میز کوره", held_on=date(2026, 1, 1))
    summary = read(client, entry_of(sample, language))[0].vevent.summary.value
    assert summary == {"en": "Sample: Kilns", "fa": "نمونه: میز کوره"}[language]


def test_one_day_ends_on_the_next(client):
    event = read(client, entry_of(make_desk(held_on=date(2026, 3, 20))))[0].vevent
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 3, 20), date(2026, 3, 21))


def test_a_desk_without_an_end_breaks_no_feed(client):
    make_desk(opens=date(2026, 3, 20), closes=date.max)
    assert len(events(client)) == 1


def test_an_online_desk_is_held_online(client):
    online = make_desk(opens=date(2026, 3, 1), mode="online")
    assert read(client, entry_of(online))[0].vevent.location.value == "Online"


class TestChange:
    def stamps(self, client, desk):
        event = read(client, entry_of(desk))[0].vevent
        return event.dtstamp.value, event.last_modified.value, int(event.sequence.value)

    def test_nothing_changes_until_the_record_does(self, client, desk, monkeypatch):
        before = read(client, entry_of(desk))[1]
        monkeypatch.setattr(timezone, "now", lambda: datetime(2031, 1, 1, tzinfo=UTC))
        assert read(client, entry_of(desk))[1] == before

    def test_a_change_of_the_record_raises_every_stamp(self, client, desk):
        Desk.objects.update(updated_at=datetime(2026, 1, 1, 8, tzinfo=UTC))
        first = self.stamps(client, desk)
        assert first[0] == first[1] == datetime(2026, 1, 1, 8, tzinfo=UTC)
        desk.place_en = "Another hall"
        desk.save()
        later = self.stamps(client, desk)
        assert all(one < other for one, other in zip(first, later, strict=True))
        assert later[2] < 2**31

    def test_who_has_it_is_told_so(self, client, desk):
        for address in (entry_of(desk), FEED.format("en")):
            etag = client.get(address).headers["ETag"]
            assert client.get(address, headers={"if-none-match": etag}).status_code == 304
            Desk.objects.update(name_en=f"Renamed {address}")
            assert client.get(address, headers={"if-none-match": etag}).status_code == 200

    def test_a_withdrawn_desk_leaves_the_feed_even_for_who_asks_by_day(self, client, desk):
        make_desk(opens=date(2026, 5, 1))
        desk.withdraw("Listed twice.", "دو بار ثبت شده بود.")
        headers = {"if-modified-since": "Wed, 01 Jan 2070 00:00:00 GMT"}
        response = client.get(FEED.format("en"), headers=headers)
        assert response.status_code == 200
        assert b"pumps@" not in response.content


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("en", 'inline; filename="Pumps, valves; seals.ics"'),
        ("fa", "inline; filename*=utf-8''%D9%85%DB%8C%D8%B2"),
    ],
)
def test_the_file_has_a_readable_name(client, desk, language, header):
    assert client.get(entry_of(desk, language)).headers["Content-Disposition"].startswith(header)


def test_a_name_on_two_lines_makes_no_second_header(client):
    desk = make_desk(name_en="One\r\nX-Header: two", opens=date(2026, 5, 1))
    assert 'filename="One X-Header: two.ics"' in client.get(entry_of(desk)).headers["Content-Disposition"]


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_what_is_not_public_has_no_entry_and_is_not_in_the_feed(client, state):
    desk = make_desk(state=state, opens=date(2026, 5, 1), name_en="Zzhidden")
    assert client.get(entry_of(desk)).status_code == (410 if state == "withdrawn" else 404)
    assert events(client) == {}


def test_an_announced_desk_without_days_has_no_entry_and_no_button(client):
    announced = make_desk(year=1399)
    assert client.get(entry_of(announced)).status_code == 404
    assert "calendar.ics" not in main_of(client.get(announced.get_absolute_url()))
    assert events(client) == {}


def test_coming_and_open_desks_have_a_button_and_held_ones_none(client):
    today = timezone.localdate()
    for first, last, shown in ((9, 10, True), (-1, 1, True), (-9, -8, False)):
        desk = make_desk(opens=today + timedelta(days=first), closes=today + timedelta(days=last))
        page = client.get(desk.get_absolute_url()).content.decode()
        assert (entry_of(desk) in page) == shown


class TestFeed:
    @pytest.fixture(autouse=True)
    def desks(self):
        today = timezone.localdate()
        cars = make_sector(slug="cars")
        make_desk(slug="coming", opens=today + timedelta(days=9), sectors=[cars])
        make_desk(slug="open", opens=today, closes=today + timedelta(days=3))
        make_desk(slug="held", held_on=date(2019, 7, 20), year=1398, sectors=[cars])
        make_desk(slug="off", opens=today + timedelta(days=5), stated="cancelled")
        make_desk(slug="announced", year=1399, sectors=[cars])

    def test_it_holds_every_desk_that_has_days(self, client):
        found = events(client)
        assert set(found) == {"coming", "open", "held", "off"}
        assert found["off"].status.value == "CANCELLED"
        assert found["held"].status.value == "CONFIRMED"

    def test_it_keeps_the_choice_of_the_listing(self, client):
        assert set(events(client, query="?sector=cars")) == {"coming", "held"}
        assert set(events(client, query="?year=۱۳۹۸")) == {"held"}
        assert set(events(client, query="?state=coming&state=open")) == {"coming", "open"}
        assert events(client, query="?state=announced") == {}

    def test_what_cannot_be_used_is_named_and_the_rest_is_there(self, client):
        calendar, _content = read(client, FEED.format("en") + "?year=abc&sector=cars")
        assert len(calendar.contents["vevent"]) == 2
        assert "year=abc" in calendar.description.value

    @pytest.mark.parametrize(
        "query", ["year=%00", "sector=%ff", "state=%E2%80%AE%0D%0AX:1", "year=1e400", "<script>=1", "page=9"]
    )
    def test_a_hostile_query_brings_a_calendar(self, client, query):
        calendar, content = read(client, FEED.format("fa") + f"?{query}")
        assert len(calendar.contents["vevent"]) == 4
        assert b"\r\nX:1" not in content

    def test_it_names_itself_in_the_language_of_its_address(self, client):
        assert read(client, FEED.format("en"))[0].x_wr_calname.value == "Desks · Domestic Production Portal"
        assert read(client, FEED.format("fa"))[0].x_wr_calname.value == "میزها · درگاه ساخت داخل"

    def test_the_listing_offers_the_feed_of_what_it_shows(self, client):
        page = client.get("/en/desks/?sector=cars").content.decode()
        assert 'href="webcal://testserver/en/desks/calendar.ics?sector=cars"' in page
        assert 'href="http://testserver/en/desks/calendar.ics?sector=cars"' in page

    @pytest.mark.parametrize("query", ["?state=announced", "?year=1398"])
    def test_without_days_to_come_or_any_it_is_not_offered(self, client, query):
        assert "calendar.ics" not in main_of(client.get(f"/en/desks/{query}"))

    def test_it_costs_the_same_for_many_desks(self, client, django_assert_max_num_queries):
        for _ in range(9):
            make_desk(opens=date(2026, 1, 1), sectors=[make_sector()])
        with django_assert_max_num_queries(3):
            client.get(FEED.format("en"))
