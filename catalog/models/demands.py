from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.numerals import digits

from .base import (
    Currency,
    PublicQuerySet,
    Record,
    money_field,
    not_negative,
    source_known,
    where_published,
    year_field,
    year_range,
)
from .derived import Derived, DerivedQuerySet
from .freshness import Confirmable, company_silent_field, confirmed_by_company_field


class Commitment(models.TextChoices):
    """How strong a promise to buy is, weakest first."""

    NAMED = "named", _("Named")
    INDICATIVE = "indicative", _("Indicative")
    BUDGETED = "budgeted", _("Budgeted")
    TENDERED = "tendered", _("Tendered")
    OFFTAKE = "offtake", _("Offtake")
    SIGNED = "signed", _("Signed")


STRENGTH = {commitment: place for place, commitment in enumerate(Commitment.values)}


def strength():
    """An expression: how strong the `commitment` of a row is, 0 (named) to 5 (signed)."""
    whens = (models.When(commitment=value, then=models.Value(n)) for n, value in enumerate(Commitment.values))
    return models.Case(*whens, output_field=models.IntegerField())


def strongest_promise(demands):
    """(commitment, year, quantity) of the strongest promise among demands of one product: its Commitment, ""
    without any; the first year for which somebody promises so, and how much they want in it, None where it is
    not known."""
    demands = strongest(demands)
    commitment = demands[0].commitment if demands else ""
    year = min((demand.year for demand in demands if demand.year), default=None)
    quantity = sum(demand.quantity or 0 for demand in demands if year and demand.year == year)
    return commitment, year, quantity or None


def strongest(demands):
    """Those of the strongest promise among demands of one product: real ones, or samples where no real one is
    as strong."""
    ranks = [(STRENGTH[demand.commitment], not demand.is_sample) for demand in demands]
    most = max(ranks, default=None)
    return [demand for demand, rank in zip(demands, ranks, strict=True) if rank == most]


class DemandQuerySet(DerivedQuerySet, PublicQuerySet):
    def without_public_contract(self):
        """Without those that became a public contract: its lines say what is left of them."""
        return self.filter(Q(contract__isnull=True) | ~where_published("contract"))

    def published(self):
        return super().published().without_public_contract()

    def with_public_buyer(self):
        """Those of a public buyer: enough where the product is known to be public."""
        return self.filter(where_published("buyer")).without_public_contract()


class Demand(Derived, Confirmable, Record):
    """A buyer wants a product in one Iranian year (or no year is known)."""

    belongs_to = ("product", "buyer")

    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, verbose_name=_("product"), related_name="demands"
    )
    buyer = models.ForeignKey(
        "catalog.Company", models.PROTECT, verbose_name=_("buyer"), related_name="demands"
    )
    year = year_field(null=True, blank=True)
    quantity = models.PositiveBigIntegerField(
        _("quantity"), null=True, blank=True, help_text=_("In the unit of the product.")
    )
    value = money_field(_("value"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, blank=True)
    commitment = models.CharField(
        _("commitment"), max_length=10, choices=Commitment, default=Commitment.INDICATIVE
    )
    contract = models.ForeignKey(
        "catalog.Contract",
        models.SET_NULL,
        verbose_name=_("contract it became"),
        null=True,
        blank=True,
        related_name="demands",
        help_text=_("While that contract is public, its lines count instead of this demand."),
    )
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    confirmed_by_company_on = confirmed_by_company_field()
    company_silent_since = company_silent_field()

    objects = DemandQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("demand")
        verbose_name_plural = _("demands")
        base_manager_name = "objects"
        ordering = [F("year").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["-confirmed_on", "-id"], name="demand_confirmed"),
            models.Index(fields=["origin", "confirmed_on"], name="demand_freshness"),
        ]
        constraints = [
            source_known(),
            models.CheckConstraint(condition=year_range("year"), name="demand_year"),
            models.CheckConstraint(condition=not_negative("value"), name="demand_value"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | ~Q(currency=""),
                name="demand_value_has_currency",
                violation_error_message=_("Say in which currency the value is."),
            ),
            models.UniqueConstraint(
                fields=["product", "buyer", "year"],
                name="demand_once_a_year",
                violation_error_message=_(
                    "This buyer’s demand for that product and year is already recorded."
                ),
            ),
            models.UniqueConstraint(
                fields=["product", "buyer"],
                condition=Q(year__isnull=True),
                name="demand_once_without_year",
                violation_error_message=_(
                    "This buyer’s demand for that product without a year is already recorded."
                ),
            ),
        ]

    def __str__(self):
        year = [digits(self.year, get_language())] if self.year else []
        return " – ".join([str(self.buyer), str(self.product), *year])

    def clean(self):
        super().clean()
        if self.contract and not self.contract.counts:
            raise ValidationError(
                {"contract": _("Only a contract or an offtake takes the place of a demand.")}
            )
