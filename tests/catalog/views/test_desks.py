"""Desks: what comes next first; and one desk, what it was to bring and brought."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Currency
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_indicator,
    make_office,
    make_product,
    make_sector,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def listing(client, **query):
    response = client.get(f"/en/desks/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return response


def groups(response):
    return {
        str(group["status"]): [one.desk.name_en for one, _bar in group["desks"]]
        for group in response.context["groups"]
    }


@pytest.fixture
def desks():
    cars, copper = make_sector(slug="cars", order=1), make_sector(slug="copper", order=2)
    make_desk(name_en="Later", opens=day(30), closes=day(40), sectors=[cars])
    make_desk(name_en="Sooner", opens=day(3), closes=day(4), sectors=[cars, copper])
    make_desk(name_en="Running", opens=day(-3), closes=day(0), sectors=[copper])
    make_desk(name_en="Promised", year=1399, sectors=[cars], stated="announced")
    make_desk(name_en="Reported", year=1398, sectors=[cars], stated="held")
    make_desk(name_en="Called off", year=1398, stated="cancelled", opens=day(9))
    make_desk(name_en="Hidden", year=1397, state="draft", sectors=[make_sector(slug="hidden-sector")])


@pytest.mark.usefixtures("desks")
class TestListing:
    def test_what_comes_next_comes_first(self, client):
        found = groups(listing(client))
        assert list(found) == ["coming", "open", "announced", "held", "cancelled"]
        assert found["coming"] == ["Sooner", "Later"]
        assert found["open"] == ["Running"]

    def test_of_announced_desks_it_says_that_no_word_was_seen(self, client):
        assert "no word yet that they took place" in listing(client).content.decode()

    def test_it_narrows_by_sector_year_and_condition(self, client):
        assert groups(listing(client, sector="copper")) == {"coming": ["Sooner"], "open": ["Running"]}
        assert groups(listing(client, year=1399)) == {"announced": ["Promised"]}
        assert groups(listing(client, year="۱۳۹۹")) == {"announced": ["Promised"]}
        assert groups(listing(client, state=["held", "announced"])) == {
            "announced": ["Promised"],
            "held": ["Reported"],
        }

    def test_every_count_equals_the_desks_behind_its_link(self, client):
        for query in ({}, {"sector": "cars"}, {"year": "1398"}, {"year": "۱۳۹۸"}, {"state": "held"}):
            for facet in listing(client, **query).context["facets"]:
                for choice in facet.choices:
                    if choice.value and not choice.selected:
                        found = groups(listing(client, **{**query, facet.name: choice.value}))
                        assert choice.count == sum(map(len, found.values())), (query, choice)

    def test_an_unpublished_desk_leaves_no_year_and_no_sector(self, client):
        page = listing(client).content.decode()
        assert "1397" not in page
        assert "hidden-sector" not in page

    @pytest.mark.parametrize(
        "query",
        [
            "sector=x",
            "year=abc",
            "year=1e400",
            "year=99999999999999999999",
            "state=late",
            "year=%00",
            "foo=1",
        ],
    )
    def test_what_cannot_be_used_is_named_and_the_rest_is_shown(self, client, query):
        response = client.get(f"/en/desks/?{query}")
        assert response.status_code == 200
        assert len(response.context["notices"]) == 1
        assert response.context["count"] == 6


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_listing_costs_the_same_for_many_desks(client):
    def add(number):
        for _ in range(number):
            desk = make_desk(sectors=[make_sector()], opens=day(-9), closes=day(-8))
            make_contract(amounts=[5], desk=desk).milestones.create(due=day(5))

    add(2)
    few = queries(client, "/en/desks/")
    add(6)
    assert queries(client, "/en/desks/") == few <= 17


class TestRows:
    def test_a_held_desk_says_what_it_brought_by_currency_and_what_is_late(self, client):
        desk = make_desk(year=1400, stated="held", target_amount=1000, target_currency="EUR")
        make_contract(amounts=[250], desk=desk).milestones.create(due=day(-1))
        make_contract(amounts=[7], currency="USD", desk=desk)
        page = listing(client).content.decode()
        for text in ("€250", "$7", "25% of the target", "1 milestone is late."):
            assert text in page

    def test_a_desk_without_records_says_that_nothing_is_known_and_shows_no_zero(self, client):
        make_desk(name_en="Silent", year=1398, stated="held")
        spoken = make_desk(name_en="Spoken of", year=1398, stated="held")
        make_statement(desk=spoken, value=77)
        page = listing(client).content.decode()
        assert "What was signed is not on record, and no figure of its own was found." in page
        assert "What was signed is not on record; 1 figure was stated of it." in page
        assert ">0<" not in page

    def test_a_coming_desk_says_where_and_what_is_wanted(self, client):
        make_desk(
            opens=day(3),
            place_en="Chakad Hall",
            products=[make_product(), make_product(state="draft")],
            buyers=[make_company(), make_company(state="draft")],
        )
        page = listing(client).content.decode()
        for text in ("Opens in 3 days", "Chakad Hall", "1 product&nbsp;· 1 buyer"):
            assert text in page

    def test_years_stand_below_the_whole_list_and_the_chosen_one_above(self, client):
        make_desk(year=1399, target_amount=42, target_currency="EUR")
        make_desk(year=1398, stated="held")
        assert [year.year for year in listing(client).context["years"]] == [1399, 1398]
        chosen = listing(client, year=1399).context
        assert [year.year for year, _stated in chosen["year"]] == [1399]
        assert chosen["years"] == []
        assert listing(client, state="held").context["year"] == []


class TestOutcome:
    def test_each_step_is_the_sum_of_its_own_records_by_currency(self, client):
        desk = make_desk(target_amount=1000, target_currency="EUR")
        first = make_contract(amounts=[300, 100], desk=desk)
        first.lines.filter(amount=300).update(delivered_amount=250)
        make_contract(desk=desk, kind="offtake", total_basis="stated", stated_amount=50, currency="EUR")
        make_contract(amounts=[7], currency="USD", desk=desk)
        make_contract(amounts=[900], kind="memorandum", desk=desk)
        make_contract(amounts=[10**9], kind="planned", desk=desk)
        make_contract(amounts=[10**9], kind="agreement", desk=desk)
        make_contract(amounts=[10**9], desk=desk, state="draft")
        make_contract(amounts=[10**9], desk=make_desk())
        outcome = client.get(desk.get_absolute_url()).context["outcome"]
        euros, dollars = outcome.currencies
        assert (euros.target, euros.memoranda, euros.contracts, euros.delivered) == (1000, 900, 450, 250)
        assert (dollars.currency, dollars.target, dollars.memoranda, dollars.contracts) == (
            "USD",
            None,
            None,
            7,
        )
        assert (outcome.contracts, outcome.memoranda, outcome.intended) == (3, 1, 2)

    @pytest.mark.parametrize("currency", Currency.values)
    def test_a_target_without_records_stands_alone(self, client, currency):
        desk = make_desk(target_amount=10**15 - 1, target_currency=currency)
        outcome = client.get(desk.get_absolute_url()).context["outcome"]
        assert outcome.first.target == 10**15 - 1
        assert (outcome.first.contracts, outcome.first.delivered) == (None, None)

    def test_amounts_in_another_currency_than_the_target_stand_beside_it(self, client):
        desk = make_desk(target_amount=42_000_000, target_currency="EUR")
        make_contract(amounts=[7_400_000_000_000], currency="IRR", desk=desk)
        outcome = client.get(desk.get_absolute_url()).context["outcome"]
        assert (outcome.first.currency, outcome.first.contracts) == ("EUR", None)
        assert outcome.others["contracts"] == [(7_400_000_000_000, "IRR")]

    def test_a_contract_without_an_amount_is_counted_and_said(self, client):
        desk = make_desk()
        make_contract(desk=desk)
        response = client.get(desk.get_absolute_url())
        assert "1 contract is on record without an amount." in response.content.decode()

    def test_a_desk_without_target_and_records_says_so(self, client):
        page = client.get(make_desk().get_absolute_url()).content.decode()
        assert "Nothing is known of what followed" in page
        held = client.get(make_desk(stated="held").get_absolute_url()).content.decode()
        assert "That does not mean that there was none." in held
        for text in (page, held):
            assert "outcome-chart" not in text
            assert ">0<" not in text

    def test_a_late_milestone_is_said(self, client):
        desk = make_desk()
        make_contract(amounts=[1], desk=desk).milestones.create(due=day(-1))
        assert "1 milestone late" in client.get(desk.get_absolute_url()).content.decode()

    def test_a_contract_without_an_amount_is_not_none_on_record(self, client):
        desk = make_desk(stated="held", target_amount=5, target_currency="EUR")
        make_contract(desk=desk)
        page = client.get(desk.get_absolute_url()).content.decode()
        assert "1 signed, without an amount" in page
        assert "no amount on record" in page


class TestReach:
    """How many products and makers the contracts of a desk reach."""

    @pytest.fixture
    def desk(self):
        return make_desk(stated="held")

    def reach(self, client, desk):
        return client.get(desk.get_absolute_url()).context["reach"]

    def sign(self, desk, product=None, maker=None, kind="contract", **values):
        contract = make_contract(desk=desk, kind=kind, currency="EUR", **values)
        if product:
            contract.lines.create(product=product, amount=1)
        if maker:
            contract.parties.create(company=maker, role="supplier")
        return contract

    def test_each_product_and_each_maker_counts_once(self, client, desk):
        pump, seal, maker = make_product(), make_product(), make_company()
        self.sign(desk, pump, maker)
        self.sign(desk, pump, maker).lines.create(product=seal, amount=1)
        self.sign(desk, make_product(), make_company(), kind="memorandum")
        self.sign(desk, make_product(), make_company(), state="draft")
        buyer = self.sign(desk)
        buyer.parties.create(company=make_company(), role="buyer")
        assert (self.reach(client, desk).products, self.reach(client, desk).makers) == (2, 1)
        page = client.get(desk.get_absolute_url()).content.decode()
        assert "2 products" in page
        assert "1 company" in page

    def test_what_is_not_public_is_not_counted(self, client, desk):
        self.sign(desk, make_product(state="draft"), make_company(state="draft"))
        self.sign(desk, make_product(sector=make_sector(state="draft")))
        assert (self.reach(client, desk).products, self.reach(client, desk).makers) == (0, 0)

    def test_names_as_printed_are_named_and_not_counted(self, client, desk):
        contract = self.sign(desk, items_count=35, items_unit="kinds")
        contract.parties.create(name_en="32 parts makers", name_fa="۳۲ سازنده", role="supplier")
        reach = self.reach(client, desk)
        assert (reach.products, reach.makers) == (0, 0)
        page = client.get(desk.get_absolute_url()).content.decode()
        for text in ("32 parts makers", "35 kinds of goods", "not named one by one"):
            assert text in page
        for text in ("0 products", "0 companies", ">0<"):
            assert text not in page


def test_a_desk_says_what_is_not_on_record_of_it(client):
    page = client.get(make_desk(year=1398, stated="held").get_absolute_url()).content.decode()
    assert "Not on record of this desk: its days, its place," in page
    assert "/en/desks/?year=1398" in page
    known = make_desk(
        opens=day(5), mode="online", target_amount=1, target_currency="EUR", office=make_office(),
        products=[make_product()], buyers=[make_company()],
    )  # fmt: skip
    assert "Not on record" not in client.get(known.get_absolute_url()).content.decode()


def test_before_a_desk_its_wishes_come_first_and_after_it_its_outcome(client):
    def places(**values):
        desk = make_desk(
            products=[make_product()],
            buyers=[make_company()],
            office=make_office(),
            target_amount=9,
            target_currency="EUR",
            **values,
        )
        make_contract(amounts=[5], desk=desk)
        page = client.get(desk.get_absolute_url()).content.decode()
        return [page.index(f'id="{name}"') for name in ("wanted", "take-part", "deals")]

    ahead = places(opens=day(4))
    assert ahead == sorted(ahead)
    wanted, office, deals = places(held_on=day(-4))
    assert deals < wanted < office


class TestPage:
    def test_it_shows_products_buyers_and_deals_that_are_public(self, client):
        pump, buyer = make_product(name_en="Pump"), make_company(name_en="Refinery")
        desk = make_desk(
            products=[pump, make_product(name_en="Draft product", state="draft")],
            buyers=[buyer, make_company(name_en="Draft buyer", state="draft")],
            sectors=[make_sector(name_en="Refining"), make_sector(name_en="Draft sector", state="draft")],
        )
        make_demand(product=pump, buyer=buyer, commitment="indicative", year=1404, quantity=5)
        make_demand(product=pump, buyer=buyer, commitment="offtake", year=1405, quantity=20)
        make_demand(
            product=pump, buyer=make_company(name_en="Draft wish", state="draft"), year=1406, quantity=9
        )
        make_contract(amounts=[3], desk=desk, title_en="Draft deal", state="in_review")
        response = client.get(desk.get_absolute_url())
        page = response.content.decode()
        for text in ("Pump", "Refinery", "Refining"):
            assert text in page
        for text in ("Draft product", "Draft buyer", "Draft sector", "Draft wish", "Draft deal"):
            assert text not in page
        (offer,) = response.context["offers"]
        assert (offer.year, offer.quantity, offer.commitment, offer.buyers) == (1405, 20, "offtake", (buyer,))
        assert [(row.company, wants) for row, wants in response.context["buyers"]] == [(buyer, 1)]

    def test_promises_of_samples_stay_off_a_real_desk(self, client):
        pump = make_product()
        make_demand(product=pump, buyer=make_company(origin="sample"), origin="sample", commitment="offtake")
        (offer,) = client.get(make_desk(products=[pump]).get_absolute_url()).context["offers"]
        assert (offer.commitment, offer.buyers) == ("", ())
        sample = make_desk(products=[pump], origin="sample")
        (offer,) = client.get(sample.get_absolute_url()).context["offers"]
        assert offer.commitment == "offtake"

    def test_a_real_buyer_stays_off_a_sample_desk(self, client):
        demand = make_demand(commitment="named")
        sample = make_desk(products=[demand.product], origin="sample")
        response = client.get(sample.get_absolute_url())
        assert response.context["offers"][0].buyers == ()
        assert demand.buyer.name_en not in response.content.decode()

    def test_what_was_stated_stands_beside_with_what_contradicts_it(self, client):
        desk, other = make_desk(), make_desk()
        said = make_statement(
            desk=desk, label_en="Deals of the desk", value=42_000_000, currency="EUR", unit="money",
            qualifier="more than", source=make_source(publisher_en="First Paper"),
        )  # fmt: skip
        differs = make_statement(
            label_en="Same deals", value=60_000_000, currency="USD", unit="money", desk=other,
            source=make_source(publisher_en="Second Paper"),
        )  # fmt: skip
        hidden = make_statement(indicator=make_indicator(state="draft"), label_en="Draft figure", desk=desk)
        said.contradicts.add(differs, hidden)
        page = client.get(desk.get_absolute_url()).content.decode()
        for text in ("What was stated about it", "more than", "€42m", "First Paper", "$60m", "Second Paper"):
            assert text in page
        assert "date not recorded" in page
        assert "Draft figure" not in page
        assert "Nothing is known of what followed" in page  # the stated never fills the recorded

    def test_a_desk_it_may_continue_is_named_as_a_doubt(self, client):
        announced = make_desk(name_en="Announced desk")
        held = make_desk(continues=announced, name_en="Held desk")
        assert "It may be the desk announced as:" in client.get(held.get_absolute_url()).content.decode()
        assert "Held desk" in client.get(announced.get_absolute_url()).content.decode()
        hidden = make_desk(continues=make_desk(name_en="Draft desk", state="draft"))
        assert "Draft desk" not in client.get(hidden.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        ("values", "text"),
        [
            ({"opens": 5, "closes": 9}, "Opens in 5 days"),
            ({"opens": -1, "closes": 1}, "1 day left"),
            ({"opens": -1, "closes": 0}, "Last day"),
            ({"held_on": -9}, "Held"),
            ({}, "Announced: no word yet that it took place."),
        ],
    )
    def test_it_says_where_the_desk_stands_today(self, client, values, text):
        desk = make_desk(**{name: day(offset) for name, offset in values.items()})
        assert text in client.get(desk.get_absolute_url()).content.decode()

    def test_the_way_to_take_part_leads_to_the_office(self, client):
        desk = make_desk(opens=day(5), office=make_office(phone="+98 21 0000 0000"))
        page = client.get(desk.get_absolute_url()).content.decode()
        assert 'href="#take-part"' in page
        assert page.count('id="take-part"') == 1
        assert "+98 21 0000 0000" in page
        assert (
            'href="#take-part"' not in client.get(make_desk(opens=day(5)).get_absolute_url()).content.decode()
        )

    def test_both_calendars_in_english_one_in_persian(self, client):
        desk = make_desk(held_on=date(2019, 7, 20))
        english = client.get(f"/en/desks/{desk.slug}/").content.decode()
        assert "29 Tir 1398" in english
        assert "20 July 2019" in english
        assert "۲۹ تیر ۱۳۹۸" in client.get(f"/fa/desks/{desk.slug}/").content.decode()

    @pytest.mark.parametrize(("state", "status"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
    def test_what_is_not_public_has_no_page(self, client, state, status):
        desk = make_desk(state=state)
        for language in ("en", "fa"):
            assert client.get(f"/{language}/desks/{desk.slug}/").status_code == status

    def test_a_sample_is_not_indexed(self, client):
        page = client.get(make_desk(origin="sample").get_absolute_url()).content.decode()
        assert '<meta name="robots" content="noindex">' in page

    def test_it_costs_the_same_for_many_rows(self, client):
        desk = make_desk()

        def add(number):
            for _ in range(number):
                product, buyer = make_product(), make_company()
                desk.offers.create(product=product)
                desk.desk_buyers.create(company=buyer)
                desk.sectors.add(make_sector())
                make_demand(product=product, buyer=buyer, quantity=5)
                make_contract(amounts=[5], desk=desk).milestones.create(due=day(5))
                said = make_statement(desk=desk, source=make_source())
                said.contradicts.add(make_statement(source=make_source()))
                make_desk(continues=desk)

        add(1)
        few = queries(client, desk.get_absolute_url())
        add(5)
        assert queries(client, desk.get_absolute_url()) == few <= 17


class TestProvince:
    @pytest.fixture(autouse=True)
    def desks(self):
        make_desk(slug="of-yazd", name_en="Of Yazd", province="yazd", opens=day(3))
        make_desk(slug="of-fars", name_en="Of Fars", province="fars", opens=day(-30))
        make_desk(slug="of-all", name_en="Of the country", opens=day(5))

    def names(self, response):
        return sorted(name for names in groups(response).values() for name in names)

    def test_it_narrows_the_list_with_counts_and_chips(self, client):
        response = listing(client, province=["yazd", "fars"])
        assert self.names(response) == ["Of Fars", "Of Yazd"]
        facet = next(facet for facet in response.context["facets"] if facet.name == "province")
        assert [(one.value, one.count, one.selected) for one in facet.choices] == [
            ("fars", 1, True),
            ("yazd", 1, True),
        ]
        chips = [(chip.facet, chip.label) for chip in response.context["chips"]]
        assert chips == [("Province", "Fars"), ("Province", "Yazd")]
        assert self.names(listing(client)) == ["Of Fars", "Of Yazd", "Of the country"]
        assert len(listing(client, province="atlantis").context["notices"]) == 1

    def test_the_page_links_to_the_desks_of_its_province(self, client):
        page = client.get("/en/desks/of-yazd/").content.decode()
        assert '<a href="/en/desks/?province=yazd">Yazd</a>' in page
        assert "?province=" not in client.get("/en/desks/of-all/").content.decode()

    def test_the_api_has_it_as_field_and_filter(self, client):
        found = client.get("/api/v1/desks/?province=yazd&fields=slug,province").json()["results"]
        assert found == [{"slug": "of-yazd", "province": "yazd"}]
        assert client.get("/api/v1/desks/of-all/?fields=province").json() == {"province": None}
        assert client.get("/api/v1/desks/?province=atlantis").status_code == 400
        parameters = client.get("/api/v1/schema/").json()["paths"]["/api/v1/desks/"]["get"]["parameters"]
        assert "province" in {one["name"] for one in parameters}

    def test_the_calendar_follows_it(self, client):
        calendar = client.get("/en/desks/calendar.ics?province=yazd").content.decode()
        assert "Of Yazd" in calendar
        assert "Of Fars" not in calendar


def test_real_desks_and_samples_are_counted_apart(client):
    make_desk(year=1399)
    make_desk(year=1404, origin="sample")
    make_desk(year=1404, origin="sample")
    context = listing(client).context
    assert (context["count"], context["samples"]) == (1, 2)


def test_pages_neither_repeat_nor_lose_a_desk_and_years_stand_on_the_first(client):
    for n in range(30):
        make_desk(name_en=f"Coming {n}", opens=day(n + 1))
        make_desk(name_en=f"Held {n}", year=1398, stated="held")
    pages = [listing(client, page=number) for number in (1, 2, 3)]
    seen = [name for page in pages for names in groups(page).values() for name in names]
    assert len(seen) == len(set(seen)) == 60
    assert seen[:2] == ["Coming 0", "Coming 1"]
    assert [bool(page.context["years"]) for page in pages] == [True, False, False]
    assert [[group["count"] for group in page.context["groups"]] for page in pages] == [[30], [30, 30], [30]]
