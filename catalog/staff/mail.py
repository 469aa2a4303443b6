"""The outbox: what is put into it, and sending it so that a crash loses none and repeats no sent one."""

from datetime import timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q
from django.utils import timezone

from catalog.models import Outbox

CLAIMED_FOR = timedelta(minutes=10)
"""After that a message whose sending was never finished is tried again, under the same Message-ID."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
MOST_OF_AN_ERROR = 500


def put(to, subject, text, **fields):
    """Put a message into the outbox; `fields` are others of the model. Returns it."""
    message_id = make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> "))
    subject = " ".join(subject.split())[:200]
    return Outbox.objects.create(to=to, subject=subject, text=text, message_id=message_id, **fields)


def send_waiting():
    """Send what is due. Returns (how many were sent, how many could not be)."""
    sent = failed = 0
    connection = get_connection()
    due = Outbox.objects.filter(sent_at=None, not_before__lte=timezone.now()).order_by("created_at", "pk")
    for key in list(due.values_list("pk", flat=True)):
        message = claim(key)
        if message is None:
            continue
        if _deliver(message, connection):
            sent += 1
        else:
            failed += 1
            connection = get_connection()  # the old one may be in any state
    return sent, failed


def claim(key):
    """The message with this key, for this process alone to send; None where another has it or has sent it."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIMED_FOR)
    taken = Outbox.objects.filter(free, pk=key, sent_at=None).update(claimed_at=now, tries=F("tries") + 1)
    return Outbox.objects.get(pk=key) if taken else None


def _deliver(message, connection):
    """Whether a claimed message was sent; one that was not stays in the outbox with what went wrong."""
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        to=[message.to],
        headers={"Message-ID": message.message_id, "Content-Language": message.language},
        connection=connection,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    row = Outbox.objects.filter(pk=message.pk)
    try:
        mail.send()
    except Exception as error:
        text = f"{type(error).__name__}: {error}"[:MOST_OF_AN_ERROR]
        pause = min(FIRST_PAUSE * 2 ** min(message.tries - 1, 12), LONGEST_PAUSE)
        row.update(claimed_at=None, last_error=text, not_before=timezone.now() + pause)
        return False
    erased = {"text": "", "html": ""} if message.is_secret else {}
    row.update(sent_at=timezone.now(), claimed_at=None, last_error="", **erased)
    return True
