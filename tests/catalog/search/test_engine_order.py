"""Rows whose day or year is not known: the two engines sort them to opposite ends unless told where."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.models import Demand, Desk
from tests.factories import make_company, make_contract, make_demand, make_desk, make_product, make_statement

pytestmark = pytest.mark.django_db


def names(records):
    return [record.name_en for record in records]


def test_within_a_year_a_desk_without_a_day_stands_last():
    make_desk(name_en="Undated", year=1404)
    make_desk(name_en="Early", year=1404, opens=date(2025, 5, 1))
    make_desk(name_en="Late", year=1404, opens=date(2025, 9, 1))
    make_desk(name_en="Newer", year=1405)
    assert names(Desk.objects.all()) == ["Newer", "Late", "Early", "Undated"]


def test_a_coming_desk_of_a_single_day_takes_its_turn():
    today = timezone.localdate()
    make_desk(name_en="Third", opens=today + timedelta(days=9))
    make_desk(name_en="Second", held_on=today + timedelta(days=6))
    make_desk(name_en="First", opens=today + timedelta(days=3))
    assert names(Desk.objects.next_first()) == ["First", "Second", "Third"]


def test_a_demand_without_a_year_stands_last():
    product, buyer = make_product(), make_company()
    for year in (None, 1406, 1405):
        make_demand(product=product, buyer=buyer, year=year)
    assert [demand.year for demand in Demand.objects.all()] == [1405, 1406, None]


def test_what_has_no_day_stands_last_on_the_page_of_a_desk(client):
    desk = make_desk()
    for signed_on in (None, date(2025, 2, 1), date(2025, 1, 1)):
        make_contract(desk=desk, signed_on=signed_on)
        make_statement(desk=desk, said_on=signed_on)
    context = client.get(desk.get_absolute_url()).context
    days = [date(2025, 1, 1), date(2025, 2, 1), None]
    assert [contract.signed_on for contract in context["deals"]] == days
    assert [statement.said_on for statement in context["statements"]] == days
