"""Which enquiries a member of staff sees, how long each waits, and what the first page of the admin says."""

from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.formats.working_days import working_days
from catalog.models import Holiday
from catalog.models.service import IN_TIME
from catalog.staff import roles, scopes
from catalog.staff.todo import Section, WaitingRecords

from . import counting
from .models import Enquiry
from .models.enquiries import EnquiryState


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
    return working_days(timezone.localdate(enquiry.received_at), end, closed, pauses)


def _end_of(pause, end):
    return timezone.localdate(pause.until) if pause.until else end


def is_late(enquiry, closed=frozenset()):
    """Whether it waits for us longer than is promised."""
    return enquiry.state == EnquiryState.RECEIVED and waited(enquiry, closed) > IN_TIME


def overdue(enquiries):
    """The keys of those of these enquiries that wait for us longer than is promised, the longest first."""
    return counting.late(enquiries.filter(state=EnquiryState.RECEIVED))


def closed_days():
    """The days, other than Thursdays and Fridays, on which offices are closed."""
    return frozenset(Holiday.objects.values_list("date", flat=True))


def enquiry_sections(user):
    """The Sections of the first page: enquiries that wait, those that are late, the own ones."""
    if not roles.may_read_enquiries(user):
        return []
    mine = visible_to(user)
    counts = {
        "office": (_("waiting for an answer"), mine.filter(state=EnquiryState.RECEIVED).count()),
        "late": (_("late"), len(overdue(mine))),
        "own": (_("assigned to me"), mine.filter(given_to(user)).count()),
    }
    url = reverse("admin:contact_enquiry_changelist")
    rows = [
        WaitingRecords(str(label), count, f"{url}?waits={name}")
        for name, (label, count) in counts.items()
        if count
    ]
    return [Section(_("Enquiries of visitors"), rows)] if rows else []


def given_to(user):
    """Condition: open, and given to this account."""
    return Q(assigned_to=user, state__in=[EnquiryState.RECEIVED, EnquiryState.ASKED_BACK])
