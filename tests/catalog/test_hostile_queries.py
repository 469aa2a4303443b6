"""Hundreds of queries no honest visitor types, the same at every run: every list answers each with a page."""

import random

import pytest

from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_sector,
    make_unit,
)
from tests.hostile.values import LISTS, hostile

QUERIES = 80  # for each list


@pytest.fixture
def records(db):
    sector = make_sector(slug="cars")
    product = make_product(sector=sector, name_en="Pump", name_fa="پمپ پلی‌پروپیلن")
    company = make_company(sector=sector, province="yazd")
    make_engagement(product=product, company=company)
    make_import(product=product)
    make_demand(product=product)
    desk = make_desk(slug="desk", sectors=[sector], products=[product])
    make_contract(desk=desk, sector=sector, amounts=[5])
    make_unit(
        sector=sector,
        products=[product],
        causes="finance,market",
        needs="buyer",
        capacity=5,
        capacity_unit="tonne",
    )


@pytest.mark.whole
@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_every_query(client, name):
    dice = random.Random(name)
    for _ in range(QUERIES):
        address = f"/{dice.choice(['en', 'fa'])}/{name}/?{hostile(dice, LISTS[name])}"
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "<script>" not in page, address
        assert "<img src=x" not in page, address


@pytest.mark.usefixtures("records")
def test_suggestions_answer_every_query(client):
    dice = random.Random("suggest")
    for _ in range(QUERIES):
        address = (
            f"/{dice.choice(['en', 'fa'])}/products/suggest/?{hostile(dice, {'q': ['pump', 'پمپ', '84']})}"
        )
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert len(response.json()["items"]) <= 8, address


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["products", "companies", "contracts", "units"])
def test_a_notice_shows_no_sign_that_turns_it_around(client, name):
    for query in ("q=%E2%80%AE%0A!", "%E2%80%AE=1", "sector=%E2%80%AEa", "page=%E2%80%AE0"):
        notices = client.get(f"/en/{name}/?{query}").context["notices"]
        assert len(notices) == 1, query
        assert notices[0].isprintable(), query


@pytest.mark.django_db
def test_a_notice_keeps_the_joiners_of_persian_words_and_is_short(client):
    listing = "/fa/products/"
    (notice,) = client.get(listing, {"sector": "پلی‌پروپیلن"}).context["notices"]
    assert notice.endswith("sector=پلی‌پروپیلن")
    (notice,) = client.get(listing, {"q": "!" * 900}).context["notices"]
    assert notice.count("!") == 60


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "00", "-0", "-7", "۰"])
def test_a_page_before_the_first_is_the_first(client, number):
    for n in range(30):
        make_contract(title_en=f"Contract {n}")
    response = client.get("/en/contracts/", {"page": number})
    assert response.context["page"].number == 1
    assert len(response.context["notices"]) == 1
