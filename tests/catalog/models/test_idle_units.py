import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from catalog.models import IdleUnit
from catalog.models.codes import having
from tests.factories import make_sector, make_unit

pytestmark = pytest.mark.django_db


def test_sort_keys_follow_renames_by_every_road():
    unit = make_unit(name_en="Zinc works", name_fa="چرم")
    before = IdleUnit.objects.get().sort_en
    IdleUnit.objects.update(name_en="Anvil works")
    assert IdleUnit.objects.get().sort_en < before
    unit.refresh_from_db()
    unit.name_en = "Zinc works"
    unit.save()
    assert IdleUnit.objects.get().sort_en == before


def test_a_unit_is_public_with_its_sector_only():
    make_unit(sector=make_sector(state="draft"))
    assert not IdleUnit.objects.published().exists()


def test_units_are_found_by_any_of_their_codes():
    both, one, none = make_unit(causes="market,finance"), make_unit(causes="energy"), make_unit()
    assert set(IdleUnit.objects.filter(having("causes", ["finance", "energy"]))) == {both, one}
    assert set(IdleUnit.objects.filter(having("causes", []))) == set()
    assert none not in IdleUnit.objects.filter(having("causes", ["market"]))


@pytest.mark.parametrize("causes", ["weather", "finance,finance", "finance,", "finance;market"])
def test_codes_that_are_none_are_refused(causes):
    unit = make_unit()
    unit.causes = causes
    with pytest.raises(ValidationError) as refused:
        unit.clean_fields()
    assert set(refused.value.error_dict) == {"causes"}


def test_causes_and_needs_read_in_the_page_s_language():
    unit = make_unit(causes="market,finance", needs="buyer,capital", needs_fa="خریدار")
    assert unit.cause_words == ["the market", "finance"]
    with translation.override("fa"):
        assert unit.needs_in_words == ["خریدار"]
