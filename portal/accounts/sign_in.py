"""Slows down who guesses passwords: django-axes counts the failures, by account and by address."""

import math

from axes.helpers import get_client_parameters, get_client_username, get_cool_off, get_failure_limit
from axes.models import AccessAttempt
from django.contrib import admin
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog.api.client_address import address_of
from catalog.formats.numerals import digits


def ip_of(request):
    """Where a sign-in comes from, as axes stores it: of IPv6 the first of the network, None where unknown."""
    return address_of(request).partition("/")[0] or None


def locked_out(request, response, credentials):
    """The answer for who failed too often: the form's page with the time to wait, and no form."""
    seconds = seconds_to_wait(request, credentials)
    minutes = max(1, math.ceil(seconds / 60))
    sentence = ngettext(
        "Too many attempts to sign in failed. Wait %(minutes)s minute, then try again.",
        "Too many attempts to sign in failed. Wait %(minutes)s minutes, then try again.",
        minutes,
    )
    context = {
        **admin.site.each_context(request),
        "title": _("Sign in later"),
        "sentence": sentence % {"minutes": digits(minutes, get_language())},
    }
    page = render(request, "admin/locked_out.html", context, status=429)
    page.headers["Retry-After"] = str(max(1, math.ceil(seconds)))
    page.headers["Cache-Control"] = "no-store"
    return page


def seconds_to_wait(request, credentials):
    """Until so many failures of the account, and of the address, are older than the time they count that the
    rest is allowed again."""
    now, counted_for = timezone.now(), get_cool_off(request)
    username = get_client_username(request, credentials)
    ends = [now]
    for parameters in get_client_parameters(username, ip_of(request), "", request, credentials):
        attempts = AccessAttempt.objects.filter(**parameters, attempt_time__gt=now - counted_for)
        left = 0
        for attempt in attempts.order_by("-attempt_time"):
            left += attempt.failures_since_start
            if left >= get_failure_limit(request, credentials):
                ends.append(attempt.attempt_time + counted_for)
                break
    return (max(ends) - now).total_seconds()
