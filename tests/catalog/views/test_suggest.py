"""Suggestions while typing: what the script gets, in both languages, and what it must never get."""

import json

import pytest

from tests.factories import make_company, make_engagement, make_product, make_sector

pytestmark = pytest.mark.django_db


def ask(client, text, language="en"):
    response = client.get(f"/{language}/products/suggest/", {"q": text})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.content)


def shown(text):
    """The parts of a text with brackets around the marked ones."""
    return "".join(f"[{part}]" if place % 2 else part for place, part in enumerate(text["parts"]))


def names(client, text, language="en"):
    return [shown(item["name"]) for item in ask(client, text, language)["items"]]


@pytest.fixture
def records():
    lifting = make_sector(name_en="Pumps and lifting", name_fa="پمپ و بالابری", slug="lifting")
    pump = make_product(
        name_en="Slurry pump", name_fa="پمپ دوغاب", slug="slurry-pump", hs_code="841370", sector=lifting
    )
    pump.aliases.create(text="Mud machine")
    company = make_company(name_en="Pump Works", name_fa="", slug="pump-works", origin="sample")
    make_engagement(company=company, product=make_product(name_en="Valve", name_fa="شیر", origin="sample"))


def test_each_noun_has_its_address_its_kind_and_its_mark(client, records):
    answer = ask(client, "pump")
    assert [(item["url"], item.get("kind"), item.get("sample")) for item in answer["items"]] == [
        ("/en/products/slurry-pump/", None, None),
        ("/en/sectors/lifting/", "Sector", None),
        ("/en/companies/pump-works/", "Company", "Sample"),
    ]
    assert names(client, "pump") == ["Slurry [pump]", "[Pump]s and lifting", "[Pump] Works"]
    assert answer["message"] == "3 suggestions"


def test_what_is_typed_in_the_other_language_stands_beside_the_name_of_the_page(client, records):
    product, _sector = ask(client, "پم")["items"]
    assert (shown(product["name"]), shown(product["also"])) == ("Slurry pump", "[پم]پ دوغاب")
    assert (product["name"]["lang"], product["also"]["lang"]) == ("en", "fa")
    product, _sector, company = ask(client, "pump", "fa")["items"]
    assert product["url"] == "/fa/products/slurry-pump/"
    assert (shown(product["name"]), shown(product["also"])) == ("پمپ دوغاب", "Slurry [pump]")
    assert (shown(company["name"]), company["name"]["lang"], company["kind"]) == (
        "[Pump] Works",
        "en",
        "شرکت",
    )
    assert ask(client, "pump", "fa")["message"] == "۳ پیشنهاد"
    (product,) = ask(client, "mud", "fa")["items"]
    assert (shown(product["also"]), product["also"]["lang"]) == ("[Mud] machine", "en")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_code_offers_the_list_under_it_before_its_products(client, records, language):
    under, *products = ask(client, "۸۴.۱۳", language)["items"]
    assert under["url"] == f"/{language}/products/?hs=8413"
    assert "\u2066HS 8413\u2069" in shown(under["name"])
    assert [shown(item["also"]) for item in products] == ["HS [8413].70", "HS [8413].70"]
    assert client.get(under["url"]).context["worth"].count == 2


@pytest.mark.parametrize("text", ["", " ", "!", "\u200c", "unheard of"])
def test_nothing_to_offer_is_said(client, records, text):
    assert ask(client, text) == {"message": "No suggestions", "items": []}
    assert ask(client, text, "fa") == {"message": "پیشنهادی نیست", "items": []}


def test_what_is_not_public_is_never_offered(client):
    hidden = make_sector(name_en="Zinc works", state="draft")
    make_product(name_en="Zinc sheet", sector=hidden)
    for state in ("draft", "in_review", "withdrawn"):
        make_product(name_en=f"Zinc {state}", name_fa="روی", state=state).aliases.create(text="Zinc alias")
        make_company(name_en=f"Zinc {state}", state=state)
        make_sector(name_en=f"Zinc {state}", state=state)
    assert names(client, "zinc") == names(client, "z") == names(client, "روی") == []


def test_an_answer_is_asked_for_again_each_time_and_sets_no_cookie(client, records):
    response = client.get("/en/products/suggest/?q=pump")
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not response.cookies
    assert client.post("/en/products/suggest/?q=pump").status_code == 405


def test_one_query_answers_however_many_records_there_are(client, records, django_assert_num_queries):
    with django_assert_num_queries(2):  # the edition, the suggestions
        ask(client, "pump")
    for n in range(20):
        make_product(name_en=f"Pump {n}")
    with django_assert_num_queries(2):
        assert len(ask(client, "pump")["items"]) == 8
