"""Further customs codes of products, and how much of a code's imports is a product's."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from catalog.formats.numerals import number

from .base import Origin, PublicQuerySet, Record, State, source_known
from .codes import has_digits
from .derived import Derived, DerivedQuerySet
from .hs import HSCodeValidator
from .products import Product, dotted


class ProductCodeQuerySet(DerivedQuerySet, PublicQuerySet):
    def counted(self, origin):
        """Those that figures of this origin rest on: not of withdrawn products, and what samples state counts
        for samples alone."""
        found = self.exclude(product__state=State.WITHDRAWN)
        return found if origin == Origin.SAMPLE else found.exclude(origin=Origin.SAMPLE)


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
        others = ProductCode.objects.counted(self.origin).filter(code=self.code, share__isnull=False)
        others = list(others.exclude(product=self.product_id).select_related("product"))
        stated = sum(other.share for other in others)
        if others and stated + self.share > 100:
            message = _(
                "Other products have the rest of what is imported under this code: %(names)s. At most"
                " %(left)s percent are left."
            )
            language = get_language()
            names = ("، " if language == "fa" else ", ").join(str(other.product) for other in others)
            params = {"names": names, "left": number(max(100 - stated, Decimal(0)), language)}
            raise ValidationError({"share": ValidationError(message, params=params)})
