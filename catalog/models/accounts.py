"""What the site keeps of accounts besides Django's own: their sessions, and what happened to them."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StaffSession(AbstractBaseSession):
    """A session that says whose it is, so that all of an account can be ended."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls):
        return import_module(settings.SESSION_ENGINE).SessionStore


class AccountEvent(models.Model):
    """A sign-in, a refusal or a change of an account: who, when, from where. A name that no account has is
    not kept: it may be a password."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        REFUSED = "refused", _("Sign-in refused")
        CODE_REFUSED = "code_refused", _("Code refused")
        RECOVERY_CODE = "recovery_code", _("Signed in with a recovery code")
        SIGNED_OUT = "signed_out", _("Signed out")
        SIGNED_OUT_EVERYWHERE = "everywhere", _("Signed out everywhere")
        RESET_ASKED = "reset_asked", _("New password asked for by mail")
        PASSWORD_CHANGED = "password", _("Password changed")
        FACTOR_ADDED = "factor_added", _("Second factor set up")
        FACTOR_REMOVED = "factor_removed", _("Second factor removed")
        NEW_CODES = "new_codes", _("New recovery codes made")
        RIGHTS_CHANGED = "rights", _("Role or access changed")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        related_name="+",
    )
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("done by"),
        null=True,
        blank=True,
        related_name="+",
    )
    address = models.CharField(_("from"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("event of an account")
        verbose_name_plural = _("sign-ins and accounts")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["address", "at"], name="accountevent_by_address")]

    def __str__(self):
        return self.get_kind_display()
