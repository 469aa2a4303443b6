"""The accessibility statement: dated, in both languages, and without an invented contact."""

import datetime

import pytest

from catalog.views import accessibility
from tests.factories import make_office

pytestmark = pytest.mark.django_db


def page(client, language="en"):
    response = client.get(f"/{language}/accessibility/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_when_it_was_last_reviewed(client, monkeypatch):
    monkeypatch.setattr(accessibility, "REVIEWED", datetime.date(2020, 3, 20))
    assert '<time datetime="2020-03-20">' in page(client)
    assert "۱ فروردین ۱۳۹۹" in page(client, "fa")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "What is not good yet"), ("fa", "چه چیزی هنوز خوب نیست")]
)
def test_it_admits_what_is_not_good(client, language, words):
    assert words in page(client, language)


def test_only_real_offices_are_named_as_contacts(client):
    assert "No real office is on record yet" in page(client)
    make_office(name_en="Sample office", origin="sample")
    make_office(name_en="Real office", email="help@office.example")
    text = page(client)
    assert "Real office" in text
    assert "mailto:help@office.example" in text
    assert "Sample office" not in text
    assert "No real office is on record yet" not in text


def test_it_names_the_owner_once_there_is_one(client, settings):
    assert "nobody’s yet" in page(client)
    settings.SITE_OWNER = {"en": "The Ministry", "fa": "وزارت"}
    assert "nobody’s yet" not in page(client)
    assert "is kept by The Ministry" in page(client)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_footer_leads_to_it(client, language):
    footer = client.get(f"/{language}/about/").content.decode().partition("<footer")[2]
    assert f'href="/{language}/accessibility/"' in footer
