from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import PublicQuerySet, Record, in_language, source_known


class Holiday(Record):
    """A day on which offices are closed, besides Thursdays and Fridays: the clock of answers stands."""

    belongs_to = ()

    date = models.DateField(_("day"), unique=True)
    name_en = models.CharField(_("name, in English"), max_length=160)
    name_fa = models.CharField(_("name, in Persian"), max_length=160)

    objects = PublicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        default_permissions = ("add", "change", "delete", "view", "publish")
        ordering = ["date"]
        constraints = [source_known()]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return in_language(self, "name")
