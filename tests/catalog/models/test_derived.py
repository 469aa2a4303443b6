"""A product's stage and number of makers follow its public engagements on every ORM road."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.models import Company, Engagement, Product
from catalog.models.derived import postponed
from catalog.models.products import derive_stage
from tests.factories import make_company, make_engagement, make_product, make_sector

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("reported", "stages", "stage"),
    [
        ("", set(), "open"),
        ("target", set(), "open"),
        ("import_need", {"named"}, "named"),
        ("made", set(), "reported"),
        ("made", {"named"}, "reported"),
        ("made", {"design"}, "design"),
        ("", {"named", "testing", "prototype"}, "testing"),
        ("", {"production", "design"}, "production"),
    ],
)
def test_the_stage_is_the_furthest_public_engagement_else_what_is_reported(reported, stages, stage):
    assert derive_stage(reported, stages) == stage


def stage_of(product):
    return Product.objects.values_list("stage", "maker_count").get(pk=product.pk)


def test_every_road_of_writing_keeps_the_stage_true():
    product, other = make_product(), make_product(reported="made")
    engagement = make_engagement(product=product, stage="testing")
    assert stage_of(product) == ("testing", 1)
    Engagement.objects.filter(pk=engagement.pk).update(stage="production")
    assert stage_of(product) == ("production", 1)
    engagement.refresh_from_db()
    engagement.stage = "design"
    Engagement.objects.bulk_update([engagement], ["stage"])
    assert stage_of(product) == ("design", 1)
    Engagement.objects.filter(pk=engagement.pk).update(product=other)
    assert (stage_of(product), stage_of(other)) == (("open", 0), ("design", 1))
    Engagement.objects.bulk_create(
        [
            Engagement(product=product, company=make_company(), stage="named", state="published")
            for _ in range(2)
        ]
    )
    assert stage_of(product) == ("named", 2)
    Engagement.objects.bulk_create(
        [Engagement(product=product, company=make_company(), stage="design", state="published")],
        ignore_conflicts=True,
    )
    assert stage_of(product) == ("design", 3)
    Company.objects.filter(engagements__stage="design").update(state="draft", published_at=None)
    assert (stage_of(product), stage_of(other)) == (("named", 2), ("reported", 0))
    Engagement.objects.filter(product=product).update(origin="sample")  # these may be deleted
    Engagement.objects.filter(product=product).delete()
    assert stage_of(product) == ("open", 0)
    Product.objects.update_or_create(pk=product.pk, defaults={"reported": "made"})
    assert stage_of(product) == ("reported", 0)


def test_a_rollback_takes_the_stage_back_with_the_row():
    product = make_product()

    def fails_afterwards():
        with transaction.atomic():
            make_engagement(product=product, stage="testing")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_afterwards()
    assert stage_of(product) == ("open", 0)


def test_a_postponed_load_refreshes_each_product_once_at_the_end():
    product = make_product()
    with postponed():
        make_engagement(product=product, stage="design")
        make_engagement(product=product, stage="testing")
        assert stage_of(product) == ("open", 0)
    assert stage_of(product) == ("testing", 2)


def test_sort_keys_follow_renames_by_every_road():
    make_product(name_en="Zinc")
    make_company(name_en="Zinc")

    def keys():
        return Product.objects.get().sort_en, Company.objects.get().sort_en

    before = keys()
    Product.objects.update(name_en="Anvil")
    Company.objects.update(name_en="Anvil")
    assert all(new < old for new, old in zip(keys(), before, strict=True))


def test_moving_a_product_to_a_hidden_sector_hides_it():
    product = make_product()
    make_sector(state="draft").products.add(product)
    assert not Product.objects.published().exists()
    assert not Product.objects.matching(product.name_en).exists()


def test_a_product_is_locked_before_its_makers_are_counted():
    """Else two makers added at the same moment count one each, on PostgreSQL; SQLite writes in turns."""
    product = make_product()
    with CaptureQueriesContext(connection) as queries:
        Product.objects.refresh([product.pk])
    lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_update else ""
    assert queries[0]["sql"].endswith(f" ORDER BY 1 ASC{lock}")
