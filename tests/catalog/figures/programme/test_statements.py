"""Stated figures with what differs from them, and with what their source says in another currency."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.figures.programme.statements import with_others
from catalog.models import Statement
from tests.factories import make_desk, make_indicator, make_source, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def said():
    """said(40, "IRR") makes a statement of one source on one thing, unless told otherwise."""
    shared = {"indicator": make_indicator(), "source": make_source(), "unit": "money"}
    return lambda value, currency, **other: make_statement(
        **{**shared, "value": value, "currency": currency, **other}
    )


def read(*statements):
    return with_others(Statement.objects.published().filter(pk__in=[s.pk for s in statements]).order_by("pk"))


def test_a_sum_a_source_says_in_two_currencies_is_a_pair_with_the_rate_it_implies(said):
    rials, dollars = said(40 * 10**12, "IRR"), said(952_000_000, "USD")
    found, other = read(rials, dollars)
    assert (found.pair.statement, found.pair.rate) == (dollars, 42_017)
    assert other.pair is None


@pytest.mark.parametrize(
    "different",
    [
        {"year_from": 1399},
        {"kind": "target"},
        {"desk": make_desk},
        {"source": make_source},
        {"indicator": make_indicator},
        {"desk": lambda: make_desk(state="draft")},
    ],
)
def test_sums_of_different_things_times_or_sources_are_no_pair(said, different):
    different = {name: value() if callable(value) else value for name, value in different.items()}
    rials = said(40 * 10**12, "IRR")
    said(952_000_000, "USD", **different)
    assert read(rials)[0].pair is None


@pytest.mark.parametrize("twice", ["IRR", "USD"])
def test_where_a_source_says_two_sums_of_one_thing_nobody_knows_which_are_a_pair(said, twice):
    rials = said(40 * 10**12, "IRR")
    said(952_000_000, "USD")
    said(7, twice)
    assert read(rials)[0].pair is None


def test_the_sources_of_a_sum_are_its_own_and_those_that_contradict_it_or_its_pair(said):
    rials, dollars = said(40 * 10**12, "IRR"), said(952_000_000, "USD")
    against_pair, against_sum = make_statement(source=make_source()), make_statement(source=make_source())
    dollars.contradicts.add(against_pair)
    against_sum.contradicts.add(rials)  # the link goes both ways
    hidden = make_statement(source=make_source(), indicator=make_indicator(state="draft"))
    rials.contradicts.add(hidden)
    (found,) = read(rials)
    assert found.sum_sources == (rials.source_id, against_sum.source_id, against_pair.source_id)
    assert found.others == [against_sum]


def test_it_costs_the_same_for_many_statements(said):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            read(*Statement.objects.all())
        return len(queries) - 1

    said(40 * 10**12, "IRR").contradicts.add(said(952_000_000, "USD"))
    few = cost()
    for _ in range(4):
        said(10**12, "IRR", source=make_source()).contradicts.add(make_statement())
    assert cost() == few == 4
