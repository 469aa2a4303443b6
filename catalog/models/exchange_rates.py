from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.calendar import iranian_year_of
from catalog.formats.numerals import number

from .base import Currency, Origin, PublicQuerySet, Record, in_language, source_known, year_field, year_range


class ExchangeRateQuerySet(PublicQuerySet):
    def converting(self):
        """Rates that may convert a sum, with their sources; an invented one converts nothing."""
        return self.exclude(origin=Origin.SAMPLE).select_related("source")


class ExchangeRate(Record):
    """What one unit of a currency cost in rials, by one source, in one period.

    The rates on record are few and far apart: one converts sums of its own Iranian year only, and one without
    a year only the sum its source gave it for (rule 1: no rate, no conversion).
    """

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official rate")
        MARKET = "market", _("market rate")

    belongs_to = ()

    key = models.SlugField(_("key"), max_length=80, unique=True)
    currency = models.CharField(
        _("currency"),
        max_length=3,
        choices=[(Currency.USD, Currency.USD.label), (Currency.EUR, Currency.EUR.label)],
        default=Currency.USD,
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    rials = models.PositiveBigIntegerField(_("rials for one unit"))
    year = year_field(null=True, blank=True, help_text=_("Empty: the period is not recorded."))
    date_from = models.DateField(_("from"), null=True, blank=True)
    date_to = models.DateField(_("to"), null=True, blank=True)
    implied = models.BooleanField(
        _("implied"), default=False, help_text=_("Worked out from a pair of sums; no source states it.")
    )
    basis_en = models.CharField(_("how it is known, in English"), max_length=300, blank=True)
    basis_fa = models.CharField(_("how it is known, in Persian"), max_length=300, blank=True)

    objects = ExchangeRateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        default_permissions = ("add", "change", "delete", "view", "publish")
        ordering = ["currency", "kind", F("year").asc(nulls_last=True), "date_from", "pk"]
        constraints = [
            source_known(),
            models.CheckConstraint(
                condition=Q(rials__gt=0),
                name="exchangerate_rials",
                violation_error_message=_("A rate is more than zero."),
            ),
            models.CheckConstraint(condition=year_range("year"), name="exchangerate_year"),
            models.UniqueConstraint(
                fields=["currency", "year"],
                condition=Q(kind="official"),
                name="exchangerate_one_official_a_year",
                violation_error_message=_("This currency has an official rate for that year already."),
            ),
            models.CheckConstraint(
                condition=Q(date_to__isnull=True) | Q(date_from__isnull=False, date_from__lte=F("date_to")),
                name="exchangerate_days_in_order",
                violation_error_message=_("The days are the wrong way round, or the first one is missing."),
            ),
        ]

    def __str__(self):
        rials = number(self.rials, get_language())
        return f"{self.get_currency_display()} · {self.get_kind_display()} · {rials}"

    def clean(self):
        super().clean()
        self.set_year()

    def save(self, *args, **kwargs):
        self.set_year()
        super().save(*args, **kwargs)

    def set_year(self):
        """Days within one Iranian year say which year it is."""
        if self.year is None and self.date_from:
            first, last = iranian_year_of(self.date_from), iranian_year_of(self.date_to or self.date_from)
            self.year = first if first == last else None

    @property
    def basis(self):
        return in_language(self, "basis")
