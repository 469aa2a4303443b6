"""What happened last, from the dates of public records."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalog.models import Contract, Demand, Desk, Engagement, Origin, Product, Statement
from catalog.models.prepared import PreparedQuery

NUMBER = 8
OF_A_KIND = 3
"""At most so many events of one kind: an office that confirms fifty makers in a morning would leave no room
for the contract signed that day."""

NAMED = ("slug", "name_en", "name_fa")


@dataclass(frozen=True)
class Event:
    """Something that happened on `on`, known as exactly as `precision` (day, month or year) says.

    `kind` is engagement, demand, contract, desk, statement or product; `record` is the row that says so.
    """

    on: datetime.date
    kind: str
    record: object
    precision: str = "day"


TODAY = {"today": models.DateField()}
CONFIRMED = ("confirmed_on", "origin", "product__slug", "product__name_en", "product__name_fa")

latest_engagements = PreparedQuery(
    lambda today: (
        Engagement.objects.published()
        .filter(confirmed_on__lte=today)
        .select_related("company", "product")
        .only(*CONFIRMED, "stage", *(f"company__{name}" for name in NAMED))
        .order_by("-confirmed_on", "-pk")[: 10 * OF_A_KIND]
    ),
    **TODAY,
)
latest_demands = PreparedQuery(
    lambda today: (
        Demand.objects.published()
        .filter(confirmed_on__lte=today)
        .select_related("buyer", "product")
        .only(*CONFIRMED, "commitment", *(f"buyer__{name}" for name in NAMED))
        .order_by("-confirmed_on", "-pk")[: 10 * OF_A_KIND]
    ),
    **TODAY,
)
latest_contracts = PreparedQuery(
    lambda today: (
        Contract.objects.published().filter(signed_on__lte=today).order_by("-signed_on", "pk")[:OF_A_KIND]
    ),
    **TODAY,
)
latest_desks = PreparedQuery(
    lambda today: (
        Desk.objects.published()
        .annotate(first_day=Coalesce("opens", "held_on"))
        .filter(first_day__lte=today)
        .exclude(stated=Desk.Stated.CANCELLED)
        .order_by("-first_day", "-pk")[:OF_A_KIND]
    ),
    **TODAY,
)
latest_statements = PreparedQuery(
    lambda today: (
        Statement.objects.published()
        .filter(said_on__lte=today)
        .select_related("source", "indicator")
        .order_by("-said_on", "-pk")[:OF_A_KIND]
    ),
    **TODAY,
)
latest_products = PreparedQuery(
    lambda today: (
        Product.objects.published()
        .filter(origin=Origin.MINISTRY, published_at__date__lte=today)
        .only("published_at", "origin", *NAMED)
        .order_by("-published_at", "-pk")[:OF_A_KIND]
    ),
    **TODAY,
)


def _one_a_product(kind, rows):
    """A buyer confirms what it wants of a product for three years at once: that is one piece of news."""
    newest = {}
    for row in rows:
        newest.setdefault(row.product_id, row)
    return [Event(row.confirmed_on, kind, row) for row in list(newest.values())[:OF_A_KIND]]


def latest_events(today=None):
    """The newest public events up to today as Events, newest first, at most NUMBER; six queries.

    Loaded archive facts have one day of publication for all: only what staff entered counts as a product's
    arrival.
    """
    today = today or timezone.localdate()
    events = [
        *_one_a_product("engagement", latest_engagements(today=today)),
        *_one_a_product("demand", latest_demands(today=today)),
        *(
            Event(one.signed_on, "contract", one, one.signed_precision)
            for one in latest_contracts(today=today)
        ),
        *(Event(one.first_day, "desk", one) for one in latest_desks(today=today)),
        *(Event(one.said_on, "statement", one) for one in latest_statements(today=today)),
        *(
            Event(timezone.localdate(one.published_at), "product", one)
            for one in latest_products(today=today)
        ),
    ]
    return sorted(events, key=lambda event: (event.on, event.kind, event.record.pk), reverse=True)[:NUMBER]
