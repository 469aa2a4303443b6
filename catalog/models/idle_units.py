from django.db import models
from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .addresses import record_address
from .base import (
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
from .codes import codes_field, codes_known, labels
from .derived import Derived, DerivedQuerySet, refresh, sort_keys, store_stale
from .freshness import Confirmable, company_silent_field, confirmed_by_company_field
from .provinces import Province
from .unit_matches import UnitMatch


class Cause(models.TextChoices):
    """Why a unit stands still."""

    FINANCE = "finance", _("finance")
    MARKET = "market", _("the market")
    PARTNERS = "partners", _("dispute of partners")
    RAW_MATERIAL = "raw_material", _("raw material")
    MACHINERY = "machinery", _("machinery")
    LEGAL = "legal", _("legal matters")
    ENERGY = "energy", _("energy")


class Need(models.TextChoices):
    """What a unit needs to run again."""

    CAPITAL = "capital", _("working capital")
    BUYER = "buyer", _("a buyer")
    PARTNER = "partner", _("a partner")
    MACHINERY = "machinery", _("machines or repair")
    RAW_MATERIAL = "raw_material", _("raw material")
    LICENCE = "licence", _("a licence")
    ENERGY = "energy", _("power, gas or water")
    SKILLS = "skills", _("skilled people")


class IdleUnitQuerySet(DerivedQuerySet, PublishableQuerySet):
    def standing(self):
        """Units that do not run: idle, or with a revival planned."""
        return self.exclude(status=IdleUnit.Status.REVIVED)

    def naming(self):
        """Rows (`idleunit`, `product`) that say which public products these units could make."""
        return IdleUnit.products.through.objects.filter(
            parents_public(IdleUnit.products.through, "product"), idleunit__in=self.order_by().values("pk")
        )

    def with_match(self):
        """Adds `matches`: a public unit stands still and somebody says it could make a public product."""
        return self.annotate(matches=_truth(Q(pk__in=UnitMatch.objects.values("unit"))))


def _truth(condition):
    """An expression that is True where `condition` holds and False elsewhere."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


class IdleUnit(Confirmable, Derived, Publishable, Record):
    """An industrial unit that stands still, or stood still and runs again; counted once (rule 5)."""

    class Status(models.TextChoices):
        IDLE = "idle", _("Idle")
        PLANNED = "planned", _("Revival planned")
        REVIVED = "revived", _("Runs again")

    class CapacityUnit(models.TextChoices):
        PIECE = "piece", _("piece")
        MACHINE = "machine", pgettext_lazy("counter", "unit")
        SET = "set", _("set")
        TYRE = "tyre", _("tyre")
        KG = "kg", _("kilogram")
        TONNE = "tonne", _("tonne")
        MACHINE_HOUR = "machine_hour", _("machine hour")
        METRE = "metre", _("metre")
        SQUARE_METRE = "square_metre", _("square metre")

    belongs_to = ("sector",)
    reaches = {"Product": ("products__pk",)}

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_en = models.CharField(_("name, in English"), max_length=160)
    name_fa = models.CharField(_("name, in Persian"), max_length=160)
    sector = models.ForeignKey(
        "catalog.Sector", models.PROTECT, verbose_name=_("sector"), related_name="idle_units"
    )
    products = models.ManyToManyField(
        "catalog.Product",
        verbose_name=_("products it could make"),
        related_name="idle_units",
        blank=True,
        help_text=_("What its machines could make, as somebody who knows the plant says."),
    )
    province = models.CharField(_("province"), max_length=30, choices=Province, db_index=True)
    town_en = models.CharField(_("town, in English"), max_length=80, blank=True)
    town_fa = models.CharField(_("town, in Persian"), max_length=80, blank=True)
    park_en = models.CharField(_("industrial park, in English"), max_length=120, blank=True)
    park_fa = models.CharField(_("industrial park, in Persian"), max_length=120, blank=True)
    capacity = models.PositiveBigIntegerField(_("nominal capacity a year"), null=True, blank=True)
    capacity_unit = models.CharField(
        _("unit of the capacity"), max_length=12, choices=CapacityUnit, blank=True
    )
    idle_since = year_field(_("idle since"), null=True, blank=True)
    causes = codes_field(Cause, _("why it stopped"))
    needs = codes_field(Need, _("what it needs"))
    needs_en = models.CharField(_("what it needs in words, in English"), max_length=200, blank=True)
    needs_fa = models.CharField(_("what it needs in words, in Persian"), max_length=200, blank=True)
    jobs = models.PositiveIntegerField(
        _("jobs"), null=True, blank=True, help_text=_("People it employed when it ran in full.")
    )
    status = models.CharField(_("condition"), max_length=8, choices=Status, default=Status.IDLE)
    revived_on = models.DateField(_("runs again since"), null=True, blank=True)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    confirmed_by_company_on = confirmed_by_company_field()
    company_silent_since = company_silent_field()

    sort_en = models.CharField(max_length=255, editable=False, default="", db_index=True)
    sort_fa = models.CharField(max_length=255, editable=False, default="", db_index=True)

    objects = IdleUnitQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[products], excluded_fields=["sort_en", "sort_fa"])

    class Meta:
        verbose_name = _("idle unit")
        verbose_name_plural = _("idle units")
        ordering = ["sort_en", "pk"]
        base_manager_name = "objects"
        default_permissions = ("add", "change", "delete", "view", "publish")
        indexes = [
            models.Index(fields=["state", "-updated_at", "-id"], name="idleunit_changed"),
            models.Index(fields=["origin", "confirmed_on"], name="idleunit_freshness"),
            models.Index(fields=["state", "sector", "province", "status", "origin"], name="idleunit_counts"),
        ]
        constraints = [
            source_known(),
            withdrawal_explained(),
            models.CheckConstraint(condition=year_range("idle_since"), name="idleunit_idle_since"),
            models.CheckConstraint(condition=not_negative("capacity", "jobs"), name="idleunit_sizes"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | ~Q(capacity_unit=""),
                name="idleunit_capacity_has_unit",
                violation_error_message=_("Say in what the capacity is counted."),
            ),
            models.CheckConstraint(
                condition=Q(status="revived") | Q(revived_on__isnull=True),
                name="idleunit_revived_on",
                violation_error_message=_("It has a day of its revival, so its condition is “Runs again”."),
            ),
            models.CheckConstraint(condition=codes_known("causes", Cause), name="idleunit_causes_known"),
            models.CheckConstraint(condition=codes_known("needs", Need), name="idleunit_needs_known"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return in_language(self, "name")

    @property
    def town(self):
        return in_language(self, "town")

    @property
    def park(self):
        return in_language(self, "park")

    @property
    def needs_in_words(self):
        """What it needs as somebody wrote it, else the words of the codes, as a list; empty: not known."""
        written = in_language(self, "needs")
        return [written] if written else labels(Need, self.needs)

    @property
    def cause_words(self):
        """Why it stopped, as a list of words."""
        return labels(Cause, self.causes)

    def get_absolute_url(self):
        return record_address("catalog:unit_detail", self.slug)

    def after_write(self, using):
        self.derive_own([self], using)

    def stale_derived(self):
        """The sort keys that are not what they should be, with what they should be, as a dict."""
        return sort_keys(self, sort_en=self.name_en or self.name_fa, sort_fa=self.name_fa or self.name_en)

    @classmethod
    def derive_own(cls, units, using="default"):
        """Store the sort keys of these units."""
        store_stale(units, using)


@receiver(m2m_changed, sender=IdleUnit.products.through)
def refresh_named_products(action, instance, reverse, pk_set, using, **_):
    """Refresh the products that a unit now names, or names no more. A signal, since Django writes the joining
    rows itself: no method of ours is called when staff save `products` in the form of a unit."""
    if action == "pre_clear":  # afterwards nobody knows which they were
        instance.cleared_products = (
            {instance.pk} if reverse else set(instance.products.values_list("pk", flat=True))
        )
    elif action == "post_clear":
        refresh("Product", instance.cleared_products, using)
    elif action in {"post_add", "post_remove"}:
        refresh("Product", {instance.pk} if reverse else pk_set, using)
