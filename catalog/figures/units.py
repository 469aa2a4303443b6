"""Idle units: what they add up to, what was stated of them, and the wanted products they could make."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, ExpressionWrapper, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from catalog.models import (
    Company,
    IdleUnit,
    Origin,
    Product,
    ProductMaker,
    Province,
    Statement,
    UnitMatch,
)
from catalog.models.base import parents_public
from catalog.models.prepared import Keys, OneOf, PreparedQuery

from .amounts import Apart, sum_of_known
from .product_links import rests_on_sample
from .programme.statements import RELATED, with_others

INDICATOR = "idle-units"
"""Slug of the indicator under which officials' figures of idle units stand."""


@dataclass(frozen=True)
class UnitSum:
    """What units add up to: `count` of them, by condition `idle`, `planned` and `revived`; `jobs` at a
    standstill (None where nobody says) in the standing ones; `matching` standing ones that could make a
    wanted product.
    """

    count: int
    idle: int
    planned: int
    revived: int
    jobs: int | None
    matching: int

    @property
    def standing(self):
        return self.idle + self.planned


IS_SAMPLE = ExpressionWrapper(Q(origin=Origin.SAMPLE), output_field=models.BooleanField())


def _by_status(units):
    """What units add up to in each condition, samples apart; they come from `with_match`."""
    sums = {
        "count": Count("pk"),
        "jobs": Sum("jobs"),
        "matching": Count("pk", filter=Q(matches=True)),
    }
    groups = units.order_by().annotate(of_sample=IS_SAMPLE).values("status", "of_sample").annotate(**sums)
    return groups.values_list("status", "of_sample", *sums, named=True)


public_by_status = PreparedQuery(lambda: _by_status(IdleUnit.objects.published().with_match()))
of_sector_by_status = PreparedQuery(
    lambda sector: _by_status(IdleUnit.objects.published().filter(sector=sector).with_match()),
    sector=models.BigIntegerField(),
)


def unit_sum(units):
    """The UnitSums (Apart) of a queryset of units that comes from `with_match`; one query."""
    return _apart(_by_status(units))


def public_sum(sector=None):
    """The UnitSums (Apart) of all public units, or of those of a sector; one query."""
    return _apart(public_by_status() if sector is None else of_sector_by_status(sector=sector.pk))


def _apart(rows):
    rows = list(rows)
    return Apart(
        _unit_sum([row for row in rows if not row.of_sample]),
        _unit_sum([row for row in rows if row.of_sample]),
    )


def _unit_sum(rows):
    counts = {row.status: row.count for row in rows}
    return UnitSum(
        count=sum(counts.values()),
        **{status.value: counts.get(status, 0) for status in IdleUnit.Status},
        jobs=sum_of_known(row.jobs for row in rows if row.status != IdleUnit.Status.REVIVED),
        matching=sum(row.matching for row in rows),
    )


@dataclass(frozen=True)
class StatedShare:
    """`part` of `whole`, two stated figures of one period. `bound` says how exact their quotient is: "exact",
    "most" (there are more than `whole`: the true share is smaller) or "least" (more than `part`).
    """

    part: int
    whole: int
    bound: str
    result: int = 0


@dataclass(frozen=True)
class StatedUnits:
    """What officials said of idle units, as Statements with `others` (figures.statements), and the
    StatedShare of those that run again where the figures allow one."""

    statements: tuple
    share: StatedShare | None


of_the_programme = PreparedQuery(
    lambda: (
        Statement.objects.published()
        .filter(indicator__slug=INDICATOR, sector=None, desk=None, product=None)
        .order_by("year_from", "pk")
        .select_related(*RELATED)
    )
)


def stated():
    """The public StatedUnits of the programme as a whole; three queries."""
    statements = tuple(with_others(of_the_programme()))
    return StatedUnits(statements, _share(statements))


def revived_of_all():
    """The StatedShare of the programme's idle units that run again, or None; one query."""
    return _share(of_the_programme())


MORE = (Statement.Qualifier.MORE_THAN, Statement.Qualifier.AT_LEAST)
BOUND_OF_SHARE = {(False, False): "exact", (False, True): "most", (True, False): "least"}


def _share(statements):
    """The StatedShare of the one result in the one plan of the same year, replaced figures aside; None
    where there are none or several, or where a figure is only about right."""
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
    bound = BOUND_OF_SHARE.get((result.qualifier in MORE, plan.qualifier in MORE))
    return StatedShare(result.figure, plan.figure, bound, result.pk) if bound else None


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


