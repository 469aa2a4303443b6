"""How often somebody did something, so that too many are refused; shared by all processes and hosts."""

from django.db import models
from django.utils import timezone


class Attempt(models.Model):
    """One act of a visitor. Who it was is kept as a keyed hash of an address or e-mail, and for a day."""

    action = models.CharField(max_length=30)
    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["action", "who", "at"], name="attempt_by_who")]

    def __str__(self):
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"
