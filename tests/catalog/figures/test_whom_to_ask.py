"""Whom to ask is never the past: an open or coming desk, else the office; held desks are history."""

from datetime import date, timedelta

import pytest

from catalog.figures.whom_to_ask import ask_about, ask_in
from catalog.models import Desk, Product, Sector
from catalog.models.desks import status_on
from tests.factories import make_desk, make_office, make_product, make_sector

DAY = date(2026, 5, 11)


def day(offset):
    return DAY + timedelta(days=offset)


@pytest.fixture
def product(db):
    return make_product(sector=make_sector(slug="pumps"))


def desk(product, offset, lists=True, days=2, **values):
    products = [product] if lists else []
    dates = {"opens": day(offset), "closes": day(offset + days)}
    return make_desk(sectors=[product.sector], products=products, **dates, **values)


def names(desks):
    return [one.slug for one in desks]


def test_an_open_or_coming_desk_that_lists_it_comes_first(product):
    desk(product, 30, slug="coming")
    desk(product, -1, slug="open")
    desk(product, 3, lists=False, slug="of-its-sector")
    desk(product, -40, slug="held")
    make_desk(sectors=[product.sector], products=[product], year=1399, stated="announced", slug="announced")
    desk(product, 5, slug="off", stated="cancelled")
    found = ask_about(product, DAY)
    assert names(found.desks) == ["open", "coming"]
    assert names(found.earlier) == ["held", "announced"]
    assert names(ask_in(product.sector, DAY).desks) == ["open", "of-its-sector", "coming"]


def test_then_one_of_its_sector_and_then_the_office(product):
    office = make_office()
    office.sectors.add(product.sector)
    coming = desk(product, 3, lists=False, slug="of-its-sector")
    assert names(ask_about(product, DAY).desks) == ["of-its-sector"]
    later = ask_about(product, day(10))
    assert (later.desks, names(later.earlier), later.offices) == ([], ["of-its-sector"], [office])
    Desk.objects.filter(pk=coming.pk).update(state="draft", published_at=None)
    assert ask_about(product, DAY).desks == []


def test_a_real_desk_goes_before_a_sample(product):
    desk(product, 1, slug="sample", origin="sample")
    desk(product, 20, slug="real")
    assert names(ask_about(product, DAY).desks) == ["real", "sample"]


def test_the_office_of_a_desk_that_was_held_still_answers(product):
    office = make_office()
    desk(product, -400, slug="held", office=office)
    found = ask_about(product, DAY)
    assert (found.desks, found.offices) == ([], [office])


def in_order(page, *texts):
    places = [page.index(text) for text in texts]
    return places == sorted(places)


def test_pages_offer_no_desk_that_is_over(product, client):
    make_desk(
        sectors=[product.sector],
        products=[product],
        year=1399,
        name_en="Long over",
        take_part_en="Send a form.",
    )
    for address in (product.get_absolute_url(), product.sector.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "no office is on record yet" in page, address
        assert (
            page.index("no office is on record yet") < page.index("Earlier desks") < page.index("Long over")
        )
        assert "Send a form." not in page
    assert "Send a form." not in client.get("/en/desks/").content.decode()
    assert "Send a form." not in client.get(Desk.objects.get().get_absolute_url()).content.decode()
    home = client.get("/en/").content.decode()
    assert (
        home.index("No desk is open or coming.") < home.index("Announced earlier") < home.index("Long over")
    )


def test_no_product_of_the_site_leads_to_a_desk_of_the_past(loaded):
    today = date.today()  # noqa: DTZ011 - as the samples are dated
    asked = 0
    for product in Product.objects.published().select_related("sector"):
        found = ask_about(product, today)
        assert all(status_on(one, today) in ("open", "coming") for one in found.desks), product
        assert found.desks or found.offices, product
        asked += bool(found.desks)
    assert asked
    for sector in Sector.objects.published():
        assert all(status_on(one, today) in ("open", "coming") for one in ask_in(sector, today).desks)
