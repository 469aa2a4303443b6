"""What this site's own records say beside the programme's stated figures: sums of records, by currency, each
of the real ones and of the samples apart. Memoranda, agreements and plans never count as contracts.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Sum

from catalog.figures.amounts import Apart, apart, by_currency
from catalog.models import (
    Contract,
    Desk,
    IdleUnit,
    Origin,
    ProductCount,
    Sector,
    Stage,
)
from catalog.models.prepared import Keys, OneOf, PreparedQuery
from catalog.models.product_counts import STAGE_OF_SAMPLES


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

    @property
    def standing(self):
        return self.total - self.revived


def units_by_province():
    """Apart with {Province value: Units} of the public idle units; one query."""
    rows = apart(counted_units())
    return Apart(_by_province(rows.real), _by_province(rows.samples))


counted_units = PreparedQuery(
    lambda: (
        IdleUnit.objects.published()
        .order_by()
        .values("province", "status", "origin")
        .annotate(n=Count("pk"))
        .values_list("province", "status", "origin", "n", named=True)
    )
)


def _by_province(rows):
    counted = defaultdict(Counter)
    for row in rows:
        counted[row.province][row.status] += row.n
    status = IdleUnit.Status
    return {
        province: Units(counts.total(), counts[status.REVIVED], counts[status.PLANNED])
        for province, counts in counted.items()
    }


def all_units(provinces):
    """The Units of all provinces together, real ones or samples ({Province value: Units})."""
    units = provinces.values()
    return Units(
        sum(one.total for one in units),
        sum(one.revived for one in units),
        sum(one.planned for one in units),
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
    desks: int = 0

    def amount(self, currency):
        """The sum in that currency, or None where no contract has an amount in it."""
        return next((one.amount for one in self.amounts if one.currency == currency), None)


ALIKE = ("kind", "currency", "origin")
SUMS = {"number": Count("pk"), "priced": Count("amount"), "amounts": Sum("amount")}


def deals(groups, desks=0):
    """The Deals of contracts in groups (rows with ALIKE and SUMS)."""
    counted = [group for group in groups if group.kind in Contract.COUNTED]
    others = [group for group in groups if group.kind not in Contract.COUNTED]
    return Deals(
        contracts=sum(group.number for group in counted),
        without_amount=sum(group.number - group.priced for group in counted),
        amounts=by_currency((group.amounts, group.currency) for group in counted),
        intents=sum(group.number for group in others),
        intended=by_currency((group.amounts, group.currency) for group in others),
        desks=desks,
    )


def deals_at(desks):
    """Apart with the Deals that were signed at these desks (rows of `public_desks`); one query."""
    groups = apart(signed_at(desks=[desk.pk for desk in desks]))
    return Apart(deals(groups.real, len(desks)), deals(groups.samples, len(desks)))


signed_at = PreparedQuery(
    lambda desks: (
        Contract.objects.published()
        .filter(OneOf("desk", desks))
        .order_by()
        .values(*ALIKE)
        .annotate(**SUMS)
        .values_list(*ALIKE, *SUMS, named=True)
    ),
    desks=Keys(),
)
signed_by_year = PreparedQuery(
    lambda: (
        Contract.objects.published()
        .order_by()
        .values("signed_year", *ALIKE)
        .annotate(**SUMS)
        .values_list("signed_year", *ALIKE, *SUMS, named=True)
    )
)


def deals_by_year():
    """Apart with {Iranian year of signature: Deals} of public contracts, oldest first, and last None for
    those of which it is not known; one query."""
    groups = apart(signed_by_year())
    return Apart(_by_year(groups.real), _by_year(groups.samples))


def _by_year(groups):
    years = defaultdict(list)
    for group in groups:
        years[group.signed_year].append(group)
    ordered = sorted(years, key=lambda year: (year is None, year or 0))
    return {year: deals(years[year]) for year in ordered}


public_desks = PreparedQuery(
    lambda: Desk.objects.published().order_by("pk").values_list("pk", "year", named=True)
)
"""Public desks as rows (pk, year)."""

desks_by_key = PreparedQuery(
    lambda keys: Desk.objects.filter(OneOf("pk", keys)).select_related("source").order_by("pk"), keys=Keys()
)

sectors_of_desks = PreparedQuery(
    lambda keys: (
        Desk.sectors.through.objects.filter(OneOf("desk", keys), sector__in=Sector.objects.published())
        .order_by()
        .values_list("desk", "sector__name_en", "sector__name_fa", named=True)
    ),
    keys=Keys(),
)


def desks_in_full(rows):
    """The Desks of rows from `public_desks`, each with its rows of `sectors_of_desks` as `sectors_named`; two
    queries."""
    keys = [row.pk for row in rows]
    found = defaultdict(list)
    for row in sectors_of_desks(keys=keys):
        found[row.desk].append(row)
    desks = desks_by_key(keys=keys)
    for desk in desks:
        desk.sectors_named = found[desk.pk]
    return desks


imports_of_year = PreparedQuery(
    lambda year: ProductCount.objects.filter(import_year=year).by("sector", "import_is_sample"),
    year=models.IntegerField(),
)


def imports_by_sector(year):
    """Apart with {key of a sector: US dollars} of what its products cost in that Iranian year; one query."""
    found = Apart({}, {})
    for row in imports_of_year(year=year):
        if row.import_usd:
            (found.samples if row.import_is_sample else found.real)[row.sector] = row.import_usd
    return found


@dataclass(frozen=True)
class StageCount:
    """Public products at a Stage; `samples` of them are there by samples alone."""

    stage: str
    count: int
    samples: int


PIPELINE = (
    Stage.OPEN,
    Stage.NAMED,
    Stage.REPORTED,
    Stage.CONTRACTED,
    Stage.DESIGN,
    Stage.DEVELOPMENT,
    Stage.PROTOTYPE,
    Stage.TESTING,
    Stage.PRODUCTION,
)


def pipeline():
    """A StageCount for each stage, from no maker on record to production; two queries."""
    counts, samples = (
        {row.stage: row.products for row in query()} for query in (products_by_stage, samples_by_stage)
    )
    return [StageCount(stage, counts.get(stage, 0), samples.get(stage, 0)) for stage in PIPELINE]


products_by_stage = PreparedQuery(lambda: ProductCount.objects.by("stage"))
samples_by_stage = PreparedQuery(lambda: ProductCount.objects.filter(tag=STAGE_OF_SAMPLES).by("stage", "tag"))
