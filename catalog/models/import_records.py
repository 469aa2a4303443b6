import re
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.deconstruct import deconstructible
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.calendar import year_alone
from catalog.formats.countries import country_name, unknown_codes

from .base import (
    Calendar,
    Currency,
    Origin,
    PublicQuerySet,
    Record,
    either_year_field,
    money_field,
    not_negative,
    source_known,
    year_in_time,
    year_of_calendar,
)
from .derived import Derived, DerivedQuerySet, chunks
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
    def counted(self):
        """Those that count in sums: of each product, year and currency one; see counted_imports."""
        return self.filter(counts=True)

    def beside(self):
        """Those that do not: another figure of their product, year and currency counts."""
        return self.filter(counts=False)

    def contradicting(self):
        """Real figures that another real one contradicts, while staff chose none of them."""
        same = {name: OuterRef(name) for name in ("product", "year", "currency")}
        real = self.model.objects.filter(**same).exclude(origin=Origin.SAMPLE)
        several = self.model.objects.beside().order_by().values("product")  # few: asked first
        found = self.exclude(origin=Origin.SAMPLE).filter(product__in=several)
        differing = found.filter(Exists(real.exclude(value=OuterRef("value"))))
        return differing.exclude(Exists(real.filter(chosen=True)))

    def settle(self, products):
        """Store which of the records of these products count; needs the rows of with_roots. The caller holds
        the locks of the products."""
        wrong = {True: [], False: []}
        for product in products:
            for record, counts in product.unsettled_imports():
                record.counts = counts
                wrong[counts].append(record.pk)
        for counts, keys in wrong.items():
            for some in chunks(keys):
                self.filter(pk__in=some).write_quietly(counts=counts)

    def faults(self, products):
        """Yield a line for each record that is wrong about whether it counts."""
        for product in products:
            for record, _counts in product.unsettled_imports():
                yield f"import record {record.pk}: stale in whether it counts"

    def latest_year(self):
        """The year of sums: the latest for which a public product has an import value in US dollars, or None;
        see `calendar.year_of_sums`."""
        return ProductCount.objects.latest_year()

    def latest_of_each(self):
        """Of each product the record in US dollars that stands for it in lists."""
        return self.counted().filter(currency=Currency.USD, year=F("product__import_year"))

    def in_time(self):
        """The oldest year first, of both calendars."""
        return self.order_by(year_in_time("year"), "pk")


class ImportRecord(Derived, Record):
    """What was imported of a product in one year, as its source counts it: by the Iranian calendar or the
    Gregorian one. Each source has its own figure of a year; `counts` says which of them stands in sums.
    """

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

    chosen = models.BooleanField(
        _("chosen for sums"),
        default=False,
        db_default=False,
        help_text=_(
            "Where sources differ, sums are made of this figure. Where none is chosen, the ministry’s counts,"
            " else the one recorded last; a sample never counts beside a real figure."
        ),
    )
    counts = models.BooleanField(
        _("counts in sums"),
        default=True,
        db_default=True,
        editable=False,
        help_text=_("Of several figures of one product, year and currency, one counts."),
    )

    objects = ImportRecordQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["counts"])

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
                fields=["product", "calendar", "year", "currency", "source"],
                name="importrecord_once_a_source",
                violation_error_message=_(
                    "This product already has a figure of that source for that year and currency."
                ),
            ),
            models.UniqueConstraint(
                fields=["product", "calendar", "year", "currency", "origin"],
                condition=Q(source=None),
                name="importrecord_once_without_source",
                violation_error_message=_(
                    "This product already has a figure without a source for that year and currency."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["currency", "year", "product", "value"], name="importrecord_by_year"),
            models.Index(fields=["product"], condition=Q(counts=False), name="importrecord_beside"),
        ]

    def __str__(self):
        return f"{self.product} {year_alone(self.year, get_language())}"

    @classmethod
    def derive_own(cls, rows, using="default"):
        """Choosing a figure ends the choice of any other of its product, year and currency."""
        chosen = {}
        for record in rows:
            if record.chosen:
                key = record.product_id, record.year, record.currency
                chosen[key] = max(record, chosen.get(key, record), key=lambda one: one.pk)
        for record in chosen.values():
            record.choose_alone(using)

    def after_write(self, using):
        if self.chosen:
            self.choose_alone(using)

    def choose_alone(self, using):
        """End the choice of any other figure of its product, year and currency."""
        same = {name: getattr(self, name) for name in ("product_id", "year", "currency")}
        others = type(self)._base_manager.using(using).filter(**same, chosen=True)
        for other in others.exclude(pk=self.pk):
            other.chosen = False
            other.save(using=using)

    @property
    def told_apart(self):
        """What it is called among figures of other sources; asks for its source."""
        return f"{self} – {self.source}" if self.source else str(self)

    @property
    def shares(self):
        """The TariffShares that it was calculated from."""
        return shares_in(self.calculated_from)

    @property
    def country_names(self):
        """Names of the countries of origin in the active language, largest share first."""
        return [country_name(code) for code in self.countries.split(",") if code]
