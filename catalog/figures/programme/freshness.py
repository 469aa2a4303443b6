"""How many of the records that somebody must confirm are fresh, due and overdue (rule 9)."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.utils import timezone

from catalog.models import Demand, Engagement, IdleUnit, Origin, Product
from catalog.models.base import DUE_AFTER, OVERDUE_AFTER


@dataclass(frozen=True)
class Freshness:
    """Public records of one noun that the rule speaks of; `confirmed` is the latest day one was, or None;
    `samples` of them are samples.
    """

    noun: str
    fresh: int
    due: int
    overdue: int
    confirmed: datetime.date | None
    samples: int

    @property
    def total(self):
        return self.fresh + self.due + self.overdue


def freshness_of_records(today=None):
    """Freshness of engagements, demands, idle units and the ministry's products, in that order; four queries.

    What the article or the press reported only shows its date, and a product chosen for the scope has none.
    """
    today = today or timezone.localdate()
    reported = Q(origin__in=[Origin.ARTICLE, Origin.PRESS])
    return [
        _counted("engagements", Engagement.objects.published().exclude(reported), today),
        _counted("demands", Demand.objects.published().exclude(reported), today),
        _counted("units", IdleUnit.objects.published().exclude(reported), today),
        _counted("products", Product.objects.published().filter(origin=Origin.MINISTRY), today),
    ]


def _counted(noun, rows, today):
    """The same rule as models.base.freshness."""
    due, overdue = (today - datetime.timedelta(days=days) for days in (DUE_AFTER, OVERDUE_AFTER))
    counted = rows.order_by().aggregate(
        fresh=Count("pk", filter=Q(confirmed_on__gte=due)),
        due=Count("pk", filter=Q(confirmed_on__lt=due, confirmed_on__gte=overdue)),
        overdue=Count("pk", filter=Q(confirmed_on__lt=overdue) | Q(confirmed_on__isnull=True)),
        confirmed=Max("confirmed_on"),
        samples=Count("pk", filter=Q(origin=Origin.SAMPLE)),
    )
    return Freshness(noun, **counted)
