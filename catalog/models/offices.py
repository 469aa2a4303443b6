from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import PublicQuerySet, Record, in_language, source_known


class Office(Record):
    """An office to talk to: never a person, because people move on."""

    belongs_to = ()

    key = models.SlugField(_("key"), max_length=80, unique=True)
    name_en = models.CharField(_("name, in English"), max_length=160)
    name_fa = models.CharField(_("name, in Persian"), max_length=160)
    address_en = models.CharField(_("address, in English"), max_length=300, blank=True)
    address_fa = models.CharField(_("address, in Persian"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hours_en = models.CharField(_("hours, in English"), max_length=120, blank=True)
    hours_fa = models.CharField(_("hours, in Persian"), max_length=120, blank=True)
    sectors = models.ManyToManyField(
        "catalog.Sector", verbose_name=_("sectors"), related_name="offices", blank=True
    )

    objects = PublicQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[sectors])

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        default_permissions = ("add", "change", "delete", "view", "publish")
        ordering = ["pk"]
        constraints = [source_known()]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return in_language(self, "name")

    @property
    def address(self):
        return in_language(self, "address")

    @property
    def hours(self):
        return in_language(self, "hours")

    @property
    def service(self):
        """Its ServiceFigure, read with it by select_related("figure"); None while nothing was counted."""
        return getattr(self, "figure", None)
