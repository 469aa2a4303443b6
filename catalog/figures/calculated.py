"""Which sums of a year's import figures hold one that is calculated: a stated share of whole tariff lines.

A sum is as sure as its parts, so it is marked wherever it stands if one of them is calculated; the real and
the sample part of a sum each for itself.
"""

from collections import defaultdict

from django.db import models
from django.db.models import Q

from catalog.models import ProductCount
from catalog.models.prepared import PreparedQuery
from catalog.models.product_tags import calculated_tag

from .amounts import Apart

NONE = Apart(False, False)


def among(tags, year):
    """Apart with whether a real, and a sample, figure of that year is calculated, by the values of the tag of
    the products in a sum, {value: number of products} or any collection of values."""
    return Apart(calculated_tag(year, False) in tags, calculated_tag(year, True) in tags)


_by_sector = PreparedQuery(
    lambda real, samples: (
        ProductCount.objects.filter(Q(tag=real) | Q(tag=samples))
        .by("sector", "tag")
        .values_list("sector", "tag")
    ),
    real=models.CharField(),
    samples=models.CharField(),
)


def by_sector(year):
    """{key of a sector: the same of its public products}, those without calculated figures as NONE; one
    query."""
    tags = [f"calculated={calculated_tag(year, is_sample)}" for is_sample in (False, True)]
    values = defaultdict(set)
    for sector, tag in _by_sector(real=tags[0], samples=tags[1]):
        values[sector].add(tag.partition("=")[2])
    return defaultdict(lambda: NONE, {sector: among(own, year) for sector, own in values.items()})
