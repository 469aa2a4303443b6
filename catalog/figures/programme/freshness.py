"""How many of the records that somebody must confirm are fresh, due and overdue (rule 9).

To look at 100,000 promises one by one, each with its product and company, takes a third of a second. So all
rows are counted by their index, and the few that the public cannot see are subtracted.
"""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.db.models import Count, Q, Value
from django.utils import timezone

from catalog.models import Demand, Engagement, IdleUnit, Origin, Product
from catalog.models.base import DUE_AFTER, OVERDUE_AFTER, not_public
from catalog.models.prepared import PreparedQuery

NOUNS = {"engagements": Engagement, "demands": Demand, "units": IdleUnit, "products": Product}
CONFIRMED = [origin for origin in Origin if origin not in (Origin.ARTICLE, Origin.PRESS)]
"""Origins of what somebody must confirm: what was reported only shows its date."""


@dataclass(frozen=True)
class Confirmed:
    """So many records `fresh`, `due`, `overdue` and `never` confirmed; `latest` is the last day one was."""

    fresh: int
    due: int
    overdue: int
    never: int
    latest: datetime.date | None

    @property
    def total(self):
        return self.fresh + self.due + self.overdue + self.never


@dataclass(frozen=True)
class Freshness:
    """Public records of one noun that the rule speaks of: the real ones, and the samples beside them."""

    noun: str
    real: Confirmed
    samples: Confirmed

    @property
    def total(self):
        return self.real.total + self.samples.total


def freshness_of_records(today=None):
    """Freshness of engagements, demands, idle units and the ministry's products, in that order; two queries
    each, and one more for each origin that occurs.

    What the article or the press reported only shows its date, and a product chosen for the scope has none.
    """
    today = today or timezone.localdate()
    bounds = {"due": today - datetime.timedelta(days=DUE_AFTER)}
    bounds["overdue"] = today - datetime.timedelta(days=OVERDUE_AFTER)
    return [_freshness(noun, model, bounds) for noun, model in NOUNS.items()]


def _freshness(noun, model, bounds):
    counts = _counts(model, bounds)
    real = [origin for origin in _origins(model) if origin != Origin.SAMPLE]
    return Freshness(noun, _confirmed(model, counts, real), _confirmed(model, counts, [Origin.SAMPLE]))


def _confirmed(model, counts, origins):
    numbers = [sum(counts[origin, kind] for origin in origins) for kind in RANGES]
    there = [origin for origin in origins if any(counts[origin, kind] for kind in RANGES)]
    days = [_latest(model)(origin=origin) for origin in there]
    return Confirmed(*numbers, latest=max((day for some in days for day in some if day), default=None))


def _counts(model, bounds):
    """Counter of the public rows by (origin, one of RANGES)."""
    counts = Counter({(row.origin, row.range): row.rows for row in _all_rows(model)(**bounds)})
    for row in _hidden_rows(model)():
        counts[row.origin, _range_of(row.confirmed_on, **bounds)] -= row.rows
    return counts


def _origins(model):
    return [Origin.MINISTRY] if model is Product else CONFIRMED


RANGES = {  # the same rule as models.base.freshness
    "fresh": lambda due, overdue: Q(confirmed_on__gte=due),
    "due": lambda due, overdue: Q(confirmed_on__gte=overdue, confirmed_on__lt=due),
    "overdue": lambda due, overdue: Q(confirmed_on__lt=overdue),
    "never": lambda due, overdue: Q(confirmed_on__isnull=True),
}


def _range_of(day, due, overdue):
    if day is None:
        return "never"
    return "fresh" if day >= due else "due" if day >= overdue else "overdue"


@cache
def _all_rows(model):
    """The query of all rows by origin and range: a part of an index for each."""

    def build(due, overdue):
        first, *others = (
            model.objects.filter(where(due, overdue), origin=origin)
            .order_by()
            .values("origin")
            .annotate(range=Value(name), rows=Count("pk"))
            for origin in _origins(model)
            for name, where in RANGES.items()
        )
        return first.union(*others, all=True).values_list("origin", "range", "rows", named=True)

    return PreparedQuery(build, due=models.DateField(), overdue=models.DateField())


@cache
def _hidden_rows(model):
    """The query of the rows the public cannot see, by origin and day."""
    rows = model.objects.filter(not_public(model), origin__in=_origins(model)).order_by()
    grouped = rows.values("origin", "confirmed_on").annotate(rows=Count("pk"))
    return PreparedQuery(lambda: grouped.values_list("origin", "confirmed_on", "rows", named=True))


@cache
def _latest(model):
    """The query of the last day a public row of an origin was confirmed."""

    def build(origin):
        rows = model.objects.published().filter(origin=origin, confirmed_on__isnull=False)
        return rows.order_by("-confirmed_on").values_list("confirmed_on", flat=True)[:1]

    return PreparedQuery(build, origin=models.CharField())
