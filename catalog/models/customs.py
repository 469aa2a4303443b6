"""Customs statistics as staff brought them: lines by tariff code, country and year."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import Origin

CUSTOMS_ORIGINS = ((Origin.MINISTRY.value, Origin.MINISTRY.label), (Origin.SAMPLE.value, Origin.SAMPLE.label))


class CustomsFile(models.Model):
    """A table of imports by tariff code. `heads` and `table` are its texts; `wrong` the rows that could not
    be read, as [number, text]."""

    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("digest of the file"), max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("brought by"), related_name="+"
    )
    created_at = models.DateTimeField(_("brought on"), default=timezone.now)
    origin = models.CharField(_("origin"), max_length=12, choices=CUSTOMS_ORIGINS, default=Origin.MINISTRY)
    source = models.ForeignKey(
        "catalog.Source", models.SET_NULL, verbose_name=_("source"), null=True, blank=True, related_name="+"
    )
    heads = models.JSONField(default=list)
    table = models.JSONField(default=list)
    wrong = models.JSONField(default=list)

    class Meta:
        verbose_name = _("customs table")
        verbose_name_plural = _("customs tables")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self):
        return self.file_name


class CustomsLine(models.Model):
    """What was imported under one code from one country in one year, which is `gregorian` or Iranian."""

    file = models.ForeignKey(CustomsFile, models.CASCADE, related_name="lines")
    year = models.PositiveSmallIntegerField()
    gregorian = models.BooleanField(default=False)
    code = models.CharField(max_length=8)
    heading = models.CharField(max_length=6)
    description = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=60, blank=True)
    weight = models.BigIntegerField(null=True)
    rials = models.BigIntegerField(null=True)
    dollars = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["file", "year", "heading"], name="customsline_by_heading")]

    def __str__(self):
        return f"{self.code} {self.country} {self.year}"


class CustomsMapping(models.Model):
    """Which column of a kind of file means what; the kind is known by its headings."""

    heads = models.CharField(max_length=64, unique=True)
    columns = models.JSONField(default=dict)

    def __str__(self):
        return self.heads
