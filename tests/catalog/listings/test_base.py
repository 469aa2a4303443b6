"""What a listing's FilterSet has from django-filter means there what it means anywhere."""

import pytest
from django.http import QueryDict

from catalog.listings.companies import CompanyFilterSet
from catalog.listings.contracts import ContractFilterSet
from catalog.listings.desks import DeskFilterSet
from catalog.listings.products import read_query
from catalog.listings.units import UnitFilterSet
from catalog.models import Company, Contract, Desk, Sector
from tests.factories import make_company, make_contract, make_desk, make_product, make_sector, make_unit

pytestmark = pytest.mark.django_db

READERS = {
    "products": read_query,
    "companies": lambda data: CompanyFilterSet(data, Company.objects.published()),
    "contracts": lambda data: ContractFilterSet(data, Contract.objects.published()),
    "desks": lambda data: DeskFilterSet(data, Desk.objects.published()),
    "units": lambda data: UnitFilterSet(data, sectors=Sector.objects.published()),
}


@pytest.fixture
def catalogue(db):
    """One public record of each noun and one that is none, all of the sector "cars"."""
    cars = make_sector(slug="cars")
    for state in ("published", "draft"):
        make_product(sector=cars, state=state)
        make_company(sector=cars, state=state)
        make_contract(sector=cars, state=state)
        make_desk(state=state).sectors.add(cars)
        make_unit(sector=cars, state=state)


@pytest.mark.parametrize("noun", READERS)
def test_qs_are_the_public_rows_that_the_usable_values_choose(catalogue, noun):
    for query in ("", "sector=cars", "sector=cars&sector=nonsense&colour=red"):
        filterset = READERS[noun](QueryDict(query))
        assert [row.state for row in filterset.qs] == ["published"]
        assert filterset.qs.count() == filterset.result().count() == 1


@pytest.mark.parametrize("noun", READERS)
def test_it_is_valid_where_every_value_can_be_used_and_says_why_not(catalogue, noun):
    assert READERS[noun](QueryDict("sector=cars&page=2&utm_source=mail")).is_valid()
    filterset = READERS[noun](QueryDict("sector=cars&sector=nonsense&colour=red&rate=best"))
    assert not filterset.is_valid()
    assert set(filterset.errors) == {"sector", "colour", "rate"}
    assert "nonsense" in str(filterset.errors["sector"])
    assert filterset.errors.as_data()["rate"][0].message
    assert filterset.refused == [("colour", "red"), ("rate", "best"), ("sector", "nonsense")]


@pytest.mark.parametrize("noun", READERS)
def test_the_form_is_bound_to_the_usable_values(catalogue, noun):
    filterset = READERS[noun](QueryDict("sector=cars&sector=nonsense&colour=red"))
    assert filterset.form.is_valid()
    assert filterset.data == filterset.form.data == QueryDict("sector=cars")
    chosen = filterset.form.cleaned_data["sector"]
    assert [getattr(one, "slug", one) for one in chosen] == ["cars"]
