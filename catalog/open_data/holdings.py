"""How much there is to take away, where it comes from and when it last changed."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils import timezone

from catalog.models import Origin
from catalog.nouns import nouns
from catalog.open_data.datasets import Dataset, datasets


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
    for dataset in datasets():
        if dataset.existing:
            rows = dataset.rows().order_by().aggregate(count=Count("pk"), changed=Max("updated_at"))
            if rows["count"]:
                found.append(Stock(dataset, **rows))
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
    """The Holding of each noun whose records have an origin, however small; a query for each noun."""
    return [_holding(noun) for noun in nouns("counted") if noun.has("origin")]


def _holding(noun):
    rows = noun.rows().order_by().values("origin")
    found = {row["origin"]: row for row in rows.annotate(count=Count("pk"), changed=Max("updated_at"))}
    changed = max((row["changed"] for row in found.values()), default=None)
    return Holding(
        label=noun.model._meta.verbose_name_plural,
        counts=tuple((origin, found[origin]["count"] if origin in found else None) for origin in Origin),
        total=sum(row["count"] for row in found.values()),
        day=changed and timezone.localdate(changed),
    )
