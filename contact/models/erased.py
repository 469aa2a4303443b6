"""Which enquiries and subscriptions were erased: a restored backup erases them again."""

from django.db import models
from django.utils import timezone


class Erased(models.Model):
    """The kind and key of a row that was erased, and its reference, which is never given again; nothing of
    what it said."""

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    reference = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="erased_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"
