"""What visitors send: questions, interests and claims, with the messages that follow and the proofs."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models.references import Referenced

from .erased import Erased
from .tokens import hash_of, token_behind, token_of

ENQUIRY_PURPOSE = "ask"


def proofs_storage():
    """Where visitors' files lie: never under a public address."""
    return storages["proofs"]


@deconstructible
class ProofName:
    """A name nobody can guess and no visitor chose."""

    def __call__(self, proof, filename):
        return f"{uuid.uuid4().hex}.{filename.rsplit('.', 1)[-1].lower()}"


class Kind(models.TextChoices):
    """Why somebody writes."""

    ASK = "ask", _("Question")
    INTEREST = "interest", _("Interest")
    CLAIM = "claim", _("Claim")


class EnquiryRole(models.TextChoices):
    """Which interest or which claim it is; a question has none."""

    MAKE = "make", pgettext_lazy("interest", "Make it")
    INVEST = "invest", pgettext_lazy("interest", "Invest in it")
    SUPPLY = "supply", pgettext_lazy("interest", "Supply parts or materials")
    PARTNER = "partner", pgettext_lazy("interest", "Find a partner")
    TEST = "test", pgettext_lazy("interest", "Test or certify it")
    MAKES = "makes", pgettext_lazy("claim", "We make this")
    COULD_MAKE = "could_make", pgettext_lazy("claim", "We could make this")
    BUYS = "buys", pgettext_lazy("claim", "We buy this")
    PLANT_COULD = "plant_could", pgettext_lazy("claim", "Our plant could make this")
    WRONG = "wrong", pgettext_lazy("claim", "This record is wrong")


ROLES_OF_KIND = {
    Kind.ASK: (),
    Kind.INTEREST: (
        EnquiryRole.MAKE,
        EnquiryRole.INVEST,
        EnquiryRole.SUPPLY,
        EnquiryRole.PARTNER,
        EnquiryRole.TEST,
    ),
    Kind.CLAIM: (
        EnquiryRole.MAKES,
        EnquiryRole.COULD_MAKE,
        EnquiryRole.BUYS,
        EnquiryRole.PLANT_COULD,
        EnquiryRole.WRONG,
    ),
}
"""The roles that go with each kind."""

MAKING = (EnquiryRole.MAKES, EnquiryRole.COULD_MAKE)
"""Claims that a call waits for."""


