"""Two sources give other figures of one product and year: both are shown, and every sum holds one of them."""

import json

import pytest

from catalog.models import ImportRecord
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def pump():
    """A pump that cost five million by the customs and nine by a newspaper, among others."""
    customs = make.make_source(key="customs", publisher_en="Customs", publisher_fa="گمرک")
    press = make.make_source(key="paper", publisher_en="The Paper", publisher_fa="روزنامه")
    pump = make.make_product(slug="pump", name_en="Pump", hs_code="841370")
    near = make.make_product(slug="near", name_en="Valve", sector=pump.sector, hs_code="848180")
    make.make_import(product=pump, year=1403, value=3_000_000)
    make.make_import(product=pump, year=1404, value=5_000_000, quantity=10, source=customs)
    make.make_import(product=pump, year=1404, value=9_000_000, quantity=90, source=press, origin="press")
    make.make_import(product=near, year=1404, value=2_000_000)
    for _sector in range(2):
        make.make_import(product=make.make_product(), year=1404, value=500_000)
    make.make_unit(products=[pump, near], sector=pump.sector, slug="works")
    return pump


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("/en/", lambda context, pump: of_sector(context["sectors"], pump)),
        ("/en/sectors/", lambda context, pump: of_sector(context["sectors"], pump)),
        ("/en/sectors/{sector}/", lambda context, pump: context["worth"].import_total),
        ("/en/products/?sector={sector}", lambda context, pump: context["worth"].import_total),
        ("/en/units/works/", lambda context, pump: context["worth"].import_total),
    ],
)
def test_sums_hold_one_figure(client, pump, address, read):
    response = page(client, address.format(sector=pump.sector.slug))
    assert read(response.context, pump) == 7_000_000


def of_sector(pairs, pump):
    return next(one.import_usd for one, _strip in pairs if one.sector == pump.sector)


def test_the_programmes_chart_holds_one(client, pump):
    charts = {chart.id: chart for chart in page(client, "/en/programme/").context["charts"]}
    assert [row.cells[0] for row in charts["imports"].rows] == ["7,000,000", "500,000", "500,000"]


def test_the_programmes_chart_says_which_of_its_sums_are_partly_calculated(client, pump):
    ImportRecord.objects.filter(value=2_000_000).update(calculated_from="848180 10 customs")
    charts = {chart.id: chart for chart in page(client, "/en/programme/").context["charts"]}
    assert charts["imports"].calculated
    assert [row.calculated for row in charts["imports"].rows] == [True, False, False]


def test_lists_rank_by_it_and_draw_it_once(client, pump):
    rows = page(client, "/en/products/").context["rows"]
    assert (rows[0].product.slug, rows[0].import_usd) == ("pump", 5_000_000)
    assert rows[0].trend == [3_000_000, 5_000_000]
    assert rows[0].import_record.quantity == 10
    gaps = [(record.product.slug, record.value) for record, _bar in page(client, "/en/").context["gaps"]]
    assert gaps[0] == ("pump", 5_000_000)
    assert len(gaps) == 4


@pytest.mark.parametrize("bound", ["import_min=6000000", "import_max=4000000"])
def test_facets_and_filters_read_it(client, pump, bound):
    assert "pump" not in [row.product.slug for row in page(client, f"/en/products/?{bound}").context["rows"]]


def test_the_products_chart_and_sentence_hold_it_and_its_table_both(client, pump):
    series = page(client, "/en/products/pump/").context["case"].imports
    assert [record.value for record in series.records] == [3_000_000, 5_000_000]
    assert [row.record.value for row in series.table] == [5_000_000, 9_000_000, 3_000_000]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["the sources differ", "$5m", "$9m", "Customs", "The Paper", "Counts in sums"]),
        ("fa", ["منابع یکسان نیستند", "گمرک", "روزنامه", "در جمع‌ها می‌آید"]),
    ],
)
def test_the_products_page_shows_both_with_their_sources(client, pump, language, words):
    text = page(client, f"/{language}/products/pump/").text
    assert [word for word in words if word not in text] == []


def test_equal_figures_do_not_clash(client, pump):
    ImportRecord.objects.filter(value=9_000_000).update(value=5_000_000)
    assert 'class="card clash"' not in page(client, "/en/products/pump/").text


def test_what_staff_chose_moves_every_sum(client, pump):
    ImportRecord.objects.filter(value=9_000_000).update(chosen=True)
    response = page(client, f"/en/sectors/{pump.sector.slug}/")
    assert response.context["worth"].import_total == 11_000_000
    assert "which the ministry chose" in page(client, "/en/products/pump/").text


def test_a_comparison_names_the_one_that_counts(client, pump):
    text = page(client, "/en/compare/?p=pump&p=near").text
    assert "$5m" in text
    assert "$9m" not in text


def test_the_api_lists_both_and_says_which_counts(client, pump):
    found = client.get("/api/v1/products/pump/").json()["imports"]
    assert [(one["year"], one["value"], one["counts"]) for one in found] == [
        (1404, 5_000_000, True),
        (1404, 9_000_000, False),
        (1403, 3_000_000, True),
    ]


@pytest.mark.parametrize("chosen", [5_000_000, 9_000_000])
def test_a_download_has_each_product_once_with_it(client, pump, chosen):
    ImportRecord.objects.filter(value=chosen).update(chosen=True)
    body = b"".join(client.get("/en/products/export.json").streaming_content)
    rows = [row for row in json.loads(body)["products"] if row["slug"] == "pump"]
    assert [row["import_usd"] for row in rows] == [chosen]


class TestSumsWithACalculatedPart:
    """A sum is marked where a figure in it is a share of a tariff line."""

    ADDRESSES = (
        *("/{}/", "/{}/sectors/", "/{}/sectors/{}/"),
        *("/{}/products/?sector={}", "/{}/units/works/", "/{}/programme/"),
    )

    @pytest.mark.parametrize("address", ADDRESSES)
    @pytest.mark.parametrize(("language", "word"), [("en", "Partly calculated"), ("fa", "بخشی محاسبه‌شده")])
    def test_it_says_so(self, client, pump, address, language, word):
        address = address.format(language, pump.sector.slug)
        assert word not in page(client, address).text
        ImportRecord.objects.filter(value=2_000_000).update(calculated_from="848180 10 customs")
        assert word in page(client, address).text

    def test_a_figure_that_is_in_no_sum_marks_none(self, client, pump):
        records = ImportRecord.objects.filter(value__in=[3_000_000, 9_000_000])
        records.update(calculated_from="848180 10 customs")
        for address in self.ADDRESSES:
            assert "Partly calculated" not in page(client, address.format("en", pump.sector.slug)).text

    def test_real_and_sample_sums_are_marked_each_for_itself(self, client, pump):
        sample = make.make_product(sector=pump.sector)
        shares = "848180 10 sample"
        make.make_import(product=sample, year=1404, value=1, origin="sample", calculated_from=shares)
        worth = page(client, f"/en/sectors/{pump.sector.slug}/").context["worth"]
        assert (worth.calculated.real, worth.calculated.samples) == (False, True)
        for query in ("", "?makers=none", "?q=pump"):
            worth = page(client, f"/en/products/{query}").context["worth"]
            assert (worth.calculated.real, worth.calculated.samples) == (False, query != "?q=pump")
