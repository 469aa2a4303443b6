from django.db import models
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.calendar import short_day

from .base import SavesChanges, in_language


class Source(SavesChanges):
    """A publication that other records name as where they come from."""

    class Licence(models.TextChoices):
        CC_BY = "CC BY 4.0", "CC BY 4.0"
        FACTS = "facts only", _("Facts only")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    publisher_en = models.CharField(_("publisher, in English"), max_length=120)
    publisher_fa = models.CharField(_("publisher, in Persian"), max_length=120, blank=True)
    address = models.URLField(_("address"), max_length=1000, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_about_en = models.CharField(
        _("published about, in English"),
        max_length=40,
        blank=True,
        help_text=_("Where the day is not known: autumn 2020."),
    )
    published_about_fa = models.CharField(_("published about, in Persian"), max_length=40, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, default=Licence.FACTS)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher_en", "published_on", "key"]
        default_permissions = ("add", "change", "delete", "view", "publish")

    def __str__(self):
        day = short_day(self.published_on, get_language()) if self.published_on else self.key
        return f"{self.publisher} ({day})"

    @property
    def publisher(self):
        return in_language(self, "publisher")

    @property
    def published_about(self):
        return in_language(self, "published_about")

    @property
    def credit(self):
        """The words a licence asks for, or an empty string: "Mehr News Agency, CC BY 4.0"."""
        if self.licence != self.Licence.CC_BY:
            return ""
        return f"{self.publisher}{pgettext('between words', ',')} {self.licence}"
