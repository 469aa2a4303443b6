"""What somebody watches: a listing's query, a record or the calls, with what they were told last."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .erased import Erased
from .tokens import hash_of, new_salt, token_behind, token_of

WATCH_PURPOSE = "watch"


class What(models.TextChoices):
    """What is watched: lists by their query, records by their key, or the calls."""

    PRODUCTS = "products"
    COMPANIES = "companies"
    DESKS = "desks"
    CONTRACTS = "contracts"
    UNITS = "units"
    PRODUCT = "product"
    COMPANY = "company"
    DESK = "desk"
    CALLS = "calls"


class Frequency(models.TextChoices):
    """How often somebody wants mail at most."""

    DAILY = "daily", pgettext_lazy("how often", "Daily")
    WEEKLY = "weekly", pgettext_lazy("how often", "Weekly")


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def by_token(self, token):
        """The subscription whose page has this token, or None."""
        return self.filter(token_hash=hash_of(token)).first()

    def due(self, now):
        """Those whose next look has come."""
        return self.confirmed().filter(due_at__lte=now)

    def erase(self):
        """Delete these, and note that they were, so that a restored backup forgets them again."""
        keys = list(self.values_list("pk", flat=True))
        Erased.objects.bulk_create(
            [Erased(kind="subscription", key=key) for key in keys], ignore_conflicts=True
        )
        return self.model.objects.filter(pk__in=keys).delete()[0]


class Subscription(models.Model):
    """Somebody's watch. It is mailed about once `confirmed_at` is set, and deleted when it ends.

    `key`: the query of a list as it stands in its address, or the key of a record. `seen`: the keys that the
    list held at the last look (watching/seen.py). `last_change`: the newest Change they were told of.
    `letters` counts the mails, and names them.
    """

    email = models.EmailField()
    language = models.CharField(max_length=2)
    what = models.CharField(max_length=10, choices=What)
    key = models.CharField(max_length=1000, blank=True)
    frequency = models.CharField(max_length=6, choices=Frequency, default=Frequency.WEEKLY)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    last_sent = models.DateTimeField(null=True, blank=True)
    seen = models.BinaryField(null=True, editable=False)
    last_change = models.BigIntegerField(default=0, editable=False)
    letters = models.PositiveIntegerField(default=0, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["due_at"], name="subscription_due")]
        constraints = [models.UniqueConstraint(fields=["email", "what", "key"], name="subscription_once")]

    def __str__(self):
        return f"{self.what} {self.pk}"

    def save(self, *args, **kwargs):
        if not self.token_hash:
            self.token_hash = hash_of(token_of(WATCH_PURPOSE, self.salt))
        super().save(*args, **kwargs)

    @property
    def token(self):
        """What opens its page. Every mail says how to end it: where the site has another secret by now, a new
        token is stored."""
        if token := token_behind(self.token_hash, WATCH_PURPOSE, self.salt):
            return token
        token = token_of(WATCH_PURPOSE, self.salt)
        self.token_hash = hash_of(token)
        self.save(update_fields=["token_hash"])
        return token
