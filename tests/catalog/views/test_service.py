"""How fast offices answer: the page of it, and the line on the cards of offices."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from catalog.formats.calendar import iranian_year_of, year_bounds
from catalog.models import Holiday, ServiceFigure
from tests.factories import make_office, make_product

pytestmark = pytest.mark.django_db

HOUR = datetime(2026, 11, 29, 10, 30, tzinfo=UTC)


def text_of(client, address="/en/service/"):
    main = client.get(address).content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def make_figure(office=None, **values):
    given = {"received": 14, "answered": 12, "due": 12, "in_time": 9, "median": 2, "as_of": HOUR}
    return ServiceFigure.objects.create(office=office, **{**given, **values})


def test_without_an_office_it_is_a_demonstration_and_says_what_it_will_show(client):
    text = text_of(client)
    assert "No office answers here yet: this is a demonstration." in text
    assert "Working days are Saturday to Wednesday" in text
    assert "The holidays of this year are not entered yet" in text


def test_with_an_office_and_no_enquiry_it_says_what_it_will_show(client):
    make_office()
    text = text_of(client)
    assert "Nothing has been counted yet" in text
    assert "demonstration" not in text


def test_it_shows_the_figures_by_office_and_in_all_as_of_their_hour(client):
    office = make_office(name_en="Office of pumps")
    make_office(name_en="Quiet office")
    make_office(name_en="Sample office", origin="sample")
    make_figure(office, received=9, answered=3, due=4, in_time=3, open_now=1, oldest_open=date(2026, 11, 28))
    make_figure(open_now=2, median=2.5)
    text = text_of(client)
    assert "In all 14 75% 12 answered in all 2.5 working days 2 –" in text
    assert "Office of pumps 9 fewer than five are due 3 answered in all 2 working days 1 7 Azar 1405" in text
    assert "Quiet office nothing received yet" in text
    assert "Sample office" not in text
    assert "8 Azar 1405 (29 November 2026) , 14:00" in text


def test_fewer_than_five_cases_are_no_share(client):
    make_figure(due=4, in_time=4)
    assert "%" not in text_of(client)
    ServiceFigure.objects.update(due=5)
    assert "80%" in text_of(client)


def test_the_holidays_of_the_year_stand_there(client):
    first, _last = year_bounds(iranian_year_of(timezone.localdate()))
    Holiday.objects.create(date=first, name_en="New year", name_fa="نوروز")
    Holiday.objects.create(date=date(1999, 3, 21), name_en="Long ago", name_fa="قدیم")
    text = text_of(client)
    assert "New year" in text
    assert "Long ago" not in text
    assert "not entered yet" not in text


def test_cards_of_offices_say_how_fast_they_answer(client):
    product = make_product(slug="pump")
    office = make_office(name_en="Office of pumps")
    office.sectors.add(product.sector)
    assert "within 5 working days" not in text_of(client, "/en/products/pump/")
    make_figure(office)
    for address in ("products/pump/", f"sectors/{product.sector.slug}/", "about/"):
        text = text_of(client, f"/en/{address}")
        assert "75% within 5 working days median: 2 working days" in text, address
    ServiceFigure.objects.update(due=4)
    assert "received 14, answered 12" in text_of(client, "/en/products/pump/")
