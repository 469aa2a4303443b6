"""Import figures of Gregorian years beside Iranian ones: marked, in the order of time, in no sum of an
Iranian year."""

import csv

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.charts.wording import import_columns
from catalog.figures.products import import_series
from catalog.formats import calendar
from catalog.models import ImportRecord, Product, ProductCount
from tests import factories as make

pytestmark = pytest.mark.django_db


def figures(product, **years):
    """Import records: `g2018=5` is of a Gregorian year, `i1397=5` of an Iranian one."""
    for name, value in years.items():
        kind = "gregorian" if name[0] == "g" else "iranian"
        make.make_import(product=product, year=int(name[1:]), calendar=kind, value=value)
    product.refresh_from_db()
    return product


def test_years_stand_in_the_order_of_their_last_days():
    days = {year: calendar.year_bounds(year)[1].isoformat() for year in (1396, 1397, 1398)}
    days |= {year: f"{year}-12-31" for year in (2017, 2018, 2019)}
    assert sorted(days, key=calendar.year_order) == sorted(days, key=days.get)


def test_rows_and_figures_are_ordered_alike_on_the_database():
    product = figures(make.make_product(), g2018=1, i1397=2, i1396=3, g2019=4)
    in_time = [1396, 2018, 1397, 2019]
    assert [record.year for record in ImportRecord.objects.in_time()] == in_time
    assert [record.year for record in ImportRecord.objects.all()] == in_time[::-1]
    assert [row.record.year for row in import_series(product.imports.all()).table] == in_time[::-1]


@pytest.mark.parametrize(
    ("years", "standing"),
    [
        ({"i1397": 1, "g2018": 2}, 1397),
        ({"i1397": 1, "g2019": 2}, 1397),  # both end in 2019: sums are of Iranian years
        ({"i1397": 1, "g2020": 2}, 2020),
        ({"g2018": 1, "g2020": 2}, 2020),
    ],
)
def test_the_latest_year_stands_for_a_product_and_of_two_that_end_together_the_iranian(years, standing):
    product = figures(make.make_product(), **years)
    assert product.import_year == standing
    assert import_series(product.imports.all()).latest.year == standing
    assert [one.year for one in ImportRecord.objects.latest_of_each()] == [standing]


def test_a_gregorian_year_is_in_no_sum_and_ranks_by_time():
    lately = figures(make.make_product(name_en="A"), i1404=1)
    before = figures(make.make_product(name_en="B"), g2018=900)
    long_ago = figures(make.make_product(name_en="C"), i1396=999)
    never = make.make_product(name_en="D")
    assert ProductCount.objects.latest_year() == 1404
    assert list(Product.objects.most_imported_first()) == [lately, before, long_ago, never]


def test_where_all_years_are_gregorian_the_latest_is_that_of_sums():
    figures(make.make_product(), g2018=5)
    figures(make.make_product(), g2020=5)
    assert ProductCount.objects.latest_year() == 2020


def test_changes_are_told_within_one_calendar():
    product = figures(make.make_product(), i1396=100, g2017=7, g2018=9, i1397=150)
    series = import_series(product.imports.all())
    assert (series.since_before.since, series.since_before.before) == (1396, 100)
    assert series.since_first is None


@pytest.mark.parametrize(("year", "kind"), [(2018, "iranian"), (1397, "gregorian"), (1700, "gregorian")])
def test_a_year_is_of_its_calendar(year, kind):
    record = ImportRecord(product=make.make_product(), year=year, calendar=kind, value=1)
    with pytest.raises(ValidationError, match="no year of that calendar"):
        record.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()


def test_a_product_has_one_figure_a_year_of_each_calendar():
    product = figures(make.make_product(), g2018=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_import(product=product, year=2018, calendar="gregorian")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/products/{}/", ["2018 (Gregorian)", ">Gregorian<"]),
        ("/fa/products/{}/", ["۲۰۱۸ میلادی", ">میلادی<"]),
        ("/en/products/", ["2018 (Gregorian)"]),
        ("/fa/products/", ["۲۰۱۸ میلادی"]),
        ("/en/compare/?p={}", ["2018 (Gregorian)"]),
        ("/fa/compare/?p={}", ["۲۰۱۸ میلادی"]),
    ],
)
def test_pages_say_that_a_year_is_gregorian(client, address, words):
    figures(make.make_product(), i1404=1)
    product = figures(make.make_product(), g2017=3, g2018=5)
    page = client.get(address.format(product.slug)).text
    assert [word for word in words if word not in page] == []


def test_the_api_and_downloads_say_it(client):
    product = figures(make.make_product(), g2018=5)
    (found,) = client.get(f"/api/v1/products/{product.slug}/").json()["imports"]
    assert (found["year"], found["calendar"]) == (2018, "gregorian")
    lines = b"".join(client.get("/en/products/export.csv").streaming_content).decode("utf-8-sig").splitlines()
    (cells,) = csv.DictReader(lines)
    shown = [cells["Imports: year [import_year]"], cells["Imports: calendar of the year [import_calendar]"]]
    assert shown == ["2018", "Gregorian"]


def test_the_chart_marks_the_year_that_is_spoken_of_and_says_gregorian_where_it_is_narrow():
    product = figures(make.make_product(), i1397=150, g2018=9, g2019=7)
    chart = import_columns(import_series(product.imports.all())).chart
    assert [row.label.text for row in chart.rows] == ["2018 (Gregorian)", "1397", "2019 (Gregorian)"]
    assert [column.last for column in chart.wide] == [False, True, False]
