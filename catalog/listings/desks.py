"""Reads the query of the desk listing."""

import django_filters
from django.utils.translation import gettext_lazy as _

from catalog.models import DeskStatus, Province, Sector

from .base import ListingFilterSet
from .contracts import SignedYearFilter


class DeskFilterSet(ListingFilterSet):
    """Every query parameter of the listing. `state` is what the desk is today: coming, open, held, …"""

    sector = django_filters.ModelMultipleChoiceFilter(
        field_name="sectors__slug",
        to_field_name="slug",
        queryset=lambda request: Sector.objects.published(),
        label=_("Sector"),
    )
    province = django_filters.MultipleChoiceFilter(choices=Province, distinct=False, label=_("Province"))
    year = SignedYearFilter(field_name="year", label=_("Year"))
    state = django_filters.MultipleChoiceFilter(choices=DeskStatus, method="by_status", label=_("Status"))

    def by_status(self, queryset, name, values):
        return queryset.in_status(*values)
