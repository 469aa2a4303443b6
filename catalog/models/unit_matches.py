"""Which public products the public units that stand still could make, as rows of a small table."""

from django.db import models

from .product_rows import ProductRows


class UnitMatch(models.Model):
    """A public unit that stands still, and a public product that it could make. The keys have no constraint:
    a product that was deleted has matches until it is refreshed.

    `import_usd` (0: not known) and `product_sort_en` are the product's: matches are put in order by them.
    """

    COLUMNS = ("product", "unit", "province", "is_sample", "import_usd", "product_sort_en")
    label = "matches of idle units"

    product = models.BigIntegerField()
    unit = models.BigIntegerField(db_index=True)
    province = models.CharField(max_length=30)
    is_sample = models.BooleanField(default=False)
    import_usd = models.BigIntegerField(default=0)
    product_sort_en = models.CharField(max_length=255, default="")

    objects = ProductRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "unit"], name="unitmatch_once")]
        indexes = [
            models.Index(fields=["product", "import_usd", "product_sort_en"], name="unitmatch_ranking")
        ]

    def __str__(self):
        return f"{self.product}: {self.unit}"

    @staticmethod
    def expected(product):
        """The matches of a product, which has its `standing_units`."""
        if not product.is_public:
            return set()
        of_product = (product.import_usd or 0, product.sort_en)
        return {
            (product.pk, unit.pk, unit.province, unit.is_sample, *of_product)
            for unit in product.standing_units
        }
