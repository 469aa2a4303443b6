from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog import search

from .addresses import record_address
from .base import Publishable, PublishableQuerySet, Record, in_language, source_known, withdrawal_explained
from .derived import Derived, DerivedQuerySet, store_suggestions


class SectorQuerySet(DerivedQuerySet, PublishableQuerySet):
    pass


class Sector(Derived, Publishable, Record):
    """A branch of industry; every product belongs to one."""

    few = True
    samples_may_point_here = True
    reaches = {
        "Product": ("products__pk", "idle_units__products__pk"),
        "Indicator": ("statements__indicator_id", "products__statements__indicator_id"),
    }

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_en = models.CharField(_("name, in English"), max_length=120)
    name_fa = models.CharField(_("name, in Persian"), max_length=120)
    summary_en = models.TextField(_("summary, in English"), blank=True)
    summary_fa = models.TextField(_("summary, in Persian"), blank=True)
    icon = models.SlugField(
        _("icon"), max_length=40, blank=True, help_text=_("Name of a Lucide icon, such as car.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = SectorQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["order", "pk"]
        base_manager_name = "objects"
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [source_known(), withdrawal_explained()]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return in_language(self, "name")

    @property
    def summary(self):
        return in_language(self, "summary")

    def get_absolute_url(self):
        return record_address("catalog:sector_detail", self.slug)

    def after_write(self, using):
        self.derive_own(self._own_row(using), using)

    def suggestion(self):
        """What is offered of this sector while a visitor types."""
        return search.SuggestedRecord(
            search.SECTOR, self.pk, self.slug, self.name_en, self.name_fa, sample=self.is_sample
        )

    @classmethod
    def derive_own(cls, sectors, using="default"):
        """Offer these sectors while a visitor types."""
        store_suggestions(search.SECTOR, sectors, using)

    @classmethod
    def forget_own(cls, pks, using):
        """Offer the sectors with these keys no more: they are gone."""
        search.suggestions.remove(search.SECTOR, pks, using)
