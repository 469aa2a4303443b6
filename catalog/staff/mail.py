"""The outbox: what is put into it, and sending it so that a crash loses none and repeats no sent one."""

import re
import smtplib
from datetime import timedelta
from email.utils import formataddr, make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.validators import validate_email
from django.db.models import F, Q
from django.utils import timezone

from catalog.models import Outbox

CLAIMED_FOR = timedelta(minutes=10)
"""After that a message whose sending was never finished is tried again, under the same Message-ID."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
MOST_SENDINGS = 10
"""After so many refusals a message is given up on."""
MOST_OF_AN_ERROR = 500
ADDRESS_UNKNOWN = re.compile(rb"5\.1\.(1|2|3|6|10)\b")
"""Enhanced status codes (RFC 3463, 7505) of an address that does not exist. Other permanent ones may be about
the relay or the sender, and come for every message."""
OF_THE_MESSAGE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
"""What a server says of one message; any other error of the network says that no server took any."""


def put(to, subject, text, **fields):
    """Put a message into the outbox; `fields` are others of the model. Returns it.

    Raises ValidationError for what is no single address: nothing that a visitor types makes another header.
    """
    validate_email(to)
    fields.setdefault("message_id", make_msgid(domain=domain()))
    subject = " ".join(subject.split())[:200]
    return Outbox.objects.create(to=to, subject=subject, text=text, **fields)


def domain():
    """The host of the address that mail comes from, which stands in Message-IDs."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def sender(language):
    """From whom mail comes: the name of the site, and its address."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or settings.SITE_NAME[language], address), "utf-8")


def send_waiting():
    """Send what is due. Returns (how many were sent, how many could not be)."""
    sent = failed = 0
    connection = get_connection()
    due = Outbox.objects.waiting().filter(not_before__lte=timezone.now()).order_by("created_at", "pk")
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
    waiting = Outbox.objects.waiting().filter(free, pk=key)
    taken = waiting.update(claimed_at=now, tries=F("tries") + 1)
    return Outbox.objects.get(pk=key) if taken else None


def headers_of(message):
    """The headers of a message besides those of every mail. By `Auto-Submitted`, a machine that answers for
    somebody who is away stays silent."""
    own = {"Message-ID": message.message_id, "Content-Language": message.language}
    return {"Auto-Submitted": "auto-generated", **message.headers, **own}


def is_hopeless(error, tries):
    """Whether a message is given up on after this error: there is no such address, or it was refused too
    often."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = [words for _code, words in error.recipients.values()]
        if said and all(ADDRESS_UNKNOWN.match(words) for words in said):
            return True
    return tries >= MOST_SENDINGS and not is_down(error)


def is_down(error):
    """Whether the error says that the mail server is away, which refuses no message."""
    return isinstance(error, OSError) and not isinstance(error, OF_THE_MESSAGE)


def _after(error, message):
    """The fields of a message after an error. One that a server refused waits longer after each try. That a
    server was away is no try: such a message waits as long again as it has waited."""
    now = timezone.now()
    tries = message.tries - is_down(error)
    wanted = now - message.created_at if is_down(error) else FIRST_PAUSE * 2 ** min(tries - 1, 12)
    return {
        "claimed_at": None,
        "tries": tries,
        "last_error": f"{type(error).__name__}: {error}"[:MOST_OF_AN_ERROR],
        "not_before": now + min(max(wanted, FIRST_PAUSE), LONGEST_PAUSE),
        "undeliverable_at": now if is_hopeless(error, tries) else None,
    }


def _deliver(message, connection):
    """Whether a claimed message was sent; one that was not stays in the outbox with what went wrong."""
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        from_email=sender(message.language),
        to=[message.to],
        headers=headers_of(message),
        connection=connection,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    row = Outbox.objects.filter(pk=message.pk)
    try:
        mail.send()
    except Exception as error:
        row.update(**_after(error, message))
        return False
    erased = {"text": "", "html": "", "headers": {}} if message.is_secret else {}
    row.update(sent_at=timezone.now(), claimed_at=None, last_error="", **erased)
    return True
