"""The rows of a contract: parties, lines, milestones and amendments. They are public with their contract."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .base import PublicQuerySet, in_language, money_field, not_negative, where_published
from .contracts import Contract, ContractChild
from .derived import Derived, DerivedQuerySet


class PartyQuerySet(DerivedQuerySet, PublicQuerySet):
    def with_public_company(self):
        """Those of a public company or printed by name: enough where the contract is known to be public."""
        return self.filter(Q(company__isnull=True) | where_published("company"))


class SummedQuerySet(DerivedQuerySet, PublicQuerySet):
    pass


class SummedChild(Derived, ContractChild):
    """A row from which derived columns of its contract follow."""

    reaches = {"Contract": ("contract_id",)}

    class Meta:
        abstract = True


class Party(Derived, ContractChild):
    """Who signed: a company on record, or the name as it was printed."""

    reaches = {"Product": ("contract__lines__product_id",)}
    belongs_to = ("contract", "company")

    class Role(models.TextChoices):
        BUYER = "buyer", _("Buyer")
        SUPPLIER = "supplier", _("Supplier")
        FINANCIER = "financier", _("Financier")
        OTHER = "other", _("Other party")

    contract = models.ForeignKey(Contract, models.CASCADE, verbose_name=_("contract"), related_name="parties")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.SUPPLIER)
    company = models.ForeignKey(
        "catalog.Company",
        models.PROTECT,
        verbose_name=_("company"),
        related_name="parties",
        null=True,
        blank=True,
    )
    name_en = models.CharField(_("name as printed, in English"), max_length=200, blank=True)
    name_fa = models.CharField(_("name as printed, in Persian"), max_length=200, blank=True)

    objects = PartyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        base_manager_name = "objects"
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(company__isnull=False, name_en="", name_fa="")
                | (Q(company__isnull=True) & (~Q(name_en="") | ~Q(name_fa=""))),
                name="party_company_or_name",
                violation_error_message=_("Choose a company, or write the name as printed: one of the two."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return str(self.company) if self.company_id else in_language(self, "name")


class ContractLine(SummedChild):
    """One thing bought under a contract; amounts in the contract's currency."""

    reaches = {"Contract": ("contract_id",), "Product": ("product_id",)}

    contract = models.ForeignKey(Contract, models.CASCADE, verbose_name=_("contract"), related_name="lines")
    product = models.ForeignKey(
        "catalog.Product",
        models.PROTECT,
        verbose_name=_("product"),
        related_name="contract_lines",
        null=True,
        blank=True,
    )
    description_en = models.CharField(_("description, in English"), max_length=200, blank=True)
    description_fa = models.CharField(_("description, in Persian"), max_length=200, blank=True)
    quantity = models.PositiveBigIntegerField(_("quantity"), null=True, blank=True)
    unit = models.CharField(
        _("unit"), max_length=30, blank=True, help_text=_("Empty: the unit of the product.")
    )
    amount = money_field(_("amount"), null=True, blank=True)
    delivered_amount = money_field(_("of it delivered"), null=True, blank=True)

    objects = SummedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        base_manager_name = "objects"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False) | ~Q(description_en="") | ~Q(description_fa=""),
                name="contractline_says_what",
                violation_error_message=_("Choose a product, or describe it."),
            ),
            models.CheckConstraint(
                condition=not_negative("amount", "delivered_amount"),
                name="contractline_amounts",
                violation_error_message=_("An amount cannot be less than zero."),
            ),
            models.CheckConstraint(
                condition=Q(delivered_amount__isnull=True)
                | Q(amount__isnull=False, delivered_amount__lte=F("amount")),
                name="contractline_delivered_within_amount",
                violation_error_message=_(
                    "More was delivered than the line’s amount; if it grew, record an amendment and raise it."
                ),
            ),
        ]

    def __str__(self):
        return str(self.product) if self.product_id else self.description

    @property
    def description(self):
        return in_language(self, "description")


PROGRESS_CHOICES = (
    ("done", _("done")),
    ("late", _("due before today and not done")),
    ("ahead", _("still ahead")),
    ("lapsed", _("its day passed and nothing was owed: a memorandum, agreement or plan")),
    ("dropped", _("never done: the contract ended early")),
)
"""What Milestone.progress_on says, in words."""


def late_steps(day, step="", contract="contract__"):
    """Condition: a step is late on that day; the same rule as Milestone.progress_on. `step` and `contract`
    lead from the row to them."""
    return Q(**{f"{step}done__isnull": True, f"{step}due__lt": day, f"{contract}open_step_due__lt": day})


class Milestone(SummedChild):
    """A step a contract promises."""

    class Kind(models.TextChoices):
        DESIGN_APPROVAL = "design_approval", _("Design approved")
        TOOLING = "tooling", _("Tooling")
        TYPE_APPROVAL = "type_approval", _("Type approved")
        FIRST_DELIVERY = "first_delivery", _("First delivery")
        PAYMENT = "payment", _("Payment")
        FINAL_DELIVERY = "final_delivery", _("Final delivery")
        OTHER = "other", _("Other step")

    contract = models.ForeignKey(
        Contract, models.CASCADE, verbose_name=_("contract"), related_name="milestones"
    )
    kind = models.CharField(_("step"), max_length=16, choices=Kind, default=Kind.FIRST_DELIVERY)
    due = models.DateField(_("due"), null=True, blank=True)
    done = models.DateField(_("done"), null=True, blank=True)

    objects = SummedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        base_manager_name = "objects"
        ordering = [F("due").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due__isnull=False) | Q(done__isnull=False),
                name="milestone_has_a_day",
                violation_error_message=_("Say when it is due, or when it was done."),
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def progress(self):
        """What `progress_on` says of today."""
        return self.progress_on(timezone.localdate())

    def progress_on(self, day):
        """One of PROGRESS_CHOICES: how it stands on that day."""
        if self.done:
            return "done"
        if self.contract.status == Contract.Status.ENDED_EARLY:
            return "dropped"
        if self.due >= day:
            return "ahead"
        return "late" if self.contract.owes else "lapsed"


class Amendment(ContractChild):
    """What was changed in a contract, why and when."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, verbose_name=_("contract"), related_name="amendments"
    )
    on = models.DateField(_("on"))
    what_en = models.CharField(_("what changed, in English"), max_length=300)
    what_fa = models.CharField(_("what changed, in Persian"), max_length=300)
    why_en = models.CharField(_("why, in English"), max_length=300)
    why_fa = models.CharField(_("why, in Persian"), max_length=300)

    objects = PublicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["on", "pk"]

    def __str__(self):
        return self.what

    @property
    def what(self):
        return in_language(self, "what")

    @property
    def why(self):
        return in_language(self, "why")
