from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import (
    Publishable,
    PublishableQuerySet,
    Record,
    in_language,
    not_negative,
    source_known,
    where_published,
    withdrawal_explained,
    year_field,
    year_range,
)
from .derived import Derived, DerivedQuerySet
from .freshness import Confirmable, company_silent_field, confirmed_by_company_field


class EngagementStage(models.TextChoices):
    """How far a company is with a product."""

    NAMED = "named", _("Named")
    CONTRACTED = "contracted", _("Contracted")
    DESIGN = "design", _("Design")
    DEVELOPMENT = "development", _("Development")
    PROTOTYPE = "prototype", _("Prototype")
    TESTING = "testing", _("Testing")
    PRODUCTION = "production", _("Production")


def furthest(stages):
    """The furthest of these EngagementStage values, "" for none."""
    return max(stages, key=EngagementStage.values.index, default="")


class EngagementQuerySet(DerivedQuerySet, PublishableQuerySet):
    def with_public_company(self):
        """Published ones of a public company: enough where the product is known to be public. A join: with
        the lists of ids of `published`, SQLite tries every company with every product."""
        return self.filter(where_published(), where_published("company"))

    def furthest_first(self):
        """Production before design before named, then by company."""
        order = {stage: position for position, stage in enumerate(reversed(EngagementStage.values))}
        rank = models.Case(*(models.When(stage=stage, then=models.Value(n)) for stage, n in order.items()))
        return self.annotate(rank=rank).order_by("rank", "company__sort_en", "pk")


class Engagement(Confirmable, Derived, Publishable, Record):
    """A company works on a product."""

    class Seeks(models.TextChoices):
        PARTNER = "partner", _("a partner")
        FINANCE = "finance", _("finance")
        BUYER = "buyer", _("a buyer")

    belongs_to = ("product", "company")
    frozen = ("product_id", "company_id")

    company = models.ForeignKey(
        "catalog.Company", models.PROTECT, verbose_name=_("company"), related_name="engagements"
    )
    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, verbose_name=_("product"), related_name="engagements"
    )
    stage = models.CharField(
        _("stage"), max_length=12, choices=EngagementStage, default=EngagementStage.NAMED
    )
    since = year_field(_("since"), null=True, blank=True)
    capacity = models.PositiveBigIntegerField(
        _("capacity a year"), null=True, blank=True, help_text=_("In the unit of the product.")
    )
    free_capacity = models.PositiveBigIntegerField(_("of it free"), null=True, blank=True)
    local_share = models.PositiveSmallIntegerField(
        _("local share, %"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    seeks = models.CharField(_("seeks"), max_length=8, choices=Seeks, blank=True)
    evidence_en = models.TextField(_("evidence, in English"), blank=True)
    evidence_fa = models.TextField(_("evidence, in Persian"), blank=True)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    confirmed_by_company_on = confirmed_by_company_field()
    company_silent_since = company_silent_field()

    objects = EngagementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        ordering = ["pk"]
        base_manager_name = "objects"
        default_permissions = ("add", "change", "delete", "view", "publish")
        indexes = [
            models.Index(fields=["state", "-confirmed_on", "-id"], name="engagement_confirmed"),
            models.Index(fields=["origin", "confirmed_on"], name="engagement_freshness"),
        ]
        constraints = [
            source_known(),
            withdrawal_explained(),
            models.CheckConstraint(condition=year_range("since"), name="engagement_since"),
            models.CheckConstraint(condition=not_negative("capacity"), name="engagement_capacity"),
            models.CheckConstraint(
                condition=Q(local_share__isnull=True) | Q(local_share__lte=100),
                name="engagement_local_share",
                violation_error_message=_("A local share is at most 100 %."),
            ),
            models.CheckConstraint(
                condition=Q(free_capacity__isnull=True) | Q(free_capacity__lte=F("capacity")),
                name="engagement_free_capacity",
                violation_error_message=_("The free capacity is more than the capacity."),
            ),
            models.UniqueConstraint(
                fields=["company", "product"],
                name="engagement_once",
                violation_error_message=_("This company’s work on that product is already recorded."),
            ),
        ]

    def __str__(self):
        return f"{self.company} – {self.product}"

    @property
    def evidence(self):
        return in_language(self, "evidence")
