"""How much there is to take away, where it comes from and when it last changed."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils import timezone

from catalog.models import (
    Company,
    Contract,
    Demand,
    Desk,
    Engagement,
    ExchangeRate,
    Facility,
    IdleUnit,
    ImportRecord,
    Origin,
    Product,
    Sector,
    Statement,
)
from catalog.models.prepared import PreparedQuery
from catalog.open_data.datasets import DATASETS, Dataset

NOUNS = (
    Sector, Product, ImportRecord, Demand, Company, Engagement, IdleUnit, Desk, Contract, Facility, Statement,
    ExchangeRate,
)  # fmt: skip


def _by_origin(public):
    """The PreparedQuery of how many of these rows each origin has, and when the last of them changed."""

    def rows():
        sums = {"count": Count("pk"), "changed": Max("updated_at")}
        return public().order_by().values("origin").annotate(**sums).values_list("origin", *sums, named=True)

    return PreparedQuery(rows)


OF_NOUNS = {noun: _by_origin(noun.objects.published) for noun in NOUNS}
OF_DATASETS = {dataset.key: _by_origin(dataset.rows) for dataset in DATASETS}


@dataclass(frozen=True)
class Stock:
    """A dataset that can be had: how many public rows, and when the last of them changed."""

    dataset: Dataset
    count: int
    changed: datetime.datetime

    @property
    def day(self):
        return timezone.localdate(self.changed)


def stocks():
    """The Stock of each dataset that has a row and an address; a query for each dataset."""
    found = []
    for dataset in DATASETS:
        if dataset.existing:
            origins = OF_DATASETS[dataset.key]()
            if origins:
                count = sum(row.count for row in origins)
                found.append(Stock(dataset, count, max(row.changed for row in origins)))
    return found


@dataclass(frozen=True)
class Holding:
    """Public records of one noun: `counts` are (Origin, number or None), `day` that of the last change or
    None."""

    label: str
    counts: tuple
    total: int
    day: datetime.date | None


def holdings():
    """The Holding of each noun, however small; a query for each noun."""
    return [_holding(noun) for noun in NOUNS]


def _holding(noun):
    found = {row.origin: row for row in OF_NOUNS[noun]()}
    changed = max((row.changed for row in found.values()), default=None)
    return Holding(
        label=noun._meta.verbose_name_plural,
        counts=tuple((origin, found[origin].count if origin in found else None) for origin in Origin),
        total=sum(row.count for row in found.values()),
        day=changed and timezone.localdate(changed),
    )
