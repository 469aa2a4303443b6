"""No record takes the address of another page."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver, reverse

from catalog.nouns import nouns
from tests import factories

MAKE = {
    "sectors": factories.make_sector,
    "products": factories.make_product,
    "companies": factories.make_company,
    "desks": factories.make_desk,
    "contracts": factories.make_contract,
    "idle_units": factories.make_unit,
    "indicators": factories.make_indicator,
}


def routes(patterns, before=""):
    """Every address of the site as it is written in the tables of addresses: "en/products/<slug:slug>/"."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def taken(noun):
    """What stands in the place of a key of this noun in the addresses of other pages."""
    prefix = reverse(noun.page_address, args=["x"]).removesuffix("x/").lstrip("/")
    for route in routes(get_resolver().url_patterns):
        if route.startswith(prefix):
            place, _slash, rest = route.removeprefix(prefix).partition("/")
            if place and "<" not in place and not rest:
                yield place


@pytest.mark.django_db
@pytest.mark.parametrize("noun", nouns("page"), ids=lambda noun: noun.name)
def test_no_record_takes_an_address_of_another_page(noun):
    record = MAKE[noun.name](state="draft")
    record.full_clean()
    for place in taken(noun):
        setattr(record, noun.key, place)
        with pytest.raises(ValidationError) as caught:
            record.full_clean()
        assert noun.key in caught.value.message_dict, place


def test_the_addresses_of_other_pages_are_found():
    (products,) = (noun for noun in nouns() if noun.name == "products")
    assert {"suggest", "feed.atom", "export.csv"} <= set(taken(products))
