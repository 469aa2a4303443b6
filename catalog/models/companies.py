from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog import search

from .addresses import record_address
from .base import (
    Publishable,
    PublishableQuerySet,
    Record,
    in_language,
    source_known,
    withdrawal_explained,
    year_field,
    year_range,
)
from .derived import Derived, DerivedQuerySet, sort_keys, store_stale, store_suggestions
from .provinces import Province


class CompanyQuerySet(DerivedQuerySet, PublishableQuerySet):
    pass


class Company(Derived, Publishable, Record):
    """A firm or body. Maker and buyer are not kinds: they follow from engagements, demands and contracts."""

    class Kind(models.TextChoices):
        FIRM = "firm", _("Firm")
        RESEARCH = "research", _("Research body")
        PUBLIC_BODY = "public_body", _("Public body")
        FINANCIER = "financier", _("Financier")

    class Size(models.TextChoices):
        MICRO = "micro", _("up to 10 people")
        SMALL = "small", _("11 to 50 people")
        MEDIUM = "medium", _("51 to 250 people")
        LARGE = "large", _("more than 250 people")

    reaches = {
        "Product": ("engagements__product_id", "demands__product_id", "parties__contract__lines__product_id")
    }

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name_en = models.CharField(_("name, in English"), max_length=160)
    name_fa = models.CharField(_("name, in Persian"), max_length=160, blank=True)
    legal_id = models.CharField(_("legal id"), max_length=20, blank=True)
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind, blank=True, help_text=_("Empty when not known.")
    )
    knowledge_based = models.BooleanField(_("knowledge-based"), null=True, blank=True)
    sector = models.ForeignKey(
        "catalog.Sector",
        models.PROTECT,
        verbose_name=_("main sector"),
        related_name="companies",
        null=True,
        blank=True,
    )
    province = models.CharField(_("province"), max_length=30, choices=Province, blank=True, db_index=True)
    town_en = models.CharField(_("town, in English"), max_length=80, blank=True)
    town_fa = models.CharField(_("town, in Persian"), max_length=80, blank=True)
    founded = year_field(_("founded in"), null=True, blank=True)
    size = models.CharField(_("size"), max_length=6, choices=Size, blank=True)
    website = models.URLField(_("website"), blank=True)
    public_phone = models.CharField(_("public telephone"), max_length=40, blank=True)
    public_email = models.EmailField(_("public e-mail"), blank=True)
    summary_en = models.TextField(_("summary, in English"), blank=True)
    summary_fa = models.TextField(_("summary, in Persian"), blank=True)
    verified_on = models.DateField(
        _("verified on"), null=True, blank=True, help_text=_("The day the ministry last checked this record.")
    )
    sort_en = models.CharField(max_length=255, editable=False, default="", db_index=True)
    sort_fa = models.CharField(max_length=255, editable=False, default="", db_index=True)

    objects = CompanyQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["sort_en", "sort_fa"])

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["sort_en", "pk"]
        base_manager_name = "objects"
        default_permissions = ("add", "change", "delete", "view", "publish")
        indexes = [
            # The order of the feed; and what the facets of the list count, without a look at the rows.
            models.Index(fields=["state", "-updated_at", "-id"], name="company_changed"),
            models.Index(
                fields=["state", "sector", "province", "kind", "knowledge_based"], name="company_facets"
            ),
        ]
        constraints = [
            source_known(),
            withdrawal_explained(),
            models.CheckConstraint(condition=year_range("founded"), name="company_founded"),
            models.UniqueConstraint(
                fields=["legal_id"],
                condition=~models.Q(legal_id=""),
                name="company_legal_id_once",
                violation_error_message=_("Another company has this legal id."),
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
    def town(self):
        return in_language(self, "town")

    def get_absolute_url(self):
        return record_address("catalog:company_detail", self.slug)

    def clean(self):
        super().clean()
        if not self.source_id and self.origin == "press":
            raise ValidationError({"source": _("A company is listed with the source that names it.")})

    def after_write(self, using):
        row = self._own_row(using).get()  # not self: it may hold a name that was not saved
        self.derive_own([row], using)
        self.sort_en, self.sort_fa = row.sort_en, row.sort_fa

    def suggestion(self):
        """What is offered of this company while a visitor types."""
        return search.SuggestedRecord(
            search.COMPANY, self.pk, self.slug, self.name_en, self.name_fa, sample=self.is_sample
        )

    def stale_derived(self):
        """The sort keys that are not what they should be, with what they should be, as a dict; a missing
        Persian name sorts by the Latin one."""
        return sort_keys(self, sort_en=self.name_en or self.name_fa, sort_fa=self.name_fa or self.name_en)

    @classmethod
    def derive_own(cls, companies, using="default"):
        """Store the sort keys of these companies, and offer them while a visitor types."""
        companies = list(companies)
        store_stale(companies, using)
        store_suggestions(search.COMPANY, companies, using)

    @classmethod
    def forget_own(cls, pks, using):
        """Offer the companies with these keys no more: they are gone."""
        search.suggestions.remove(search.COMPANY, pks, using)
