"""A change to something public that waits until somebody who may publish decides on it."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RevisionState(models.TextChoices):
    """Where a Revision stands. Its author can mend it while it is sent back or taken back."""

    OPEN = "open", _("Waiting for a decision")
    SENT_BACK = "sent_back", _("Sent back")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    TAKEN_BACK = "taken_back", _("Taken back")


class RevisionKind(models.TextChoices):
    """What is asked for: that a record be changed, that a draft be published as it stands, or that another
    record become one with it."""

    CHANGE = "change", _("Change")
    PUBLICATION = "publication", _("Publication")
    MERGER = "merger", _("Merger")


WITH_AUTHOR = (RevisionState.SENT_BACK, RevisionState.TAKEN_BACK)
UNDER_WAY = (RevisionState.OPEN, *WITH_AUTHOR)


class Revision(models.Model):
    """What somebody wants a record and its rows to be, as their form was sent. The public sees nothing of it.

    `record_id` is empty for a record that is to be added. `opened` is the form as its author opened it (see
    catalog.admin.form_values.FormValues), `proposed` what was sent: {name of an input: list of texts}. Both
    are empty where a draft was sent to review: what is asked for is the record itself, which is locked
    meanwhile. For a merger `proposed` is {"other": key of the record that goes}. `reach` says whose scope a
    record that is to be added belongs to (see catalog/staff/scopes.py).
    """

    kind = models.CharField(
        _("what is asked for"),
        max_length=11,
        choices=RevisionKind,
        default=RevisionKind.CHANGE,
        editable=False,
    )
    reach = models.TextField(blank=True, default="", editable=False)

    content_type = models.ForeignKey(
        ContentType, models.CASCADE, verbose_name=_("kind of record"), related_name="+"
    )
    record_id = models.BigIntegerField(null=True, blank=True, editable=False)
    title = models.CharField(_("record"), max_length=300)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("proposed by"), related_name="+"
    )
    reason = models.TextField(_("why"), blank=True, max_length=1000)
    state = models.CharField(_("status"), max_length=10, choices=RevisionState, default=RevisionState.OPEN)
    opened = models.JSONField(default=dict, editable=False)
    proposed = models.JSONField(default=dict, editable=False)
    sent_at = models.DateTimeField(_("proposed on"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    comment = models.TextField(_("answer"), blank=True, max_length=1000)
    accepted_alone = models.BooleanField(
        _("accepted alone"), default=False, help_text=_("Its author accepted it: nobody else could.")
    )

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-sent_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["state", "content_type"], name="revision_by_state"),
            models.Index(fields=["content_type", "record_id"], name="revision_of_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "record_id", "author", "kind"],
                condition=models.Q(state__in=UNDER_WAY),
                name="revision_one_under_way",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def model(self):
        return self.content_type.model_class()

    @property
    def record(self):
        """The record that it changes; None where it adds one, or where the record is gone."""
        return self.model._base_manager.filter(pk=self.record_id).first() if self.record_id else None

    def decide(self, state, user, comment=""):
        """Accept, refuse or send back what waits; the caller holds its row."""
        self.state, self.decided_by, self.comment = state, user, comment
        self.decided_at = timezone.now()
        self.save()

    def take_back(self):
        """Its author wants to go on with it, or to leave it."""
        self.decide(RevisionState.TAKEN_BACK, None)
