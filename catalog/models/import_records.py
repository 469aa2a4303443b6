from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.deconstruct import deconstructible
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.calendar import year_alone
from catalog.formats.countries import country_name, unknown_codes

from .base import (
    Calendar,
    Currency,
    PublicQuerySet,
    Record,
    either_year_field,
    money_field,
    not_negative,
    source_known,
    year_in_time,
    year_of_calendar,
)
from .derived import Derived, DerivedQuerySet
from .product_counts import ProductCount
from .products import Product


@deconstructible(path="catalog.migrations.frozen.validators.CountriesValidator")
class CountriesValidator:
    """Accepts two-letter country codes separated by commas, such as CN,DE."""

    def __call__(self, value):
        if unknown := unknown_codes(value):
            codes = ", ".join(unknown)
            raise ValidationError(_("Unknown country codes: %(codes)s."), params={"codes": codes})


class ImportRecordQuerySet(DerivedQuerySet, PublicQuerySet):
    def latest_year(self):
        """The year of sums: the latest for which a public product has an import value in US dollars, or None;
        see `calendar.year_of_sums`."""
        return ProductCount.objects.latest_year()

    def latest_of_each(self):
        """Of each product the record in US dollars that stands for it in lists."""
        return self.filter(currency=Currency.USD, year=F("product__import_year"))

    def in_time(self):
        """The oldest year first, of both calendars."""
        return self.order_by(year_in_time("year"), "pk")


class ImportRecord(Derived, Record):
    """What was imported of a product in one year, as its source counts it: by the Iranian calendar or the
    Gregorian one."""

    belongs_to = ("product",)

    product = models.ForeignKey(Product, models.CASCADE, verbose_name=_("product"), related_name="imports")
    year = either_year_field(
        _("year"), help_text=_("Iranian such as 1403, or Gregorian such as 2018: as the source counts it.")
    )
    calendar = models.CharField(
        _("calendar of the year"),
        max_length=9,
        choices=Calendar,
        default=Calendar.IRANIAN,
        db_default=Calendar.IRANIAN,
    )
    value = money_field(_("value"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.USD)
    quantity = models.PositiveBigIntegerField(
        _("quantity"), null=True, blank=True, help_text=_("In the unit of the product.")
    )
    countries = models.CharField(
        _("countries of origin"),
        max_length=120,
        blank=True,
        validators=[CountriesValidator()],
        help_text=_("Two-letter codes separated by commas, largest first: CN,DE."),
    )

    objects = ImportRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("import record")
        verbose_name_plural = _("import records")
        base_manager_name = "objects"
        ordering = [year_in_time("year").desc(), "pk"]
        constraints = [
            source_known(),
            models.CheckConstraint(
                condition=year_of_calendar("year", "calendar"),
                name="importrecord_year",
                violation_error_message=_("This is no year of that calendar."),
            ),
            models.CheckConstraint(condition=not_negative("value"), name="importrecord_value"),
            models.UniqueConstraint(
                fields=["product", "calendar", "year", "currency"],
                name="importrecord_once_a_year",
                violation_error_message=_("This product already has a figure for that year and currency."),
            ),
        ]
        indexes = [models.Index(fields=["currency", "year", "product", "value"], name="importrecord_by_year")]

    def __str__(self):
        return f"{self.product} {year_alone(self.year, get_language())}"

    @property
    def country_names(self):
        """Names of the countries of origin in the active language, largest share first."""
        return [country_name(code) for code in self.countries.split(",") if code]
