from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.calendar import iranian_year_of

from .addresses import record_address
from .base import (
    Currency,
    PublicQuerySet,
    Publishable,
    PublishableQuerySet,
    Record,
    SavesChanges,
    check_sample_links,
    in_language,
    money_field,
    not_negative,
    source_known,
    withdrawal_explained,
    year_field,
    year_range,
)
from .moves import ANNOUNCED, Moves, MovesQuerySet
from .provinces import Province


class DeskStatus(models.TextChoices):
    """What a desk is today. Coming, open and held follow from its dates where it has dates."""

    ANNOUNCED = "announced", _("Announced")
    COMING = "coming", _("Coming")
    OPEN = "open", _("Open")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


NO_DATES = Q(opens__isnull=True, held_on__isnull=True)


class DeskQuerySet(MovesQuerySet, PublishableQuerySet):
    def with_public_sectors(self):
        """With `public_sectors` fetched."""
        sectors = self.model._meta.get_field("sectors").related_model.objects.published()
        return self.prefetch_related(models.Prefetch("sectors", sectors, to_attr="public_sectors"))

    def dated(self):
        """Desks whose days are on record."""
        return self.exclude(NO_DATES)

    def in_status(self, *statuses, today=None):
        """Desks that are in one of these DeskStatus values today."""
        today = today or timezone.localdate()
        last_day = models.functions.Coalesce("closes", "held_on", "opens")
        first_day = models.functions.Coalesce("opens", "held_on")
        conditions = {
            DeskStatus.ANNOUNCED: NO_DATES & Q(stated=Desk.Stated.ANNOUNCED),
            DeskStatus.COMING: Q(first_day__gt=today) & ~Q(stated=Desk.Stated.CANCELLED),
            DeskStatus.OPEN: Q(first_day__lte=today, last_day__gte=today) & ~Q(stated=Desk.Stated.CANCELLED),
            DeskStatus.HELD: (Q(last_day__lt=today) & ~Q(stated=Desk.Stated.CANCELLED))
            | (NO_DATES & Q(stated=Desk.Stated.HELD)),
            DeskStatus.CANCELLED: Q(stated=Desk.Stated.CANCELLED),
        }
        wanted = Q(pk__in=[])
        for status in statuses:
            wanted |= conditions[status]
        return self.alias(first_day=first_day, last_day=last_day).filter(wanted)

    def next_first(self, today=None):
        """Coming and open desks by their first day: the only day, for a desk of a single one."""
        return self.in_status(DeskStatus.COMING, DeskStatus.OPEN, today=today).order_by("first_day", "pk")


