"""The provinces, counts and matches of products whose rows were written past the ORM."""

from collections import defaultdict

from django.db import connection

from catalog.models import (
    CountedProduct,
    Engagement,
    IdleUnit,
    Origin,
    Product,
    ProductCount,
    State,
    UnitMatch,
)
from catalog.models.derived import chunks
from catalog.models.product_counts import sums_of

BATCH = 5000


def count_products():
    """Set the provinces of every product, and count all of them anew."""
    ProductCount.objects.clear()
    for pks in chunks(Product._base_manager.order_by("pk").values_list("pk", flat=True), BATCH):
        provinces = {pk: f",{','.join(sorted(some))}," for pk, some in provinces_of(pks).items()}
        with connection.cursor() as cursor:
            update = "UPDATE catalog_product SET provinces = %s WHERE id = %s"
            cursor.executemany(update, [(text, pk) for pk, text in provinces.items()])
        kinds = {}
        for product in Product._base_manager.filter(pk__in=pks):
            if kind := product.kind():
                kinds[product.pk] = kind.as_text()
        CountedProduct.objects.bulk_create(
            CountedProduct(product=pk, kind=kind) for pk, kind in kinds.items()
        )
        ProductCount.objects.bulk_create(sums_of((1, kind) for kind in kinds.values()))
    ProductCount.objects.compact()
    match_units()


def match_units():
    """Store anew which public products the standing units could make."""
    UnitMatch.objects.all().delete()
    pairs = IdleUnit.objects.published().standing().naming().order_by("product", "idleunit")
    columns = ("product", "idleunit", "idleunit__province", "idleunit__origin", "product__import_usd")
    UnitMatch.objects.write(
        (product, unit, province, origin == Origin.SAMPLE, usd or 0, sort_en)
        for product, unit, province, origin, usd, sort_en in pairs.values_list(*columns, "product__sort_en")
    )


def provinces_of(pks):
    """{key of a product: the provinces of its makers and of the idle units that name it}."""
    found = defaultdict(set)
    makers = Engagement.objects.filter(state=State.PUBLISHED, company__state=State.PUBLISHED, product__in=pks)
    units = IdleUnit.objects.published().standing().filter(products__in=pks)
    for pk, province in (
        *makers.order_by().values_list("product", "company__province"),
        *units.order_by().values_list("products", "province"),
    ):
        if province:
            found[pk].add(province)
    return found
