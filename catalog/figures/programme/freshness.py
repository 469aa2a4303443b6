"""How many of the records that somebody must confirm are fresh, due, overdue and never confirmed (rule 9)."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, DateField, Max

from catalog.models import Demand, Engagement, IdleUnit, Origin, Product, freshness
from catalog.models.freshness import conditions, last_days, to_confirm
from catalog.models.prepared import PreparedQuery


@dataclass(frozen=True)
class Freshness:
    """Public records of one noun that the rule speaks of; `confirmed` is the latest day one was, or None;
    `samples` of them are samples.
    """

    noun: str
    fresh: int
    due: int
    overdue: int
    unconfirmed: int
    confirmed: datetime.date | None
    samples: int

    @property
    def total(self):
        return self.fresh + self.due + self.overdue + self.unconfirmed


def freshness_of_records(today=None):
    """Freshness of engagements, demands, idle units and the ministry's products, in that order; four queries.

    What the article or the press reported only shows its date, and a product chosen for the scope has none.
    """
    due, overdue = last_days(today)
    return [_freshness(noun, rows(due=due, overdue=overdue)) for noun, rows in ROWS.items()]


def _freshness(noun, rows):
    return Freshness(
        noun,
        **{value: sum(getattr(row, value) for row in rows) for value in freshness.Freshness.values},
        confirmed=max((row.confirmed for row in rows if row.confirmed), default=None),
        samples=sum(row.total for row in rows if row.origin == Origin.SAMPLE),
    )


def _counts(model):
    """The PreparedQuery of such records of a model, counted by origin."""

    def by_origin(due, overdue):
        sums = {
            value.value: Count("pk", filter=condition)
            for value, condition in conditions(due, overdue).items()
        }
        sums |= {"total": Count("pk"), "confirmed": Max("confirmed_on")}
        public = model.objects.published().filter(to_confirm(model))
        rows = public.order_by().values("origin").annotate(**sums)
        return rows.values_list("origin", *sums, named=True)

    return PreparedQuery(by_origin, due=DateField(), overdue=DateField())


ROWS = {
    "engagements": _counts(Engagement),
    "demands": _counts(Demand),
    "units": _counts(IdleUnit),
    "products": _counts(Product),
}
