"""How many products there are of each kind, as rows of a small table: counting 100,000 products is slow.

Writers only add rows, such as "one more in testing" and "one less in design", so no two of them wait for the
same row; readers add the rows up. Now and then the rows of a group are replaced by their sum.
`CountedProduct` says as what each product is counted at present. Both follow from the products: see
ProductQuerySet.refresh.
"""

import json
from collections import Counter
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Max, Sum

from catalog.formats.calendar import year_of_sums

from .prepared import PreparedQuery
from .sectors import Sector

COUNTED_COLUMNS = ("sector", "stage", "makers", "product_origin", "tag", "import_year", "import_is_sample")
COMPACT_EVERY = 2000
"""Rows that are added until each group is summed up again."""

COUNTS_AT_ONCE = 500

STAGE_OF_SAMPLES = "stage=sample"
"""The tag by which products are counted whose stage rests on samples alone."""


class CountedKind(NamedTuple):
    """What a published product is counted as. `makers` is one of Product.Makers; `import_usd` is the value of
    its latest year of imports; `tags` are its tags, as product_tags makes them, and STAGE_OF_SAMPLES."""

    sector: int
    stage: str
    makers: str
    origin: str
    import_year: int | None
    import_is_sample: bool
    import_usd: int | None
    tags: tuple = ()

    def as_text(self):
        return json.dumps(self, separators=(",", ":"))

    def groups(self):
        """(values of COUNTED_COLUMNS, US dollars) of each group it belongs to: one of its own, and one a
        tag."""
        shared = (self.sector, self.stage, self.makers, self.origin)
        yield (*shared, "", self.import_year, self.import_is_sample), self.import_usd or 0
        for tag in self.tags:
            yield (*shared, tag, None, False), 0


class CountedProduct(models.Model):
    """A product that is in the counts, and the text of its CountedKind. The key has no constraint, as in
    the search index: a product that was deleted is still counted until it is refreshed."""

    product = models.BigIntegerField(primary_key=True)
    kind = models.TextField()

    def __str__(self):
        return f"{self.product}: {self.kind}"


class ProductCountQuerySet(models.QuerySet):
    def by(self, *columns):
        """Numbers of public products in groups by some of COUNTED_COLUMNS, as named tuples of these columns,
        `products` and `import_usd`; one query.

        `sector` is a key. By "tag" a product is counted once for each of its tags, without imports.
        Narrow it down first: ProductCount.objects.filter(stage="testing").by("sector", "import_year").
        """
        of_tag = ~models.Q(tag="") if "tag" in columns else models.Q(tag="")
        public = self.filter(of_tag, sector__in=Sector.objects.published().order_by().values("pk"))
        sums = {"products": Sum("added"), "import_usd": Sum("usd_added")}
        groups = public.order_by().values(*columns).annotate(**sums).filter(products__gt=0)
        return groups.values_list(*columns, *sums, named=True)

    def latest_year(self):
        """The year of sums of the public products' import values, or None; see `calendar.year_of_sums`."""
        return year_of_sums(filter(None, YEARS(using=self.db)))

    def recount(self, kinds):
        """Count products as what they are now: {key: Kind, or None for what is no longer counted}. The caller
        holds the locks of those that exist."""
        stored = CountedProduct.objects.using(self.db)
        before = dict(stored.filter(product__in=list(kinds)).values_list("product", "kind"))
        after = {pk: kind.as_text() for pk, kind in kinds.items() if kind}
        changed = [pk for pk in kinds if before.get(pk) != after.get(pk)]
        stored.filter(product__in=[pk for pk in changed if pk not in after]).delete()
        stored.bulk_create(
            [CountedProduct(product=pk, kind=after[pk]) for pk in changed if pk in after],
            COUNTS_AT_ONCE,
            update_conflicts=True,
            unique_fields=["product"],
            update_fields=["kind"],
        )
        self._add(
            [(1, after[pk]) for pk in changed if pk in after]
            + [(-1, before[pk]) for pk in changed if pk in before]
        )

    def _add(self, changes):
        """Write what (±1, text of a CountedKind) change in the sums."""
        rows = [row for row in sums_of(changes) if row.added or row.usd_added]
        self.bulk_create(rows, COUNTS_AT_ONCE)
        last = self.aggregate(last=Max("pk"))["last"] or 0
        if last // COMPACT_EVERY != (last - len(rows)) // COMPACT_EVERY:
            self.compact()

    def compact(self):
        """Replace the rows of each group by one. What another transaction is replacing is left to it."""
        with transaction.atomic(using=self.db):
            rows = list(self.select_for_update(skip_locked=True).order_by("pk"))
            self._remove([row.pk for row in rows])
            self.bulk_create([row for row in summed(rows) if row.added], COUNTS_AT_ONCE)

    def _remove(self, pks):
        for start in range(0, len(pks), COUNTS_AT_ONCE):
            self.filter(pk__in=pks[start : start + COUNTS_AT_ONCE]).delete()

    def clear(self):
        """Forget all that is counted. The caller counts every product anew."""
        CountedProduct.objects.using(self.db).all().delete()
        self.all().delete()

    def faults(self, kinds):
        """Yield a line for each thing that is wrong, where `kinds` yields (key, CountedKind or None) of
        all products in order of their keys."""
        stored = dict(CountedProduct.objects.using(self.db).values_list("product", "kind"))
        expected = Counter()
        for pk, kind in kinds:
            text = kind.as_text() if kind else None
            if stored.pop(pk, None) != text:
                yield f"product {pk}: stale in the counts"
            if text:
                expected[text] += 1
        yield from (f"product {pk}: left over in the counts" for pk in stored)
        wanted = _as_dict(sums_of((number, text) for text, number in expected.items()))
        present = _as_dict(summed(self.order_by("pk")))
        for group in sorted(wanted.keys() | present.keys(), key=str):
            if wanted.get(group) != present.get(group):
                yield f"products counted as {group}: {present.get(group)} instead of {wanted.get(group)}"


