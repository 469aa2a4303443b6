"""Which enquiries a member of staff sees, how long each waits, and what the first page of the admin says."""

from datetime import timedelta

from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.staff import roles, scopes
from catalog.staff.todo import Section, Waiting

from .models import Enquiry
from .models.enquiries import EnquiryState

PROMISED = 5
"""Working days within which an office answers."""
WEEKEND = (3, 4)
"""Thursday and Friday, as `date.weekday` counts."""
MOST_LATE = 1000


def may_see(user, enquiry):
    """Whether an account reads this enquiry and answers it."""
    return roles.may_read_enquiries(user) and scopes.in_scope(user, enquiry)


def visible_to(user):
    """The enquiries that an account reads and answers: those of its offices, sectors and provinces."""
    if not roles.may_read_enquiries(user):
        return Enquiry.objects.none()
    return Enquiry.objects.filter(pk__in=scopes.within(user, Enquiry).values("pk"))


def by_waiting():
    """The order of the inbox: who waits longest for us, who waits for the visitor, then the latest."""
    ours = Case(
        When(state=EnquiryState.RECEIVED, then=Value(0)),
        When(state=EnquiryState.ASKED_BACK, then=Value(1)),
        default=Value(2),
    )
    since = Case(
        When(state__in=[EnquiryState.RECEIVED, EnquiryState.ASKED_BACK], then=F("received_at")),
        default=None,
    )
    return [ours, since.asc(nulls_last=True), "-received_at", "-pk"]


def waited(enquiry, closed=frozenset()):
    """Working days from receipt to the first answer, or to now; without `closed` days and those on which the
    clock stood."""
    end = timezone.localdate(enquiry.answered_at or enquiry.decided_at or timezone.now())
    pauses = [(timezone.localdate(one.since), _end_of(one, end)) for one in enquiry.pauses.all()]
    day, found = timezone.localdate(enquiry.received_at), 0
    while day < end:
        day += timedelta(days=1)
        stood = any(first < day <= last for first, last in pauses)
        found += not (stood or day.weekday() in WEEKEND or day in closed)
    return found


def _end_of(pause, end):
    return timezone.localdate(pause.until) if pause.until else end


def is_late(enquiry, closed=frozenset()):
    """Whether it waits for us longer than is promised."""
    return enquiry.state == EnquiryState.RECEIVED and waited(enquiry, closed) > PROMISED


def late(enquiries):
    """The keys of those of these enquiries that are late, of the oldest MOST_LATE."""
    older = timezone.now() - timedelta(days=PROMISED)
    rows = enquiries.filter(state=EnquiryState.RECEIVED, received_at__lt=older).order_by("received_at")
    rows = rows.prefetch_related("pauses")[:MOST_LATE]
    closed = closed_days()
    return [row.pk for row in rows if is_late(row, closed)]


def closed_days():
    """The days, other than Thursdays and Fridays, on which offices are closed."""
    return frozenset()


def sections(user):
    """The Sections of the first page: enquiries that wait, those that are late, the own ones."""
    if not roles.may_read_enquiries(user):
        return []
    mine = visible_to(user)
    counts = {
        "office": (_("waiting for an answer"), mine.filter(state=EnquiryState.RECEIVED).count()),
        "late": (_("late"), len(late(mine))),
        "own": (_("assigned to me"), mine.filter(own(user)).count()),
    }
    url = reverse("admin:contact_enquiry_changelist")
    rows = [
        Waiting(str(label), count, f"{url}?waits={name}") for name, (label, count) in counts.items() if count
    ]
    return [Section(_("Enquiries of visitors"), rows)] if rows else []


def own(user):
    """Condition: open, and given to this account."""
    return Q(assigned_to=user, state__in=[EnquiryState.RECEIVED, EnquiryState.ASKED_BACK])