class EnquiryState(models.TextChoices):
    """Where an enquiry stands."""

    RECEIVED = "received", pgettext_lazy("enquiry", "Received")
    ASKED_BACK = "asked_back", pgettext_lazy("enquiry", "Asked back")
    ANSWERED = "answered", pgettext_lazy("enquiry", "Answered")
    ACCEPTED = "accepted", pgettext_lazy("enquiry", "Accepted")
    REFUSED = "refused", pgettext_lazy("enquiry", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("enquiry", "Withdrawn")
    SPAM = "spam", pgettext_lazy("enquiry", "Spam")


OPEN = (EnquiryState.RECEIVED, EnquiryState.ASKED_BACK)
UNCOUNTED = (EnquiryState.WITHDRAWN, EnquiryState.SPAM)
"""Left out of the clock."""


class Reason(models.TextChoices):
    """Why an enquiry was closed."""

    ANSWERED = "answered", pgettext_lazy("reason", "Answered")
    PROVED = "proved", pgettext_lazy("reason", "Proved and accepted")
    NOT_PROVED = "not_proved", pgettext_lazy("reason", "Not proved")
    KNOWN = "known", pgettext_lazy("reason", "On record already")
    ELSEWHERE = "elsewhere", pgettext_lazy("reason", "Not a matter of this office")
    UNREACHABLE = "unreachable", pgettext_lazy("reason", "No answer from the sender")
    OTHER = "other", pgettext_lazy("reason", "Another reason")


class EnquiryQuerySet(models.QuerySet):
    def open(self):
        """Those that wait for the office or for the sender."""
        return self.filter(state__in=OPEN)

    def counted(self):
        """Those the clock counts."""
        return self.exclude(state__in=UNCOUNTED)

    def by_token(self, token):
        """The enquiry whose private page has this token, or None."""
        return self.filter(token_hash=hash_of(token)).first()


def _roles_fit():
    fitting = Q()
    for kind, roles in ROLES_OF_KIND.items():
        fitting |= Q(kind=kind, role__in=roles or ("",))
    return fitting


class Enquiry(Referenced):
    """One letter of a visitor and what became of it. Its string is its reference: nothing personal."""

    letters = "Q"
    least_digits = 4

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # Of the form it was sent with: the same form sent twice makes one enquiry. The seed of its token.
    nonce = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    role = models.CharField(_("what exactly"), max_length=12, choices=EnquiryRole, blank=True)
    months = models.PositiveSmallIntegerField(_("months until it could be made"), null=True, blank=True)
    products = models.ManyToManyField(
        "catalog.Product", verbose_name=_("products"), related_name="+", blank=True
    )
    company = models.ForeignKey(
        "catalog.Company", models.SET_NULL, verbose_name=_("company"), related_name="+", null=True, blank=True
    )
    desk = models.ForeignKey(
        "catalog.Desk", models.SET_NULL, verbose_name=_("desk"), related_name="+", null=True, blank=True
    )
    contract = models.ForeignKey(
        "catalog.Contract",
        models.SET_NULL,
        verbose_name=_("contract"),
        related_name="+",
        null=True,
        blank=True,
    )
    unit = models.ForeignKey(
        "catalog.IdleUnit",
        models.SET_NULL,
        verbose_name=_("idle unit"),
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField(_("name"), max_length=120)
    organization = models.CharField(_("company or organization"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    text = models.TextField(_("message"))
    language = models.CharField(_("language"), max_length=2)
    may_be_published = models.BooleanField(_("may be published without a name"), default=False)
    # None: the administrators answer, and the site is a demonstration.
    office = models.ForeignKey(
        "catalog.Office", models.SET_NULL, verbose_name=_("office"), related_name="+", null=True, blank=True
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("assigned to"),
        related_name="+",
        null=True,
        blank=True,
    )
    state = models.CharField(_("status"), max_length=10, choices=EnquiryState, default=EnquiryState.RECEIVED)
    received_at = models.DateTimeField(_("received on"), default=timezone.now)
    # The first human reply that answers or decides; the clock stops there.
    answered_at = models.DateTimeField(_("first answered on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    reason_text_en = models.TextField(_("reason in words, in English"), blank=True)
    reason_text_fa = models.TextField(_("reason in words, in Persian"), blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-received_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["office", "state"], name="enquiry_by_office")]
        constraints = [
            models.CheckConstraint(
                condition=_roles_fit(),
                name="enquiry_role_fits_kind",
                violation_error_message=_("Choose what exactly you are interested in or claim."),
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone=""),
                name="enquiry_can_be_answered",
                violation_error_message=_("Give an e-mail address or a telephone number."),
            ),
            models.CheckConstraint(
                condition=Q(months=None) | Q(role=EnquiryRole.COULD_MAKE),
                name="enquiry_months_of_could_make",
                violation_error_message=_("Months go with “We could make this” alone."),
            ),
        ]

    def __str__(self):
        return self.reference

    def save(self, *args, **kwargs):
        if not self.token_hash:
            self.token_hash = hash_of(token_of(ENQUIRY_PURPOSE, self.nonce))
        super().save(*args, **kwargs)

    @classmethod
    def given(cls, beginning, using):
        """Those of erased enquiries too: what was accepted still names them."""
        erased = Erased.objects.using(using).filter(reference__startswith=beginning)
        return [*super().given(beginning, using), *erased.values_list("reference", flat=True)]

    def end_pause(self, at):
        """The clock goes on from then, where it stood."""
        self.pauses.filter(until=None).update(until=at)

    def get_absolute_url(self):
        """The place for staff; the private page has an address that only its sender knows."""
        return reverse("admin:contact_enquiry_change", args=[self.pk])

    @property
    def token(self):
        """What opens its private page; "" where the site has another secret by now."""
        return token_behind(self.token_hash, ENQUIRY_PURPOSE, self.nonce)


class Message(models.Model):
    """A further letter about an enquiry: of the visitor, of the office, or a note of the staff."""

    class Direction(models.TextChoices):
        VISITOR = "visitor", pgettext_lazy("message", "From the visitor")
        OFFICE = "office", pgettext_lazy("message", "From the office")
        NOTE = "note", pgettext_lazy("message", "Internal note")

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="messages")
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    text = models.TextField(_("text"))
    at = models.DateTimeField(_("written on"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("written by"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self):
        return str(self.enquiry)


class Proof(models.Model):
    """A file that a visitor sent with an enquiry or a message; private."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="proofs")
    message = models.ForeignKey(Message, models.CASCADE, related_name="proofs", null=True, blank=True)
    file = models.FileField(_("file"), upload_to=ProofName(), storage=proofs_storage)
    name = models.CharField(_("file name"), max_length=200)
    at = models.DateTimeField(_("sent on"), default=timezone.now)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return str(self.enquiry)


class Pause(models.Model):
    """A time in which the clock stood, from asking back to the reply; `until` empty: it still stands."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="pauses")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["enquiry"], condition=Q(until=None), name="pause_one_at_a_time")
        ]

    def __str__(self):
        return str(self.enquiry)


class ClaimRecord(models.Model):
    """A record that a claim became, or a change of one that waits for review; nothing personal."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="became")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    record_id = models.BigIntegerField(null=True, blank=True)
    revision = models.ForeignKey("catalog.Revision", models.SET_NULL, related_name="+", null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self):
        return str(self.enquiry)

    @property
    def record(self):
        """The record; None where it is gone, or is only proposed."""
        model = self.content_type.model_class()
        return model._base_manager.filter(pk=self.record_id).first() if model and self.record_id else None
