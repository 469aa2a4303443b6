"""Asking for mail, confirming it, and forgetting who did not."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from catalog.models import Outbox
from catalog.staff import mail

from . import letters, sending
from .models import Subscription
from .throttling import seconds_to_wait

UNCONFIRMED_KEPT = timedelta(days=7)
A_CONFIRMATION = timedelta(hours=1)
MOST_OF_AN_ADDRESS = 200
"""Subscriptions of one e-mail address; who asks for more is told nothing else than others are."""


def ask_to_watch(email, watched, frequency, language):
    """Keep an unconfirmed Subscription and write to the address how to confirm it, at most once an hour for
    each thing watched. Who watches it already is written where it can be changed. Returns nothing: what the
    visitor sees is the same in each case."""
    email = email.strip().lower()
    subscription = _kept(email, watched, frequency, language)
    if subscription is None:
        return
    who = f"{email} {watched.what} {watched.key}"
    if seconds_to_wait("watch_mail", who, 1, A_CONFIRMATION):
        return
    letters.write_letter(
        email,
        "watch_known" if subscription.confirmed_at else "watch_confirm",
        subscription.language,
        watched=watched,
        page=sending.subscription_address(subscription),
        absolute=letters.absolute,
        fields=sending.outbox_fields(subscription, _message_id()),
    )


def _kept(email, watched, frequency, language):
    known = Subscription.objects.filter(email=email, what=watched.what, key=watched.key).first()
    if known is None:
        if Subscription.objects.filter(email=email).count() >= MOST_OF_AN_ADDRESS:
            return None
        try:
            with transaction.atomic():
                return Subscription.objects.create(
                    email=email, what=watched.what, key=watched.key, frequency=frequency, language=language
                )
        except IntegrityError:  # the same form came twice at the same moment
            return None
    if not known.confirmed_at:
        known.frequency, known.language, known.asked_at = frequency, language, timezone.now()
        known.save()
    return known


def _message_id():
    return f"<{sending.LETTER_PREFIX}{get_random_string(20).lower()}@{mail.domain()}>"


def confirm_subscription(subscription):
    """Begin a subscription, once."""
    with transaction.atomic():
        row = Subscription.objects.select_for_update().filter(pk=subscription.pk).first()
        if row and not row.confirmed_at:
            sending.begin_subscription(row, timezone.now())


def end_subscriptions(subscriptions):
    """Delete subscriptions (a queryset), and mail to them that the outbox still has, sent or not."""
    with transaction.atomic():
        emails = set(subscriptions.values_list("email", flat=True))
        subscriptions.erase()
        left = set(Subscription.objects.filter(email__in=emails).values_list("email", flat=True))
        Outbox.objects.filter(
            to__in=emails - left, message_id__startswith=f"<{sending.LETTER_PREFIX}"
        ).delete()


def forget_unconfirmed(now=None):
    """Delete what nobody confirmed within a week; how many that were."""
    now = now or timezone.now()
    old = Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED_KEPT)
    count = old.count()
    end_subscriptions(old)
    return count


def change(subscription, frequency):
    """Let mail come as often as `frequency` says, from the last mail or the confirmation on."""
    with transaction.atomic():
        row = Subscription.objects.select_for_update().filter(pk=subscription.pk).first()
        if row is None:
            return
        row.frequency = frequency
        if row.confirmed_at:
            row.due_at = (row.last_sent or row.confirmed_at) + sending.MAIL_PERIODS[frequency]
        row.save()
