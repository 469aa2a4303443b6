"""What the sectors are worth: products by stage, imports, makers."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q, Sum, Value

from catalog.models import (
    Company,
    Contract,
    Origin,
    ProductCount,
    ProductMaker,
    Sector,
    Stage,
)
from catalog.models.makers import ON_SAMPLES
from catalog.models.prepared import Keys, OneOf, PreparedQuery

from .amounts import NONE_CALCULATED, Apart, by_currency, calculated_by_sector, sum_of_known


@dataclass(frozen=True)
class SectorSum:
    """One sector: `stages` maps a Stage value to its number of products; `import_usd` is what `valued` of its
    products cost in whole US dollars of one Iranian year, None where nothing is recorded; `sample_usd` is the
    same by sample figures; `calculated`: see figures/amounts.py.
    """

    sector: Sector
    stages: dict
    import_usd: int | None
    valued: int
    sample_usd: int | None
    calculated: Apart = NONE_CALCULATED

    @property
    def sample(self):
        """Whether there are sample figures among them."""
        return self.sample_usd is not None

    @property
    def products(self):
        return sum(self.stages.values())

    @property
    def without_maker(self):
        return self.stages.get(Stage.OPEN, 0)


public_sectors = PreparedQuery(Sector.objects.published)
counts_by_stage = PreparedQuery(
    lambda year: (
        ProductCount.objects.by("sector", "stage")
        .annotate(
            total=Sum("usd_added", filter=Q(import_year=year, import_is_sample=False)),
            valued=Sum("added", filter=Q(import_year=year, import_is_sample=False)),
            of_samples=Sum("usd_added", filter=Q(import_year=year, import_is_sample=True)),
            samples=Sum("added", filter=Q(import_year=year, import_is_sample=True)),
        )
        .values_list("sector", "stage", "products", "total", "valued", "of_samples", "samples", named=True)
    ),
    year=models.IntegerField(),
)


def sector_sums(year):
    """A SectorSum for each public sector, those that cost most in that Iranian year first; three queries."""
    rows, calculated_parts = defaultdict(list), calculated_by_sector(year)
    for row in counts_by_stage(year=year):
        rows[row.sector].append(row)
    sums = [sector_sum(sector, rows[sector.pk], calculated_parts[sector.pk]) for sector in public_sectors()]
    return sorted(sums, key=most_imported_first)


def most_imported_first(one):
    """For sorting SectorSums: by the real sum, then by that of the samples; those without a sum last."""
    known = one.import_usd is not None or one.sample_usd is not None
    return not known, -(one.import_usd or 0), -(one.sample_usd or 0), one.sector.order, one.sector.pk


def sector_sum(sector, rows, calculated_parts):
    """The SectorSum of these rows of `counts_by_stage`."""
    return SectorSum(
        sector,
        {row.stage: row.products for row in rows},
        sum_of_known(row.total for row in rows if row.valued),
        sum(row.valued or 0 for row in rows),
        sum_of_known(row.of_samples for row in rows if row.samples),
        calculated_parts,
    )


def stages_of(sector):
    """Stage value -> number of public products of one sector; one query."""
    return dict(counts_of_sector(sector=sector.pk))


counts_of_sector = PreparedQuery(
    lambda sector: ProductCount.objects.filter(sector=sector).by("stage").values_list("stage", "products"),
    sector=models.BigIntegerField(),
)


def all_stages(sums):
    """Stage value -> number of products over all these SectorSums."""
    total = Counter()
    for one in sums:
        total.update(one.stages)
    return dict(total)


sample_maker = PreparedQuery(lambda: ProductMaker.objects.filter(ON_SAMPLES).order_by().values_list("pk")[:1])
sample_maker_of = PreparedQuery(
    lambda sector: ProductMaker.objects.filter(ON_SAMPLES, sector=sector).order_by().values_list("pk")[:1],
    sector=models.BigIntegerField(),
)


def stages_rest_on_samples(sector=None):
    """Whether a maker of a public product (of that sector) is one by samples alone; one query."""
    return bool(sample_maker_of(sector=sector.pk) if sector else sample_maker())


@dataclass(frozen=True)
class SectorCompanies:
    """`count` real companies that make a public product of the sector and `samples` that are
    invented, and the first few of them all, each with `works_on`, its number of such products.
    """

    count: int
    samples: int
    first: tuple


companies_at_work = PreparedQuery(
    lambda sector: (
        ProductMaker.objects.makers()
        .filter(sector=sector)
        .order_by()
        .values("company")
        .annotate(works_on=Count("pk"))
        .values_list("company", "works_on")
    ),
    sector=models.BigIntegerField(),
)
sample_companies = PreparedQuery(
    lambda keys: (
        Company.objects.filter(OneOf("pk", keys), origin=Origin.SAMPLE)
        .order_by()
        .annotate(of=Value(Origin.SAMPLE.value))
        .values("of")
        .annotate(n=Count("*"))
        .values_list("n", flat=True)
    ),
    keys=Keys(),
)
named_companies = PreparedQuery(
    lambda keys: Company.objects.filter(OneOf("pk", keys)).order_by("sort_en", "pk"), keys=Keys()
)


def companies_of(sector, number=8):
    """The SectorCompanies of one sector, those with most products first; three queries."""
    works_on = dict(companies_at_work(sector=sector.pk))
    samples = sample_companies(keys=list(works_on))[0] if works_on else 0
    most = sorted(works_on.values(), reverse=True)[:number]
    likely = named_companies(keys=[pk for pk, n in works_on.items() if n >= most[-1]]) if most else []
    for company in likely:
        company.works_on = works_on[company.pk]
    first = sorted(likely, key=lambda company: -company.works_on)[:number]
    return SectorCompanies(len(works_on) - samples, samples, tuple(first))


@dataclass(frozen=True)
class SectorDeals:
    """Contracts and offtakes of one sector: how many, and their `amounts` by currency; memoranda, agreements
    and plans apart from them.
    """

    contracts: int
    amounts: tuple
    intents: int
    intended: tuple


deals_of_sector = PreparedQuery(
    lambda sector: (
        Contract.objects.published()
        .filter(sector=sector)
        .order_by()
        .values("kind", "currency", "origin")
        .annotate(n=Count("pk"), total=Sum("amount"))
        .values_list("kind", "currency", "origin", "n", "total", named=True)
    ),
    sector=models.BigIntegerField(),
)


def sector_deals(sector):
    """The SectorDeals (Apart) of the public contracts recorded for that sector; one query."""
    rows = list(deals_of_sector(sector=sector.pk))
    return Apart(
        _deals([row for row in rows if row.origin != Origin.SAMPLE]),
        _deals([row for row in rows if row.origin == Origin.SAMPLE]),
    )


def _deals(rows):
    counted = [row for row in rows if row.kind in Contract.COUNTED]
    others = [row for row in rows if row.kind not in Contract.COUNTED]
    return SectorDeals(
        sum(row.n for row in counted),
        by_currency((row.total, row.currency) for row in counted),
        sum(row.n for row in others),
        by_currency((row.total, row.currency) for row in others),
    )
