"""What this site's own records say beside the programme's stated figures: sums of records, by currency, each
with a flag where samples are in it. Memoranda, agreements and plans never count as contracts.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Sum, prefetch_related_objects

from catalog.figures.amounts import by_currency
from catalog.formats.calendar import iranian_year_of
from catalog.models import (
    Contract,
    Desk,
    Engagement,
    Facility,
    IdleUnit,
    Origin,
    Product,
    ProductCount,
    Stage,
)
from catalog.models.prepared import PreparedQuery


@dataclass(frozen=True)
class Catalogue:
    """Public products: how many by origin (an Origin value)."""

    origins: dict

    @property
    def total(self):
        return sum(self.origins.values())

    @property
    def sample(self):
        return Origin.SAMPLE in self.origins


def catalogue():
    """The Catalogue; one query."""
    return Catalogue(dict(counts_by_origin()))


counts_by_origin = PreparedQuery(
    lambda: (
        ProductCount.objects.by("product_origin")
        .order_by("product_origin")
        .values_list("product_origin", "products")
    )
)


@dataclass(frozen=True)
class Units:
    """Idle units on record, each counted once: all of them, those that run again, those with a revival
    planned."""

    total: int
    revived: int
    planned: int
    sample: bool

    @property
    def standing(self):
        return self.total - self.revived


def units_by_province():
    """{Province value: Units} of the public idle units; one query."""
    counted = defaultdict(Counter)
    for province, status, origin, number in counted_units():
        counted[province][status] += number
        counted[province]["sample"] += number if origin == Origin.SAMPLE else 0
    return {province: _units(counts) for province, counts in counted.items()}


counted_units = PreparedQuery(
    lambda: (
        IdleUnit.objects.published()
        .order_by()
        .values("province", "status", "origin")
        .annotate(n=Count("pk"))
        .values_list("province", "status", "origin", "n")
    )
)


def _units(counts):
    numbers = {status: counts[status] for status in IdleUnit.Status.values}
    status = IdleUnit.Status
    return Units(
        sum(numbers.values()), numbers[status.REVIVED], numbers[status.PLANNED], counts["sample"] > 0
    )


def all_units(provinces):
    """The Units of all provinces together."""
    units = provinces.values()
    return Units(
        sum(one.total for one in units),
        sum(one.revived for one in units),
        sum(one.planned for one in units),
        any(one.sample for one in units),
    )


@dataclass(frozen=True)
class Deals:
    """What was signed: contracts and offtakes, how many of them without a known amount, and their sums;
    `intents` are memoranda, agreements and plans, with sums apart. `desks`: at how many desks on record.
    """

    contracts: int
    without_amount: int
    amounts: tuple
    intents: int
    intended: tuple
    sample: bool
    desks: int = 0

    def amount(self, currency):
        """The sum in that currency, or None where no contract has an amount in it."""
        return next((one.amount for one in self.amounts if one.currency == currency), None)


def contract_rows():
    """Public contracts of every kind as rows (pk, kind, currency, amount, signed_on, desk, origin); one
    query. The key keeps equal ones apart."""
    return public_contracts()


CONTRACT_FIELDS = ("pk", "kind", "currency", "amount", "signed_on", "desk", "origin")
public_contracts = PreparedQuery(
    lambda: Contract.objects.published().order_by().values_list(*CONTRACT_FIELDS, named=True)
)


def deals(rows, desks=()):
    """The Deals of rows from `contract_rows`; `desks` are the ones they were chosen by."""
    counted = [row for row in rows if row.kind in Contract.COUNTED]
    others = [row for row in rows if row.kind not in Contract.COUNTED]
    return Deals(
        contracts=len(counted),
        without_amount=sum(row.amount is None for row in counted),
        amounts=by_currency((row.amount, row.currency) for row in counted),
        intents=len(others),
        intended=by_currency((row.amount, row.currency) for row in others),
        sample=any(row.origin == Origin.SAMPLE for row in rows),
        desks=len(desks),
    )


def deals_by_year(rows):
    """{Iranian year of signature, None where it is not known: Deals}, oldest first, the unknown last."""
    years = defaultdict(list)
    for row in rows:
        years[iranian_year_of(row.signed_on) if row.signed_on else None].append(row)
    return {year: deals(years[year]) for year in sorted(years, key=lambda year: (year is None, year or 0))}


def public_desks():
    """Public desks with their public sectors at hand; two queries."""
    desks = desks_by_key()
    prefetch_related_objects(desks, "sectors")
    return desks


desks_by_key = PreparedQuery(lambda: Desk.objects.published().select_related("source").order_by("pk"))


@dataclass(frozen=True)
class Financing:
    """Payments on record: sums by currency and number of companies; of them what went to companies on record
    as knowledge-based."""

    paid: tuple
    companies: int
    paid_knowledge_based: tuple
    knowledge_based: int
    sample: bool


def financing():
    """The Financing of public facilities of which something was paid; one query."""
    rows = paid_by_company()
    known = [row for row in rows if row.company__knowledge_based]
    return Financing(
        paid=by_currency((row.total, row.currency) for row in rows),
        companies=len({row.company for row in rows}),
        paid_knowledge_based=by_currency((row.total, row.currency) for row in known),
        knowledge_based=len({row.company for row in known}),
        sample=any(row.origin == Origin.SAMPLE for row in rows),
    )


PAID_BY = ("currency", "company", "company__knowledge_based", "origin")
paid_by_company = PreparedQuery(
    lambda: (
        Facility.objects.published()
        .filter(paid__gt=0)
        .order_by()
        .values(*PAID_BY)
        .annotate(total=Sum("paid"))
        .values_list(*PAID_BY, "total", named=True)
    )
)


@dataclass(frozen=True)
class StageCount:
    """Public products at a Stage; `samples` of them are there by a sample engagement alone."""

    stage: str
    count: int
    samples: int


PIPELINE = (
    Stage.OPEN,
    Stage.NAMED,
    Stage.REPORTED,
    Stage.DESIGN,
    Stage.DEVELOPMENT,
    Stage.PROTOTYPE,
    Stage.TESTING,
    Stage.PRODUCTION,
)


def pipeline():
    """A StageCount for each stage, from no maker on record to production; one query."""
    counted = {row.stage: (row.n, row.samples) for row in products_by_stage()}
    return [StageCount(stage, *counted.get(stage, (0, 0))) for stage in PIPELINE]


def _products_by_stage():
    there = Engagement.objects.published().filter(product=OuterRef("pk"), stage=OuterRef("stage"))
    sample = Q(Exists(there.filter(origin=Origin.SAMPLE)))
    real = Q(Exists(there.exclude(origin=Origin.SAMPLE)))
    rows = Product.objects.published().order_by().values("stage")
    rows = rows.annotate(n=Count("pk"), samples=Count("pk", filter=sample & ~real))
    return rows.values_list("stage", "n", "samples", named=True)


products_by_stage = PreparedQuery(_products_by_stage)
