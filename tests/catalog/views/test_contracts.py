"""Contracts: the listing with its sums, and the page of one."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Contract, ContractLine, Party, Sector
from tests.factories import (
    make_company,
    make_contract,
    make_desk,
    make_facility,
    make_product,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db


def listing(client, language="en", **query):
    response = client.get(f"/{language}/contracts/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return response


def references(response):
    return [contract.reference for contract in response.context["page"]]


def sums(response, of="totals"):
    return {
        total.kind: [(amount.amount, amount.currency) for amount in total.real.amounts]
        for total in response.context[of]
    }


@pytest.fixture
def contracts():
    desk = make_desk(slug="pump-desk")
    cars = make_sector(slug="cars")
    pumps = make_contract(
        amounts=[100, 20], reference="P-1", title_en="Pumps", title_fa="پمپ‌ها", desk=desk, sector=cars,
        signed_on=date(2019, 7, 20), status="delivered",
    )  # fmt: skip
    make_contract(amounts=[3], currency="USD", reference="P-2", signed_on=date(2021, 5, 1), status="signed")
    make_contract(amounts=[900], reference="P-3", kind="memorandum", desk=desk, signed_on=None)
    make_contract(
        amounts=[10**6], reference="P-4", state="draft", desk=make_desk(slug="hidden", state="draft")
    )
    Party.objects.create(contract=pumps, company=make_company(name_en="Iran Khodro", name_fa="ایران‌خودرو"))
    Party.objects.create(contract=pumps, company=make_company(name_en="Shadow", state="draft"))
    Party.objects.create(contract=pumps, name_en="32 parts makers", name_fa="۳۲ سازنده", role="supplier")


@pytest.mark.usefixtures("contracts")
class TestListing:
    def test_latest_first_and_unknown_days_last(self, client):
        assert references(listing(client)) == ["P-2", "P-1", "P-3"]
        assert references(listing(client, order="signed")) == ["P-1", "P-2", "P-3"]
        assert references(listing(client, order="reference")) == ["P-1", "P-2", "P-3"]

    def test_sums_are_by_kind_and_currency_and_follow_the_query(self, client):
        assert sums(listing(client)) == {"contract": [(120, "EUR"), (3, "USD")]}
        assert sums(listing(client, desk="pump-desk", kind="contract")) == {"contract": [(120, "EUR")]}

    def test_what_is_no_contract_stands_apart_in_numbers_and_sums(self, client):
        make_contract(kind="planned")
        response = listing(client)
        assert response.context["found_numbers"] == [(False, 2, 2, 0)]
        assert sums(response, "intended") == {"memorandum": [(900, "EUR")], "planned": []}
        page = response.content.decode()
        assert "<b>2</b> contracts" in page
        assert "2 memoranda and plans (not contracts)" in page
        assert page.index('id="sums-counted"') < page.index('id="sums-aside"')
        assert "sums-counted" not in listing(client, kind="memorandum").content.decode()

    def test_late_contracts_are_counted_said_and_can_come_first(self, client):
        today = timezone.localdate()
        for reference, late_by in (("P-1", 3), ("P-2", 47)):
            contract = Contract.objects.get(reference=reference)
            contract.milestones.create(due=today - timedelta(days=late_by))
        Contract.objects.get(reference="P-3").milestones.create(due=today - timedelta(days=90))
        response = listing(client, order="late")
        assert references(response) == ["P-2", "P-1", "P-3"]  # a memorandum is never late, so it comes last
        page = response.content.decode()
        for text in ("2 contracts have a late step", "47 days late", "3 days late"):
            assert text in page
        assert 'href="?order=late&amp;sector=cars"' in listing(client, sector="cars").content.decode()

    def test_samples_stand_beside_the_real_and_in_no_sum_of_them(self, client):
        make_contract(amounts=[5], origin="sample")
        make_contract(amounts=[7], origin="sample", kind="memorandum")
        response = listing(client)
        (total,) = response.context["totals"]
        assert (total.real.count, [sum.amount for sum in total.real.amounts]) == (2, [120, 3])
        assert (total.samples.count, [sum.amount for sum in total.samples.amounts]) == (1, [5])
        assert response.context["found_numbers"] == [(False, 2, 1, 0), (True, 1, 1, 0)]

    def test_equal_amounts_are_added_and_not_taken_for_one(self, client):
        for _ in range(3):
            make_contract(amounts=[120], sector=Sector.objects.get(slug="cars"))
        found = sums(listing(client, sector=["cars"], kind=["contract", "offtake"]))
        assert found == {"contract": [(480, "EUR")]}

    @pytest.mark.parametrize(
        "text", ["p-1", "P1", "pump", "پمپ", "iran khodro", "ايران خودرو", "32 parts", "۳۲", "khodro pumps"]
    )
    def test_reference_subject_and_parties_are_searched(self, client, text):
        assert "P-1" in references(listing(client, q=text))

    def test_a_party_that_is_not_public_finds_nothing(self, client):
        assert references(listing(client, q="shadow")) == []

    def test_it_narrows_by_desk_sector_year_kind_and_condition(self, client):
        assert references(listing(client, desk="pump-desk")) == ["P-1", "P-3"]
        assert references(listing(client, sector="cars")) == ["P-1"]
        assert references(listing(client, year=1398)) == ["P-1"]
        assert references(listing(client, year="۱۴۰۰")) == ["P-2"]
        assert references(listing(client, kind=["memorandum", "offtake"])) == ["P-3"]
        assert references(listing(client, state=["unknown", "signed"])) == ["P-2", "P-3"]

    def test_every_count_equals_the_rows_behind_its_link(self, client):
        for query in ({}, {"kind": "contract"}, {"state": "signed"}, {"sector": "cars"}):
            for facet in listing(client, **query).context["facets"]:
                for choice in facet.choices:
                    if choice.value and not choice.selected:
                        found = references(listing(client, **{**query, facet.name: choice.value}))
                        assert choice.count == len(found), (query, choice)

    @pytest.mark.parametrize(
        "query",
        [
            "desk=hidden",
            "desk=nonsense",
            "sector=x",
            "year=12",
            "year=1e400",
            "kind=gift",
            "state=x",
            "order=x",
            "page=9999",
            "page=x",
            "year=%00",
            "currency=EUR",
        ],
    )
    def test_what_cannot_be_used_is_named_and_the_rest_is_shown(self, client, query):
        response = client.get(f"/en/contracts/?{query}")
        assert response.status_code == 200
        assert len(response.context["notices"]) == 1
        assert len(references(response)) == 3

    def test_text_without_a_word_says_so(self, client):
        assert len(listing(client, q='"(((*').context["notices"]) == 1


def test_pages_neither_repeat_nor_lose_a_row(client):
    for _ in range(60):
        make_contract(signed_on=None)
    seen = [reference for page in (1, 2, 3) for reference in references(listing(client, page=page))]
    assert len(seen) == len(set(seen)) == 60


def test_a_year_begins_on_the_first_of_farvardin(client):
    make_contract(reference="LAST-DAY", signed_on=date(2021, 3, 20))
    make_contract(reference="FIRST-DAY", signed_on=date(2021, 3, 21))
    assert references(listing(client, year=1399)) == ["LAST-DAY"]
    assert references(listing(client, year=1400)) == ["FIRST-DAY"]


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_listing_costs_the_same_for_many_contracts(client):
    def add(number):
        for _ in range(number):
            contract = make_contract(amounts=[5, 6], desk=make_desk(), sector=make_sector())
            contract.milestones.create(due=date(2030, 1, 1))
            Party.objects.create(contract=contract, company=make_company())

    add(2)
    few = queries(client, "/en/contracts/?q=parts")
    add(8)
    assert queries(client, "/en/contracts/?q=parts") == few <= 16


class TestPage:
    def test_parties_lines_and_shares_delivered(self, client):
        contract = make_contract(amounts=[200])
        line = ContractLine.objects.create(
            contract=contract,
            product=make_product(name_en="Pump"),
            amount=300,
            delivered_amount=75,
            quantity=4,
        )
        Party.objects.create(contract=contract, company=make_company(name_en="Maker"), role="supplier")
        Party.objects.create(contract=contract, company=make_company(name_en="Buyer Co"), role="buyer")
        Party.objects.create(contract=contract, company=make_company(name_en="Draft Co", state="draft"))
        response = client.get(contract.get_absolute_url())
        page = response.content.decode()
        assert line.product.get_absolute_url() in page
        assert "€500" in page
        assert "25%" in page
        assert [str(party.company) for party in response.context["parties"]] == ["Buyer Co", "Maker"]
        assert "Draft Co" not in page

    def test_a_product_that_is_not_public_keeps_its_amount_and_loses_its_name(self, client):
        contract = make_contract(amounts=[200])
        hidden = make_product(name_en="Draft pump", sector=make_sector(state="draft"))
        ContractLine.objects.create(contract=contract, product=hidden, amount=300)
        page = client.get(contract.get_absolute_url()).content.decode()
        assert "Draft pump" not in page
        assert "A product not shown here" in page
        assert "€500" in page

    def test_it_says_which_total_counts(self, client):
        lines = make_contract(amounts=[200])
        stated = make_contract(
            amounts=[200], total_basis="stated", stated_amount=999_999_999_999_999, currency="IRR"
        )
        page = client.get(lines.get_absolute_url()).content.decode()
        assert "The sum of its lines counts." in page
        page = client.get(stated.get_absolute_url()).content.decode()
        assert "The total as stated counts" in page
        assert "999,999,999,999,999 rials" in page

    def test_amounts_without_a_currency_are_no_amounts(self, client):
        contract = make_contract(amounts=[200], currency="")
        Party.objects.create(contract=contract, company=make_company(slug="maker"))
        for address in (contract.get_absolute_url(), "/en/contracts/", "/en/companies/maker/"):
            page = client.get(address)
            assert page.status_code == 200
            assert ">200<" not in page.content.decode()

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("memorandum", "A memorandum says what both sides intend."),
            ("planned", "It is planned, not signed"),
            ("agreement", "It is agreed in principle"),
        ],
    )
    def test_what_is_no_contract_says_so(self, client, kind, text):
        assert text in client.get(make_contract(kind=kind).get_absolute_url()).content.decode()

    def test_milestones_are_done_late_next_or_to_come(self, client):
        contract, today = make_contract(), timezone.localdate()
        for due, done in ((-30, -28), (-5, None), (20, None), (90, None)):
            contract.milestones.create(
                due=today + timedelta(days=due), done=done and today + timedelta(days=done)
            )
        response = client.get(contract.get_absolute_url())
        assert [step.condition for step, _words in response.context["steps"]] == [
            "done",
            "late",
            "next",
            "todo",
        ]
        page = response.content.decode()
        for words in ("done, 2 days late", "late by 5 days", "due in 20 days"):
            assert page.count(words) == 2  # in the drawing and in the table

    def test_what_is_delivered_is_drawn_by_line_and_in_all(self, client):
        contract = make_contract(amounts=[100, 300])
        contract.lines.filter(amount=100).update(delivered_amount=100)
        contract.lines.filter(amount=300).update(delivered_amount=0)
        response = client.get(contract.get_absolute_url())
        assert response.context["delivery"].width == 25
        assert [bar.width for _line, bar in response.context["lines"]] == [100, 0]
        assert response.context["outstanding"] == 300
        page = response.content.decode()
        assert "Still to be delivered" in page
        assert "€300" in page

    def test_what_nobody_recorded_as_delivered_is_no_zero(self, client):
        contract = make_contract(amounts=[100])
        response = client.get(contract.get_absolute_url())
        assert response.context["delivery"] is None
        page = response.content.decode()
        assert "not on record" in page
        assert "0%" not in page

    def test_of_a_press_contract_it_says_what_is_not_known(self, client):
        contract = make_contract(total_basis="stated", stated_amount=7, currency="EUR")
        page = client.get(contract.get_absolute_url()).content.decode()
        for text in ("No lines and no deliveries on record", "when it is due", "its milestones"):
            assert text in page
        memorandum = make_contract(kind="memorandum", currency="EUR")
        memorandum.parties.create(company=make_company())
        page = client.get(memorandum.get_absolute_url()).content.decode()
        assert "Not on record of it" not in page
        assert "deliveries on record" not in page

    def test_a_contract_past_its_day_says_by_how_many_days(self, client):
        contract = make_contract(status="in_execution", due=timezone.localdate() - timedelta(days=18))
        assert "18 days ago" in client.get(contract.get_absolute_url()).content.decode()

    def test_its_time_line_runs_to_the_left_in_persian(self, client):
        contract = make_contract(signed_on=date(2025, 6, 1))
        contract.milestones.create(due=date(2025, 9, 1), done=date(2025, 9, 11))
        english = client.get(f"/en/contracts/{contract.reference}/").context["timeline"]
        response = client.get(f"/fa/contracts/{contract.reference}/")
        persian = response.context["timeline"]
        assert [lane.mark.x for lane in persian.lanes] == [
            pytest.approx(100 - lane.mark.x, abs=0.01) for lane in english.lanes
        ]
        assert persian.years[0].label.text == "۱۴۰۴"
        page = response.content.decode()
        assert "با ۱۰ روز تأخیر انجام شد" in page
        assert "<desc" in page

    def test_it_leads_to_its_desk_and_to_all_that_was_signed_there(self, client):
        desk = make_desk(name_en="Pump desk", held_on=date(2025, 6, 1))
        page = client.get(make_contract(desk=desk).get_absolute_url()).content.decode()
        assert desk.get_absolute_url() in page
        assert f"/en/contracts/?desk={desk.slug}" in page

    def test_amendments_say_why(self, client):
        contract = make_contract()
        contract.amendments.create(
            on=date(2026, 6, 1),
            what_en="More pumps",
            what_fa="پمپ بیشتر",
            why_en="A new unit",
            why_fa="واحد تازه",
        )
        page = client.get(contract.get_absolute_url()).content.decode()
        assert "More pumps" in page
        assert "A new unit" in page

    @pytest.mark.parametrize(
        ("precision", "text"),
        [("day", "10 Shahrivar 1398"), ("month", "September 2019"), ("year", "date not recorded")],
    )
    def test_a_day_is_shown_as_exactly_as_it_is_known(self, client, precision, text):
        signed = None if precision == "year" else date(2019, 9, 1)
        contract = make_contract(signed_on=signed, signed_precision=precision)
        page = client.get(contract.get_absolute_url()).content.decode()
        assert text in page
        if precision == "month":
            assert "1 September 2019" not in page

    def test_a_desk_and_a_sector_that_are_not_public_are_left_out(self, client):
        contract = make_contract(
            desk=make_desk(name_en="Draft desk", state="draft"),
            sector=make_sector(name_en="Draft sector", state="draft"),
        )
        page = client.get(contract.get_absolute_url()).content.decode()
        assert "Draft desk" not in page
        assert "Draft sector" not in page

    def test_a_sample_is_not_indexed_and_a_source_is_named(self, client):
        page = client.get(make_contract(origin="sample").get_absolute_url()).content.decode()
        assert '<meta name="robots" content="noindex">' in page
        real = make_contract(origin="press", source=make_source(publisher_en="Example Daily"))
        assert "Example Daily" in client.get(real.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(("state", "status"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
    def test_what_is_not_public_has_no_page(self, client, state, status):
        contract = make_contract(state=state)
        for language in ("en", "fa"):
            assert client.get(f"/{language}/contracts/{contract.reference}/").status_code == status

    def test_it_costs_the_same_for_many_rows(self, client):
        contract = make_contract(desk=make_desk(), sector=make_sector(), currency="EUR")

        def add(number):
            for _ in range(number):
                ContractLine.objects.create(contract=contract, product=make_product(), amount=5)
                Party.objects.create(contract=contract, company=make_company())
                contract.milestones.create(due=date(2030, 1, 1))
                make_facility(contract=contract, lender=make_company(), payments=[1, 2])

        add(1)
        few = queries(client, contract.get_absolute_url())
        add(5)
        assert queries(client, contract.get_absolute_url()) == few <= 11
