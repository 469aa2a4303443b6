"""What the office does with an enquiry: each step is one transaction, refuses what the state does not allow,
and does nothing where somebody was faster."""

from dataclasses import dataclass
from functools import wraps

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import counting, letters
from .models import Enquiry, Message, Pause
from .models.enquiries import EnquiryState, Kind, Reason
from .private_pages import private_address

LIVING = (EnquiryState.RECEIVED, EnquiryState.ASKED_BACK, EnquiryState.ANSWERED)
"""States in which it can still be decided on."""
DECIDED = (EnquiryState.ACCEPTED, EnquiryState.REFUSED)

STEP_NAMES = {
    "assigned": pgettext_lazy("step", "assigned it"),
    "answered": pgettext_lazy("step", "answered"),
    "asked_back": pgettext_lazy("step", "asked back"),
    "noted": pgettext_lazy("step", "wrote a note"),
    "closed": pgettext_lazy("step", "closed it"),
    "refused": pgettext_lazy("step", "refused it"),
    "accepted": pgettext_lazy("step", "accepted it"),
    "spam": pgettext_lazy("step", "marked it as spam"),
    "reopened": pgettext_lazy("step", "took it back from spam"),
    "keeper": pgettext_lazy("step", "named a keeper"),
}
"""What the log keeps of each step, and its words. Nothing that the visitor wrote stands there."""


COUNTED_STEPS = {"answered", "closed", "refused", "accepted", "spam", "reopened"}
"""Steps after which the public figures of the clock and of calls are counted anew."""


class OvertakenError(Exception):
    """Somebody did something with the enquiry after the page was opened; nothing was done."""


@dataclass(frozen=True)
class EnquiryStep:
    """One line of the log of an enquiry."""

    key: int
    who: object
    words: str
    at: object


def seen_of(enquiry):
    """A text for a form: what had happened to the enquiry when its page was opened."""
    log = log_of(enquiry).order_by("-pk").values_list("pk", flat=True).first() or 0
    message = enquiry.messages.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"{enquiry.state}.{log}.{message}"


def since(enquiry, seen):
    """([EnquiryStep], [Message of the visitor]) after what a form says that its page had shown."""
    log, message = _numbers(seen)
    letters_since = enquiry.messages.filter(pk__gt=message, direction=Message.Direction.VISITOR)
    return steps(enquiry, after=log), list(letters_since)


def _numbers(seen):
    parts = (seen or "").split(".")[1:]
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 19]
    return (*numbers, 0, 0)[:2]


def log_of(enquiry):
    """What staff did with an enquiry, without a word of what was written."""
    return LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Enquiry), object_id=str(enquiry.pk)
    )


def steps(enquiry, after=0):
    """[EnquiryStep] of an enquiry, oldest first."""
    rows = log_of(enquiry).filter(pk__gt=after).select_related("user").order_by("pk")
    return [
        EnquiryStep(row.pk, row.user, STEP_NAMES.get(row.change_message, ""), row.action_time) for row in rows
    ]


def step(states, name):
    """A function (enquiry, user, …) as a step: in one transaction, with the row held, where the enquiry is in
    one of `states` and, with `seen`, as its page had shown it. Raises ValidationError, OvertakenError."""

    def decorate(function):
        @wraps(function)
        def taken(enquiry, user, *args, seen=None, **kwargs):
            with transaction.atomic():
                held = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
                if seen is not None and seen != seen_of(held):
                    raise OvertakenError
                if states and held.state not in states:
                    raise ValidationError(
                        _("This cannot be done now: the enquiry is “%(state)s”.")
                        % {"state": held.get_state_display()}
                    )
                result = function(held, user, *args, **kwargs)
                _log(held, user, name)
                if name in COUNTED_STEPS:
                    transaction.on_commit(counting.count_service)
                return result

        return taken

    return decorate


def _log(enquiry, user, name):
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Enquiry),
        object_id=str(enquiry.pk),
        object_repr=enquiry.reference,
        action_flag=CHANGE,
        change_message=name,
    )


@step((), "assigned")
def assign(enquiry, user, to):
    """Give it to a member of staff, or to nobody."""
    enquiry.assigned_to = to
    enquiry.save(update_fields=["assigned_to"])


