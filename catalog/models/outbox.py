"""Mail that waits to be sent, and what became of it; `manage.py send_mail` sends it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutboxQuerySet(models.QuerySet):
    def waiting(self):
        """Those that are sent, now or later."""
        return self.filter(sent_at=None, undeliverable_at=None)

    def undeliverable(self):
        """Those that were given up on."""
        return self.filter(sent_at=None).exclude(undeliverable_at=None)

    def send_again(self):
        """Try those that were given up on once more, from the beginning. Returns how many."""
        again = {"undeliverable_at": None, "tries": 0, "not_before": timezone.now()}
        return self.undeliverable().update(**again)


class Outbox(models.Model):
    """One message to one address, in the reader's language. Its Message-ID never changes, so that a mail
    server which gets it twice may tell."""

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("text as HTML"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    headers = models.JSONField(default=dict, blank=True, editable=False)
    is_secret = models.BooleanField(
        _("secret"), default=False, help_text=_("Its text is erased once it was sent.")
    )
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    not_before = models.DateTimeField(_("next try"), default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    # Refused for good, or too often: not tried again until staff say so.
    undeliverable_at = models.DateTimeField(_("given up on"), null=True, blank=True)
    tries = models.PositiveIntegerField(_("tries"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to send")
        verbose_name_plural = _("messages to send")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(sent_at=None), name="outbox_waiting"),
            models.Index(fields=["to", "created_at"], name="outbox_by_address"),
        ]

    def __str__(self):
        return self.subject
