"""How fast offices answer: figures that are counted from private enquiries, and stored for the public."""

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .base import PublicQuerySet

FEWEST = 5
"""Cases from which on a share of them is shown."""

IN_TIME = 5
"""Working days within which an answer is in time."""


class ServiceFigure(models.Model):
    """What one office received and how it answered, or all of them together where `office` is empty; written
    by contact.counting alone."""

    belongs_to = ()

    office = models.OneToOneField(
        "catalog.Office",
        models.CASCADE,
        verbose_name=_("office"),
        related_name="figure",
        null=True,
    )
    received = models.PositiveIntegerField(_("received"), default=0)
    due = models.PositiveIntegerField(_("answered, or waiting for longer than that"), default=0)
    in_time = models.PositiveIntegerField(_("answered within five working days"), default=0)
    answered = models.PositiveIntegerField(_("answered"), default=0)
    median = models.DecimalField(
        _("working days until the answer, median"), max_digits=6, decimal_places=1, null=True
    )
    open_now = models.PositiveIntegerField(_("open now"), default=0)
    oldest_open = models.DateField(_("the oldest of them is of"), null=True)
    as_of = models.DateTimeField(_("counted at"))

    objects = PublicQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(Coalesce("office", 0), name="servicefigure_once_an_office"),
        ]

    def __str__(self):
        return str(self.office or _("All offices"))

    @property
    def median_days(self):
        """The median as a whole number where it is one, for readers; None where nothing was answered."""
        whole = self.median is not None and self.median == int(self.median)
        return int(self.median) if whole else self.median

    @property
    def has_share(self):
        """Whether the answers in time are many enough to be shown as a share."""
        return self.due >= FEWEST
