"""Further customs codes of products, and how much of a code's imports is a product's."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.numerals import number

from .base import Origin, PublicQuerySet, Record, source_known
from .codes import has_digits
from .derived import Derived, DerivedQuerySet
from .hs import HSCodeValidator
from .products import Product, dotted


class ProductCodeQuerySet(DerivedQuerySet, PublicQuerySet):
    pass


class ProductCode(Derived, Record):
    """A customs code of a product besides its own, or its own once more with a share.

    `share`: how many percent of what is imported under the code is this product, as a source states it; empty
    where nobody stated it. Of a code that several products share, customs figures are summed for those alone
    whose share is stated.
    """

    belongs_to = ("product",)

    product = models.ForeignKey(Product, models.CASCADE, verbose_name=_("product"), related_name="codes")
    code = models.CharField(
        _("HS code"),
        max_length=8,
        validators=[HSCodeValidator()],
        db_index=True,
        help_text=_("6 to 8 digits of HS 2017."),
    )
    share = models.DecimalField(
        _("share, percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Of all that is imported under this code; only where a source states it."),
    )

    objects = ProductCodeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("customs code of a product")
        verbose_name_plural = _("customs codes of products")
        base_manager_name = "objects"
        ordering = ["code", "pk"]
        constraints = [
            source_known(),
            models.CheckConstraint(condition=has_digits("code", 6, 8), name="productcode_digits"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100),
                name="productcode_share",
                violation_error_message=_("A share is above 0 and at most 100 percent."),
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(source__isnull=False) | Q(origin=Origin.SAMPLE),
                name="productcode_share_has_source",
                violation_error_message=_("Name the source that states this share."),
            ),
            models.UniqueConstraint(
                fields=["product", "code"],
                name="productcode_once",
                violation_error_message=_("This product already has that code."),
            ),
        ]

    def __str__(self):
        return f"{self.product} {dotted(self.code)}"

    @property
    def dotted(self):
        return dotted(self.code)

    def clean(self):
        super().clean()
        if not self.share or not self.code:
            return
        others = ProductCode.objects.filter(code=self.code).exclude(pk=self.pk)
        others = others.exclude(product=self.product_id)
        stated = others.aggregate(Sum("share"))["share__sum"] or 0
        if stated + self.share > 100:
            left = number(max(100 - stated, Decimal(0)), get_language())
            message = _("Other products have the rest of this code: at most %(left)s percent are left.")
            raise ValidationError({"share": ValidationError(message, params={"left": left})})
