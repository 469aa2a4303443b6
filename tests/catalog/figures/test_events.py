"""What changed: the newest dated events of public records."""

from datetime import date, timedelta

import pytest

from catalog.figures.events import latest_events
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_product,
    make_statement,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 11, 1)


def test_events_come_newest_first_and_none_from_the_future():
    make_contract(signed_on=date(2024, 10, 1))
    make_engagement(confirmed_on=date(2024, 10, 20))
    make_desk(opens=date(2024, 9, 1), closes=date(2024, 9, 3))
    make_statement(said_on=date(2024, 8, 1))
    make_desk(opens=date(2024, 12, 1), closes=date(2024, 12, 3))
    make_demand(confirmed_on=date(2024, 12, 1))
    assert [event.kind for event in latest_events(today=TODAY)] == [
        "engagement",
        "contract",
        "desk",
        "statement",
    ]


def test_a_morning_of_confirmations_does_not_hide_the_contract_of_the_week():
    for day in range(9):
        make_engagement(confirmed_on=TODAY - timedelta(days=day))
    make_contract(signed_on=TODAY - timedelta(days=7))
    assert [event.kind for event in latest_events(today=TODAY)].count("engagement") == 3
    assert "contract" in [event.kind for event in latest_events(today=TODAY)]


def test_nothing_unpublished_is_news():
    make_engagement(confirmed_on=TODAY, company=make_company(state="draft"))
    make_contract(signed_on=TODAY, state="draft")
    make_desk(opens=TODAY, closes=TODAY, state="withdrawn")
    make_demand(confirmed_on=TODAY, buyer=make_company(state="in_review"))
    assert latest_events(today=TODAY) == []


def test_a_loaded_archive_is_no_news_but_what_staff_entered_is():
    make_product(origin="illustrative")
    entered = make_product(origin="ministry")
    assert [(event.kind, event.record) for event in latest_events()] == [("product", entered)]
