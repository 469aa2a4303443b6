"""Small tables whose rows follow from products: asked for 100,000 products at once, the joins are slow.

The rows are written by ProductQuerySet.refresh under the lock of the product. A model of such a table names
its COLUMNS and says by `expected(product)` which rows a product has, as a set of tuples of COLUMNS; the
product comes from ProductQuerySet.with_roots. Its `label` names the table in what `check_index` says.
"""

from collections import Counter, defaultdict

from django.db import models

ROWS_AT_ONCE = 500


class ProductRows(models.QuerySet):
    """The rows of such a table."""

    def rewrite(self, ids, products):
        """Store the rows of the products with these ids; `products` are those of them that exist, with their
        roots. The caller holds their locks."""
        wanted = {row for product in products for row in self.model.expected(product)}
        gone = []
        for pk, *columns in self.filter(product__in=ids).values_list("pk", *self.model.COLUMNS):
            if (row := tuple(columns)) in wanted:
                wanted.remove(row)
            else:
                gone.append(pk)
        for start in range(0, len(gone), ROWS_AT_ONCE):
            self.filter(pk__in=gone[start : start + ROWS_AT_ONCE]).delete()
        self.write(wanted)

    def write(self, rows):
        """Add tuples of COLUMNS."""
        columns = self.model.COLUMNS
        ordered = sorted(rows, key=lambda row: [str(value) for value in row])
        self.bulk_create(
            [self.model(**dict(zip(columns, row, strict=True))) for row in ordered], ROWS_AT_ONCE
        )

    def faults(self, products):
        """Yield a line for each thing that is wrong; `products` are all of them with their roots."""
        stored = defaultdict(list)
        for row in self.values_list(*self.model.COLUMNS):
            stored[row[0]].append(row)
        for product in products:
            if Counter(stored.pop(product.pk, [])) != Counter(self.model.expected(product)):
                yield f"product {product.pk}: stale in the {self.model.label}"
        yield from (f"product {pk}: left over in the {self.model.label}" for pk in stored)
