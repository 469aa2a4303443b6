"""Counts what visitors sent, for the public: how fast offices answer, and what became of claims in calls.

What is counted is private and stays here; the numbers are stored in the catalogue. A receipt counts nothing,
so that it moves no public page: `count_service` runs at each decision and every hour, and writes only what
changed.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db import transaction
from django.utils import timezone

from catalog.formats.working_days import working_days
from catalog.models import Call, Holiday, Origin, ServiceFigure
from catalog.models.service import IN_TIME

from .models import Enquiry, Pause
from .models.enquiries import MAKING, OPEN, UNCOUNTED, EnquiryState, Kind


@dataclass(frozen=True)
class Case:
    """An enquiry as the clock sees it: `days` are the working days until its first answer, or until now."""

    office: int | None
    received: date
    answered: bool
    is_open: bool
    days: int

    @property
    def in_time(self):
        return self.answered and self.days <= IN_TIME

    @property
    def is_late(self):
        """Whether it waits for its first answer for longer than it should."""
        return not self.answered and self.days > IN_TIME


def count_service(now=None):
    """Write the service figures and the counts of calls that changed; returns how many rows that were."""
    now = now or timezone.now()
    with transaction.atomic():
        return _store_figures(now) + _store_calls(now)


def late(enquiries=None, now=None):
    """The keys of those among these enquiries (a queryset; all of them by default) that wait for their first
    answer longer than IN_TIME working days, the longest first."""
    found = cases(Enquiry.objects.all() if enquiries is None else enquiries, now or timezone.now())
    waiting = {key: case for key, case in found.items() if case.is_late and case.is_open}
    return sorted(waiting, key=lambda key: (-waiting[key].days, key))


def cases(enquiries, now):
    """{key: Case} of the counted ones among these enquiries; three queries."""
    holidays = frozenset(Holiday.objects.values_list("date", flat=True))
    today, pauses = timezone.localdate(now), defaultdict(list)
    for enquiry, since, until in Pause.objects.order_by("pk").values_list("enquiry", "since", "until"):
        pauses[enquiry].append((timezone.localdate(since), timezone.localdate(until) if until else today))
    columns = ("pk", "office", "office__origin", "state", "received_at", "answered_at", "decided_at")
    found = {}
    for pk, office, origin, state, received_at, *answers in (
        enquiries.counted().order_by().values_list(*columns)
    ):
        answered = next(filter(None, answers), None)
        received = timezone.localdate(received_at)
        until = timezone.localdate(answered) if answered else today
        found[pk] = Case(
            office=None if origin == Origin.SAMPLE else office,
            received=received,
            answered=answered is not None,
            is_open=state in OPEN,
            days=working_days(received, until, holidays, pauses[pk]),
        )
    return found


def _store_figures(now):
    of_office = defaultdict(list)
    for case in cases(Enquiry.objects.all(), now).values():
        of_office[None].append(case)
        if case.office:
            of_office[case.office].append(case)
    stored = {figure.office_id: figure for figure in ServiceFigure.objects.select_for_update()}
    written = 0
    for office in of_office.keys() | stored.keys():
        values = figures(of_office[office])
        figure = stored.get(office)
        if figure is None or any(getattr(figure, name) != value for name, value in values.items()):
            ServiceFigure.objects.update_or_create(office_id=office, defaults={**values, "as_of": now})
            written += 1
    return written


def figures(some):
    """The columns of a ServiceFigure of these Cases."""
    answered = [case.days for case in some if case.answered]
    waiting = [case.received for case in some if case.is_open]
    return {
        "received": len(some),
        "answered": len(answered),
        "due": len(answered) + sum(case.is_late for case in some),
        "in_time": sum(case.in_time for case in some),
        "median": median(answered) if answered else None,
        "open_now": len(waiting),
        "oldest_open": min(waiting, default=None),
    }


def _store_calls(now):
    today, claims, written = timezone.localdate(now), _claims(), 0
    before = {}  # of each product, the last day of its call before
    begun = Call.objects.filter(opens__lte=today)
    for call in begun.select_for_update(of=("self",)).order_by("product", "opens"):
        since = before.get(call.product_id, date.min)
        before[call.product_id] = call.closes
        values = _counts(call, [s for day, s in claims[call.product_id] if since < day <= call.closes])
        closed_since = today > call.closes and not call.is_counted
        if closed_since or any(getattr(call, name) != value for name, value in values.items()):
            Call.objects.filter(pk=call.pk).write_quietly(**values, counted_at=now)
            written += 1
    return written


def _claims():
    """{product: [(day of receipt, state)]} of the claims to make a product that was called."""
    found = defaultdict(list)
    claims = Enquiry.objects.filter(kind=Kind.CLAIM, role__in=MAKING)
    called = claims.filter(products__in=Call.objects.order_by().values("product"))
    for product, received_at, state in called.values_list("products", "received_at", "state"):
        found[product].append((timezone.localdate(received_at), state))
    return found


def _counts(call, states):
    """The counts of a Call whose claims have these states. What was erased after it closed stays counted: a
    call that somebody answered never says that nobody did."""
    accepted, refused = states.count(EnquiryState.ACCEPTED), states.count(EnquiryState.REFUSED)
    claims = sum(state not in UNCOUNTED for state in states)
    if call.is_counted and len(states) < call.claims:
        claims, accepted, refused = call.claims, max(accepted, call.accepted), max(refused, call.refused)
    return {
        "claims": claims,
        "accepted": accepted,
        "refused": refused,
        "undecided": claims - accepted - refused,
    }
