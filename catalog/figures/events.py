"""What happened last, from the dates of public records."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalog.models import Contract, Demand, Desk, Engagement, Origin, Product, Statement


@dataclass(frozen=True)
class Event:
    """Something that happened on `on`, known as exactly as `precision` (day, month or year) says.

    `kind` is engagement, demand, contract, desk, statement or product; `record` is the row that says so.
    """

    on: datetime.date
    kind: str
    record: object
    precision: str = "day"


def latest_events(number=8, of_a_kind=3, today=None):
    """The newest public events up to today as Events, newest first; six queries. At most `of_a_kind` of one
    kind: an office that confirms fifty makers in a morning would leave no room for the contract signed that
    day.

    Loaded archive facts have one day of publication for all: only what staff entered counts as a product's
    arrival.
    """
    today = today or timezone.localdate()
    found = [
        *_engagements(of_a_kind, today),
        *_demands(of_a_kind, today),
        *_contracts(of_a_kind, today),
        *_desks(of_a_kind, today),
        *_statements(of_a_kind, today),
        *_products(of_a_kind, today),
    ]
    return sorted(found, key=lambda event: (event.on, event.kind, event.record.pk), reverse=True)[:number]


def _engagements(number, today):
    rows = Engagement.objects.published().filter(confirmed_on__lte=today).select_related("company", "product")
    return _one_a_product("engagement", rows.order_by("-confirmed_on", "-pk"), number)


def _demands(number, today):
    rows = Demand.objects.published().filter(confirmed_on__lte=today).select_related("buyer", "product")
    return _one_a_product("demand", rows.order_by("-confirmed_on", "-pk"), number)


def _one_a_product(kind, rows, number):
    """A buyer confirms what it wants of a product for three years at once: that is one piece of news."""
    newest = {}
    for row in rows[: 10 * number]:
        newest.setdefault(row.product_id, row)
    return [Event(row.confirmed_on, kind, row) for row in list(newest.values())[:number]]


def _contracts(number, today):
    rows = (
        Contract.objects.published().filter(signed_on__lte=today).with_amounts().order_by("-signed_on", "-pk")
    )
    return [Event(row.signed_on, "contract", row, row.signed_precision) for row in rows[:number]]


def _desks(number, today):
    first_day = Coalesce("opens", "held_on")
    rows = Desk.objects.published().annotate(first_day=first_day).filter(first_day__lte=today)
    rows = rows.exclude(stated=Desk.Stated.CANCELLED).order_by("-first_day", "-pk")
    return [Event(row.first_day, "desk", row) for row in rows[:number]]


def _statements(number, today):
    rows = Statement.objects.published().filter(said_on__lte=today).select_related("source", "indicator")
    return [Event(row.said_on, "statement", row) for row in rows.order_by("-said_on", "-pk")[:number]]


def _products(number, today):
    entered = Q(origin=Origin.MINISTRY, published_at__date__lte=today)
    rows = Product.objects.published().filter(entered).order_by("-published_at", "-pk")[:number]
    return [Event(timezone.localdate(row.published_at), "product", row) for row in rows]
