"""The home page: search, squares, the programme's figures, ways in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.figures.recording import record
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_source,
    make_statement,
    make_unit,
)

pytestmark = pytest.mark.django_db


def home(client, language="en"):
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    return response.content.decode()


def fill(rank):
    make_import()
    make_engagement(confirmed_on=timezone.localdate())
    make_demand(confirmed_on=timezone.localdate())
    make_desk(target_amount=60_000_000, target_currency="EUR", source=make_source())
    make_desk(opens=timezone.localdate() + timedelta(days=9))
    make_contract(amounts=[5])
    make_unit([make_product()], jobs=5)
    one = make_statement(headline=rank, said_on=timezone.localdate(), source=make_source())
    one.contradicts.add(make_statement())


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_empty_site_reads_well_and_says_what_is_not_known(client, language):
    page = home(client, language)
    assert "<h1>" in page
    assert 'name="q"' in page


def test_an_empty_site_shows_no_zero_where_nothing_is_known(client):
    page = home(client)
    assert "The catalogue has no products yet" in page
    missing = page.split('id="missing"')[1]
    for line in ("Import figures of the products", "Sectors", "Idle plants", "Desks that are coming"):
        assert f">{line}</span>" in missing
    assert 'class="ranked' not in page
    assert "$0" not in page


def test_each_square_s_stage_is_counted_and_leads_to_its_products(client):
    make_engagement(stage="testing")
    make_product()
    page = home(client)
    assert "/en/products/?stage=testing" in page
    assert "/en/products/?stage=open" in page


def test_most_imported_ranks_within_the_latest_year_and_leaves_out_what_has_a_maker(client):
    make_import(product=make_product(name_en="Old giant"), year=1396, value=900_000_000)
    make_import(product=make_product(name_en="Small one"), year=1404, value=1_000_000)
    make_import(product=make_product(name_en="Large one"), year=1404, value=5_000_000)
    made = make_product(name_en="Reported one", reported="made")
    make_import(product=made, year=1404, value=7_000_000)
    worked = make_product(name_en="Worked one")
    make_import(product=worked, year=1404, value=8_000_000)
    make_engagement(product=worked, stage="named")
    ranked = home(client).split('id="gaps"')[1].split("</section>")[0]
    assert ranked.index("Large one") < ranked.index("Small one")
    for absent in ("Old giant", "Reported one", "Worked one"):
        assert absent not in ranked


def test_headlines_stand_in_their_order_with_the_figures_that_differ(client):
    second = make_statement(headline=2, label_en="Second figure")
    make_statement(headline=1, label_en="First figure", qualifier="more than", value=210)
    second.contradicts.add(make_statement(value=77, source=make_source(publisher_en="Eranico")))
    page = home(client)
    assert page.index("First figure") < page.index("Second figure")
    assert "more than" in page
    assert "Eranico" in page


def test_announced_desks_add_up_by_currency_and_never_across(client):
    make_desk(target_amount=60_000_000, target_currency="EUR")
    make_desk(target_amount=80_000_000, target_currency="EUR")
    make_desk(target_amount=5_000_000, target_currency="USD")
    page = home(client)
    assert "€140m" in page
    assert "$5m" in page
    assert "145" not in page


def test_idle_units_are_counted_and_questions_lead_to_them(client):
    make_unit([make_product()], jobs=1200)
    make_unit(status="planned", jobs=34)
    make_unit(status="revived", jobs=900)
    page = home(client)
    section = page.split('id="idle-units"')[1].split("</section>")[0]
    for link, number in (("state=idle&amp;state=planned", "2"), ("match=yes", "1"), ("state=revived", "1")):
        assert f'<a href="/en/units/?{link}">{number}</a>' in section
    assert ">1,234</a>" in section
    assert 'formaction="/en/units/"' in page
    assert "Which idle plants could make a wanted product" in page


def test_nothing_unpublished_is_on_it(client):
    make_unit(jobs=77, state="draft")
    hidden = {"state": "draft"}
    make_import(product=make_product(name_en="Hidden product", **hidden))
    make_desk(name_en="Hidden desk", **hidden)
    make_contract(title_en="Hidden contract", **hidden)
    make_engagement(company=make_company(name_en="Hidden works", **hidden), confirmed_on=timezone.localdate())
    assert "Hidden" not in home(client)


def test_it_costs_the_same_for_many_rows(client):
    counts = []
    for ranks in ([1], [2, 3, 4]):
        for rank in ranks:
            fill(rank)
        record()
        with CaptureQueriesContext(connection) as queries:
            home(client)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
