from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .derived import Derived, DerivedQuerySet
from .products import Product


class ProductAlias(Derived):
    """Another word for a product (synonym, abbreviation, transliteration): for search only."""

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        PERSIAN = "fa", _("Persian")

    product = models.ForeignKey(Product, models.CASCADE, verbose_name=_("product"), related_name="aliases")
    text = models.CharField(_("other name"), max_length=160)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ENGLISH)

    objects = DerivedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["language", "text", "pk"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["product", "text"],
                name="productalias_once",
                violation_error_message=_("This product already has that name."),
            )
        ]

    def __str__(self):
        return self.text
