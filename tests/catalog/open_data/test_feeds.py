"""Listings as Atom feeds, read as a reader of feeds reads them."""

import datetime
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.open_data import feeds
from tests.factories import make_company, make_contract, make_product, make_sector, make_unit

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def got(client, query="", language="en", rows="products"):
    response = client.get(f"/{language}/{rows}/feed.atom{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return response.content


def parsed(client, query="", language="en", rows="products"):
    feed = feedparser.parse(got(client, query, language, rows))
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def changed(record, hour):
    """Say that the record changed at that hour of one day."""
    moment = datetime.datetime(2026, 5, 11, hour, tzinfo=datetime.UTC)
    type(record).objects.filter(pk=record.pk).update(updated_at=moment)


def test_it_lists_what_the_query_finds_newest_change_first(client):
    cars = make_sector(slug="cars", name_en="Cars")
    for name, hour in (("Old", 1), ("New", 9), ("Middle", 5)):
        changed(make_product(name_en=name, sector=cars), hour)
    make_product(name_en="Other")
    feed = parsed(client, "?sector=cars&order=name")
    assert [entry.title for entry in feed.entries] == ["New", "Middle", "Old"]
    assert feed.feed.updated == feed.entries[0].updated == "2026-05-11T12:30:00+03:30"


@pytest.mark.parametrize("language", ["en", "fa"])
def test_it_says_what_the_format_asks_for(client, language):
    product = make_product(
        slug="valve",
        name_en="Valve <3> & co",
        name_fa="شیر «۳»",
        summary_en="Is < 5.",
        summary_fa="کوچک‌تر از ۵.",
    )
    root = ElementTree.fromstring(got(client, language=language))
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    for place in (root, root.find(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(place.findall(f"{ATOM}{name}")) == 1
            assert place.findtext(f"{ATOM}{name}")
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    feed = parsed(client, language=language)
    links = {link.rel: link.href for link in feed.feed.links}
    assert links == {
        "alternate": f"http://testserver/{language}/products/",
        "self": f"http://testserver/{language}/products/feed.atom",
    }
    (entry,) = feed.entries
    names = {"en": ("Valve <3> & co", "Is < 5."), "fa": ("شیر «۳»", "کوچک‌تر از ۵.")}[language]
    assert entry.title_detail.type == "text/plain"
    assert entry.title == names[0]
    assert names[1].replace("<", "&lt;") in entry.summary  # feedparser gives HTML as it is
    assert entry.id == entry.link == f"http://testserver/{language}/products/valve/"
    (category,) = entry.tags
    assert (category.term, category.label) == (
        product.sector.slug,
        getattr(product.sector, f"name_{language}"),
    )
    assert entry.published_parsed <= entry.updated_parsed


NOUNS = {"companies": make_company, "contracts": make_contract, "units": make_unit}


@pytest.mark.parametrize("rows", NOUNS)
def test_every_listing_can_be_followed(client, rows, django_assert_num_queries):
    make, cars = NOUNS[rows], make_sector(slug="cars", name_en="Cars")
    old, new = make(sector=cars), make(sector=cars, origin="sample")
    changed(old, 1)
    changed(new, 9)
    make(sector=cars, state="draft")
    make()
    feed = parsed(client, "?sector=cars", rows=rows)
    assert [entry.title for entry in feed.entries] == [f"Sample: {new}", str(old)]
    assert {entry.tags[0].label for entry in feed.entries} == {"Cars"}
    assert {link.rel: link.href for link in feed.feed.links} == {
        "alternate": f"http://testserver/en/{rows}/?sector=cars",
        "self": f"http://testserver/en/{rows}/feed.atom?sector=cars",
    }
    page = client.get(f"/en/{rows}/?sector=cars").text
    assert page.count(f'href="/en/{rows}/feed.atom?sector=cars"') == 2  # in its head and beside its downloads
    with CaptureQueriesContext(connection) as few:
        parsed(client, rows=rows)
    for _ in range(5):
        make(sector=make_sector())
    with django_assert_num_queries(len(few)):
        parsed(client, rows=rows)


def test_a_year_stands_in_the_digits_of_the_language(client):
    for asked in ("1398", "۱۳۹۸"):
        assert "1398" in parsed(client, f"?year={asked}", rows="contracts").feed.title
        assert "۱۳۹۸" in parsed(client, f"?year={asked}", "fa", rows="contracts").feed.title


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_entry_says_at_a_glance_what_it_is(client, language):
    cars = make_sector(name_en="Cars", name_fa="خودرو")
    make_company(sector=cars, kind="research", province="yazd", summary_en="Turbines.", summary_fa="توربین.")
    make_company()
    make_contract(sector=cars, signed_on=datetime.date(2019, 7, 20), amounts=[1_250_000], currency="EUR")
    make_contract()
    make_unit(sector=cars, province="qom", needs="buyer,capital", status="planned")
    said = {
        "companies": {
            "en": "Cars · Research body · Yazd. Turbines.",
            "fa": "خودرو · نهاد پژوهشی · یزد. توربین.",
        },
        "contracts": {
            "en": "Cars · Contract · 29 Tir 1398 (20 July 2019) · €1.25m.",
            "fa": "خودرو · قرارداد · ۲۹ تیر ۱۳۹۸ · ۱٫۲۵ میلیون یورو.",
        },
        "units": {
            "en": "Cars · Qom · Revival planned. Needs: a buyer, working capital.",
            "fa": "خودرو · قم · در برنامهٔ احیا. نیاز: خریدار، سرمایهٔ در گردش.",
        },
    }
    for rows, texts in said.items():
        entries = parsed(client, language=language, rows=rows).entries
        assert texts[language] in [entry.summary for entry in entries], rows


def test_a_sector_that_is_no_longer_public_is_not_named(client):
    hidden = make_sector(name_en="Zzhidden", state="draft")
    make_company(sector=hidden)
    make_contract(sector=hidden)
    for rows in ("companies", "contracts"):
        assert len(parsed(client, rows=rows).entries) == 1
        assert "Zzhidden" not in got(client, rows=rows).decode()


def test_its_title_and_links_repeat_what_was_chosen_and_it_says_what_was_not_used(client):
    make_sector(slug="cars", name_en="Cars", name_fa="خودرو")
    feed = parsed(client, "?sector=cars&colour=blue", "fa").feed
    assert "خودرو" in feed.title
    assert "colour=blue" in feed.subtitle
    assert {link.href for link in feed.links} == {
        "http://testserver/fa/products/?sector=cars",
        "http://testserver/fa/products/feed.atom?sector=cars",
    }


def test_samples_are_marked_and_drafts_are_not_in_it(client):
    make_product(name_en="Invented", name_fa="ساختگی", origin="sample")
    make_product(name_en="Draft", state="draft")
    make_product(name_en="Inside", sector=make_sector(state="draft"))
    assert [entry.title for entry in parsed(client).entries] == ["Sample: Invented"]
    assert [entry.title for entry in parsed(client, language="fa").entries] == ["نمونه: ساختگی"]


def test_it_ends_after_the_newest_and_asks_a_fixed_number_of_queries(client, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 3)
    counts = []
    for _ in range(2):
        for _ in range(3):
            make_product()
        with CaptureQueriesContext(connection) as queries:
            assert len(parsed(client).entries) == 3
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_empty_feed_is_the_same_at_every_visit(client):
    assert parsed(client).entries == []
    assert got(client) == got(client)
    assert parsed(client).feed.updated_parsed.tm_year < timezone.now().year


def test_who_has_it_already_is_told_so(client):
    make_product()
    tag = client.get("/en/products/feed.atom")["ETag"]
    again = client.get("/en/products/feed.atom", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/en/products/feed.atom").content == b""


def test_it_says_the_same_of_itself_when_it_comes_from_the_cache(settings):
    settings.PAGE_CACHE_BYTES = 2**20
    client = Client()
    answers = [client.get("/fa/products/feed.atom") for _ in range(2)]
    assert answers[0]["ETag"] == answers[1]["ETag"]
    first, second = ({**answer.headers, "X-Request-ID": ""} for answer in answers)
    assert first == second
    assert answers[1]["X-Robots-Tag"] == "noindex"
    assert answers[1]["Content-Type"] == "application/atom+xml; charset=utf-8"


@pytest.mark.parametrize("rows", ["products", "companies", "contracts", "units"])
@pytest.mark.parametrize("sign", ["%01", "%0b", "%ef%bf%be", "%ef%bf%bf", "%ed%a0%80"])
def test_what_xml_cannot_hold_is_replaced_in_the_words_of_a_visitor(client, rows, sign):
    assert "pump" in parsed(client, f"?q=pump{sign}x", rows=rows).feed.title


def test_what_xml_cannot_hold_is_replaced_in_a_record(client):
    make_product(name_en="Line\x0bbreak", summary_en="First\x0bsecond\uffff")
    (entry,) = parsed(client).entries
    assert entry.title == "Line\N{REPLACEMENT CHARACTER}break"
    assert entry.summary.endswith("First\N{REPLACEMENT CHARACTER}second\N{REPLACEMENT CHARACTER}")
