from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Min, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.calendar import iranian_year_of

from .addresses import record_address
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
from .derived import Derived, DerivedQuerySet, chunks, store_stale
from .references import Referenced


class ContractQuerySet(DerivedQuerySet, PublishableQuerySet):
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
        return self.filter(signed_year=year)

    def with_lateness(self, today=None):
        """Adds `late_since`: the day its longest late step was due, None where none is late."""
        late = models.When(open_step_due__lt=today or timezone.localdate(), then="open_step_due")
        return self.annotate(late_since=models.Case(late, output_field=models.DateField()))

    def refresh(self, ids):
        """Recompute the derived columns of these contracts (any iterable of ids), in the caller's
        transaction."""
        for some in chunks(ids):
            rows = Contract._base_manager.using(self.db).filter(pk__in=some)
            # Locked first: of two lines written at the same moment, each transaction would sum its own alone.
            list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
            store_stale(rows.with_roots(), self.db)

    def in_pieces(self):
        """Every contract with its roots, in order of key, some in memory at a time."""
        return self.with_roots().order_by("pk").iterator()

    def with_roots(self):
        """With the sums of its lines (`lines_amount`, `lines_delivered`) and the earliest due day of its
        steps that are not done (`steps_due`), from which the derived columns follow."""
        lines = _rows_of("lines")
        undone = _rows_of("milestones").filter(done__isnull=True)
        return self.annotate(
            lines_amount=Subquery(lines.annotate(sum=Sum("amount")).values("sum")),
            lines_delivered=Subquery(lines.annotate(sum=Sum("delivered_amount")).values("sum")),
            steps_due=Subquery(undone.annotate(first=Min("due")).values("first")),
        )


def _rows_of(name):
    """The rows of one contract in groups of one: of its lines or its milestones."""
    rows = Contract._meta.get_field(name).related_model.objects
    return rows.filter(contract=OuterRef("pk")).order_by().values("contract")


DERIVED = ("amount", "delivered", "open_step_due", "signed_year")
"""Columns that follow from others."""

SUMMED_CONTRACT_COLUMNS = ("currency", "origin", "amount", "delivered", "open_step_due")
"""Columns that sums of contracts read, and say whose they are."""


class Contract(Referenced, Derived, Publishable, Record):
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
    RUNNING = (Status.SIGNED, Status.IN_EXECUTION, Status.DISPUTED)
    frozen = ("reference",)
    rows_in_both_languages = ("lines", "amendments")
    reaches = {"Contract": ("pk",), "Product": ("lines__product_id", "demands__product_id")}

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

    amount = models.BigIntegerField(
        _("amount"),
        null=True,
        editable=False,
        help_text=_("The one total that counts: as stated, or the sum of its lines; in whole units."),
    )
    delivered = models.BigIntegerField(_("Amount delivered"), null=True, editable=False)
    open_step_due = models.DateField(_("its first step not done is due"), null=True, editable=False)
    signed_year = models.PositiveSmallIntegerField(_("Iranian year of signature"), null=True, editable=False)

    objects = ContractQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=[*DERIVED])

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = [models.F("signed_on").desc(nulls_last=True), "pk"]
        base_manager_name = "objects"
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
        indexes = [
            # The usual orders of the feed and of the listing; and all that is counted and added up, without
            # touching a row.
            models.Index(
                "state", models.F("updated_at").desc(), models.F("id").desc(), name="contract_changed"
            ),
            models.Index("state", models.F("signed_on").desc(), "id", name="contract_latest"),
            models.Index(
                fields=["state", "kind", "status", "sector", *SUMMED_CONTRACT_COLUMNS], name="contract_sums"
            ),
            models.Index(
                fields=["state", "desk", "kind", *SUMMED_CONTRACT_COLUMNS], name="contract_desk_sums"
            ),
            models.Index(
                fields=["state", "signed_year", "kind", "currency", "origin", "amount"],
                name="contract_year_sums",
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

    @property
    def owes(self):
        """Whether it can be late: memoranda, agreements and plans owe nothing, nor does what ended early."""
        return self.counts and self.status != self.Status.ENDED_EARLY

    def days_overdue(self, day):
        """How many days before that day it was due, while it is neither delivered nor ended; else None."""
        if not self.owes or self.due is None or self.status not in self.RUNNING or self.due >= day:
            return None
        return (day - self.due).days

    @property
    def is_late(self):
        """Whether a step of it is late; the same rule as ContractQuerySet.with_lateness."""
        return self.open_step_due is not None and self.open_step_due < timezone.localdate()

    def get_absolute_url(self):
        return record_address("catalog:contract_detail", self.reference)

    def stale_derived(self):
        """The derived columns that are not what they should be, with what they should be, as a dict; needs
        ContractQuerySet.with_roots. Numbers on the lines of a contract without a currency are no amounts."""
        stated = self.total_basis == self.Basis.STATED
        derived = {
            "amount": self.stated_amount if stated else self.lines_amount if self.currency else None,
            "delivered": self.lines_delivered if self.currency else None,
            "open_step_due": self.steps_due if self.owes else None,
            "signed_year": iranian_year_of(self.signed_on) if self.signed_on else None,
        }
        return {field: value for field, value in derived.items() if getattr(self, field) != value}

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
