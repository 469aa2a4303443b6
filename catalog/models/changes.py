"""What changed in public: one line a change, from which news, feeds and mails are made; and what the public
saw last, against which the next changes are found (figures/recording.py)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .base import State, parents_public
from .contract_parts import Party


class ChangeKind(models.TextChoices):
    """What a change is about; news are filtered by it."""

    PRODUCT = "product", pgettext_lazy("kind of news", "Products")
    STAGE = "stage", pgettext_lazy("kind of news", "Stages of products")
    MAKER = "maker", pgettext_lazy("kind of news", "Makers")
    PROMISE = "promise", pgettext_lazy("kind of news", "Promises to buy")
    IMPORTS = "imports", pgettext_lazy("kind of news", "Import figures")
    CONTRACT = "contract", pgettext_lazy("kind of news", "Contracts")
    DESK = "desk", pgettext_lazy("kind of news", "Desks")
    COMPANY = "company", pgettext_lazy("kind of news", "Companies")
    UNIT = "unit", pgettext_lazy("kind of news", "Idle units")
    FIGURE = "figure", pgettext_lazy("kind of news", "Figures of the programme")
    CALL = "call", pgettext_lazy("kind of news", "Calls for makers")
    QUESTION = "question", pgettext_lazy("kind of news", "Questions and answers")


class Did(models.TextChoices):
    """What happened to a record or a link of two."""

    ENTERED = "entered"
    CHANGED = "changed"
    LEFT = "left"


CHANGED_RECORDS = ("product", "company", "desk", "contract", "unit", "statement")
"""The links of a change; each leads to a record with a page, a statement to its indicator's."""
WITHDRAWN = tuple(name for name in CHANGED_RECORDS if name != "statement")
"""Of these the news says that one was withdrawn, as its address does (410)."""


class ChangeQuerySet(models.QuerySet):
    def shown(self):
        """Those a reader may see now: all they name is public; or a record was withdrawn, of which nothing is
        said but that."""
        return self.filter(parents_public(Change, *CHANGED_RECORDS) | _withdrawn())

    def real(self):
        """Without what rests on samples."""
        return self.filter(is_sample=False)

    def newest_first(self):
        return self.order_by("-at", "-pk")

    def with_records(self):
        """With what their lines name at hand."""
        return self.select_related(
            *CHANGED_RECORDS, "product__sector", "unit__sector", "statement__indicator"
        )

    def of_product(self, product):
        """About a product, by its key: its own, and those of contracts with a line on it."""
        on_lines = Q(contract__in=_of_contracts("lines", product=product))
        return self.filter(Q(product=product) | on_lines)

    def of_company(self, company):
        """About a company: its own, and those of contracts of which it is a party."""
        return self.filter(Q(company=company) | Q(contract__in=_of_contracts("parties", company=company)))

    def of_desk(self, desk):
        """About a desk: its own, and those of contracts signed at it."""
        contracts = Change._meta.get_field("contract").remote_field.model.objects.filter(desk=desk)
        return self.filter(Q(desk=desk) | Q(contract__in=contracts.order_by().values("pk")))

    def in_sectors(self, sectors):
        """About records of one of these sectors. Of a withdrawn record nobody learns its sector here."""
        keys = [sector.pk for sector in sectors]
        in_one = Q(desk__in=_desks_in(keys))
        for name in ("product", "company", "contract", "unit", "statement"):
            in_one |= Q(**{f"{name}__sector__in": keys})
        return self.filter(in_one, parents_public(Change, *CHANGED_RECORDS))


def _of_contracts(rows, **chosen):
    """Keys of the contracts with such a row; of suppliers and buyers alone."""
    model = Party if rows == "parties" else _contract_model()._meta.get_field(rows).related_model
    return model.objects.filter(**chosen).order_by().values("contract")


def _contract_model():
    return Change._meta.get_field("contract").remote_field.model


def _desks_in(sectors):
    through = Change._meta.get_field("desk").remote_field.model.sectors.through
    return through.objects.filter(sector__in=sectors).order_by().values("desk")


def _withdrawn():
    """Condition: the change says that a record with a page was withdrawn, and it still is."""
    condition = Q(pk__in=[])
    for name in WITHDRAWN:
        condition |= Q(did=Did.LEFT, noun=name, **{f"{name}__state": State.WITHDRAWN})
    return condition


def _link(model):
    """A key without a constraint: a change whose record was deleted is shown no more."""
    options = {"null": True, "blank": True, "db_constraint": False, "related_name": "+"}
    return models.ForeignKey(f"catalog.{model}", models.DO_NOTHING, **options)


class Change(models.Model):
    """One public change: `noun` (what kind of thing: product, maker, promise, match, ...), what happened to
    it, and of a changed `field` the values before and after, as numbers, codes and texts without words.

    `facts` are what its line shows besides: the year of a promise. The links say what it is about.
    """

    kind = models.CharField(max_length=10, choices=ChangeKind)
    noun = models.CharField(max_length=10)
    did = models.CharField(max_length=8, choices=Did)
    field = models.CharField(max_length=30, blank=True)
    old = models.JSONField(null=True, blank=True)
    new = models.JSONField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    product = _link("Product")
    company = _link("Company")
    desk = _link("Desk")
    contract = _link("Contract")
    unit = _link("IdleUnit")
    statement = _link("Statement")
    is_sample = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    objects = ChangeQuerySet.as_manager()
    # What `parents_public` asks for: a change shows while all that it names does.
    belongs_to = CHANGED_RECORDS

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["-at", "-id"], name="change_newest"),
            models.Index(fields=["kind", "-at", "-id"], name="change_newest_of_kind"),
        ]

    def __str__(self):
        return f"{self.noun} {self.did} {self.at:%Y-%m-%d %H:%M}"


class SeenNoun(models.Model):
    """Since when the changes of a kind of thing are told, and at which edition they were last looked for.
    `since` empty: nothing was seen yet, so the next look is where news begin."""

    noun = models.CharField(max_length=10, unique=True)
    since = models.DateTimeField(null=True)
    edition = models.CharField(max_length=60, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.noun


class Seen(models.Model):
    """What the public saw of a thing when changes were last looked for: `facts` as JSON."""

    noun = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    facts = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["noun", "key"], name="seen_once")]

    def __str__(self):
        return f"{self.noun} {self.key}"
