"""No value chosen in a listing is lost by choosing another, with a script or without."""

import pytest
from django.http import QueryDict
from django.urls import resolve, reverse

from catalog.formats.numerals import latin_digits
from catalog.listings.base import is_multiple
from catalog.models import Desk
from catalog.nouns import listed_nouns
from tests.factories import make_desk
from tests.forms import sent

pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.walk]

TYPED = {"q": "pump", "hs": "84", "import_min": "1000", "import_max": "۲٬۰۰۰", "year": "1404"}


def listings():
    """{address: its FilterSet} of every listing with filters."""
    found = {}
    for noun in listed_nouns():
        view = resolve(reverse(noun.list_address)).func
        if filters := getattr(view.view_class, "filters", None):
            found[reverse(noun.list_address)] = filters
    return found


LISTINGS = ["/en/products/", "/en/companies/", "/en/desks/", "/en/contracts/", "/en/units/"]


def test_every_listing_is_tried():
    assert [address for address in LISTINGS if address not in listings()] == []
    assert set(listings()) == set(LISTINGS)


def values_of(client, address):
    """{parameter: values it takes} as the API's OpenAPI document has them, else a typed one."""
    names = listings()[address].base_filters
    stem = address.removeprefix("/en/")
    parameters = client.get("/api/v1/schema/").json()["paths"][f"/api/v1/{stem}"]["get"]["parameters"]
    allowed = {one["name"]: enum_of(one["schema"]) for one in parameters}
    values = {name: allowed.get(name) or [TYPED[name]] for name in names}
    values["order"] = [order for order in values.get("order", []) if order != "relevance"]  # needs a text
    return {name: its for name, its in values.items() if its}


def enum_of(schema):
    return schema.get("enum") or schema.get("items", {}).get("enum") or []


def filled(query):
    return {
        name: sorted({latin_digits(one) for one in values}) for name, values in query.lists() if any(values)
    }


def queries(client, address):
    """Queries that choose one value of each parameter alone, two of each, and one of all at once."""
    values = values_of(client, address)
    for name, its in values.items():
        yield {name: its[:1]}
        yield {name: its[-1:]}
        yield {name: its[:2]} if is_multiple(listings()[address].base_filters[name].field_class) else {}
    for place in (0, -1):
        yield {name: [its[place]] for name, its in values.items()} | {"rate": ["market"]}


@pytest.mark.parametrize("address", LISTINGS)
def test_the_form_sends_every_chosen_value_again(client, address):
    make_desk(slug="nothing-signed", name_en="A desk without contracts")
    canonical = listings()[address].canonical
    for chosen in [*queries(client, address), *extra(address)]:
        query = QueryDict(mutable=True)
        for name, its in chosen.items():
            query.setlist(name, its)
        page = client.get(f"{address}?{query.urlencode()}")
        assert not page.context["notices"], (chosen, page.context["notices"])
        again = canonical(sent(page.content.decode()))
        assert filled(again) == filled(canonical(query)), chosen


def extra(address):
    """Values that no row has, or no row can have any more."""
    if address in {"/en/desks/", "/en/contracts/"}:
        yield {"year": ["1350"]}
        yield {"year": ["۱۳۹۹"]}
    if address in {"/en/products/", "/en/contracts/"}:
        yield {"desk": ["nothing-signed"]}


@pytest.mark.parametrize("address", LISTINGS)
def test_every_link_that_chooses_keeps_what_is_chosen_besides(client, address):
    for chosen in [*queries(client, address), *extra(address)]:
        query = QueryDict(mutable=True)
        for name, its in chosen.items():
            query.setlist(name, its)
        if "desk" in chosen and not Desk.objects.filter(slug=chosen["desk"][0]).exists():
            continue
        page = client.get(f"{address}?{query.urlencode()}")
        kept = filled(page.context["query"])
        for facet in page.context["facets"]:
            for choice in facet.choices:
                told = filled(QueryDict(choice.url.removeprefix("?")))
                besides = {name: its for name, its in kept.items() if name != facet.name}
                assert {name: its for name, its in told.items() if name != facet.name} == besides, choice
        for chip in page.context["chips"]:
            told = filled(QueryDict(chip.url.removeprefix("?")))
            lost = {name for name in kept if told.get(name) != kept[name]}
            assert len(lost) == 1, chip


@pytest.mark.parametrize("address", LISTINGS)
def test_what_is_chosen_is_said(client, address):
    """A chip for each chosen value that narrows the list."""
    for chosen in [*queries(client, address), *extra(address)]:
        if "desk" in chosen and not Desk.objects.filter(slug=chosen["desk"][0]).exists():
            continue
        query = QueryDict(mutable=True)
        for name, its in chosen.items():
            query.setlist(name, its)
        page = client.get(f"{address}?{query.urlencode()}")
        narrowing = [one for name, its in chosen.items() if name not in {"order", "rate"} for one in its]
        assert len(page.context["chips"]) == len(narrowing), chosen
