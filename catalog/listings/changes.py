"""Reads the query of the news."""

import django_filters
from django.utils.translation import gettext_lazy as _

from catalog.models import Change, ChangeKind, Product, Sector

from .base import ListingFilterSet


class ChangeFilterSet(ListingFilterSet):
    """Every query parameter of the news: sectors, kinds, and one product by its address."""

    sector = django_filters.ModelMultipleChoiceFilter(
        to_field_name="slug",
        queryset=lambda request: Sector.objects.published(),
        label=_("Sector"),
        method="in_sectors",
    )
    kind = django_filters.MultipleChoiceFilter(choices=ChangeKind, distinct=False, label=_("Kind"))
    product = django_filters.ModelChoiceFilter(
        to_field_name="slug",
        queryset=lambda request: Product.objects.published(),
        label=_("Product"),
        method="of_product",
    )

    @classmethod
    def read(cls, query):
        """The news that a query chooses."""
        return cls(query, Change.objects.all())

    def in_sectors(self, queryset, name, sectors):
        return queryset.in_sectors(sectors)

    def of_product(self, queryset, name, product):
        return queryset.of_product(product.pk)

    def ordered(self, queryset):
        """Only what a reader may see, the newest first."""
        return queryset.shown().newest_first()
