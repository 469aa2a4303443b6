from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import (
    Publishable,
    PublishableQuerySet,
    Record,
    in_language,
    source_known,
    withdrawal_explained,
)
from .derived import Derived, DerivedQuerySet


class QuestionQuerySet(DerivedQuerySet, PublishableQuerySet):
    def latest_first(self):
        return self.order_by("-answered_on", "-pk")


class Question(Derived, Publishable, Record):
    """A question about a product or a desk with the office's answer: written by staff, and naming nobody."""

    belongs_to = ("product", "desk")
    frozen = ()

    product = models.ForeignKey(
        "catalog.Product",
        models.PROTECT,
        verbose_name=_("product"),
        related_name="questions",
        null=True,
        blank=True,
    )
    desk = models.ForeignKey(
        "catalog.Desk",
        models.PROTECT,
        verbose_name=_("desk"),
        related_name="questions",
        null=True,
        blank=True,
    )
    text_en = models.TextField(_("question, in English"), max_length=2000)
    text_fa = models.TextField(_("question, in Persian"), max_length=2000)
    answer_en = models.TextField(_("answer, in English"), max_length=5000)
    answer_fa = models.TextField(_("answer, in Persian"), max_length=5000)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), default=timezone.localdate)
    office = models.ForeignKey(
        "catalog.Office",
        models.SET_NULL,
        verbose_name=_("office that answered"),
        related_name="+",
        null=True,
        blank=True,
    )

    objects = QuestionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        base_manager_name = "objects"
        default_permissions = ("add", "change", "delete", "view", "publish")
        ordering = ["-answered_on", "-pk"]
        constraints = [
            source_known(),
            withdrawal_explained(),
            models.CheckConstraint(
                condition=Q(product__isnull=False, desk__isnull=True)
                | Q(product__isnull=True, desk__isnull=False),
                name="question_on_one_record",
                violation_error_message=_("A question is about one product or one desk."),
            ),
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True) | Q(asked_on__lte=F("answered_on")),
                name="question_days_in_order",
                violation_error_message=_("It was asked before it was answered."),
            ),
        ]

    def __str__(self):
        return self.text if len(self.text) <= 100 else f"{self.text[:99]}…"

    @property
    def text(self):
        return in_language(self, "text")

    @property
    def answer(self):
        return in_language(self, "answer")
