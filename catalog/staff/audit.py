"""Writes down what happens to accounts: sign-ins, refusals, new passwords, second factors."""

import logging
from datetime import timedelta

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from catalog.api.client_address import address_of
from catalog.models import AccountEvent

from . import sessions

logger = logging.getLogger("portal.security")
EventKind = AccountEvent.Kind
MOST_REFUSALS = 30
"""Kept of one address in an hour: whoever guesses does not fill the table."""


def note(kind, account, request=None, by=None):
    """Write an event of an account down. `by`: who did it, where it was somebody else."""
    by = None if by == account else by
    AccountEvent.objects.create(kind=kind, account=account, by=by, address=address_of(request))
    doer = f" by account {by.pk}" if by else ""
    logger.info("account %s: %s%s", account.pk if account else "unknown", EventKind(kind).value, doer)


@receiver(user_logged_in, dispatch_uid="catalog.staff.audit.signed_in")
def _signed_in(request, user, **_kwargs):
    sessions.begin_session(request.session)
    note(EventKind.SIGNED_IN, user, request)


@receiver(user_logged_out, dispatch_uid="catalog.staff.audit.signed_out")
def _signed_out(request, user, **_kwargs):
    if user is not None:
        note(EventKind.SIGNED_OUT, user, request)


@receiver(user_login_failed, dispatch_uid="catalog.staff.audit.refused")
def _refused(credentials, request=None, **_kwargs):
    hour_ago = timezone.now() - timedelta(hours=1)
    refused = AccountEvent.objects.filter(address=address_of(request), at__gte=hour_ago)
    kinds = (EventKind.REFUSED, EventKind.CODE_REFUSED)
    if refused.filter(kind__in=kinds)[MOST_REFUSALS - 1 : MOST_REFUSALS].exists():
        return
    account = User.objects.filter(username=credentials.get("username") or "").first()
    note(EventKind.CODE_REFUSED if "code" in credentials else EventKind.REFUSED, account, request)