@step((*LIVING, *DECIDED), "answered")
def write_answer(enquiry, user, text):
    """Write to the visitor. The first answer stops the clock; one after a decision leaves that as it is.
    Returns the Message."""
    message = _written(enquiry, user, text, "answered")
    if enquiry.state not in DECIDED:
        enquiry.state = EnquiryState.ANSWERED
    _stop_clock(enquiry, message.at)
    enquiry.save(update_fields=["state", "answered_at"])
    return message


@step((EnquiryState.RECEIVED, EnquiryState.ANSWERED), "asked_back")
def ask_back(enquiry, user, text):
    """Ask the visitor; the clock stands until they reply. Returns the Message."""
    message = _written(enquiry, user, text, "asked_back")
    enquiry.state = EnquiryState.ASKED_BACK
    enquiry.save(update_fields=["state"])
    Pause.objects.create(enquiry=enquiry, since=message.at)
    return message


@step((), "noted")
def add_note(enquiry, user, text):
    """Keep a note for the staff alone. Returns the Message."""
    return _message(enquiry, user, Message.Direction.NOTE, text)


@step(LIVING, "closed")
def close_enquiry(enquiry, user, reason, text_en="", text_fa=""):
    """End a question or an interest; the visitor is told."""
    if enquiry.kind == Kind.CLAIM:
        raise ValidationError(_("A claim is accepted or refused."))
    state = EnquiryState.ANSWERED if reason == Reason.ANSWERED else EnquiryState.REFUSED
    _decide(enquiry, state, reason, text_en, text_fa)


@step(LIVING, "refused")
def refuse(enquiry, user, reason, text_en="", text_fa=""):
    """End a claim without a record; the visitor is told why."""
    if enquiry.kind != Kind.CLAIM:
        raise ValidationError(_("Only a claim is accepted or refused."))
    if reason in (Reason.PROVED, Reason.ANSWERED):
        raise ValidationError(_("Choose a reason that says why it is refused."))
    _decide(enquiry, EnquiryState.REFUSED, reason, text_en, text_fa)


@step(LIVING, "accepted")
def accept_enquiry(enquiry, user, make=None, text_en="", text_fa=""):
    """Accept a claim. `make` writes what it becomes, in the same transaction; returns what that returns."""
    if enquiry.kind != Kind.CLAIM:
        raise ValidationError(_("Only a claim is accepted or refused."))
    made = make(enquiry) if make else []
    _decide(enquiry, EnquiryState.ACCEPTED, Reason.PROVED, text_en, text_fa)
    return made


@step(LIVING, "spam")
def mark_spam(enquiry, user):
    """Set it aside; nobody is told, and the clock leaves it out."""
    enquiry.state, enquiry.decided_at = EnquiryState.SPAM, timezone.now()
    enquiry.end_pause(enquiry.decided_at)
    enquiry.save(update_fields=["state", "decided_at"])


@step((EnquiryState.SPAM,), "reopened")
def reopen(enquiry, user):
    """It was no spam."""
    enquiry.state = EnquiryState.ANSWERED if enquiry.answered_at else EnquiryState.RECEIVED
    enquiry.decided_at = None
    enquiry.save(update_fields=["state", "decided_at"])


def _decide(enquiry, state, reason, text_en, text_fa):
    enquiry.state, enquiry.reason = state, reason
    enquiry.reason_text_en, enquiry.reason_text_fa = text_en, text_fa
    enquiry.decided_at = timezone.now()
    _stop_clock(enquiry, enquiry.decided_at)
    enquiry.save()
    words = text_fa if enquiry.language == "fa" else text_en
    _mail(enquiry, "accepted" if state == EnquiryState.ACCEPTED else "closed", words or text_en or text_fa)


def _written(enquiry, user, text, template):
    message = _message(enquiry, user, Message.Direction.OFFICE, text)
    _mail(enquiry, template, text)
    return message


def _message(enquiry, user, direction, text):
    return Message.objects.create(enquiry=enquiry, by=user, direction=direction, text=text)


def _mail(enquiry, template, text):
    if enquiry.email:
        letters.write_letter(
            enquiry.email,
            template,
            enquiry.language,
            enquiry=enquiry,
            text=text,
            address=private_address(enquiry),
            fields={"is_secret": True},
        )


def _stop_clock(enquiry, at):
    enquiry.answered_at = enquiry.answered_at or at
    enquiry.end_pause(at)