class Desk(Moves, Publishable, Record):
    """A domestic production promotion desk: buyers and makers meet there."""

    rows_in_both_languages = ("desk_buyers",)
    reaches = {"Indicator": ("statements__indicator_id",)}

    class Stated(models.TextChoices):
        ANNOUNCED = "announced", _("Announced; no word yet that it took place")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    class Mode(models.TextChoices):
        ROOM = "room", _("In person")
        ONLINE = "online", _("Online")
        BOTH = "both", _("In person and online")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_en = models.CharField(_("name, in English"), max_length=160)
    name_fa = models.CharField(_("name, in Persian"), max_length=160)
    summary_en = models.TextField(_("summary, in English"), blank=True)
    summary_fa = models.TextField(_("summary, in Persian"), blank=True)
    sectors = models.ManyToManyField("catalog.Sector", verbose_name=_("sectors"), related_name="desks")
    province = models.CharField(
        _("province"),
        max_length=30,
        choices=Province,
        blank=True,
        help_text=_("Empty: it is for the whole country."),
    )
    ordinal = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("1 for the first desk of its industry.")
    )
    year = year_field(blank=True, null=True, help_text=_("Left empty, it follows from the dates."))
    mode = models.CharField(_("how it is held"), max_length=6, choices=Mode, blank=True)
    opens = models.DateField(_("opens on"), null=True, blank=True)
    closes = models.DateField(_("closes on"), null=True, blank=True)
    held_on = models.DateField(
        _("held on"), null=True, blank=True, help_text=_("For a desk of a single day.")
    )
    place_en = models.CharField(_("place, in English"), max_length=160, blank=True)
    place_fa = models.CharField(_("place, in Persian"), max_length=160, blank=True)
    was_first_day = models.DateField(_("first day before it moved"), null=True, blank=True, editable=False)
    was_last_day = models.DateField(_("last day before it moved"), null=True, blank=True, editable=False)
    was_province = models.CharField(
        _("province before it moved"), max_length=30, choices=Province, blank=True, editable=False
    )
    was_mode = models.CharField(
        _("how it was to be held before it moved"), max_length=6, choices=Mode, blank=True, editable=False
    )
    was_place_en = models.CharField(
        _("place before it moved, in English"), max_length=160, blank=True, editable=False
    )
    was_place_fa = models.CharField(
        _("place before it moved, in Persian"), max_length=160, blank=True, editable=False
    )
    stated = models.CharField(
        _("word about it"),
        max_length=10,
        choices=Stated,
        default=Stated.ANNOUNCED,
        help_text=_("Counts while there are no dates; with dates, coming, open and held follow from them."),
    )
    target_amount = money_field(_("target"), null=True, blank=True)
    target_currency = models.CharField(
        _("currency of the target"), max_length=3, choices=Currency, blank=True
    )
    take_part_en = models.TextField(_("how to take part, in English"), blank=True)
    take_part_fa = models.TextField(_("how to take part, in Persian"), blank=True)
    office = models.ForeignKey(
        "catalog.Office",
        models.PROTECT,
        verbose_name=_("office"),
        related_name="desks",
        null=True,
        blank=True,
    )
    continues = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("continues the desk"),
        related_name="continued_by",
        null=True,
        blank=True,
    )
    products = models.ManyToManyField(
        "catalog.Product", through="catalog.DeskProduct", verbose_name=_("products"), related_name="desks"
    )
    buyers = models.ManyToManyField(
        "catalog.Company",
        through="catalog.DeskBuyer",
        verbose_name=_("buyers"),
        related_name="desks_as_buyer",
    )

    objects = DeskQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[sectors], excluded_fields=[*ANNOUNCED])

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        # PostgreSQL puts what is empty first in a descending order, SQLite last.
        ordering = [*(F(day).desc(nulls_last=True) for day in ("year", "opens", "held_on")), "pk"]
        base_manager_name = "objects"
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            source_known(),
            withdrawal_explained(),
            models.CheckConstraint(condition=year_range("year"), name="desk_year"),
            models.CheckConstraint(
                condition=not_negative("target_amount"),
                name="desk_target",
                violation_error_message=_("The target cannot be less than zero."),
            ),
            models.CheckConstraint(
                condition=Q(target_amount__isnull=True) | ~Q(target_currency=""),
                name="desk_target_has_currency",
                violation_error_message=_("Say in which currency the target is."),
            ),
            models.CheckConstraint(
                condition=Q(closes__isnull=True) | Q(opens__isnull=False, opens__lte=F("closes")),
                name="desk_closes_after_it_opens",
                violation_error_message=_("It closes before it opens, or the opening day is missing."),
            ),
            models.CheckConstraint(
                condition=~Q(continues=F("pk")),
                name="desk_continues_another",
                violation_error_message=_("A desk cannot continue itself."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return in_language(self, "name")

    @property
    def summary(self):
        return in_language(self, "summary")

    @property
    def place(self):
        return in_language(self, "place")

    @property
    def take_part(self):
        return in_language(self, "take_part")

    @property
    def status(self):
        """A DeskStatus; the same rule as DeskQuerySet.in_status."""
        return status_on(self, timezone.localdate())

    @property
    def tells_that_it_moved(self):
        """Whether its readers still have to know where it went."""
        return self.status not in (DeskStatus.HELD, DeskStatus.CANCELLED)

    @staticmethod
    def is_over(desk):
        """Whether a desk, or plain values of one, is held by today."""
        return status_on(desk, timezone.localdate()) == DeskStatus.HELD

    def get_absolute_url(self):
        return record_address("catalog:desk_detail", self.slug)

    def clean(self):
        super().clean()
        if self.held_on and self.opens:
            raise ValidationError(
                {"held_on": _("Give either the one day it was held, or when it opens and closes.")}
            )
        if self.year is None and not (self.opens or self.held_on):
            raise ValidationError({"year": _("Give the Iranian year, or the dates.")})

    def save(self, *args, **kwargs):
        if self.year is None and (first_day := self.opens or self.held_on):
            self.year = iranian_year_of(first_day)
        super().save(*args, **kwargs)


def status_on(desk, today):
    """The DeskStatus of a desk, or of plain values of one, on that day."""
    first_day, last_day = desk.opens or desk.held_on, desk.closes or desk.held_on or desk.opens
    if desk.stated == Desk.Stated.CANCELLED:
        return DeskStatus.CANCELLED
    if first_day is None:
        return DeskStatus(desk.stated)
    if first_day > today:
        return DeskStatus.COMING
    return DeskStatus.OPEN if last_day >= today else DeskStatus.HELD


class DeskChild(SavesChanges):
    """A row that follows its desk, also in being a sample."""

    class Meta:
        abstract = True

    @property
    def is_sample(self):
        return self.desk.is_sample

    def clean(self):
        super().clean()
        check_sample_links(self)


class DeskProduct(DeskChild):
    """A product offered at a desk."""

    belongs_to = ("desk", "product")

    desk = models.ForeignKey(Desk, models.CASCADE, verbose_name=_("desk"), related_name="offers")
    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, verbose_name=_("product"), related_name="desk_offers"
    )

    objects = PublicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("product on the desk")
        verbose_name_plural = _("products on the desk")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "product"],
                name="deskproduct_once",
                violation_error_message=_("This product is already on the desk."),
            )
        ]

    def __str__(self):
        return str(self.product)


class DeskBuyer(DeskChild):
    """A buyer who comes to a desk."""

    belongs_to = ("desk", "company")

    desk = models.ForeignKey(Desk, models.CASCADE, verbose_name=_("desk"), related_name="desk_buyers")
    company = models.ForeignKey(
        "catalog.Company", models.PROTECT, verbose_name=_("buyer"), related_name="desk_visits"
    )
    terms_en = models.CharField(_("terms, in English"), max_length=200, blank=True)
    terms_fa = models.CharField(_("terms, in Persian"), max_length=200, blank=True)

    objects = PublicQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("buyer on the desk")
        verbose_name_plural = _("buyers on the desk")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "company"],
                name="deskbuyer_once",
                violation_error_message=_("This buyer is already on the desk."),
            )
        ]

    def __str__(self):
        return str(self.company)

    @property
    def terms(self):
        return in_language(self, "terms")
