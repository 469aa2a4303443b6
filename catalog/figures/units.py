"""Idle units: what they add up to, what was stated of them, and the wanted products they could make."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from catalog.models import (
    Company,
    Engagement,
    IdleUnit,
    Origin,
    Product,
    Province,
    Statement,
)

from .product_links import rests_on_sample
from .programme.statements import with_others

INDICATOR = "idle-units"
"""Slug of the indicator under which officials' figures of idle units stand."""

STANDING = ~Q(status=IdleUnit.Status.REVIVED)


@dataclass(frozen=True)
class UnitSum:
    """What units add up to: `count` of them, by condition `idle`, `planned` and `revived`; `jobs` at a
    standstill (None where nobody says) in the standing ones; `matching` standing ones that could make a
    wanted product; `sample`: one of them is a sample.
    """

    count: int
    idle: int
    planned: int
    revived: int
    jobs: int | None
    matching: int
    samples: int

    @property
    def standing(self):
        return self.idle + self.planned

    @property
    def sample(self):
        return self.samples > 0


def unit_sum(units):
    """The UnitSum of a queryset of units that comes from `with_match`; one query."""
    by_status = {status.value: Count("pk", filter=Q(status=status)) for status in IdleUnit.Status}
    return UnitSum(
        **units.order_by().aggregate(
            count=Count("pk"),
            jobs=Sum("jobs", filter=STANDING),
            matching=Count("pk", filter=Q(matches=True)),
            samples=Count("pk", filter=Q(origin=Origin.SAMPLE)),
            **by_status,
        )
    )


def public_sum(**within):
    """The UnitSum of all public units, or of those `within` (sector=…); one query."""
    return unit_sum(IdleUnit.objects.published().filter(**within).with_match())


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, two stated figures of one period. `bound` says how exact their quotient is: "exact",
    "most" (there are more than `whole`: the true share is smaller) or "least" (more than `part`).
    """

    part: int
    whole: int
    bound: str


@dataclass(frozen=True)
class Stated:
    """What officials said of idle units, as Statements with `others` (figures.statements), and the Share of
    those that run again where the figures allow one."""

    statements: tuple
    share: Share | None


def stated():
    """The public Stated figures of the programme as a whole; three queries."""
    figures = Statement.objects.published().filter(
        indicator__slug=INDICATOR, sector=None, desk=None, product=None
    )
    statements = tuple(with_others(figures.order_by("year_from", "pk")))
    return Stated(statements, _share(statements))


MORE = (Statement.Qualifier.MORE_THAN, Statement.Qualifier.AT_LEAST)
BOUNDS = {(False, False): "exact", (False, True): "most", (True, False): "least"}


def _share(statements):
    """The Share of the one result in the one plan of the same year, replaced figures aside; None where there
    are none or several, or where a figure is only about right."""
    replaced = {s.supersedes_id for s in statements}
    current = [s for s in statements if s.pk not in replaced]
    plans = [s for s in current if s.kind != Statement.Kind.RESULT]
    results = [s for s in current if s.kind == Statement.Kind.RESULT]
    if len(plans) != 1 or len(results) != 1:
        return None
    plan, result = plans[0], results[0]
    if plan.year_from != result.year_from or not plan.value or result.value > plan.value:
        return None
    if any(s.qualifier not in (Statement.Qualifier.EXACT, *MORE) for s in (plan, result)):
        return None
    bound = BOUNDS.get((result.qualifier in MORE, plan.qualifier in MORE))
    return Share(result.figure, plan.figure, bound) if bound else None


PIPS = 12


@dataclass(frozen=True)
class WantedProduct:
    """A wanted product (with `import_usd`) and the standing units that name it: how many, and the labels of
    their provinces, those with most units first."""

    product: Product
    units: int
    provinces: tuple

    @property
    def pips(self):
        """One for each unit, as many as a cell holds."""
        return range(min(self.units, PIPS))

    @property
    def further(self):
        """Provinces beyond the first three."""
        return max(0, len(self.provinces) - 3)


@dataclass(frozen=True)
class WantedProducts:
    """`count` wanted products that units could make, and the `first` few of them: those that most units
    name, the dearest import first. `sample`: a unit, an import value or a stage of them is a sample's."""

    first: tuple
    count: int
    sample: bool


def wanted_products(units, number=8):
    """The WantedProducts that the standing ones of these units (a queryset) name; two queries."""
    pairs = _named_pairs(units)
    provinces = defaultdict(Counter)
    for product, province, _origin in pairs:
        provinces[product][province] += 1
    products = Product.objects.filter(pk__in=provinces).select_related("sector")
    products = products.annotate(rests_on_sample=rests_on_sample())
    rows = [
        WantedProduct(
            product,
            provinces[product.pk].total(),
            tuple(Province(slug).label for slug, _n in provinces[product.pk].most_common()),
        )
        for product in products
    ]
    first = tuple(sorted(rows, key=_most_named_first)[:number])
    sample = any(origin == Origin.SAMPLE for _product, _province, origin in pairs)
    return WantedProducts(first, len(rows), sample or any(row.product.rests_on_sample for row in first))


def _most_named_first(row):
    return (-row.units, -(row.product.import_usd or 0), row.product.sort_en, row.product.pk)


def _named_pairs(units):
    """(product's pk, province, the unit's origin) of standing units and the public products they name."""
    columns = ("product", "idleunit__province", "idleunit__origin")
    return list(units.standing().naming().order_by("pk").values_list(*columns))


def companies_near(unit, number=6):
    """Public companies of the unit's province whose main sector is its own, or that work on a product of it,
    each with `works_on`, the number of such products; those with most first. One query."""
    work = Engagement.objects.published().filter(product__sector=unit.sector_id)
    works_on = Count("engagements", filter=Q(engagements__in=work.values("pk")), distinct=True)
    companies = Company.objects.published().filter(province=unit.province)
    companies = companies.filter(Q(sector=unit.sector_id) | Q(pk__in=work.values("company")))
    return list(companies.annotate(works_on=works_on).order_by("-works_on", "sort_en", "pk")[:number])


def others_of_sector(unit, named, number=6):
    """Public products of the unit's sector that it does not name (`named` are those it does), the dearest
    imports first; each with `rests_on_sample`. One query."""
    products = Product.objects.published().filter(sector=unit.sector_id)
    products = products.exclude(pk__in=[product.pk for product in named]).select_related("sector")
    products = products.annotate(rests_on_sample=rests_on_sample())
    return list(products.most_imported_first()[:number])
