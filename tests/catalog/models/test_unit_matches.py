"""What units could make is stored as the products and the units say, whatever is written."""

import pytest
from django.core.management import CommandError, call_command

from catalog.models import IdleUnit, Product, UnitMatch
from catalog.models.derived import postponed
from tests.factories import make_product, make_sector, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    sector = make_sector()
    product, unit = make_product(sector=sector), make_unit(sector=sector, province="yazd")
    unit.products.add(product)
    return product, unit


def stored():
    return list(UnitMatch.objects.order_by("product", "unit").values_list("product", "unit", "province"))


def test_a_standing_unit_that_names_a_public_product_matches_it(pair):
    product, unit = pair
    assert stored() == [(product.pk, unit.pk, "yazd")]


def test_what_is_not_public_or_runs_again_matches_nothing(pair):
    product, unit = pair
    for rows, change, back in [
        (Product.objects.filter(pk=product.pk), {"state": "draft"}, {"state": "published"}),
        (IdleUnit.objects.filter(pk=unit.pk), {"state": "draft"}, {"state": "published"}),
        (IdleUnit.objects.filter(pk=unit.pk), {"status": "revived"}, {"status": "idle"}),
        (type(product.sector).objects.all(), {"state": "draft"}, {"state": "published"}),
    ]:
        rows.update(**change)
        assert stored() == []
        rows.update(**back)
        assert stored() == [(product.pk, unit.pk, "yazd")]


def test_a_changed_unit_and_a_product_that_is_named_no_more(pair):
    product, unit = pair
    unit.province = "qom"
    with postponed():
        unit.save()
    assert stored() == [(product.pk, unit.pk, "qom")]
    unit.products.clear()
    assert stored() == []


def test_faults_are_found_and_mended(pair):
    before = stored()
    UnitMatch.objects.all().delete()
    UnitMatch.objects.create(product=10**6, unit=1, province="qom")
    with pytest.raises(CommandError, match="2 faults"):
        call_command("check_index", verbosity=0)
    call_command("reindex", verbosity=0)
    call_command("check_index", verbosity=0)
    assert stored() == before
