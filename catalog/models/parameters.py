from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .base import PublicQuerySet, Record, in_language, source_known
from .products import Product


class Parameter(Record):
    """One requirement of a product's specification: "boost pressure, at least 1.8 bar"."""

    class Operator(models.TextChoices):
        EQUAL = "eq", _("exactly")
        AT_LEAST = "min", _("at least")
        AT_MOST = "max", _("at most")
        RANGE = "range", _("from … to")
        TEXT = "text", _("in words")

    class Weight(models.TextChoices):
        MUST = "must", _("must")
        SHOULD = "should", _("should")

    belongs_to = ("product",)

    product = models.ForeignKey(Product, models.CASCADE, verbose_name=_("product"), related_name="parameters")
    name_en = models.CharField(_("name, in English"), max_length=120)
    name_fa = models.CharField(_("name, in Persian"), max_length=120)
    operator = models.CharField(_("comparison"), max_length=5, choices=Operator, default=Operator.AT_LEAST)
    value = models.CharField(pgettext_lazy("requirement", "value"), max_length=60)
    value_to = models.CharField(_("up to"), max_length=60, blank=True, help_text=_("Only for a range."))
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    weight = models.CharField(_("must or should"), max_length=6, choices=Weight, default=Weight.MUST)
    test_method = models.CharField(_("test method"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PublicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        ordering = ["order", "pk"]
        constraints = [
            source_known(),
            models.CheckConstraint(
                condition=(Q(operator="range") & ~Q(value_to="")) | (~Q(operator="range") & Q(value_to="")),
                name="parameter_range_has_two_ends",
                violation_error_message=_("A range has two values; every other comparison has one."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return in_language(self, "name")
