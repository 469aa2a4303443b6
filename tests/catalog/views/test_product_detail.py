"""The page of one product: the case for making it."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import ContractLine, Parameter
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_facility,
    make_import,
    make_office,
    make_product,
    make_sector,
    make_source,
    make_statement,
    make_unit,
)

pytestmark = pytest.mark.django_db


def page(client, product, language="en", status=200):
    """What its page says: tags gone, spaces joined."""
    response = client.get(f"/{language}/products/{product.slug}/")
    assert response.status_code == status
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    text = re.sub(r"<svg.*?</svg>", " ", main, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def fill(product):
    """One of everything that hangs on a product."""
    make_import(
        product=product, year=1400 + product.imports.count(), value=2_000_000, quantity=100, countries="CN,DE"
    )
    make_demand(product=product, quantity=10, commitment="offtake")
    maker = make_engagement(product=product, source=make_source()).company
    make_desk(sectors=[product.sector], products=[product])
    make_office().sectors.add(product.sector)
    contract = make_contract(currency="EUR")
    ContractLine.objects.create(contract=contract, product=product, quantity=5, amount=900)
    make_facility(contract=contract, lender=make_company(), payments=[1])
    make_facility(company=maker, contract=make_contract(), payments=[1])
    Parameter.objects.create(product=product, name_en="Pressure", name_fa="فشار", value="1.8", unit="bar")
    one, other = make_statement(product=product), make_statement(product=product)
    one.contradicts.add(other)
    make_product(sector=product.sector)
    make_unit([product], sector=product.sector, province="yazd", source=make_source(), origin="press")
    make_unit(sector=product.sector)


def test_it_walks_from_what_it_is_to_whom_to_ask(client):
    product = make_product(specification="open")
    fill(product)
    text = page(client, product)
    stations = [
        "What it is", "What the country pays for it", "Who promises to buy",
        "Who works on it, and how far", "Idle plants that could make it", "What financing goes with it",
        "Whom to ask", "History and sources", "Not on record", "Documents",
    ]  # fmt: skip
    walk = text[text.rindex("What it is", 0, text.index("The specification is open")) :]
    places = [walk.index(station) for station in stations]
    assert places == sorted(places)
    assert "Imports cost $2m in 1400 (2021/22)." in text
    assert "China, Germany" in text
    assert "10% of a year’s imports" in text


def test_both_languages_answer_and_name_the_other(client):
    product = make_product(name_en="Turbocharger", name_fa="توربوشارژر")
    fill(product)
    assert "Turbocharger" in page(client, product)
    assert "توربوشارژر" in page(client, product, "fa")
    assert 'hreflang="fa"' in client.get(f"/en/products/{product.slug}/").content.decode()


def test_what_is_not_known_of_a_product_stands_in_one_list_at_its_end(client):
    text = client.get(make_product(origin="ministry").get_absolute_url()).content.decode()
    known, missing = text.split('id="missing"')
    for station in ("imports", "demand", "makers", "units", "financing"):
        assert f'<li id="{station}"' not in known
        assert f'<li id="{station}"' in missing
    assert "<table" not in text
    assert 'class="case"' not in text or "case-none" not in text
    assert "No maker on record" in known
    assert "not confirmed yet" in text
    for line in (
        "Who gives out the specification",
        "Import figures",
        "Promises to buy",
        "Makers",
        "Documents",
    ):
        assert f">{line}</span>" in missing


def test_a_product_of_which_all_is_known_has_no_list_of_what_is_not(client):
    product = make_product(specification="open")
    fill(product)
    text = client.get(product.get_absolute_url()).content.decode()
    assert ">Makers</span>" not in text
    assert ">Idle plants that could make it</span>" not in text
    assert ">Promises to buy</span>" not in text


def test_no_maker_on_record_is_never_said_of_what_is_reported_made(client):
    product = make_product(reported="made")
    assert "No maker on record" not in page(client, product)
    assert "reports that it is made at home" in page(client, product)


def test_what_is_not_published_is_left_out_everywhere(client):
    product = make_product()
    hidden = make_company(state="draft", name_en="Hidden works")
    make_engagement(product=product, company=hidden)
    make_engagement(product=product, company=make_company(name_en="Open works"), state="in_review")
    make_demand(product=product, buyer=hidden)
    make_desk(sectors=[product.sector], products=[product], state="draft", name_en="Hidden desk")
    contract = make_contract(state="draft", title_en="Hidden contract")
    ContractLine.objects.create(contract=contract, product=product)
    make_product(sector=product.sector, state="draft", name_en="Hidden product")
    make_unit([product], state="draft", name_en="Hidden plant")
    make_unit([product], sector=make_sector(state="draft"), name_en="Hidden sector’s plant")
    text = page(client, product)
    assert "Hidden" not in text
    assert "Open works" not in text


def test_the_product_of_an_unpublished_sector_is_not_there(client):
    page(client, make_product(sector=make_sector(state="draft")), status=404)
    page(client, make_product(state="draft"), status=404)


def test_a_withdrawn_product_answers_with_its_reason(client):
    assert "Listed by mistake." in page(client, make_product(state="withdrawn"), status=410)


def test_a_stated_figure_shows_its_source_and_the_one_that_differs(client):
    product = make_product()
    values = {"product": product, "unit": "money", "currency": "EUR", "origin": "press"}
    one = make_statement(value=1_045_000_000, source=make_source(publisher_en="Mehr News Agency"), **values)
    one.contradicts.add(
        make_statement(value=1_031_000_000, source=make_source(publisher_en="Eranico"), **values)
    )
    text = page(client, product)
    assert "Another figure: €1.031bn · Eranico" in text
    assert "Another figure: €1.045bn · Mehr News Agency" in text


def test_samples_are_marked_and_only_a_sample_product_is_kept_from_search_engines(client):
    real, sample = make_product(), make_product(origin="sample")
    make_import(product=real, origin="sample")
    assert "badge-sample" in client.get(f"/en/products/{real.slug}/").content.decode()
    assert "noindex" not in client.get(f"/en/products/{real.slug}/").content.decode()
    assert "noindex" in client.get(f"/en/products/{sample.slug}/").content.decode()


def test_idle_plants_that_name_it_come_first_then_near_ones_then_large_ones(client):
    product = make_product(unit="piece")
    make_engagement(product=product, company=make_company(province="qom"))
    make_demand(product=product, buyer=make_company(province="yazd"))
    of_it = {"products": [product], "province": "tehran", "capacity_unit": "piece"}
    make_unit(**of_it | {"capacity": 10}, name_en="Small plant")
    make_unit(**of_it | {"capacity": 90}, name_en="Large plant")
    make_unit(**of_it | {"capacity": 999, "capacity_unit": "tonne"}, name_en="Plant of tonnes")
    make_unit(**of_it | {"province": "yazd", "capacity_unit": ""}, name_en="Plant near the buyer")
    make_unit(**of_it, status="revived", name_en="Running plant")
    same = {"sector": product.sector, "capacity_unit": "piece"}
    make_unit(**same, province="tehran", capacity=5000, name_en="Another plant")
    make_unit(**same, province="qom", name_en="Sector plant near the maker")
    text = page(client, product).split("Idle plants that could make it")[1]
    names = [
        "Plant near the buyer", "A buyer stands in the province", "Large plant", "Small plant",
        "Plant of tonnes", "Other idle plants of the sector, which nobody named for it 2",
    ]  # fmt: skip
    places = [text.index(name) for name in names]
    assert places == sorted(places)
    assert "Running plant" not in text
    assert "Another plant" not in text
    assert "could make it, in 2 provinces" in page(client, product)


def test_only_the_first_plants_are_shown_and_the_others_counted_and_linked(client):
    product = make_product(name_en="Gas meter", sector=make_sector(slug="meters"))
    for _ in range(11):
        make_unit([product])
    content = client.get(f"/en/products/{product.slug}/").content.decode()
    assert "3 more plants name it" in content
    assert "/en/units/?q=Gas+meter" in content
    make_unit(sector=product.sector)
    content = client.get(f"/en/products/{product.slug}/").content.decode()
    assert "/en/units/?sector=meters&amp;state=idle&amp;state=planned" in content


def test_its_title_and_description_are_its_own(client):
    product = make_product(name_en="Gas meter", summary_en="Counts gas.", hs_code="902810")
    content = client.get(f"/en/products/{product.slug}/").content.decode()
    assert "<title>Gas meter · " in content
    assert 'content="Gas meter, HS 9028.10. Counts gas."' in content


def test_it_costs_the_same_for_many_rows(client):
    product = make_product()
    counts = []
    for rows in (1, 4):
        for _ in range(rows):
            fill(product)
        with CaptureQueriesContext(connection) as queries:
            page(client, product)
        counts.append(len(queries))
    assert counts == [23, 23]


def test_plants_that_name_it_say_how_many_people_they_employed(client):
    product = make_product()
    make_unit([product], jobs=58)
    assert "names this product. 58 people worked there." in page(client, product)
    assert "هنگام فعالیت، ۵۸ نفر آنجا کار می‌کردند." in page(client, product, "fa")


def test_near_products_are_those_of_the_heading_then_of_the_sector_the_dearest_first(client):
    product = make_product(hs_code="841370")
    for name, hs_code, value in (("Cheap pump", "841391", 5), ("Dear pump", "8413", 9)):
        make_import(product=make_product(name_en=name, hs_code=f"{hs_code}0000"[:8]), value=value)
    make_product(name_en="Next heading", hs_code="841410")
    make_product(name_en="Other of the sector", hs_code="841510", sector=product.sector)
    text = page(client, product).split("Related products")[1]
    places = [text.index(name) for name in ("Dear pump", "Cheap pump", "Other of the sector")]
    assert places == sorted(places)
    assert text.count("same HS heading") == 2
    assert "Next heading" not in text


@pytest.mark.parametrize(("origin", "marked"), [("sample", True), ("ministry", False)])
def test_near_products_whose_stage_is_a_sample_s_are_marked(client, origin, marked):
    product = make_product(hs_code="841370")
    other = make_product(hs_code="841391")
    make_engagement(product=other, company=make_company(origin=origin), origin=origin)
    content = client.get(f"/en/products/{product.slug}/").content.decode()
    assert ("badge-sample" in content.split('id="related"')[1].split("<ul")[0]) == marked
