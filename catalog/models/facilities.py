"""Financing: what was approved to a company, and what was paid of it."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.calendar import short_day

from .base import (
    Currency,
    PublicQuerySet,
    Publishable,
    PublishableQuerySet,
    Record,
    check_sample_links,
    if_public,
    in_language,
    money_field,
    not_negative,
    source_known,
    where_published,
    withdrawal_explained,
)
from .derived import Derived, DerivedQuerySet, chunks
from .references import Referenced


class FacilityQuerySet(PublishableQuerySet):
    def with_public_company(self):
        """The published ones, as `published` gives them, by a join: where the companies are read too."""
        return self.filter(where_published(), where_published("company"))

    def refresh(self, ids):
        """Recompute what was paid of these facilities (any iterable of ids), in the caller's transaction.
        The database refuses more than was approved."""
        for some in chunks(ids):
            everything = self.model._base_manager.using(self.db)
            rows = everything.filter(pk__in=some)
            # Locked first: of two payments made at the same moment, each transaction would sum its own alone.
            list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
            for facility in rows.with_payments_summed():
                if facility.paid != facility.paid_by_rows:
                    everything.filter(pk=facility.pk).update(paid=facility.paid_by_rows)

    def in_pieces(self):
        """Every facility with what it takes to check what was paid, some in memory at a time."""
        return self.with_payments_summed().order_by("pk").iterator()

    def with_payments_summed(self):
        """Adds `paid_by_rows`, what `paid` should be: the sum of the payments."""
        return self.annotate(paid_by_rows=models.functions.Coalesce(Sum("payments__amount"), 0))


class Facility(Referenced, Publishable, Record):
    """A loan, guarantee or grant to a company, often resting on a contract it has signed."""

    class Kind(models.TextChoices):
        LOAN = "loan", _("Loan")
        GUARANTEE = "guarantee", _("Guarantee")
        GRANT = "grant", _("Grant")

    PAYS_OUT = (Kind.LOAN, Kind.GRANT)
    belongs_to = ("company",)
    frozen = ("reference",)
    letters = "MF"

    reference = models.CharField(
        _("reference"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z", _("Latin letters, digits and hyphens: F-1404-12.")
            )
        ],
        help_text=_("Latin letters, digits and hyphens, such as F-1404-12; it never changes once published."),
    )
    company = models.ForeignKey(
        "catalog.Company", models.PROTECT, verbose_name=_("company"), related_name="facilities"
    )
    contract = models.ForeignKey(
        "catalog.Contract",
        models.PROTECT,
        verbose_name=_("contract it rests on"),
        related_name="facilities",
        null=True,
        blank=True,
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.LOAN)
    lender = models.ForeignKey(
        "catalog.Company",
        models.PROTECT,
        verbose_name=_("lender"),
        related_name="lent",
        null=True,
        blank=True,
    )
    lender_en = models.CharField(_("lender as printed, in English"), max_length=160, blank=True)
    lender_fa = models.CharField(_("lender as printed, in Persian"), max_length=160, blank=True)
    purpose_en = models.CharField(_("what it is for, in English"), max_length=200, blank=True)
    purpose_fa = models.CharField(_("what it is for, in Persian"), max_length=200, blank=True)
    approved_amount = money_field(_("approved"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.IRR)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    paid = models.BigIntegerField(
        _("paid"), default=0, editable=False, help_text=_("The sum of the payments.")
    )

    objects = FacilityQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["paid"])

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = [F("approved_on").desc(nulls_last=True), "pk"]
        base_manager_name = "objects"
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            source_known(),
            withdrawal_explained(),
            models.CheckConstraint(
                condition=not_negative("approved_amount"),
                name="facility_approved",
                violation_error_message=_("An amount cannot be less than zero."),
            ),
            models.CheckConstraint(
                condition=Q(paid__gte=0, paid__lte=F("approved_amount")),
                name="facility_paid_within_approved",
                violation_error_message=_("More was paid than was approved."),
            ),
            models.CheckConstraint(
                condition=Q(lender__isnull=False, lender_en="", lender_fa="")
                | (Q(lender__isnull=True) & (~Q(lender_en="") | ~Q(lender_fa=""))),
                name="facility_lender_or_name",
                violation_error_message=_("Choose the lender, or write its name as printed: one of the two."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} · {self.company}"

    @property
    def purpose(self):
        return in_language(self, "purpose")

    @property
    def pays_out(self):
        """Whether its kind is money paid out; a guarantee is not."""
        return self.kind in self.PAYS_OUT

    @property
    def public_lender(self):
        """The lender on record where the public may see it, else None."""
        return if_public(self.lender)

    @property
    def public_contract(self):
        """The contract it rests on where the public may see it, else None."""
        return if_public(self.contract)

    def stale_derived(self):
        """The derived columns that are not what they should be; needs `with_payments_summed`."""
        return {} if self.paid == self.paid_by_rows else {"paid": self.paid_by_rows}

    def clean(self):
        super().clean()
        if self.contract_id and not self.contract.counts:
            raise ValidationError(
                {"contract": _("A facility rests on a contract; this is a memorandum or a plan.")}
            )


class PaymentQuerySet(DerivedQuerySet, PublicQuerySet):
    pass


class Payment(Derived):
    """Money paid of a facility, in its currency; public with it."""

    belongs_to = ("facility",)
    reaches = {"Facility": ("facility_id",)}

    facility = models.ForeignKey(
        Facility, models.CASCADE, verbose_name=_("facility"), related_name="payments"
    )
    paid_on = models.DateField(_("paid on"))
    amount = models.BigIntegerField(_("amount"), validators=[MinValueValidator(1)])

    objects = PaymentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["paid_on", "pk"]
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="payment_amount",
                violation_error_message=_("A payment is more than zero."),
            )
        ]

    def __str__(self):
        return f"{self.facility.reference} · {short_day(self.paid_on, get_language())}"

    @property
    def is_sample(self):
        return self.facility.is_sample

    def clean(self):
        super().clean()
        check_sample_links(self)