class ProductCount(models.Model):
    """So many products more, or fewer, in one group; US dollars likewise. Without a tag a row counts the
    product itself, with one it counts the product for that tag.

    `sector` is a key without a constraint: a sector that is deleted has sums of nothing.
    """

    sector = models.BigIntegerField()
    stage = models.CharField(max_length=12)
    makers = models.CharField(max_length=8)
    product_origin = models.CharField(max_length=12)  # `origin` is the name of a record's own
    tag = models.CharField(max_length=50, blank=True, default="")
    import_year = models.PositiveSmallIntegerField(null=True)
    import_is_sample = models.BooleanField(default=False)
    added = models.BigIntegerField()
    usd_added = models.BigIntegerField(default=0)

    objects = ProductCountQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["tag", *COUNTED_COLUMNS[:4], *COUNTED_COLUMNS[5:], "added", "usd_added"],
                name="productcount_sums",
            )
        ]

    def __str__(self):
        return f"{self.group}: {self.added:+}"

    @property
    def group(self):
        return tuple(getattr(self, column) for column in COUNTED_COLUMNS)


YEARS = PreparedQuery(lambda: ProductCount.objects.by("import_year").values_list("import_year", flat=True))


def sums_of(changes):
    """Unsaved ProductCounts, one a group, of any (how many, text of a CountedKind)."""
    added, usd = Counter(), Counter()
    for number, text in changes:
        *columns, tags = json.loads(text)
        for group, value in CountedKind(*columns, tuple(tags)).groups():
            added[group] += number
            usd[group] += number * value
    return _rows(added, usd)


def summed(rows):
    """Unsaved ProductCounts, one a group, in the place of these."""
    added, usd = Counter(), Counter()
    for row in rows:
        added[row.group] += row.added
        usd[row.group] += row.usd_added
    return _rows(added, usd)


def _rows(added, usd):
    return [
        ProductCount(**dict(zip(COUNTED_COLUMNS, group, strict=True)), added=number, usd_added=usd[group])
        for group, number in added.items()
    ]


def _as_dict(rows):
    """{group: (products, US dollars)} of ProductCounts, empty groups left out."""
    return {row.group: (row.added, row.usd_added) for row in rows if row.added or row.usd_added}
