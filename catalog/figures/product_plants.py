"""Idle units that could make a product, as its page shows them."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When

from catalog.models import IdleUnit, Origin
from catalog.models.base import where_published
from catalog.models.prepared import KEY, Keys, OneOf, PreparedQuery

NAMING = 8
"""How many units that name the product its page shows."""


@dataclass(frozen=True)
class IdlePlants:
    """Standing units that could make a product: all that are said to (`naming`), and of those of its sector
    of which nobody says so the number of real ones, `of_sector`, and of samples, `of_sector_samples`.

    They stand in this order: those in a province of `buyers` or `makers`; those whose capacity counts in the
    product's own unit; the largest. Units that run again are left out: what they make, if they make it, is a
    maker's record.
    """

    naming: tuple
    of_sector: int
    of_sector_samples: int
    buyers: frozenset = frozenset()
    makers: frozenset = frozenset()

    @property
    def first_naming(self):
        return self.naming[:NAMING]

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
        return any(unit.is_sample for unit in self.naming)


def idle_plants(product, buyers, makers):
    """The IdlePlants of a public product; `buyers` and `makers` are its public companies. Two queries."""
    of_buyers = frozenset(company.province for company in buyers if company.province)
    of_makers = frozenset(company.province for company in makers if company.province)
    near = sorted(of_buyers | of_makers)
    naming = tuple(NAMING_IT(product=product.pk, unit=product.unit, near=near))
    counted = OTHERS_OF_SECTOR(sector=product.sector_id, naming=[unit.pk for unit in naming])
    others, samples = counted[0] if counted else (0, 0)
    return IdlePlants(naming, others, samples, of_buyers, of_makers)


def _naming(product, unit, near):
    return _nearest_first(IdleUnit.objects.filter(where_published("sector"), products=product), unit, near)


def _others(sector, naming):
    """One row: how many standing units of a sector but these are real, and how many samples."""
    others = IdleUnit.objects.filter(where_published(), sector=sector).standing().exclude(OneOf("pk", naming))
    is_sample = Q(origin=Origin.SAMPLE)
    return (
        others.order_by()
        .values(whole=Value(1))
        .annotate(real=Count("pk", filter=~is_sample), samples=Count("pk", filter=is_sample))
        .values_list("real", "samples")
    )


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


NAMING_IT = PreparedQuery(_naming, product=KEY, unit=models.CharField(), near=Keys())
OTHERS_OF_SECTOR = PreparedQuery(_others, sector=KEY, naming=Keys())
