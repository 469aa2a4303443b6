"""The listing and the search on the data that ships: what an investor finds on the first day."""

from urllib.parse import urlencode

import pytest

from catalog.models import Facility, IdleUnit, Province

pytestmark = pytest.mark.usefixtures("loaded")


def found(client, language="en", **query):
    """(number of products, slugs on the first page) for a query of the listing."""
    response = client.get(f"/{language}/products/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return response.context["worth"].count, [row.product.slug for row in response.context["rows"]]


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 256),
        ({"sector": "automotive"}, 32),
        ({"sector": ["automotive", "refining"]}, 42),
        ({"hs": "8413"}, 11),
    ],
)
def test_the_listing_counts_the_products_that_are_there(client, language, query, count):
    assert found(client, language, **query)[0] == count


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_counts_of_sector_stage_and_makers_each_add_up_to_the_whole(client, language):
    for query in (
        {},
        {"sector": "automotive"},
        {"stage": "testing"},
        {"companies": "none"},
        {"q": "catalyst"},
    ):
        response = client.get(f"/{language}/products/?{urlencode(query)}")
        for facet in response.context["facets"]:
            if facet.name not in ("sector", "stage", "companies"):
                continue
            rest = {name: value for name, value in query.items() if name != facet.name}
            assert sum(c.count for c in facet.choices if c.value) == found(client, language, **rest)[0]


SPELLINGS = ["پلی پروپیلن", "پلیپروپیلن", "پلی‌پروپیلن", "پلي پروپيلن", "پلي‌پروپيلن"]


def test_a_compound_is_found_however_it_is_spelt(client):
    expected = found(client, "fa", q=SPELLINGS[0])
    assert expected[0] >= 2
    for spelling in SPELLINGS:
        assert found(client, "fa", q=spelling) == expected, spelling
        assert found(client, "en", q=spelling)[0] == expected[0]


@pytest.mark.parametrize("digits", ["16", "۱۶", "١٦"])
def test_digits_of_every_script_find_the_ct_scanner(client, digits):
    assert "ct-scanner" in found(client, q=digits)[1]


def test_the_beginning_of_a_word_is_enough(client):
    slugs = found(client, q="polypropylen")[1]
    assert {"expanded-polypropylene", "pp-polymerisation-catalyst"} <= set(slugs)


def test_an_hs_code_finds_exactly_its_products(client):
    count, slugs = found(client, q="841370")
    assert count == 6
    assert set(slugs) == set(found(client, hs="841370")[1])
    assert found(client, q="8413.70") == (count, slugs)
    assert set(found(client, q="8413")[1]) == set(found(client, hs="8413")[1])


@pytest.mark.parametrize("name", ["MAPNA", "مپنا"])
def test_a_companys_name_finds_the_products_it_works_on(client, name):
    assert {"diesel-electric-locomotive", "metro-bogie", "mining-dump-truck"} <= set(found(client, q=name)[1])


def test_a_stated_weight_stands_as_it_was_said(client):
    page = client.get("/en/products/viscose-staple-fibre/").content.decode()
    assert "26,148.3 tonnes" in page
    assert "۲۶٬۱۴۸٫۳ تن" in client.get("/fa/products/viscose-staple-fibre/").content.decode()


def test_there_are_samples_of_what_the_programme_s_pages_show():
    units, facilities = IdleUnit.objects.published(), Facility.objects.published()
    assert (units.count(), facilities.count()) == (150, 50)
    assert set(units.values_list("province", flat=True)) == set(Province.values)
    assert {unit.origin for unit in units} == {facility.origin for facility in facilities} == {"sample"}
    assert 0 < facilities.filter(paid__gt=0).count() < 50
