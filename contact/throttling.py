"""Refuses who does something too often, by network address or e-mail, and says when it works again."""

import math
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Attempt

ATTEMPTS_KEPT_FOR = timedelta(days=1)


def seconds_to_wait(action, who, most, within):
    """Note an attempt of `who` at `action`. 0 where at most `most` were made in the timedelta `within`, else
    the whole seconds until the next one is taken; a refused attempt is not noted, so waiting helps."""
    who = _hidden(who)
    with transaction.atomic():
        _take_turn(action, who)
        return _seconds_to_wait(action, who, most, within)


def _take_turn(action, who):
    """Until the transaction ends, other attempts of the same kind stand in line: on SQLite all writers do."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{action} {who}"])


def _seconds_to_wait(action, who, most, within):
    now = timezone.now()
    made = Attempt.objects.filter(action=action, who=who, at__gt=now - within)
    wait = _wait(made, most, within, now)
    if not wait:
        Attempt.objects.create(action=action, who=who, at=now)
    return wait


def _wait(made, most, within, now):
    """Seconds until the oldest of the last `most` of these attempts is over; 0 where there are fewer."""
    recent = list(made.order_by("-at").values_list("at", flat=True)[:most])
    return max(1, math.ceil((recent[-1] + within - now).total_seconds())) if len(recent) >= most else 0


def forget_old_attempts():
    """Delete attempts older than a day; returns how many."""
    return Attempt.objects.filter(at__lt=timezone.now() - ATTEMPTS_KEPT_FOR).delete()[0]


def _hidden(who):
    return salted_hmac("contact.throttling", who.strip().lower(), algorithm="sha256").hexdigest()
