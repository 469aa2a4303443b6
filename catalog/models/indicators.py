from decimal import Decimal

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .addresses import record_address
from .base import (
    Currency,
    PublicQuerySet,
    Publishable,
    PublishableQuerySet,
    Record,
    in_language,
    not_negative,
    parents_public,
    source_known,
    withdrawal_explained,
    year_field,
    year_range,
)
from .derived import Derived, DerivedQuerySet


class IndicatorQuerySet(PublishableQuerySet):
    def with_pages(self):
        """Those that have a page of their own."""
        return self.filter(statement_count__gt=1)

    def refresh(self, ids):
        """Count the figures of these indicators anew."""
        Indicator.derive_own(self.filter(pk__in=ids), self.db)


class Indicator(Publishable):
    """What statements measure."""

    few = True
    samples_may_point_here = True
    rows_in_both_languages = ("statements",)

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_en = models.CharField(_("name, in English"), max_length=160)
    name_fa = models.CharField(_("name, in Persian"), max_length=160)
    unit = models.SlugField(
        _("unit"), max_length=30, help_text=_("money, or what is counted: products, companies, desks …")
    )
    definition_en = models.TextField(_("definition, in English"), blank=True)
    definition_fa = models.TextField(_("definition, in Persian"), blank=True)

    statement_count = models.PositiveIntegerField(_("figures stated for it"), default=0, editable=False)

    objects = IndicatorQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["statement_count"])

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["pk"]
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [withdrawal_explained()]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        if self.has_page:
            return record_address("catalog:indicator_detail", self.slug)
        return f"{reverse('catalog:programme')}#{self.anchor}"

    @property
    def has_page(self):
        """Whether it has a page of its own: a single figure stands on the programme page alone."""
        return self.statement_count > 1

    @property
    def anchor(self):
        """The id of its row on the programme page."""
        return f"indicator-{self.slug}"

    def stale_derived(self):
        """The number of its figures that readers see where the stored one is not right, as a dict. Its own
        state is asked where it is shown."""
        count = self.statements.filter(parents_public(Statement, "sector", "desk", "product")).count()
        return {} if count == self.statement_count else {"statement_count": count}

    @classmethod
    def derive_own(cls, indicators, using="default"):
        """Store how many public figures are stated for these indicators."""
        for indicator in indicators:
            if stale := indicator.stale_derived():
                cls.objects.using(using).filter(pk=indicator.pk).update(**stale)

    @property
    def name(self):
        return in_language(self, "name")

    @property
    def definition(self):
        return in_language(self, "definition")


class StatementQuerySet(DerivedQuerySet, PublicQuerySet):
    def headlines(self):
        """The figures the home page leads with, in their order."""
        return self.filter(headline__isnull=False).order_by("headline", "pk")


class Statement(Derived, Record):
    """One figure somebody stated for an indicator; stated and recorded figures never mix (rule 3)."""

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exactly")
        MORE_THAN = "more than", _("more than")
        ABOUT = "about", _("about")
        NEARLY = "nearly", _("nearly")
        AT_LEAST = "at least", _("at least")

    class Kind(models.TextChoices):
        TARGET = "target", _("Target")
        PLAN = "plan", _("Plan")
        RESULT = "result", pgettext_lazy("kind of figure", "Result")

    belongs_to = ("indicator", "sector", "desk", "product")
    reaches = {"Indicator": ("indicator_id",)}

    key = models.SlugField(_("key"), max_length=80, unique=True)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name=_("indicator"), related_name="statements"
    )
    label_en = models.CharField(_("what it says, in English"), max_length=200)
    label_fa = models.CharField(_("what it says, in Persian"), max_length=200)
    value = models.BigIntegerField(
        _("value"), help_text=_("A whole number; 26,148.3 is 261483 with 1 digit after the point.")
    )
    decimals = models.PositiveSmallIntegerField(
        _("digits after the point"), default=0, validators=[MaxValueValidator(6)]
    )
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    unit = models.CharField(_("unit"), max_length=30)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, blank=True)
    period_from = models.DateField(_("period from"), null=True, blank=True)
    period_to = models.DateField(_("period to"), null=True, blank=True)
    year_from = year_field(_("Iranian year from"), null=True, blank=True)
    year_to = year_field(_("Iranian year to"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.RESULT)
    sector = models.ForeignKey(
        "catalog.Sector",
        models.PROTECT,
        verbose_name=_("sector"),
        related_name="statements",
        null=True,
        blank=True,
    )
    desk = models.ForeignKey(
        "catalog.Desk",
        models.PROTECT,
        verbose_name=_("desk"),
        related_name="statements",
        null=True,
        blank=True,
    )
    product = models.ForeignKey(
        "catalog.Product",
        models.PROTECT,
        verbose_name=_("product"),
        related_name="statements",
        null=True,
        blank=True,
    )
    said_by_en = models.CharField(_("said by, in English"), max_length=160, blank=True)
    said_by_fa = models.CharField(_("said by, in Persian"), max_length=160, blank=True)
    said_on = models.DateField(
        _("said on"), null=True, blank=True, help_text=_("Empty: the day is not recorded.")
    )
    contradicts = models.ManyToManyField("self", verbose_name=_("contradicts"), blank=True)
    supersedes = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("supersedes"),
        related_name="superseded_by",
        null=True,
        blank=True,
    )
    headline = models.PositiveSmallIntegerField(
        _("place on the home page"),
        null=True,
        blank=True,
        help_text=_("1 to 4; empty: not on the home page."),
    )

    objects = StatementQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[contradicts])

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["pk"]
        base_manager_name = "objects"
        constraints = [
            source_known(),
            models.CheckConstraint(condition=not_negative("value"), name="statement_value"),
            models.CheckConstraint(
                condition=Q(decimals__lte=6) & (Q(currency="") | Q(decimals=0)), name="statement_decimals"
            ),
            models.CheckConstraint(
                condition=~Q(unit="money") | ~Q(currency=""),
                name="statement_money_has_currency",
                violation_error_message=_("Say in which currency the value is."),
            ),
            models.CheckConstraint(
                condition=year_range("year_from") & year_range("year_to"), name="statement_years"
            ),
            models.CheckConstraint(
                condition=Q(year_to__isnull=True) | Q(year_from__isnull=False, year_from__lte=F("year_to")),
                name="statement_years_in_order",
                violation_error_message=_("The years are the wrong way round."),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def figure(self):
        """The value as it was said: an int, or a Decimal where it has digits after the point."""
        return Decimal(self.value).scaleb(-self.decimals) if self.decimals else self.value

    @property
    def year(self):
        """The one Iranian year it speaks of, or None."""
        return self.year_from if self.year_to in (None, self.year_from) else None

    @property
    def day(self):
        """The one day it speaks of, or None."""
        return self.period_from if self.period_from == self.period_to else None

    @property
    def label(self):
        return in_language(self, "label")

    @property
    def said_by(self):
        return in_language(self, "said_by")

    @property
    def anchor(self):
        """The id of its row, on the page of its indicator or on the programme page."""
        return f"said-{self.key}"

    def get_absolute_url(self):
        page, _mark, _row = self.indicator.get_absolute_url().partition("#")
        return f"{page}#{self.anchor}"
