"""Idle units: the listing with its map, what was stated beside what is on record, and the page of one."""

import html
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import IdleUnit
from tests.factories import (
    make_company,
    make_demand,
    make_engagement,
    make_import,
    make_indicator,
    make_office,
    make_product,
    make_sector,
    make_source,
    make_statement,
    make_unit,
)

pytestmark = pytest.mark.django_db


def listing(client, language="en", **query):
    response = client.get(f"/{language}/units/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return response


def names(response):
    return [unit.name_en for unit in response.context["page"]]


def facet(response, name):
    return next(facet for facet in response.context["facets"] if facet.name == name)


def counts(response, name):
    return {choice.value: choice.count for choice in facet(response, name).choices if choice.value}


def words(response):
    """What a page says: tags gone, spaces joined."""
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.fixture
def units(at_once):
    """A foundry and a mill that stand still, a loom that runs again; foundry and loom name a pump."""
    with at_once():
        cars = make_sector(slug="cars")
        pump = make_product(name_en="Water pump", name_fa="پمپ آب")
        make_import(product=pump, value=5_000_000)
        make_unit(
            [pump],
            name_en="Foundry", name_fa="ریخته‌گری", sector=cars, province="isfahan", town_en="Kashan",
            park_fa="شهرک امیرکبیر", capacity=400, capacity_unit="tonne", idle_since=1396,
            causes="finance,market", needs="capital", jobs=60, confirmed_on=date(2026, 3, 1),
        )  # fmt: skip
        make_unit(
            [make_product(state="draft", name_en="Secret gear")],
            name_en="Mill", name_fa="آسیاب", province="yazd", capacity=900, capacity_unit="piece",
            idle_since=1394, causes="market", needs="buyer,capital", jobs=20, status="planned",
            confirmed_on=date(2026, 4, 1),
        )  # fmt: skip
        make_unit(
            [pump],
            name_en="Loom", name_fa="بافندگی", province="yazd", capacity=100, capacity_unit="piece",
            idle_since=1390, jobs=500, status="revived", revived_on=date(2025, 5, 1),
        )  # fmt: skip
        make_unit(name_en="Hidden", state="draft", province="yazd", causes="energy", jobs=1000)


@pytest.mark.usefixtures("units")
class TestListing:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({}, ["Foundry", "Loom", "Mill"]),
            ({"q": "found"}, ["Foundry"]),
            ({"q": "kashan"}, ["Foundry"]),
            ({"q": "امیرکبیر"}, ["Foundry"]),
            ({"q": "pump water"}, ["Foundry", "Loom"]),
            ({"q": "secret"}, []),
            ({"sector": "cars"}, ["Foundry"]),
            ({"province": "yazd"}, ["Loom", "Mill"]),
            ({"province": ["yazd", "isfahan"], "state": "idle"}, ["Foundry"]),
            ({"cause": "market"}, ["Foundry", "Mill"]),
            ({"cause": ["finance", "energy"]}, ["Foundry"]),
            ({"need": ["capital"]}, ["Foundry", "Mill"]),
            ({"need": "buyer", "cause": "finance"}, []),
            ({"state": ["planned", "revived"]}, ["Loom", "Mill"]),
            ({"match": "yes"}, ["Foundry"]),  # the loom runs, the mill names nothing public
            ({"match": "no"}, ["Loom", "Mill"]),
            ({"order": "since"}, ["Mill", "Foundry", "Loom"]),  # what runs again is idle no longer
            ({"order": "-jobs"}, ["Loom", "Foundry", "Mill"]),
            ({"order": "-capacity"}, ["Mill", "Loom", "Foundry"]),  # pieces, then tonnes
            ({"order": "-confirmed"}, ["Mill", "Foundry", "Loom"]),
            ({"order": "-updated"}, ["Loom", "Mill", "Foundry"]),
        ],
    )
    def test_every_parameter_chooses_its_rows(self, client, query, expected):
        assert names(listing(client, **query)) == expected
        persian = names(listing(client, "fa", **query))
        assert persian == expected if "order" in query else sorted(persian) == sorted(expected)

    @pytest.mark.parametrize(
        "query",
        [
            "sector=nonsense", "province=atlantis", "cause=weather", "need=luck", "state=asleep",
            "match=maybe", "order=best", "nonsense=1", "province=%00", "page=9999", "page=abc", "q=***",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("language", ["en", "fa"])
    def test_what_cannot_be_used_is_named_and_the_rest_is_shown(self, client, query, language):
        response = client.get(f"/{language}/units/?{query}")
        (notice,) = response.context["notices"]
        assert query.rpartition("=")[2].strip("%0") in notice or language == "fa"
        assert len(names(response)) == 3

    @pytest.mark.walk
    @pytest.mark.parametrize(
        "query",
        [
            {}, {"cause": "market"}, {"state": "idle", "need": "capital"},
            {"q": "pump", "match": "no", "cause": ["market", "finance"]},
        ],
    )  # fmt: skip
    def test_every_count_equals_the_rows_behind_its_link(self, client, query):
        for one in listing(client, **query).context["facets"]:
            for choice in one.choices:
                if choice.value and not choice.selected:
                    alone = {**query, one.name: choice.value}
                    assert choice.count == len(names(listing(client, **alone))), (query, choice)

    def test_a_unit_of_two_causes_counts_for_both_and_a_facet_ignores_its_own_choice(self, client):
        assert counts(listing(client), "cause") == {"finance": 1, "market": 2}
        assert counts(listing(client, cause="finance"), "cause") == {"finance": 1, "market": 2}
        assert counts(listing(client, cause="finance"), "province") == {"isfahan": 1}

    def test_the_map_counts_like_the_facet_and_its_squares_add_and_remove_a_province(self, client):
        response = listing(client, province="yazd", state="revived")
        tiles = {one.tile.slug: one for one in response.context["where"].map.tiles}
        assert len(tiles) == 31
        assert {slug: one.tile.value for slug, one in tiles.items() if one.tile.value} == {"yazd": 1}
        assert tiles["yazd"].says == "1 unit in Yazd, chosen"
        assert tiles["yazd"].url == "?state=revived#where"
        assert tiles["qom"].says == "0 units in Qom"
        assert tiles["qom"].url == "?province=qom&province=yazd&state=revived#where"
        page = response.content.decode()
        assert 'href="?province=qom&amp;province=yazd&amp;state=revived#where"' in page
        assert "/en/products/?province=yazd" in page

    def test_in_persian_the_map_says_so_and_is_not_turned(self, client):
        page = listing(client, "fa", province="isfahan").content.decode()
        assert "۱ واحد در اصفهان، برگزیده" in page
        assert '<ul class="tilemap" dir="ltr">' in page
        assert page.index("tile-row-1 tile-column-1") < page.index("tile-row-1 tile-column-4")

    def test_the_sums_are_those_of_the_result_and_jobs_of_what_runs_are_not_at_a_standstill(self, client):
        everything = listing(client).context["sum"].real
        assert (everything.count, everything.standing, everything.jobs, everything.matching) == (3, 2, 80, 1)
        yazd = listing(client, province="yazd").context
        found = yazd["sum"].real
        assert (found.count, found.jobs, found.matching) == (2, 20, 0)
        assert (yazd["on_record"].real.count, yazd["on_record"].real.revived) == (3, 1)
        assert yazd["sum"].samples.count == yazd["on_record"].samples.count == 0

    def test_wanted_products_are_ranked_by_the_standing_units_found_that_name_them(self, client):
        both = make_product(name_en="Both name it")
        for unit in IdleUnit.objects.published():
            unit.products.add(both)
        first, second = listing(client).context["wanted"].first
        assert (first.product, first.units, len(first.provinces)) == (both, 2, 2)
        assert (second.product.name_en, second.units, second.provinces) == ("Water pump", 1, ("Isfahan",))
        only = listing(client, province="yazd").context["wanted"]
        assert [(row.product, row.units) for row in only.first] == [(both, 1)]

    def test_titles_say_what_is_chosen(self, client):
        response = listing(client, province="qom", cause="market")
        assert "<title>Idle units: The market, Qom ·" in response.content.decode().replace("\n", "")

    def test_nothing_found_says_so_and_keeps_the_map(self, client):
        page = listing(client, need="buyer", cause="finance").content.decode()
        assert "No unit fits all of this" in page
        assert "tilemap" in page


def test_pages_neither_repeat_nor_lose_a_row(client):
    sector = make_sector()
    for _ in range(25):
        make_unit(sector=sector, name_en="Same name", name_fa="هم‌نام")
    for order in ("name", "-capacity"):
        pages = [listing(client, order=order, page=number).context["page"] for number in (1, 2, 3)]
        seen = [unit.pk for page in pages for unit in page]
        assert len(seen) == len(set(seen)) == 25


class TestStated:
    """More than 2,200 to be revived, 760 run again: shown, with the bound that follows, and never summed."""

    @pytest.fixture
    def figures(self):
        indicator = make_indicator(slug="idle-units", unit="units")
        source = make_source(publisher_en="Example Daily")
        values = {"indicator": indicator, "unit": "units", "year_from": 1399, "source": source}
        plan = make_statement(value=2200, qualifier="more than", kind="plan", **values)
        result = make_statement(value=760, kind="result", **values)
        return plan, result

    def test_the_share_of_an_open_total_is_a_bound(self, client, figures):
        share = listing(client).context["stated"].share
        assert (share.part, share.whole, share.bound) == (760, 2200, "most")
        english = words(listing(client))
        assert "at most 34.5% of them run again" in english
        assert "more than 2,200" in english
        assert "Example Daily" in english
        assert "حداکثر ۳۴٫۵" in words(listing(client, "fa"))

    @pytest.mark.parametrize(
        ("change", "bound"),
        [
            ({"qualifier": "exact"}, "exact"),
            ({"qualifier": "about"}, None),  # about 2,200 bounds nothing
            (
                {"value": 700, "qualifier": "exact"},
                None,
            ),  # fewer than run again: the two do not belong together
            ({"year_from": 1398}, None),
        ],
    )
    def test_figures_that_allow_no_bound_get_none(self, client, figures, change, bound):
        plan, _result = figures
        for field, value in change.items():
            setattr(plan, field, value)
        plan.save()
        share = listing(client).context["stated"].share
        assert (share and share.bound) == bound

    def test_what_is_on_record_does_not_change_them(self, client, figures):
        make_unit(jobs=5)
        response = listing(client)
        assert [statement.value for statement in response.context["stated"].statements] == [2200, 760]
        assert response.context["on_record"].real.count == 1


def fill(unit):
    """One of everything that hangs on a unit."""
    product = make_product(sector=unit.sector)
    make_import(product=product)
    make_demand(product=product)
    make_engagement(product=product, company=make_company(province=unit.province, sector=unit.sector))
    make_product(sector=unit.sector)
    make_office().sectors.add(unit.sector)
    unit.products.add(product)


def test_the_list_costs_the_same_for_many_rows(client):
    sector, counted = make_sector(), []
    addresses = ["/en/units/", "/fa/units/?q=unit&province=yazd&province=qom&cause=market&match=yes"]
    for number in (1, 30):
        for _ in range(number):
            fill(make_unit(sector=sector, causes="market,energy", source=make_source(), origin="press"))
        counted.append([queries(client, address) for address in addresses])
    assert counted[0] == counted[1]
    assert counted[0][0] <= 16
    assert counted[0][1] <= 20


class TestPage:
    def test_it_says_what_it_is_and_what_it_needs(self, client):
        unit = make_unit(
            name_en="Foundry", town_en="Kashan", province="isfahan", idle_since=1396, capacity=1800,
            capacity_unit="machine_hour", causes="finance,machinery", needs="buyer", jobs=64,
        )  # fmt: skip
        said = words(client.get(unit.get_absolute_url()))
        for text in (
            "Kashan, Isfahan",
            "1396 (2017/18)",
            "1,800 machine hours",
            "finance, machinery",
            "a buyer",
        ):
            assert text in said
        assert "Not confirmed yet" in said
        assert "Wanted products it could make" in said.split("Not on record")[1]

    def test_what_is_not_known_stands_in_one_list_and_is_no_zero(self, client):
        said = words(client.get(make_unit().get_absolute_url()))
        known, missing = said.split("Not on record", 1)
        for line in ("When it stopped", "Why it stopped", "What it needs", "Jobs when it ran"):
            assert line not in known
            assert line in missing
        assert " 0 " not in said

    def test_a_unit_that_runs_again_says_since_when(self, client):
        unit = make_unit(status="revived", revived_on=date(2025, 5, 1), needs="capital")
        said = words(client.get(unit.get_absolute_url()))
        assert "Running again since 11 Ordibehesht 1404 (1 May 2025)." in said
        assert "What it needed" in said

    def test_its_named_products_are_summed_within_one_year_and_others_stand_apart(self, client):
        unit = make_unit()
        for name, value, year in (
            ("Gear", 5_000_000, 1404),
            ("Valve", 7_000_000, 1404),
            ("Pump", 9_000_000, 1403),
        ):
            product = make_product(name_en=name, sector=unit.sector)
            make_import(product=product, value=value, year=year)
            unit.products.add(product)
        make_import(product=make_product(name_en="Not named", sector=unit.sector), value=80_000_000)
        unit.products.add(make_product(state="draft", name_en="Hidden thing"))
        response = client.get(unit.get_absolute_url())
        said = words(response)
        assert response.context["worth"].import_total == 12_000_000
        assert "$12m is what 2 of these 3 products cost the country in imports in 1404 (2025/26)" in said
        assert "Hidden thing" not in said
        assert said.index("Gear") < said.index("Same sector, not named") < said.index("Not named")

    def test_companies_and_offices_of_its_sector_stand_on_it(self, client):
        unit = make_unit(province="yazd")
        make_company(name_en="Near works", province="yazd", sector=unit.sector)
        make_company(name_en="Far works", province="qom", sector=unit.sector)
        product = make_product(sector=unit.sector)
        make_engagement(product=product, company=make_company(name_en="Busy works", province="yazd"))
        hidden = make_company(name_en="Hidden works", province="yazd", state="draft")
        make_engagement(product=product, company=hidden)
        make_office(name_en="Metals office").sectors.add(unit.sector)
        said = words(client.get(unit.get_absolute_url()))
        assert said.index("Busy works") < said.index("Near works")
        assert "Far works" not in said
        assert "Hidden works" not in said
        assert "Metals office" in said

    def test_samples_are_marked_and_kept_from_search_engines(self, client):
        sample = client.get(make_unit(origin="sample").get_absolute_url()).content.decode()
        assert '<meta name="robots" content="noindex">' in sample
        assert "This page is invented" in sample
        assert "noindex" not in client.get(make_unit().get_absolute_url()).content.decode()

    @pytest.mark.parametrize(("state", "status"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
    def test_what_is_not_public_has_no_page(self, client, state, status):
        unit = make_unit(state=state)
        for language in ("en", "fa"):
            assert client.get(f"/{language}/units/{unit.slug}/").status_code == status
        assert client.get(make_unit(sector=make_sector(state=state)).get_absolute_url()).status_code == 404

    def test_it_costs_the_same_for_many_rows(self, client):
        unit = make_unit(origin="press", source=make_source())
        fill(unit)
        few = queries(client, unit.get_absolute_url())
        for _ in range(6):
            fill(unit)
        assert queries(client, unit.get_absolute_url()) == few <= 13
