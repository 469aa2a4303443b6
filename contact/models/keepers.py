"""Contacts that speak for a company or a unit, and the mails that ask them whether its records are true."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .enquiries import Enquiry
from .tokens import hash_of


class KeeperProof(models.TextChoices):
    """How it was proved that a contact speaks for a company."""

    DOMAIN = "domain", pgettext_lazy("proof", "Mail from the company’s own domain")
    CALL_BACK = "call_back", pgettext_lazy("proof", "Called back at a number found elsewhere")


class Keeper(models.Model):
    """A contact that speaks for a company (as maker and as buyer) or for a unit. It goes with the enquiry
    that it came with: who has their letter erased is erased here too."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, verbose_name=_("enquiry"), related_name="keepers")
    company = models.ForeignKey(
        "catalog.Company", models.CASCADE, verbose_name=_("company"), related_name="+", null=True, blank=True
    )
    unit = models.ForeignKey(
        "catalog.IdleUnit",
        models.CASCADE,
        verbose_name=_("idle unit"),
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2)
    proof = models.CharField(_("how it was proved"), max_length=10, choices=KeeperProof)
    proof_details = models.CharField(
        _("proof in words"),
        max_length=300,
        help_text=_("The domain and where it is known from, or the number and where it was found."),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("checked by"),
        related_name="+",
        null=True,
        blank=True,
    )
    checked_at = models.DateTimeField(_("checked on"), default=timezone.now)
    ended_at = models.DateTimeField(_("speaks for it no more since"), null=True, blank=True)

    class Meta:
        verbose_name = _("keeper")
        verbose_name_plural = _("keepers")
        ordering = ["-checked_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(company=None, unit__isnull=False) | Q(company__isnull=False, unit=None),
                name="keeper_of_one",
                violation_error_message=_("Choose the company or the unit, one of them."),
            ),
            models.UniqueConstraint(
                fields=["company", "email"], condition=Q(ended_at=None), name="keeper_once_a_company"
            ),
            models.UniqueConstraint(
                fields=["unit", "email"], condition=Q(ended_at=None), name="keeper_once_a_unit"
            ),
        ]

    def __str__(self):
        return f"{self.of} – {self.enquiry}"

    @property
    def of(self):
        """The record it speaks for."""
        return self.company or self.unit


class AskingQuerySet(models.QuerySet):
    def by_token(self, token):
        """The Asking whose page has this token, while its keeper speaks for the record; or None."""
        found = self.filter(token_hash=hash_of(token), keeper__ended_at=None)
        return found.select_related("keeper__company", "keeper__unit").first()

    def note_delivery(self):
        """Note of which the letter never left the outbox."""
        known = self.filter(letter__isnull=False)
        known.filter(letter__sent_at=None).update(is_undelivered=True)
        known.filter(letter__sent_at__isnull=False, is_undelivered=True).update(is_undelivered=False)


class Asking(models.Model):
    """One mail to a keeper: is what stands on record still true? `number` counts a keeper's half-years, so
    that each is asked about once."""

    keeper = models.ForeignKey(Keeper, models.CASCADE, related_name="askings")
    number = models.PositiveSmallIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey("catalog.Outbox", models.SET_NULL, related_name="+", null=True, blank=True)
    # Kept beside the letter, which is erased after some weeks.
    is_undelivered = models.BooleanField(default=False, db_default=False)

    objects = AskingQuerySet.as_manager()

    class Meta:
        ordering = ["keeper", "number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["keeper", "number"], name="asking_once")]

    def __str__(self):
        return f"{self.keeper} {self.number}"
