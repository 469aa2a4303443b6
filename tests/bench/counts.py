"""What is derived of products whose rows were written past the ORM: columns, counts and tables."""

from catalog import search
from catalog.models import CountedProduct, Product, ProductCount
from catalog.models.derived import chunks
from catalog.models.product_counts import sums_of
from catalog.models.products import FOLLOWING

BATCH = 5000


def count_products():
    """Derive anew what follows from the products, and count all of them."""
    ProductCount.objects.clear()
    for model in FOLLOWING:
        model.objects.all().delete()
    for pks in chunks(Product._base_manager.order_by("pk").values_list("pk", flat=True), BATCH):
        derive(list(Product._base_manager.filter(pk__in=pks).with_roots()))
    ProductCount.objects.compact()


def count_missing():
    """The same where a migration emptied the counts."""
    if not CountedProduct.objects.exists():
        count_products()


def derive(products):
    """Store what follows from these products, which have their roots."""
    changed = [product for product in products if set_derived(product)]
    for product in changed:
        Product._base_manager.filter(pk=product.pk).write_quietly(
            **{field: getattr(product, field) for field in product.derived()}
        )
    for model in FOLLOWING:
        model.objects.write(row for product in products for row in model.expected(product))
    kinds = {product.pk: kind.as_text() for product in products if (kind := product.kind())}
    CountedProduct.objects.bulk_create(CountedProduct(product=pk, kind=kind) for pk, kind in kinds.items())
    ProductCount.objects.bulk_create(sums_of((1, kind) for kind in kinds.values()))
    supplied = [product for product in products if product.public_lines and product.is_public]
    search.put([product.search_document() for product in supplied], using="default")


def set_derived(product):
    """Whether a derived column was stale; it is set, not stored."""
    stale = product.stale_derived()
    for field, value in stale.items():
        setattr(product, field, value)
    return bool(stale)
