"""The about page: what the site is, where its records come from, how figures are made."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_company,
    make_facility,
    make_office,
    make_sector,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db


def about(client, language="en"):
    response = client.get(f"/{language}/about/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_begins_with_the_site_and_repeats_no_figure_of_the_programme(client):
    article = make_source(publisher_en="Mehr News Agency", licence="CC BY 4.0")
    make_statement(origin="article", source=article, label_en="Expected saving")
    make_facility(payments=[250_000_000])
    page = about(client)
    assert page.index("<h2") == page.index('<h2 id="this-site">', page.index("<main"))
    assert "Expected saving" not in page
    assert "250 million" not in page
    assert "Mehr News Agency, CC BY 4.0" in page
    assert 'href="/en/programme/"' in page
    assert 'href="/en/financing/"' in page


def test_without_records_it_still_reads(client):
    for language in ("en", "fa"):
        assert "<h1>" in about(client, language)


def test_it_is_a_demonstration_until_somebody_owns_it(client, settings):
    assert "This is a demonstration." in about(client)
    settings.SITE_OWNER = {"en": "The Ministry", "fa": "وزارت"}
    page = about(client)
    assert "This is a demonstration." not in page
    assert "is kept by The Ministry" in page


def test_offices_are_named_with_their_public_sectors(client):
    office = make_office(name_en="Desk office", phone="+98 21 1")
    office.sectors.add(make_sector(name_en="Cars"), make_sector(name_en="Draft sector", state="draft"))
    page = about(client)
    assert "Desk office" in page
    assert "+98 21 1" in page
    assert "Cars" in page
    assert "Draft sector" not in page


def test_it_costs_the_same_for_many_rows(client):
    def add(number):
        for _ in range(number):
            make_statement(origin="article", source=make_source())
            make_office().sectors.add(make_sector())
            make_facility(company=make_company(sector=make_sector(), size="large"), payments=[1])

    def queries():
        about(client)
        with CaptureQueriesContext(connection) as captured:
            about(client)
        return len(captured)

    add(1)
    few = queries()
    add(5)
    assert queries() == few <= 6
