"""What the sectors are worth: products by stage, imports, makers."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from catalog.models import (
    Company,
    Contract,
    Engagement,
    Origin,
    Product,
    Sector,
    Stage,
)

from .amounts import by_currency


@dataclass(frozen=True)
class SectorSum:
    """One sector: `stages` maps a Stage value to its number of products; `import_usd` is what its products
    cost in whole US dollars of one Iranian year, None where nothing is recorded; `sample`: that sum rests on
    sample figures.
    """

    sector: Sector
    stages: dict
    import_usd: int | None
    sample: bool

    @property
    def products(self):
        return sum(self.stages.values())

    @property
    def without_maker(self):
        return self.stages.get(Stage.OPEN, 0)


def sector_sums(year):
    """A SectorSum for each public sector, those that cost most in that Iranian year first; two queries."""
    of_year = Q(import_year=year)
    counted = Product.objects.published().order_by().values("sector", "stage")
    counted = counted.annotate(
        n=Count("pk"),
        total=Sum("import_usd", filter=of_year),
        samples=Count("pk", filter=of_year & Q(import_is_sample=True)),
    )
    found = defaultdict(list)
    for row in counted:
        found[row["sector"]].append(row)
    sums = []
    for sector in Sector.objects.published():
        rows = found[sector.pk]
        totals = [row["total"] for row in rows if row["total"] is not None]
        sums.append(
            SectorSum(
                sector,
                {row["stage"]: row["n"] for row in rows},
                sum(totals) if totals else None,
                any(row["samples"] for row in rows),
            )
        )
    return sorted(
        sums, key=lambda s: (s.import_usd is None, -(s.import_usd or 0), s.sector.order, s.sector.pk)
    )


def stages_of(sector):
    """Stage value -> number of public products of one sector; one query."""
    products = Product.objects.published().filter(sector=sector).order_by()
    return dict(products.values_list("stage").annotate(n=Count("pk")))


def all_stages(sums):
    """Stage value -> number of products over all these SectorSums."""
    total = Counter()
    for one in sums:
        total.update(one.stages)
    return dict(total)


def stages_rest_on_samples(sector=None):
    """Whether a public sample engagement stands behind a stage (of that sector's products)."""
    samples = Engagement.objects.published().filter(origin=Origin.SAMPLE)
    return (samples.filter(product__sector=sector) if sector else samples).exists()


@dataclass(frozen=True)
class SectorCompanies:
    """`count` companies with a public engagement with a product of the sector, and the first few of them,
    each with `works_on`, its number of such products.
    """

    count: int
    first: tuple


def companies_of(sector, number=8):
    """The SectorCompanies of one sector, those with most products first; two queries."""
    engagements = Engagement.objects.published().filter(product__sector=sector)
    companies = Company.objects.published().filter(pk__in=engagements.values("company"))
    works_on = Count("engagements", filter=Q(engagements__in=engagements.values("pk")), distinct=True)
    first = companies.annotate(works_on=works_on).order_by("-works_on", "sort_en", "pk")[:number]
    return SectorCompanies(companies.count(), tuple(first))


def desks_of(sector, number=6):
    """Public desks of one sector: coming and open ones, then announced, then the latest held; one query."""
    rank = {
        status: place for place, status in enumerate(("open", "coming", "announced", "held", "cancelled"))
    }
    desks = sector.desks.published().select_related("source")
    return sorted(desks, key=lambda desk: (rank[desk.status], -(desk.year or 0), desk.pk))[:number]


@dataclass(frozen=True)
class SectorDeals:
    """Contracts and offtakes of one sector: how many, and their `amounts` by currency; memoranda, agreements
    and plans apart from them.
    """

    contracts: int
    amounts: tuple
    intents: int
    intended: tuple
    sample: bool


def sector_deals(sector):
    """The SectorDeals of the public contracts recorded for that sector; one query."""
    rows = list(Contract.objects.published().filter(sector=sector).with_amounts())
    counted = [contract for contract in rows if contract.counts]
    others = [contract for contract in rows if not contract.counts]
    return SectorDeals(
        len(counted),
        by_currency((contract.amount, contract.currency) for contract in counted),
        len(others),
        by_currency((contract.amount, contract.currency) for contract in others),
        any(contract.is_sample for contract in rows),
    )
