"""Calls: for some days the public is asked whether anybody makes a product."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from .base import Origin, PublicQuerySet, Record, source_known
from .derived import Derived, DerivedQuerySet

DAYS = 20
"""How long a call is open, with its first and its last day, unless staff say otherwise."""


class CallState(models.TextChoices):
    """What a call is today; it follows from its dates."""

    COMING = "coming", pgettext_lazy("call", "Coming")
    OPEN = "open", pgettext_lazy("call", "Open")
    CLOSED = "closed", pgettext_lazy("call", "Closed")


def state_between(opens, closes, today):
    """The CallState on the date `today` of a call with these dates."""
    if today < opens:
        return CallState.COMING
    return CallState.OPEN if today <= closes else CallState.CLOSED


class CallQuerySet(DerivedQuerySet, PublicQuerySet):
    def in_state(self, *states, today=None):
        """Calls that are in one of these CallState values today."""
        today = today or timezone.localdate()
        conditions = {
            CallState.COMING: Q(opens__gt=today),
            CallState.OPEN: Q(opens__lte=today, closes__gte=today),
            CallState.CLOSED: Q(closes__lt=today),
        }
        wanted = Q(pk__in=[])
        for state in states:
            wanted |= conditions[state]
        return self.filter(wanted)


class Call(Derived, Record):
    """The question "does anybody make this?" about one product, from one day to another.

    The claims that answer it are private; how many there are is counted from them (see contact.counting) and
    stored here, where the public reads it.
    """

    belongs_to = ("product",)

    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, verbose_name=_("product"), related_name="calls"
    )
    opens = models.DateField(_("first day"), default=timezone.localdate)
    closes = models.DateField(_("last day"), blank=True, help_text=_("Empty: it is open for 20 days."))
    claims = models.PositiveIntegerField(_("claims received"), default=0, editable=False)
    accepted = models.PositiveIntegerField(_("claims accepted"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("claims refused"), default=0, editable=False)
    undecided = models.PositiveIntegerField(_("claims undecided"), default=0, editable=False)
    counted_at = models.DateTimeField(_("claims counted at"), null=True, editable=False)

    objects = CallQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["claims", "accepted", "refused", "undecided", "counted_at"])

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        base_manager_name = "objects"
        ordering = ["-closes", "-pk"]
        indexes = [models.Index(fields=["closes", "opens", "product"], name="call_by_days")]
        constraints = [
            source_known(),
            models.CheckConstraint(
                condition=~Q(origin=Origin.SAMPLE),
                name="call_is_no_sample",
                violation_error_message=_("Nothing is called for as a sample."),
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="call_days_in_order",
                violation_error_message=_("A call closes after the day on which it opens."),
            ),
            models.CheckConstraint(
                condition=Q(claims=F("accepted") + F("refused") + F("undecided")),
                name="call_counts_add_up",
            ),
            models.UniqueConstraint(
                fields=["product", "opens"],
                name="call_once_a_day",
                violation_error_message=_("A call for this product opens on that day already."),
            ),
        ]

    def __str__(self):
        return str(self.product)

    @property
    def state(self):
        """Its CallState today."""
        return state_between(self.opens, self.closes, timezone.localdate())

    @property
    def is_counted(self):
        """Whether its claims were counted after it closed: only then it is known that nobody came forward."""
        return self.counted_at is not None and timezone.localdate(self.counted_at) > self.closes

    def clean(self):
        self._set_last_day()
        if self.product_id is None:
            return
        if self._state.adding and (fault := why_not_called(self.product)):
            raise ValidationError({"product": fault})
        super().clean()
        if self._overlapping().exists():
            raise ValidationError(
                {"opens": _("Another call for this product is open in these days, or to come.")}
            )

    def save(self, *args, **kwargs):
        self._set_last_day()
        super().save(*args, **kwargs)

    def _set_last_day(self):
        if self.opens and not self.closes:
            self.closes = self.opens + timedelta(days=DAYS - 1)

    def _overlapping(self):
        """Other calls of the product in its days, or that are not over where this one is not. Of two that are
        saved at once, the second waits here."""
        products = type(self.product)._base_manager
        if transaction.get_connection().in_atomic_block:
            list(products.select_for_update(no_key=True).filter(pk=self.product_id).values_list("pk"))
        others = Call.objects.filter(product=self.product_id).exclude(pk=self.pk)
        if not self.opens:
            return others.none()
        meeting = Q(opens__lte=self.closes, closes__gte=self.opens)
        today = timezone.localdate()
        return others.filter(meeting | Q(closes__gte=today) if self.closes >= today else meeting)


def why_not_called(product):
    """Why no call for this product can begin, a sentence; None where one can."""
    if product.is_sample:
        return _("It is a sample: nothing is called for by a sample.")
    if not product.is_public:
        return _("It is not published.")
    if product.stage != "open":
        return _("A maker is on record, or a source reports that it is made at home.")
    return None
