"""Rule 6: who is public, what publishing needs, and that nothing published is ever lost."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from catalog.models import Company, Demand, Engagement, ImportRecord, Product, Sector
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_sector,
)

pytestmark = pytest.mark.django_db

UNPUBLISHED = ["draft", "in_review", "withdrawn"]


@pytest.mark.parametrize("state", UNPUBLISHED)
@pytest.mark.parametrize(
    "make", [make_sector, make_product, make_company, make_engagement, make_desk, make_contract]
)
def test_only_published_records_are_public(make, state):
    record = make(state=state)
    assert not type(record).objects.published().filter(pk=record.pk).exists()
    shown = make()
    assert type(record).objects.published().filter(pk=shown.pk).exists()


@pytest.mark.parametrize("state", UNPUBLISHED)
def test_a_record_shows_only_while_what_it_belongs_to_is_public(state):
    hidden_sector = make_sector(state=state)
    product = make_product(sector=hidden_sector)
    make_engagement(product=product)
    make_import(product=product)
    make_demand(product=product)
    make_engagement(company=make_company(state=state))
    make_demand(buyer=make_company(state=state))
    assert not Product.objects.published().filter(pk=product.pk).exists()
    assert not Engagement.objects.published().exists()
    assert not ImportRecord.objects.published().exists()
    assert not Demand.objects.published().exists()


def test_publishing_names_what_must_be_published_first():
    engagement = make_engagement(
        state="draft",
        company=make_company(state="draft", name_en="Alpha"),
        product=make_product(state="in_review", name_en="Valve"),
    )
    assert [str(p) for p in engagement.unpublished_parents()] == ["Valve", "Alpha"]
    with pytest.raises(ValidationError, match="Valve, Alpha"):
        engagement.publish()
    engagement.product.publish()
    engagement.company.publish()
    engagement.publish()
    assert engagement.state == "published"
    assert engagement.was_published


def test_a_record_goes_from_draft_through_review_to_the_public_and_back():
    product = make_product(state="draft")
    product.send_to_review()
    product.publish()
    first_published = product.published_at
    with pytest.raises(ValidationError, match="both languages"):
        product.withdraw("Listed twice.", " ")
    product.withdraw("Listed twice.", "دو بار ثبت شده بود.")
    assert Product.objects.withdrawn().get().withdrawn_reason == "Listed twice."
    product.publish()
    assert product.published_at == first_published


def test_a_step_that_is_not_possible_says_so():
    with pytest.raises(ValidationError, match="not possible"):
        make_product(state="published").send_to_review()


def test_what_was_published_is_withdrawn_and_never_deleted():
    product = make_product()
    with pytest.raises(ProtectedError):
        product.delete()
    with pytest.raises(ProtectedError):
        Product.objects.filter(pk=product.pk).delete()
    product.withdraw("a", "ب")
    with pytest.raises(ProtectedError):
        product.delete()
    assert Product.objects.count() == 1


def test_what_was_published_by_an_update_of_its_state_is_not_deleted_either():
    product = make_product(state="draft")
    Product.objects.update(state="published")
    with pytest.raises(ProtectedError):
        Product.objects.all().delete()
    product.refresh_from_db()
    with pytest.raises(ProtectedError):
        product.delete()


def test_a_draft_and_a_sample_can_be_deleted():
    make_company(state="draft").delete()
    make_company(origin="sample")
    Company.objects.filter(origin="sample").delete()
    assert not Company.objects.exists()


def test_an_address_never_changes_once_published():
    sector = make_sector()
    sector.slug = "elsewhere"
    with pytest.raises(ValidationError, match="never changes"):
        sector.full_clean()
    draft = make_sector(state="draft")
    draft.slug = "elsewhere-too"
    draft.full_clean()
    contract = make_contract()
    contract.reference = "OTHER-1"
    with pytest.raises(ValidationError, match="never changes"):
        contract.full_clean()
    assert Sector.objects.count() == 2
