"""How long ago a record was confirmed, and which records somebody must confirm (rule 9)."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Origin

DUE_AFTER, OVERDUE_AFTER = 180, 365
"""Days for which a confirmed record is fresh, and after which it is overdue."""


def confirmed_by_company_field():
    """The day on which who speaks for the company, the buyer or the plant said that the record is true; a
    date of its own beside `confirmed_on`."""
    return models.DateField(_("confirmed by the company on"), null=True, blank=True, editable=False)


def company_silent_field():
    """The day of the second mail that asked whether the record is true and found no answer."""
    return models.DateField(_("not confirmed by the company since"), null=True, blank=True, editable=False)


class Freshness(models.TextChoices):
    """How long ago a record was confirmed; one that never was is neither fresh nor overdue."""

    FRESH = "fresh", _("confirmed within 180 days")
    DUE = "due", _("more than 180 days ago")
    OVERDUE = "overdue", _("more than a year ago")
    UNCONFIRMED = "unconfirmed", _("not confirmed yet")


class Confirmable:
    """Mixin of models with `confirmed_on`. Records of `confirmed_origins` must be confirmed; others, such as
    sourced archive facts, only show their date."""

    confirmed_origins = tuple(origin for origin in Origin if origin not in (Origin.ARTICLE, Origin.PRESS))

    @property
    def freshness(self):
        """A Freshness, or None for what only shows its date."""
        return freshness_of(type(self), self)


def freshness_of(model, record):
    """The Freshness of a record of that model, or None; `record` needs `origin` and `confirmed_on` alone."""
    return freshness(record.confirmed_on) if record.origin in model.confirmed_origins else None


def freshness(confirmed_on, today=None):
    """The Freshness of what was confirmed on that day, or None: never."""
    if confirmed_on is None:
        return Freshness.UNCONFIRMED
    due, overdue = last_days(today)
    if confirmed_on >= due:
        return Freshness.FRESH
    return Freshness.DUE if confirmed_on >= overdue else Freshness.OVERDUE


def last_days(today=None):
    """The earliest days of confirmation for which a record is fresh, and due."""
    today = today or timezone.localdate()
    return tuple(today - datetime.timedelta(days=days) for days in (DUE_AFTER, OVERDUE_AFTER))


def to_confirm(model):
    """Condition: somebody must confirm the record."""
    return Q(origin__in=model.confirmed_origins)


def conditions(due, overdue):
    """{Freshness: condition of a record that must be confirmed} for these `last_days`."""
    return {
        Freshness.FRESH: Q(confirmed_on__gte=due),
        Freshness.DUE: Q(confirmed_on__lt=due, confirmed_on__gte=overdue),
        Freshness.OVERDUE: Q(confirmed_on__lt=overdue),
        Freshness.UNCONFIRMED: Q(confirmed_on__isnull=True),
    }
