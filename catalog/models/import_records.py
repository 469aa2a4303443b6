import re
from decimal import Decimal
from typing import NamedTuple

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
from .products import Product, dotted


@deconstructible(path="catalog.migrations.frozen.validators.CountriesValidator")
class CountriesValidator:
    """Accepts two-letter country codes separated by commas, such as CN,DE."""

    def __call__(self, value):
        if unknown := unknown_codes(value):
            codes = ", ".join(unknown)
            raise ValidationError(_("Unknown country codes: %(codes)s."), params={"codes": codes})


class TariffShare(NamedTuple):
    """A share of a tariff line that a figure was calculated by: `percent` of what is imported under `code`,
    as the source with the key `source` states it ("sample": an invented share)."""

    code: str
    percent: Decimal
    source: str

    SHAPE = re.compile(r"(\d{6,8}) (\d{1,3}(?:\.\d{1,2})?) ([-\w]+)", re.ASCII)

    def __str__(self):
        return f"{self.code} {self.percent.normalize():f} {self.source}"

    @property
    def dotted(self):
        return dotted(self.code)


def shares_in(text):
    """The TariffShares of a text such as "841370 25 trade; 848180 12.5 trade"; ValueError where it is
    none."""
    matches = [TariffShare.SHAPE.fullmatch(part.strip()) for part in text.split(";") if part.strip()]
    if None in matches:
        raise ValueError(text)
    return [TariffShare(match[1], Decimal(match[2]), match[3]) for match in matches]


@deconstructible(path="catalog.migrations.frozen.validators.SharesValidator")
class SharesValidator:
    """Accepts what `shares_in` reads."""

    def __call__(self, text):
        try:
            shares_in(text)
        except ValueError:
            message = _("Write code, percent and source, such as 841370 25 customs-1403.")
            raise ValidationError(message) from None


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
    calculated_from = models.CharField(
        _("calculated from shares"),
        max_length=500,
        blank=True,
        default="",
        db_default="",
        validators=[SharesValidator()],
        help_text=_(
            "Where the figure is a stated share of a whole tariff line: code, percent and key of the source,"
            " with semicolons between several. Empty: the figure itself is stated."
        ),
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
    def shares(self):
        """The TariffShares that it was calculated from."""
        return shares_in(self.calculated_from)

    @property
    def country_names(self):
        """Names of the countries of origin in the active language, largest share first."""
        return [country_name(code) for code in self.countries.split(",") if code]
