"""Stated figures beside each other: pairs, parts, differences as exact as the qualifiers, disagreements."""

from datetime import date

import pytest

from catalog.figures.programme.differences import difference, disagreements, pairs, parts_of, ratio
from catalog.models import ExchangeRate, Source, Statement
from catalog.templatetags.statements import bounded_share


def said(pk=1, value=1, **values):
    values.setdefault("unit", "money" if values.get("currency") else "units")
    statement = Statement(pk=pk, key=f"key-{pk}", indicator_id=1, value=value, **values)
    statement.others = []
    return statement


@pytest.mark.parametrize(
    ("one", "other", "kind", "bound"),
    [
        ("exact", "exact", "more", "exact"),
        ("more than", "exact", "more", "at_least"),
        ("exact", "more than", "more", "at_most"),
        ("at least", "more than", "more", "open"),
    ],
)
def test_a_difference_is_as_exact_as_the_qualifiers_allow(one, other, kind, bound):
    larger = said(1, 1045, currency="EUR", qualifier=one)
    smaller = said(2, 1031, currency="EUR", qualifier=other)
    found = difference(larger, smaller)
    assert (found.kind, found.amount, found.bound) == (kind, 14, bound)
    turned = difference(smaller, larger)
    assert (turned.kind, turned.amount, turned.bound) == ("less", 14, bound)


def test_about_makes_a_difference_about_so_much():
    assert difference(said(1, 952, currency="USD", qualifier="about"), said(2, 900, currency="USD")).rough


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ({"value": 60, "currency": "EUR"}, {"value": 60, "currency": "USD"}, "same_number"),
        ({"value": 42, "currency": "EUR"}, {"value": 60, "currency": "USD"}, "currency"),
        ({"value": 4, "unit": "ordinal"}, {"value": 2, "unit": "ordinal"}, "ordinal"),
        ({"value": 4, "unit": "desks"}, {"value": 2, "unit": "companies"}, "unit"),
        ({"value": 240, "currency": "USD"}, {"value": 60, "currency": "USD", "desk_id": 5}, "scope"),
        ({"value": 7, "qualifier": "more than"}, {"value": 7}, "same"),
    ],
)
def test_what_is_not_the_same_kind_of_thing_is_never_subtracted(one, other, kind):
    found = difference(said(1, **one), said(2, **other))
    assert (found.kind, found.amount) == (kind, None)


def test_a_shorter_time_is_said():
    year = {"currency": "EUR", "year_from": 1398, "year_to": 1398}
    whole = said(1, 1045, **year)
    part = said(2, 1200, period_from=date(2019, 3, 21), period_to=date(2020, 1, 21), **year)
    assert difference(part, whole).period == "shorter"
    assert difference(whole, part).period == "longer"
    assert difference(whole, said(3, 1031, **year)).period == ""


def test_a_pair_is_one_source_s_and_implies_its_rate():
    rials = said(1, 40 * 10**12, currency="IRR", source_id=1)
    dollars = said(2, 952 * 10**6, currency="USD", source_id=1, qualifier="about")
    elsewhere = said(3, 173_900_000, currency="USD", source_id=2)
    found = pairs([rials, dollars, elsewhere])
    assert found[1] == found[2]
    assert found[1].rate == 42_017
    assert 3 not in found
    twice = said(4, 5, currency="USD", source_id=1)
    assert pairs([rials, dollars, twice]) == {}  # which of the two would it be?


def test_the_same_rials_at_another_rate_are_recognised_by_the_rate_on_record():
    rials = said(1, 40 * 10**12, currency="IRR", source_id=1)
    official = said(2, 952 * 10**6, currency="USD", source_id=1)
    market = said(3, 173_900_000, currency="USD", source_id=2)
    rate = ExchangeRate(rials=230_000, currency="USD", source_id=2)
    known = pairs([rials, official])
    for one, other, rates in (
        (official, market, (42_017, 230_017)),
        (market, official, (230_017, 42_017)),
    ):
        found = difference(one, other, known, [rate])
        assert (found.kind, found.rates, found.rials) == ("rate", rates, rials)
    assert difference(official, market, known, []).kind == "more"
    rate.rials = 250_000
    assert difference(official, market, known, [rate]).kind == "more"


def test_parts_are_those_of_one_source_that_add_up():
    total = said(1, 1045, currency="EUR", source_id=1)
    parts = [said(10 + n, value, currency="EUR", source_id=2) for n, value in enumerate((143, 118, 341, 443))]
    rest = [said(20, 1031, currency="EUR", source_id=3), said(21, 1045, currency="USD", source_id=2)]
    assert [part.value for part in parts_of(total, [total, *parts, *rest])] == [443, 341, 143, 118]
    assert parts_of(total, [total, *parts[1:], *rest]) == ()


def test_a_ratio_with_an_open_whole_is_an_upper_bound():
    plan = said(2, 2200, qualifier="more than")
    assert bounded_share(ratio(said(1, 760), plan)) == "at most <strong>34.5%</strong>"
    assert bounded_share(ratio(said(1, 760), said(2, 2200))) == "<strong>34.5%</strong>"
    assert bounded_share(ratio(said(1, 760, qualifier="more than"), plan)) == ""


def test_every_contradiction_is_told_once_and_the_headline_leads():
    headline, later, other = (said(n, n, currency="EUR", source=Source(pk=n)) for n in (1, 2, 3))
    later.headline = None
    headline.headline = 3
    for one in (headline, later, other):
        one.others = [another for another in (headline, later, other) if another is not one]
    found = disagreements([later, headline, other])
    assert [one.pk for one in found[0].statements] == [1, 3, 2]
    assert len(found) == 1
    assert found[0].why == "source"
