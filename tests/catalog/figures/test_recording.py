"""What changed in public is found by comparing what the public sees with what it saw."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.figures.recording import record
from catalog.models import Change, ChangeKind, Did, Engagement, Product, ProductMaker, Seen, Statement
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_unit,
)

pytestmark = pytest.mark.django_db
WITHDRAWN = ("Listed by mistake.", "به اشتباه ثبت شده بود.")


def told():
    """(kind, noun, what happened, field, before, after) of all changes, in their order."""
    rows = Change.objects.order_by("pk").values_list("kind", "noun", "did", "field", "old", "new")
    return list(rows)


def test_what_is_there_at_the_first_look_is_where_news_begin():
    make_engagement()
    assert record() == 0
    assert Seen.objects.filter(noun="maker").count() == 1
    assert record() == 0
    assert told() == []


def test_a_maker_moves_the_stage_of_its_product_and_both_say_from_what_to_what():
    product, company = make_product(), make_company()
    record()
    engagement = make_engagement(product=product, company=company, stage="design")
    record()
    engagement.stage = "prototype"
    engagement.save()
    record()
    assert told() == [
        ("stage", "product", "changed", "stage", "open", "design"),
        ("maker", "maker", "entered", "", None, None),
        ("stage", "product", "changed", "stage", "design", "prototype"),
        ("maker", "maker", "changed", "stage", "design", "prototype"),
    ]
    assert {(c.product_id, c.company_id) for c in Change.objects.filter(noun="maker")} == {
        (product.pk, company.pk)
    }


def test_drafts_and_what_belongs_to_them_are_never_told():
    draft, company = make_product(state="draft"), make_company()
    record()
    make_engagement(product=draft, company=company)
    make_demand(product=draft, buyer=company)
    make_engagement(product=make_product(sector=make_product(state="draft").sector), state="draft")
    Change.objects.all().delete()
    record()
    assert [one for one in told() if one[1] in ("maker", "promise")] == []
    assert not Change.objects.filter(product=draft).exists()


def test_a_save_that_changes_nothing_a_reader_sees_is_no_news():
    product = make_product()
    record()
    product.note = "for staff"
    product.save()
    Product.objects.filter(pk=product.pk).update(updated_at=timezone.now() + timedelta(days=1))
    assert record() == 0


def test_a_product_that_appears_with_its_makers_is_one_line():
    record()
    make_engagement(company=make_company())
    make_demand(product=Product.objects.get(), buyer=make_company())
    record()
    assert [(noun, did) for _kind, noun, did, *_rest in told() if noun not in ("company",)] == [
        ("product", "entered")
    ]


def test_a_withdrawn_record_is_said_to_be_withdrawn_and_its_makers_are_not_told():
    product = make_engagement().product
    record()
    product.withdraw(*WITHDRAWN)
    record()
    assert told() == [("product", "product", "left", "", None, None)]
    change = Change.objects.get()
    assert change.facts == {}
    assert list(Change.objects.shown()) == [change]
    assert not Change.objects.in_sectors([product.sector]).exists()


def test_nothing_of_a_record_that_is_hidden_now_is_shown():
    product, company = make_product(), make_company()
    record()
    make_engagement(product=product, company=company)
    record()
    assert Change.objects.shown().count() == 2
    company.withdraw(*WITHDRAWN)
    assert not Change.objects.shown().filter(noun="maker").exists()
    product.sector.withdraw(*WITHDRAWN)
    assert not Change.objects.shown().exists()


def test_of_a_deleted_draft_or_sample_nothing_is_kept():
    record()
    product = make_product(origin="sample")
    record()
    assert Change.objects.get().is_sample
    product.delete()
    record()
    assert told() == []
    assert not Seen.objects.filter(noun="product").exists()


def test_a_stage_that_rests_on_a_sample_is_marked_when_it_comes_and_when_it_goes():
    product, company = make_product(), make_company(origin="sample")
    record()
    engagement = make_engagement(product=product, company=company, origin="sample")
    record()
    Engagement.objects.filter(pk=engagement.pk).delete()
    record()
    stages = Change.objects.filter(field="stage").order_by("pk")
    assert [(c.old, c.new, c.is_sample) for c in stages] == [
        ("open", "prototype", True),
        ("prototype", "open", True),
    ]


def test_imports_promises_contracts_desks_and_units_are_told_by_their_kind():
    product, buyer = make_product(), make_company()
    contract, desk, unit = make_contract([100], status="signed", signed_on=None), make_desk(), make_unit()
    demand = make_demand(product=product, buyer=buyer, commitment="indicative")
    record()
    make_import(product=product, year=1404, value=5_000_000, currency="USD")
    demand.commitment = "tendered"
    demand.save()
    contract.status = "delivered"
    contract.save()
    desk.opens = timezone.localdate() + timedelta(days=9)
    desk.save()
    unit.status = "planned"
    unit.save()
    unit.products.add(product)
    record()
    kinds = [(c.kind, c.noun, c.did, c.field) for c in Change.objects.order_by("pk")]
    assert kinds == [
        (ChangeKind.IMPORTS, "product", Did.CHANGED, "imports"),
        (ChangeKind.UNIT, "unit", Did.CHANGED, "status"),
        (ChangeKind.DESK, "desk", Did.CHANGED, "status"),
        (ChangeKind.DESK, "desk", Did.CHANGED, "days"),
        (ChangeKind.CONTRACT, "contract", Did.CHANGED, "status"),
        (ChangeKind.PROMISE, "promise", Did.CHANGED, "commitment"),
        (ChangeKind.UNIT, "match", Did.ENTERED, ""),
    ]


def test_a_desk_opens_by_its_date_alone():
    today = timezone.localdate()
    make_desk(opens=today + timedelta(days=1), closes=today + timedelta(days=3))
    record(today=today)
    assert record(today=today) == 0
    record(today=today + timedelta(days=1))
    assert [(c.old, c.new) for c in Change.objects.all()] == [("coming", "open")]


def test_a_load_of_files_is_no_news_and_what_staff_did_before_it_is():
    product = make_product()
    record()
    make_engagement(product=product, company=make_company())
    record()
    count = Change.objects.count()
    make_product()
    assert record(silently=True) == 0
    assert record() == 0
    assert Change.objects.count() == count


def test_a_company_named_again_is_no_news_though_the_row_of_its_maker_is_a_new_one():
    engagement = make_engagement()
    record()
    before = set(ProductMaker.objects.values_list("pk", flat=True))
    engagement.capacity = 10
    engagement.save()
    Product.objects.refresh([engagement.product_id])
    assert ProductMaker.objects.count() == len(before)
    assert record() == 0


def test_a_filled_site_begins_with_its_latest_dated_facts_and_not_with_thousands(loaded_news):
    assert 0 < loaded_news.count() <= 120
    assert set(loaded_news.values_list("noun", flat=True)) <= {"contract", "desk", "statement"}
    assert not loaded_news.filter(at__gt=timezone.now()).exists()


@pytest.fixture
def loaded_news():
    day = timezone.localdate()
    for back in range(60):
        make_contract(signed_on=day - timedelta(days=back))
    make_contract(signed_on=day + timedelta(days=3))
    record()
    assert not Statement.objects.exists()
    return Change.objects.all()
