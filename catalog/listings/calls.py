"""Reads the query of the list of calls."""

import django_filters
from django.utils.translation import gettext_lazy as _

from catalog.models import CallState, Sector

from .base import ListingFilterSet


class CallFilterSet(ListingFilterSet):
    """Every query parameter of the list. `state` is what the call is today: coming, open or closed."""

    sector = django_filters.ModelMultipleChoiceFilter(
        field_name="product__sector__slug",
        to_field_name="slug",
        queryset=lambda request: Sector.objects.published(),
        distinct=False,
        label=_("Sector"),
    )
    state = django_filters.MultipleChoiceFilter(choices=CallState, method="by_state", label=_("Status"))

    def by_state(self, queryset, name, values):
        return queryset.in_state(*values) if values else queryset
