"""The counts follow the products on every ORM road, whatever the order and the rest of the transaction."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.models import Company, CountedProduct, Engagement, IdleUnit, Product, ProductCount, Sector
from catalog.models.derived import postponed
from tests.factories import (
    make_company,
    make_engagement,
    make_import,
    make_product,
    make_sector,
    make_source,
    make_unit,
)

pytestmark = pytest.mark.django_db


def by(*columns, **chosen):
    """{values of these columns: (products, US dollars)} of the counts."""
    return {
        tuple(group[:-2]): tuple(group[-2:]) for group in ProductCount.objects.filter(**chosen).by(*columns)
    }


def provinces():
    found = {tuple(tag.split("=")): number for (tag,), (number, _) in by("tag").items()}
    return {value: number for (name, value), number in found.items() if name == "province"}


def check():
    call_command("check_index", verbosity=0, stdout=StringIO())


def test_groups_hold_the_public_products_and_their_imports():
    cars, metals = make_sector(), make_sector()
    pump = make_product(sector=cars)
    make_engagement(product=pump, stage="testing")
    make_import(product=pump, year=1404, value=500)
    make_product(sector=cars, reported="made", origin="press", source=make_source())
    make_product(sector=metals, state="draft")
    assert by("sector") == {(cars.pk,): (2, 500)}
    assert by("makers") == {("some",): (1, 500), ("reported",): (1, 0)}
    assert by("stage", "product_origin") == {("testing", "ministry"): (1, 500), ("reported", "press"): (1, 0)}
    assert by("import_year", stage="testing") == {(1404,): (1, 500)}
    assert ProductCount.objects.latest_year() == 1404
    check()


def test_every_road_of_writing_keeps_the_counts_true():
    cars, metals = make_sector(), make_sector()
    product = make_product(sector=cars)
    old = Product.objects.get(pk=product.pk)
    engagement = make_engagement(product=product, stage="testing")
    assert by("stage") == {("testing",): (1, 0)}
    old.save()  # it still knows what the product was before
    assert by("stage") == {("testing",): (1, 0)}
    Engagement.objects.filter(pk=engagement.pk).update(stage="design")
    assert by("stage") == {("design",): (1, 0)}
    Product.objects.filter(pk=product.pk).update(sector=metals)
    assert by("sector") == {(metals.pk,): (1, 0)}
    record = make_import(product=product, year=1403, value=7)
    record.value = 9
    record.save()
    assert by("import_year", "import_is_sample") == {(1403, False): (1, 9)}
    record.delete()
    assert by("import_year") == {(None,): (1, 0)}
    product.refresh_from_db()
    product.withdraw("Listed twice.", "دو بار آمده است.")
    assert by("stage") == {}
    product.publish()
    assert by("stage") == {("design",): (1, 0)}
    Product.objects.bulk_create(
        [
            Product(slug=f"p{n}", name_en="P", name_fa="پ", sector=cars, hs_code="841370", state="published")
            for n in (1, 2)
        ]
    )
    assert by("sector") == {(metals.pk,): (1, 0), (cars.pk,): (2, 0)}
    check()


def test_deleted_products_are_counted_no_more():
    one, other, third = (make_product(origin="sample") for _ in range(3))
    one.delete()
    assert by("product_origin") == {("sample",): (2, 0)}
    Product.objects.filter(pk=other.pk).delete()
    assert by("product_origin") == {("sample",): (1, 0)}
    with postponed():
        third.delete()
    assert by("product_origin") == {}
    assert not CountedProduct.objects.exists()
    assert not ProductCount.objects.exists()  # a load leaves no row of a group without products


def test_a_product_counts_once_in_each_province_of_a_maker_or_a_standing_plant():
    product = make_product()
    yazd = make_company(province="yazd")
    make_engagement(product=product, company=yazd)
    make_engagement(product=product, company=make_company(province=""))
    unit = make_unit([product], province="yazd")
    assert provinces() == {"yazd": 1}
    Company.objects.filter(pk=yazd.pk).update(province="kerman")
    assert provinces() == {"yazd": 1, "kerman": 1}
    IdleUnit.objects.update(status="revived")
    assert provinces() == {"kerman": 1}
    IdleUnit.objects.update(status="idle", province="kermanshah")
    assert provinces() == {"kerman": 1, "kermanshah": 1}
    assert Product.objects.tagged("province", ["kerman"]).count() == 1
    Sector.objects.filter(pk=unit.sector_id).update(state="draft", published_at=None)
    assert provinces() == {"kerman": 1}
    assert not Product.objects.tagged("province", ["kermanshah", "yazd"]).exists()
    check()


def test_what_a_unit_names_is_followed_by_every_road(settings):
    settings.SIMPLE_HISTORY_ENABLED = False  # it fails where units are added to a product
    one, other = make_product(), make_product()
    unit = make_unit([one], province="qom")
    assert provinces() == {"qom": 1}
    unit.products.add(other)
    assert provinces() == {"qom": 2}
    unit.products.remove(one)
    assert provinces() == {"qom": 1}
    one.idle_units.add(unit)
    assert provinces() == {"qom": 2}
    one.idle_units.clear()
    assert provinces() == {"qom": 1}
    unit.products.set([one])
    assert provinces() == {"qom": 1}
    assert Product.objects.tagged("province", ["qom"]).get() == one
    unit.products.clear()
    assert provinces() == {}
    unit.products.set([one, other])
    IdleUnit.objects.filter(pk=unit.pk).update(origin="sample")
    unit.refresh_from_db()
    unit.delete()
    assert provinces() == {}
    check()


def test_a_sector_that_is_not_public_hides_its_products_without_a_recount():
    sector = make_sector()
    make_product(sector=sector)
    rows = ProductCount.objects.filter(tag="").count()
    Sector.objects.update(state="draft", published_at=None)
    assert by("stage") == {}
    Sector.objects.update(state="published")
    assert by("stage") == {("open",): (1, 0)}
    assert ProductCount.objects.filter(tag="").count() == rows


def test_a_rollback_takes_the_counts_back():
    with transaction.atomic():
        make_product()
        transaction.set_rollback(True)
    assert by("stage") == {}
    assert not CountedProduct.objects.exists()


def test_writers_add_rows_and_compacting_leaves_one_a_group():
    sector = make_sector()
    for _ in range(3):
        make_product(sector=sector)
    product = make_product(sector=sector)
    make_engagement(product=product, stage="testing")
    assert ProductCount.objects.count() > 2
    before = by("sector", "stage", "makers")
    ProductCount.objects.compact()
    assert by("sector", "stage", "makers") == before
    assert ProductCount.objects.filter(tag="").count() == 2
    check()


def test_rows_are_compacted_now_and_then_of_themselves(monkeypatch):
    monkeypatch.setattr("catalog.models.product_counts.COMPACT_EVERY", 10)
    product = make_product()
    for stage in ("design", "testing") * 10:
        Product.objects.filter(pk=product.pk).update(reported="made" if stage == "design" else "")
    assert ProductCount.objects.count() < 12
    check()


def test_what_raw_sql_spoils_is_named_and_mended():
    make_import(product=make_product(), value=5)
    for statement, fault in [
        ("UPDATE catalog_productcount SET added = 7", "(7, 5) instead of (1, 5)"),
        ("DELETE FROM catalog_productcount", "None instead of (1, 5)"),
        ("DELETE FROM catalog_countedproduct", "stale in the counts"),
        ("UPDATE catalog_countedproduct SET product = product + 1000", "left over in the counts"),
        ("UPDATE catalog_product SET tags = ',province=qom,'", "tags is stale"),
    ]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(CommandError, match="reindex"):
            call_command("check_index", stdout=(out := StringIO()))
        assert fault in out.getvalue()
        call_command("reindex", verbosity=0)
        check()


def test_the_counts_take_one_query():
    with CaptureQueriesContext(connection) as queries:
        list(ProductCount.objects.by("sector", "stage"))
    assert len(queries) == 1
