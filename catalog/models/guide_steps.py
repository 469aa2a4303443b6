from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import Publishable, PublishableQuerySet, Record, in_language, source_known, withdrawal_explained


class GuideStep(Publishable, Record):
    """A step on the way from interest to contract, as the ministry states it; what is not stated stays empty,
    and the page says so."""

    few = True
    frozen = ()

    key = models.SlugField(_("key"), max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    title_en = models.CharField(_("title, in English"), max_length=160)
    title_fa = models.CharField(_("title, in Persian"), max_length=160)
    text_en = models.TextField(_("what happens, in English"), blank=True)
    text_fa = models.TextField(_("what happens, in Persian"), blank=True)
    papers_en = models.TextField(_("papers, in English"), blank=True, help_text=_("One a line."))
    papers_fa = models.TextField(_("papers, in Persian"), blank=True, help_text=_("One a line."))
    who_en = models.CharField(_("who does it, in English"), max_length=300, blank=True)
    who_fa = models.CharField(_("who does it, in Persian"), max_length=300, blank=True)
    duration_en = models.CharField(_("how long it takes, in English"), max_length=300, blank=True)
    duration_fa = models.CharField(_("how long it takes, in Persian"), max_length=300, blank=True)
    law_en = models.CharField(_("by what law, in English"), max_length=300, blank=True)
    law_fa = models.CharField(_("by what law, in Persian"), max_length=300, blank=True)

    objects = PublishableQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("step to a contract")
        verbose_name_plural = _("steps to a contract")
        ordering = ["order", "pk"]
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [source_known(), withdrawal_explained()]

    def __str__(self):
        return self.title

    @property
    def title(self):
        return in_language(self, "title")

    @property
    def text(self):
        return in_language(self, "text")

    @property
    def papers(self):
        """The papers it needs, a list."""
        return [line.strip() for line in in_language(self, "papers").splitlines() if line.strip()]

    @property
    def facts(self):
        """(question, stem of the answer's fields, whether anything is stated) of each thing a step says."""
        return [(label, stem, bool(in_language(self, stem))) for stem, label in FACTS]


FACTS = (("who", _("Who")), ("duration", _("How long")), ("law", _("By what law")))
