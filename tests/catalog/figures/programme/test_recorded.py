"""What is on record beside the programme's stated figures: the sums are those of the rows, and no others."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.figures.amounts import Amount, Apart
from catalog.figures.programme import recorded as figures
from catalog.figures.programme.freshness import FreshnessCounts, freshness_of_records
from tests.factories import (
    make_company,
    make_contract,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_sector,
    make_source,
    make_unit,
)

pytestmark = pytest.mark.django_db


def test_a_memorandum_added_changes_no_contract_sum():
    desk = make_desk()
    make_contract(desk=desk, amounts=[60_000_000])
    before = figures.deals_at([desk]).real
    for kind in ("memorandum", "agreement", "planned"):
        make_contract(desk=desk, kind=kind, amounts=[99_000_000])
    after = figures.deals_at([desk]).real
    assert (after.contracts, after.amounts) == (before.contracts, before.amounts) == (
        1, (Amount(60_000_000, "EUR"),),
    )  # fmt: skip
    assert (after.intents, after.intended) == (3, (Amount(297_000_000, "EUR"),))


def test_currencies_are_summed_apart_and_the_unknown_is_not_zero():
    desk = make_desk()
    make_contract(desk=desk, amounts=[5])
    make_contract(desk=desk, amounts=[7], currency="USD")
    make_contract(desk=desk)
    found = figures.deals_at([desk]).real
    assert found.amounts == (Amount(5, "EUR"), Amount(7, "USD"))
    assert (found.contracts, found.without_amount) == (3, 1)
    assert found.amount("IRR") is None


def test_contracts_stand_in_the_iranian_year_they_were_signed_in_the_samples_apart():
    make_contract(signed_on=date(2021, 3, 20))  # the last day of 1399, a leap year
    make_contract(signed_on=date(2021, 3, 21))
    make_contract(signed_on=None)
    make_contract(signed_on=date(2021, 3, 21), origin="sample")
    years = figures.deals_by_year()
    assert {year: found.contracts for year, found in years.real.items()} == {1399: 1, 1400: 1, None: 1}
    assert {year: found.contracts for year, found in years.samples.items()} == {1400: 1}


def test_no_contract_has_no_years():
    assert figures.deals_by_year() == Apart({}, {})


def test_samples_are_apart_and_units_counted_once():
    make_unit(province="yazd")
    make_unit(province="yazd", status="revived")
    make_unit(province="fars", status="planned")
    make_unit(province="fars", status="planned", origin="sample")
    provinces = figures.units_by_province()
    assert provinces.real["yazd"] == figures.Units(2, 1, 0)
    assert provinces.samples == {"fars": figures.Units(1, 0, 1)}
    assert figures.all_units(provinces.real) == figures.Units(3, 1, 1)


def test_imports_of_samples_are_apart():
    sector = make_sector()
    make_import(product=make_product(sector=sector), year=1404, value=500)
    make_import(product=make_product(sector=sector), year=1404, value=70, origin="sample")
    make_import(product=make_product(sector=sector), year=1403, value=3)
    assert figures.imports_by_sector(1404) == Apart({sector.pk: 500}, {sector.pk: 70})


def test_a_stage_says_how_many_products_are_there_by_a_sample_alone():
    both = make_product()
    make_engagement(product=both, stage="testing")
    make_engagement(product=both, stage="testing", origin="sample")
    make_engagement(stage="testing", origin="sample")
    make_engagement(product=make_product(), stage="design")
    found = {one.stage: one for one in figures.pipeline()}
    assert found["testing"] == figures.StageCount("testing", 2, 1)
    assert found["design"] == figures.StageCount("design", 1, 0)


def test_freshness_counts_what_the_rule_speaks_of_and_nothing_else():
    today = timezone.localdate()
    for age in (0, 180, 181, 365, 366):
        make_engagement(confirmed_on=today - timedelta(days=age))
    make_engagement()  # never confirmed
    make_engagement(confirmed_on=today - timedelta(days=200), origin="sample")
    make_engagement(confirmed_on=today, origin="press", source=make_source())
    make_engagement(confirmed_on=today, state="draft")
    make_engagement(confirmed_on=today, company=make_company(state="draft"))
    make_product(origin="ministry", confirmed_on=today)
    make_product(origin="illustrative", confirmed_on=today - timedelta(days=400))
    found = {one.noun: one for one in freshness_of_records(today)}
    assert found["engagements"].real == FreshnessCounts(
        fresh=2, due=2, overdue=1, unconfirmed=1, latest=today
    )
    assert found["engagements"].samples == FreshnessCounts(0, 1, 0, 0, latest=today - timedelta(days=200))
    assert found["units"].total == 0
    products = found["products"].real  # those of the engagements are the ministry's too
    assert (products.fresh, products.unconfirmed) == (1, 10)
