"""Idle units that could make a product, as its page shows them."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When, Window

from catalog.models import IdleUnit, Origin
from catalog.models.base import where_published
from catalog.models.prepared import KEY, Keys, OneOf, PreparedQuery

NAMING, OF_SECTOR = 8, 4
"""How many units of each kind the page shows."""


@dataclass(frozen=True)
class IdlePlants:
    """Standing units that could make a product: all that are said to (`naming`), and the first of its sector
    of which nobody says so; `of_sector_count` of these in all, `of_sector_samples` of them samples.

    Both in this order: those in a province of `buyers` or `makers`; those whose capacity counts in the
    product's own unit; the largest. Units that run again are left out: what they make, if they make it, is a
    maker's record.
    """

    naming: tuple
    first_of_sector: tuple
    of_sector_count: int
    of_sector_samples: int
    buyers: frozenset = frozenset()
    makers: frozenset = frozenset()

    @property
    def first_naming(self):
        return self.naming[:NAMING]

    @property
    def shown(self):
        """The first of both kinds."""
        return self.first_naming + self.first_of_sector

    @property
    def more_naming(self):
        return len(self.naming) - len(self.first_naming)

    @property
    def provinces(self):
        """The provinces of those that name it, each once, in their order."""
        return list(dict.fromkeys(unit.province for unit in self.naming))

    @property
    def jobs(self):
        """Jobs in those that name it, or None where nobody says."""
        known = [unit.jobs for unit in self.naming if unit.jobs is not None]
        return sum(known) if known else None

    @property
    def has_sample(self):
        return self.of_sector_samples > 0 or any(unit.is_sample for unit in self.naming)


def idle_plants(product, buyers, makers):
    """The IdlePlants of a public product; `buyers` and `makers` are its public companies. Two queries."""
    of_buyers = frozenset(company.province for company in buyers if company.province)
    of_makers = frozenset(company.province for company in makers if company.province)
    near = sorted(of_buyers | of_makers)
    naming = tuple(NAMING_IT(product=product.pk, unit=product.unit, near=near))
    others = tuple(
        OTHERS_OF_SECTOR(
            sector=product.sector_id, naming=[unit.pk for unit in naming], unit=product.unit, near=near
        )
    )
    count, samples = (others[0].count, others[0].samples) if others else (0, 0)
    return IdlePlants(naming, others, count, samples, of_buyers, of_makers)


def _naming(product, unit, near):
    return _nearest_first(IdleUnit.objects.filter(where_published("sector"), products=product), unit, near)


def _others(sector, naming, unit, near):
    """The first units of a sector but these, each with the `count` of all and how many are `samples`."""
    others = _nearest_first(IdleUnit.objects.filter(sector=sector).exclude(OneOf("pk", naming)), unit, near)
    counted = {"count": Count("pk"), "samples": Count("pk", filter=Q(origin=Origin.SAMPLE))}
    return others.annotate(**{name: Window(sum) for name, sum in counted.items()})[:OF_SECTOR]


def _nearest_first(units, unit, near):
    """The published standing ones of these units in the order of IdlePlants, for a product counted in `unit`;
    with `is_near`: in one of the provinces `near`."""
    return (
        units.filter(where_published())
        .standing()
        .annotate(is_near=_truth(OneOf("province", near)), alike=_truth(Q(capacity_unit=unit)))
        .order_by("-is_near", "-alike", F("capacity").desc(nulls_last=True), "sort_en", "pk")
    )


def _truth(condition):
    """An expression that is 1 where the condition holds and 0 elsewhere."""
    return Case(When(condition, then=Value(1)), default=Value(0))


PLACE = {"unit": models.CharField(), "near": Keys()}
NAMING_IT = PreparedQuery(_naming, product=KEY, **PLACE)
OTHERS_OF_SECTOR = PreparedQuery(_others, sector=KEY, naming=Keys(), **PLACE)
