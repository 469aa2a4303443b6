"""Years of desks: what is on record of them, and beside it what was stated of the year as a whole."""

import pytest

from catalog.figures.desk_years import desk_years, stated_by_year
from catalog.models import Desk
from tests.factories import (
    make_contract,
    make_desk,
    make_indicator,
    make_product,
    make_sector,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicators():
    return {slug: make_indicator(slug=slug) for slug in ("desks", "deal-value", "foreign-currency-saving")}


def money(indicator, value, **values):
    defaults = {"value": value, "unit": "money", "currency": "EUR", "year_from": 1398, "year_to": 1398}
    return make_statement(indicator=indicator, **{**defaults, **values})


def years():
    return desk_years(Desk.objects.published())


def amounts(sums):
    return [(sum.amount, sum.currency) for sum in sums]


def test_targets_add_up_by_year_and_currency_and_samples_stay_apart():
    make_desk(year=1399, target_amount=60, target_currency="EUR")
    make_desk(year=1399, target_amount=80, target_currency="EUR")
    make_desk(year=1399, target_amount=7, target_currency="USD")
    make_contract(amounts=[5], desk=make_desk(year=1399))
    make_desk(year=1399, target_amount=10**9, target_currency="EUR", origin="sample")
    make_desk(year=1399, target_amount=10**9, target_currency="EUR", state="draft")
    make_desk(year=1398, target_amount=1, target_currency="EUR")
    real, sample, before = years()
    assert (real.year, real.sample, real.desks, real.with_target) == (1399, False, 4, 3)
    assert amounts(real.targets) == [(140, "EUR"), (7, "USD")]
    assert amounts(real.contracts) == [(5, "EUR")]
    assert (sample.year, sample.sample, amounts(sample.targets)) == (1399, True, [(10**9, "EUR")])
    assert before.year == 1398


@pytest.mark.parametrize(
    ("stated", "agree"), [(140, True), (141, False), (None, None)], ids=["same", "other", "nothing stated"]
)
def test_the_sum_of_targets_is_held_against_the_stated_total(indicators, stated, agree):
    make_desk(year=1399, target_amount=140, target_currency="EUR")
    if stated:
        money(indicators["deal-value"], stated, kind="target", year_from=1399, year_to=1399)
    (year,) = years()
    assert year.targets_agree is agree
    assert [one.statement.value for one in year.stated_targets] == ([stated] if stated else [])


def test_a_year_that_was_only_spoken_of_is_there(indicators):
    make_statement(indicator=indicators["desks"], value=11, year_from=1397, year_to=1397)
    (year,) = years()
    assert (year.year, year.desks, year.targets, year.contracts) == (1397, 0, (), ())


class TestParts:
    def test_figures_of_one_source_are_the_parts_of_the_total_of_another(self, indicators):
        saving, press = indicators["foreign-currency-saving"], make_source()
        total = money(saving, 1045, source=make_source())
        rival = money(saving, 1031, source=make_source())
        total.contradicts.add(rival)
        parts = [money(saving, value, source=press) for value in (143, 118, 341)]
        parts.append(money(saving, 443, source=press, sector=make_sector()))
        (one,) = stated_by_year()[1398]
        assert one.statement == total
        assert one.statement.others == [rival]
        assert list(one.parts) == parts
        assert (one.sum.amount, one.sum.currency, one.agrees) == (1045, "EUR", True)

    def test_a_part_that_changes_changes_the_sum_and_the_word(self, indicators):
        saving, press = indicators["foreign-currency-saving"], make_source()
        money(saving, 1045, source=make_source())
        for value in (143, 118, 341, 442):
            money(saving, value, source=press)
        (one,) = stated_by_year()[1398]
        assert (one.sum.amount, one.agrees) == (1044, False)

    def test_a_total_from_the_source_of_its_parts_is_no_part_of_itself(self, indicators):
        saving, press = indicators["foreign-currency-saving"], make_source()
        for value in (100, 20, 30, 50):
            money(saving, value, source=press)
        (one,) = stated_by_year()[1398]
        assert (one.statement.value, [part.value for part in one.parts]) == (100, [20, 30, 50])

    def test_two_figures_of_a_source_are_no_parts(self, indicators):
        saving, press = indicators["foreign-currency-saving"], make_source()
        for value in (100, 20, 30):
            money(saving, value, source=press if value < 100 else make_source())
        assert [one.parts for one in stated_by_year()[1398]] == [(), (), ()]


def test_an_earlier_count_stands_below_the_one_that_replaced_it(indicators):
    six = make_statement(indicator=indicators["desks"], value=6, year_from=1398, year_to=1398)
    nine = make_statement(
        indicator=indicators["desks"], value=9, year_from=1398, year_to=1398, supersedes=six
    )
    last = make_statement(
        indicator=indicators["desks"], value=11, year_from=1398, year_to=1398, supersedes=nine
    )
    (one,) = stated_by_year()[1398]
    assert (one.statement, one.earlier) == (last, (nine, six))


def test_what_was_said_of_one_desk_one_sector_several_years_or_as_a_hope_is_not_of_the_year(indicators):
    money(indicators["deal-value"], 1, desk=make_desk())
    money(indicators["deal-value"], 2, sector=make_sector())
    money(indicators["deal-value"], 3, product=make_product())
    money(indicators["deal-value"], 4, year_to=1400)
    money(indicators["foreign-currency-saving"], 5, kind="target")
    money(make_indicator(), 6)
    indicators["desks"].withdraw("Wrong.", "نادرست.")
    make_statement(indicator=indicators["desks"], value=7, year_from=1398, year_to=1398)
    assert stated_by_year() == {}
