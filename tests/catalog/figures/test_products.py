"""Imports, promises and makers of one product: sums of rows that need no database."""

from datetime import date
from decimal import Decimal

from catalog.figures.products import (
    Maker,
    MakersOnRecord,
    PromiseOnRecord,
    import_series,
    promises_of_product,
)
from catalog.models import Engagement, ImportRecord


def imports(*years, currency="USD", **values):
    return [ImportRecord(year=year, value=value, currency=currency, **values) for year, value in years]


def demand(commitment, quantity=None, year=1405, buyer=1):
    says = {"year": year, "quantity": quantity, "value": None, "currency": ""}
    return PromiseOnRecord(commitment, **says, is_sample=False, bought=False, buyers=(buyer,))


def maker(engagement):
    return Maker(None, "testing", engagement, (), is_sample=False, counts=True)


def test_a_series_is_compared_with_the_year_before_and_with_its_first():
    series = import_series(imports((1404, 90), (1402, 100), (1403, 60)))
    assert (series.since_before.since, series.since_before.direction, series.since_before.difference) == (
        1403,
        "up",
        30,
    )
    assert (series.since_first.since, series.since_first.direction) == (1402, "down")


def test_a_change_of_two_per_cent_is_no_change():
    assert import_series(imports((1403, 100), (1404, 102))).since_before.direction == "level"
    assert import_series(imports((1403, 100), (1404, 103))).since_before.direction == "up"


def test_one_figure_is_compared_with_nothing_and_a_zero_before_has_no_share():
    assert import_series(imports((1404, 5))).since_before is None
    assert import_series(imports((1403, 0), (1404, 5))).since_before is None
    assert import_series([]).latest is None


def test_dollars_make_the_series_and_other_currencies_stay_in_the_table():
    series = import_series([*imports((1400, 1), (1401, 2), currency="EUR"), *imports((1399, 7))])
    assert (series.currency, series.latest.value) == ("USD", 7)
    assert [row.record.year for row in series.table] == [1401, 1400, 1399]


def test_a_unit_costs_cents_below_a_hundred_and_whole_units_above():
    cheap, dear, unknown = (
        import_series(imports((1404, 1000), quantity=quantity)).table[0].unit_value
        for quantity in (300, 3, None)
    )
    assert (cheap, dear, unknown) == (Decimal("3.33"), Decimal(333), None)


def test_only_what_is_budgeted_tendered_or_signed_is_firm():
    found = promises_of_product(
        [demand("offtake", 40), demand("budgeted", 30), demand("indicative", 20), demand("named", 5)],
        200,
        1404,
    )
    (year,) = found.years
    assert (year.firm, year.hoped, year.left) == (70, 25, 105)
    assert [commitment for commitment, _ in year.parts] == ["offtake", "budgeted", "indicative", "named"]


def test_more_promises_than_imports_leave_nothing():
    (year,) = promises_of_product([demand("offtake", 300)], 200, 1404).years
    assert year.left == 0


def test_the_page_speaks_of_the_nearest_year_that_is_not_over():
    rows = [demand("offtake", 1, year=year) for year in (1402, 1406, 1405)]
    assert promises_of_product(rows, None, 1404).next_year.year == 1405
    assert promises_of_product(rows, None, 1410).next_year.year == 1406


def test_a_demand_without_year_or_quantity_is_listed_and_not_summed():
    found = promises_of_product([demand("named"), demand("offtake", 10, year=None, buyer=2)], 200, 1404)
    assert (found.years, found.next_year, found.buyers, found.strongest) == ((), None, 2, "offtake")


def test_free_capacity_is_unknown_until_somebody_says_so():
    assert MakersOnRecord((maker(Engagement(stage="named")),)).free_capacity is None
    said = Engagement(stage="testing", free_capacity=0, confirmed_on=date(2026, 1, 2))
    makers = MakersOnRecord((maker(said), maker(Engagement()), maker(None)))
    assert (makers.free_capacity, makers.last_confirmed) == (0, date(2026, 1, 2))
