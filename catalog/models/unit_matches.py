"""Which public products the public units that stand still could make, as rows of a small table.

Joining the names that units give with what is public of 100,000 products is slow. The rows follow from the
products and are written by ProductQuerySet.refresh, under the lock of the product.
"""

from collections import defaultdict

from django.db import models

CHUNK = 500
COLUMNS = ("product", "unit", "province", "is_sample", "import_usd", "product_sort_en")


def matches_of(product):
    """What is stored of a product, as a set of tuples of COLUMNS; it has its `standing_units`."""
    if not product.is_public:
        return set()
    of_product = (product.import_usd or 0, product.sort_en)
    return {
        (product.pk, unit.pk, unit.province, unit.is_sample, *of_product) for unit in product.standing_units
    }


class UnitMatchQuerySet(models.QuerySet):
    def rewrite(self, ids, products):
        """Store the matches of the products with these ids; `products` are those of them that exist, with
        their roots. The caller holds their locks."""
        stored = set(self.filter(product__in=ids).values_list(*COLUMNS))
        wanted = {row for product in products for row in matches_of(product)}
        for product, unit, *_rest in stored - wanted:
            self.filter(product=product, unit=unit).delete()
        self.write(wanted - stored)

    def write(self, rows):
        """Add tuples of COLUMNS."""
        self.bulk_create([self.model(**dict(zip(COLUMNS, row, strict=True))) for row in sorted(rows)], CHUNK)

    def faults(self, products):
        """Yield a line for each thing that is wrong; `products` are all of them with their roots."""
        stored = defaultdict(set)
        for row in self.values_list(*COLUMNS):
            stored[row[0]].add(row)
        for product in products:
            if stored.pop(product.pk, set()) != matches_of(product):
                yield f"product {product.pk}: stale in the matches of idle units"
        yield from (f"product {pk}: left over in the matches of idle units" for pk in stored)


class UnitMatch(models.Model):
    """A public unit that stands still, and a public product that it could make. The keys have no constraint:
    a product that was deleted has matches until it is refreshed.

    `import_usd` (0: not known) and `product_sort_en` are the product's: matches are put in order by them.
    """

    product = models.BigIntegerField()
    unit = models.BigIntegerField(db_index=True)
    province = models.CharField(max_length=30)
    is_sample = models.BooleanField(default=False)
    import_usd = models.BigIntegerField(default=0)
    product_sort_en = models.CharField(max_length=255, default="")

    objects = UnitMatchQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "unit"], name="unitmatch_once")]

    def __str__(self):
        return f"{self.product}: {self.unit}"
