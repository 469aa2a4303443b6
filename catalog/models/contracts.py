from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.calendar import year_bounds

from .base import (
    Currency,
    Origin,
    Publishable,
    PublishableQuerySet,
    Record,
    SavesChanges,
    check_sample_links,
    in_language,
    money_field,
    not_negative,
    source_known,
    withdrawal_explained,
)


class ContractQuerySet(PublishableQuerySet):
    def counted(self):
        """Contracts and offtakes; memoranda, agreements and plans never count as contracts."""
        return self.filter(kind__in=Contract.COUNTED)

    def open_contracting(self):
        """What is told as open contracting data: contracts and offtakes, no samples."""
        return self.counted().exclude(origin=Origin.SAMPLE)

    def with_public_parties(self):
        """With `public_parties` fetched: companies that are not public are left out."""
        parties = self.model._meta.get_field("parties").related_model.objects
        shown = parties.with_public_company().select_related("company")
        return self.prefetch_related(models.Prefetch("parties", shown, to_attr="public_parties"))

    def signed_in(self, year):
        """Signed within that Iranian year, as far as the day is known."""
        first, last = year_bounds(year)
        return self.filter(signed_on__gte=first, signed_on__lte=last)

    def with_amounts(self):
        """Adds `amount` (the one total that counts: stated, or the sum of its lines; None when unknown) and
        `delivered` (sum of what its lines delivered; None when nothing is recorded), in its currency.

        Lines of a contract that does not say its currency yet give neither: a number alone is no amount.
        """
        lines = self.model._meta.get_field("lines").related_model.objects.filter(
            contract=models.OuterRef("pk")
        )
        of_lines = lines.exclude(contract__currency="").order_by().values("contract")
        return self.annotate(
            amount=models.Case(
                models.When(total_basis=Contract.Basis.STATED, then="stated_amount"),
                default=models.Subquery(of_lines.annotate(total=Sum("amount")).values("total")),
                output_field=models.BigIntegerField(),
            ),
            delivered=models.Subquery(of_lines.annotate(total=Sum("delivered_amount")).values("total")),
        )

    def with_lateness(self, today=None):
        """Adds `late_since`: the day its longest late milestone was due, None where none is late (see
        Milestone.progress) and for memoranda, agreements and plans, which owe nothing."""
        milestones = self.model._meta.get_field("milestones").related_model.objects
        overdue = milestones.filter(
            contract=models.OuterRef("pk"),
            contract__kind__in=Contract.COUNTED,
            done__isnull=True,
            due__lt=today or timezone.localdate(),
        ).exclude(contract__status=Contract.Status.ENDED_EARLY)
        return self.annotate(late_since=models.Subquery(overdue.order_by("due").values("due")[:1]))


class Contract(Publishable, Record):
    """What was signed, or only intended, between buyers and makers."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", _("Contract")
        OFFTAKE = "offtake", _("Offtake contract")
        MEMORANDUM = "memorandum", _("Memorandum")
        AGREEMENT = "agreement", _("Agreement in principle")
        PLANNED = "planned", _("Planned contract")

    class Status(models.TextChoices):
        SIGNED = "signed", _("Signed")
        IN_EXECUTION = "in_execution", _("In execution")
        DELIVERED = "delivered", _("Delivered")
        ENDED_EARLY = "ended_early", _("Ended early")
        DISPUTED = "disputed", _("Disputed")

    class Precision(models.TextChoices):
        DAY = "day", _("to the day")
        MONTH = "month", _("to the month")
        YEAR = "year", _("to the year")

    class Basis(models.TextChoices):
        LINES = "lines", _("the sum of its lines")
        STATED = "stated", _("the total as stated")

    class ItemsUnit(models.TextChoices):
        KINDS = "kinds", _("kinds of goods")
        PIECES = "pieces", _("pieces")

    COUNTED = (Kind.CONTRACT, Kind.OFFTAKE)
    frozen = ("reference",)

    reference = models.CharField(
        _("reference"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z", _("Latin letters, digits and hyphens: S-1404-12.")
            )
        ],
        help_text=_("Latin letters, digits and hyphens, such as S-1404-12; it never changes once published."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind,
        default=Kind.CONTRACT,
        help_text=_("Only contracts and offtakes count as contracts."),
    )
    title_en = models.CharField(_("subject, in English"), max_length=200)
    title_fa = models.CharField(_("subject, in Persian"), max_length=200)
    desk = models.ForeignKey(
        "catalog.Desk",
        models.PROTECT,
        verbose_name=_("desk"),
        related_name="contracts",
        null=True,
        blank=True,
    )
    sector = models.ForeignKey(
        "catalog.Sector",
        models.PROTECT,
        verbose_name=_("sector"),
        related_name="contracts",
        null=True,
        blank=True,
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True, help_text=_("Empty when not known."))
    signed_precision = models.CharField(
        _("known"),
        max_length=5,
        choices=Precision,
        default=Precision.DAY,
        help_text=_("How exactly the day is known."),
    )
    due = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(
        _("condition"), max_length=12, choices=Status, blank=True, help_text=_("Empty: not known.")
    )
    total_basis = models.CharField(
        _("its amount is"),
        max_length=6,
        choices=Basis,
        default=Basis.LINES,
        help_text=_("One of the two counts, never both."),
    )
    stated_amount = money_field(_("total as stated"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, blank=True)
    items_count = models.PositiveIntegerField(_("number of items"), null=True, blank=True)
    items_unit = models.CharField(_("counted in"), max_length=6, choices=ItemsUnit, blank=True)

    objects = ContractQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = [models.F("signed_on").desc(nulls_last=True), "pk"]
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            source_known(),
            withdrawal_explained(),
            models.CheckConstraint(condition=not_negative("stated_amount"), name="contract_amount"),
            models.CheckConstraint(
                condition=Q(stated_amount__isnull=True) | ~Q(currency=""),
                name="contract_amount_has_currency",
                violation_error_message=_("Say in which currency the amount is."),
            ),
            models.CheckConstraint(
                condition=~Q(total_basis="lines") | Q(stated_amount__isnull=True),
                name="contract_counts_one_total",
                violation_error_message=_(
                    "Either the lines count or the total as stated does: choose it, or empty it."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.reference} · {self.title}"

    @property
    def title(self):
        return in_language(self, "title")

    @property
    def counts(self):
        """Whether it counts as a contract."""
        return self.kind in self.COUNTED

    def get_absolute_url(self):
        return reverse("catalog:contract_detail", args=[self.reference])

    def clean(self):
        super().clean()
        if (
            self.due
            and self.signed_on
            and self.due < self.signed_on
            and self.signed_precision == self.Precision.DAY
        ):
            raise ValidationError({"due": _("It is due before it was signed.")})


class ContractChild(SavesChanges):
    """A row that follows its contract, also in being a sample."""

    belongs_to = ("contract",)

    class Meta:
        abstract = True

    @property
    def is_sample(self):
        return self.contract.is_sample

    def clean(self):
        super().clean()
        check_sample_links(self)
