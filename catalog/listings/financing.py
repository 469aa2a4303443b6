"""Reads which companies a reader of the financing page means by "like mine"."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Company, Facility, Province, Sector

from .base import ListingFilterSet


class FinancingFilterSet(ListingFilterSet):
    """Facilities by what the company is that was given them."""

    sector = django_filters.ModelChoiceFilter(
        field_name="company__sector",
        to_field_name="slug",
        queryset=lambda request: Sector.objects.published(),
        label=_("Main sector"),
    )
    size = django_filters.ChoiceFilter(field_name="company__size", choices=Company.Size, label=_("Size"))
    kind = django_filters.ChoiceFilter(
        field_name="company__kind", choices=Company.Kind, label=pgettext_lazy("company", "Kind")
    )
    province = django_filters.ChoiceFilter(
        field_name="company__province", choices=Province, label=_("Province")
    )

    @classmethod
    def read(cls, query):
        """The public facilities that a query chooses."""
        return cls(query, Facility.objects.published())