MOST_WANTED = 8
"""How many of them a page shows."""


def _most_named_first(matches):
    """(key of a product, how many of these UnitMatches are its own) of the first products."""
    sums = {"units": Count("pk"), "usd": Max("import_usd"), "sort_en": Max("product_sort_en")}
    groups = matches.values("product").annotate(**sums).order_by("-units", "-usd", "sort_en", "product")
    return groups.values_list("product", "units")[:MOST_WANTED]


most_named_first = PreparedQuery(lambda: _most_named_first(UnitMatch.objects.all()))
products_with_sectors = PreparedQuery(
    lambda keys: (
        Product.objects.filter(OneOf("pk", keys))
        .select_related("sector")
        .annotate(rests_on_sample=rests_on_sample())
    ),
    keys=Keys(),
)


def wanted_products(units=None):
    """The WantedProducts that the standing ones of these public units (a queryset) name, or those of all
    public units; four queries."""
    matches = UnitMatch.objects.all()
    if units is not None:
        matches = matches.filter(unit__in=units.order_by().values("pk"))
    numbers = dict(most_named_first() if units is None else _most_named_first(matches))
    products = {product.pk: product for product in products_with_sectors(keys=numbers)}
    provinces = defaultdict(Counter)
    named = matches.filter(product__in=numbers).order_by("pk")
    for product, province in named.values_list("product", "province"):
        provinces[product][province] += 1
    first = tuple(
        WantedProduct(
            products[pk], number, tuple(Province(slug).label for slug, _n in provinces[pk].most_common())
        )
        for pk, number in numbers.items()
    )
    whole = matches.aggregate(
        products=Count("product", distinct=True), samples=Count("pk", filter=Q(is_sample=True))
    )
    sample = whole["samples"] > 0 or any(row.product.rests_on_sample for row in first)
    return WantedProducts(first, whole["products"], sample)


records_of_units = PreparedQuery(
    lambda keys: IdleUnit.objects.filter(OneOf("pk", keys)).select_related("sector", "source"), keys=Keys()
)
named_by_units = PreparedQuery(
    lambda keys: IdleUnit.products.through.objects.filter(
        OneOf("idleunit", keys), parents_public(IdleUnit.products.through, "product")
    ).select_related("product"),
    keys=Keys(),
)


def units_with_products(keys, sort="sort_en"):
    """The units with these keys in their order, with sector, source and `public_products`: the public
    products they name, by `sort`; two queries."""
    keys = list(keys)
    products = defaultdict(list)
    for named in named_by_units(keys=keys):
        products[named.idleunit_id].append(named.product)
    units = {unit.pk: unit for unit in records_of_units(keys=keys)}
    for pk, unit in units.items():
        unit.public_products = sorted(products[pk], key=lambda one: (getattr(one, sort), one.pk))
    return [units[pk] for pk in keys]


MOST_NEAR_UNIT = 6
"""How many companies, and how many other products, the page of a unit shows."""


def _companies_near(sector, province):
    work = ProductMaker.objects.makers().filter(company=OuterRef("pk"), product__sector=sector)
    number = work.order_by().values("company").annotate(number=Count("pk")).values("number")
    companies = Company.objects.published().filter(province=province)
    companies = companies.annotate(works_on=Coalesce(Subquery(number), 0))
    companies = companies.filter(Q(sector=sector) | Q(works_on__gt=0))
    return companies.order_by("-works_on", "sort_en", "pk")[:MOST_NEAR_UNIT]


working_companies_of = PreparedQuery(
    _companies_near, sector=models.BigIntegerField(), province=models.CharField()
)
products_of_sector = PreparedQuery(
    lambda sector, named: (
        Product.objects.published()
        .filter(~Q(OneOf("pk", named)), sector=sector)
        .select_related("sector")
        .annotate(rests_on_sample=rests_on_sample())
        .most_imported_first()[:MOST_NEAR_UNIT]
    ),
    sector=models.BigIntegerField(),
    named=Keys(),
)


def companies_near(unit):
    """Public companies of the unit's province whose main sector is its own, or that work on a product of it,
    each with `works_on`, the number of such products; those with most first. One query."""
    return working_companies_of(sector=unit.sector_id, province=unit.province)


def others_of_sector(unit, named):
    """Public products of the unit's sector but those it names (`named` are their keys), the dearest imports
    first; each with `rests_on_sample`. One query."""
    return products_of_sector(sector=unit.sector_id, named=named)
