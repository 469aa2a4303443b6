"""How many of the records that somebody must confirm are fresh, due and overdue (rule 9).

To look at 100,000 promises one by one, each with its product and company, takes a third of a second. So all
rows are counted by their index, and the few that the public cannot see are subtracted.
"""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.db.models import Count, Value

from catalog.models import Demand, Engagement, IdleUnit, Origin, Product, freshness
from catalog.models.base import not_public
from catalog.models.prepared import PreparedQuery

CONFIRMED_NOUNS = {"engagements": Engagement, "demands": Demand, "units": IdleUnit, "products": Product}


@dataclass(frozen=True)
class FreshnessCounts:
    """So many records are `fresh`, `due`, `overdue` and `unconfirmed`; `latest` is the last day of a
    confirmation."""

    fresh: int
    due: int
    overdue: int
    unconfirmed: int
    latest: datetime.date | None

    @property
    def total(self):
        return self.fresh + self.due + self.overdue + self.unconfirmed


@dataclass(frozen=True)
class NounFreshness:
    """Public records of one noun that the rule speaks of: the real ones, and the samples beside them."""

    noun: str
    real: FreshnessCounts
    samples: FreshnessCounts

    @property
    def total(self):
        return self.real.total + self.samples.total


def freshness_of_records(today=None):
    """The NounFreshness of engagements, demands, idle units and the ministry's products, in that order; two
    queries each, and one more for each origin that occurs.

    What the article or the press reported only shows its date, and a product chosen for the scope has none.
    """
    return [_freshness(noun, model, today) for noun, model in CONFIRMED_NOUNS.items()]


def _freshness(noun, model, today):
    counts = _counts(model, today)
    real = [origin for origin in model.confirmed_origins if origin != Origin.SAMPLE]
    return NounFreshness(noun, _confirmed(model, counts, real), _confirmed(model, counts, [Origin.SAMPLE]))


def _confirmed(model, counts, origins):
    kinds = freshness.Freshness.values
    numbers = [sum(counts[origin, kind] for origin in origins) for kind in kinds]
    there = [origin for origin in origins if any(counts[origin, kind] for kind in kinds)]
    days = [_latest(model)(origin=origin) for origin in there]
    return FreshnessCounts(*numbers, latest=max((day for some in days for day in some if day), default=None))


def _counts(model, today):
    """Counter of the public rows by (origin, Freshness)."""
    due, overdue = freshness.last_days(today)
    rows = _all_rows(model)(due=due, overdue=overdue)
    counts = Counter({(row.of, row.kind): row.rows for row in rows})
    for row in _hidden_rows(model)():
        counts[row.origin, freshness.freshness(row.confirmed_on, today)] -= row.rows
    return counts


@cache
def _all_rows(model):
    """The query of all rows by origin and freshness: a part of an index for each. SQLite counts rows that are
    neither grouped nor looked into in less than half the time."""

    def build(due, overdue):
        first, *others = (
            model.objects.filter(condition, origin=origin)
            .order_by()
            .annotate(of=Value(origin.value), kind=Value(kind.value))
            .values("of", "kind")
            .annotate(rows=Count("*"))
            for origin in model.confirmed_origins
            for kind, condition in freshness.conditions(due, overdue).items()
        )
        return first.union(*others, all=True).values_list("of", "kind", "rows", named=True)

    return PreparedQuery(build, due=models.DateField(), overdue=models.DateField())


@cache
def _hidden_rows(model):
    """The query of the rows the public cannot see, by origin and day."""
    rows = model.objects.filter(not_public(model), freshness.to_confirm(model)).order_by()
    grouped = rows.values("origin", "confirmed_on").annotate(rows=Count("pk"))
    return PreparedQuery(lambda: grouped.values_list("origin", "confirmed_on", "rows", named=True))


@cache
def _latest(model):
    """The query of the last day a public row of an origin was confirmed."""

    def build(origin):
        rows = model.objects.published().filter(origin=origin, confirmed_on__isnull=False)
        return rows.order_by("-confirmed_on").values_list("confirmed_on", flat=True)[:1]

    return PreparedQuery(build, origin=models.CharField())
