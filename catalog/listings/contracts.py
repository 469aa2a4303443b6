"""Reads the query of the contract listing."""

from functools import cached_property

import django_filters
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from catalog.models import Contract, Desk, Party, Sector
from catalog.models.base import YEAR_VALIDATORS, where_published
from catalog.models.product_tags import NOT_KNOWN

from .base import ListingFilterSet, OrderFilter, TypedNumberField
from .name_search import matching

CONTRACT_STATUSES = [*Contract.Status.choices, (NOT_KNOWN, _("Not known"))]
CONTRACT_ORDERS = [
    ("-signed", _("Latest signed first")),
    ("signed", _("Earliest signed first")),
    ("due", _("Next due first")),
    ("late", _("Longest late first")),
    ("reference", _("By reference")),
]
CONTRACT_ORDER_BY = {
    "-signed": F("signed_on").desc(nulls_last=True),
    "signed": F("signed_on").asc(nulls_last=True),
    "due": F("due").asc(nulls_last=True),
    "late": F("late_since").asc(nulls_last=True),
    "reference": F("reference").asc(),
}


class YearField(TypedNumberField):
    """An Iranian year in any script's digits."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.validators = [*self.validators, *YEAR_VALIDATORS]


class SignedYearFilter(django_filters.NumberFilter):
    field_class = YearField


class ContractFilterSet(ListingFilterSet):
    """Every query parameter of the listing but `page`. `state` is the contract's own condition."""

    usual_order = "-signed"

    q = django_filters.CharFilter(method="search", label=_("Reference, subject or party"), max_length=200)
    desk = django_filters.ModelChoiceFilter(
        field_name="desk",
        to_field_name="slug",
        queryset=lambda request: Desk.objects.published(),
        label=_("Desk"),
    )
    sector = django_filters.ModelMultipleChoiceFilter(
        field_name="sector__slug",
        to_field_name="slug",
        queryset=lambda request: Sector.objects.published(),
        distinct=False,
        label=_("Sector"),
    )
    year = SignedYearFilter(method="by_year", label=_("Signed in the year"))
    kind = django_filters.MultipleChoiceFilter(choices=Contract.Kind, distinct=False, label=_("Kind"))
    state = django_filters.MultipleChoiceFilter(
        choices=CONTRACT_STATUSES, method="by_status", label=_("Status")
    )
    order = OrderFilter(choices=CONTRACT_ORDERS, label=_("Order"))

    def search(self, queryset, name, text):
        return queryset.filter(pk__in=self.found) if self.text_is_usable else queryset

    @cached_property
    def found(self):
        """Keys of the public contracts that hold the text; the facets ask again and again."""
        public = Contract.objects.published().order_by()
        titles = public.values_list("pk", "reference", "title_en", "title_fa")
        parties = Party.objects.filter(contract__in=public.values("pk"), company__isnull=True)
        companies = Party.objects.filter(where_published("company"), contract__in=public.values("pk"))
        rows = {row[0]: [*row] for row in titles}
        for key, *texts in parties.order_by().values_list("contract", "name_en", "name_fa"):
            rows[key] += texts
        columns = ("contract", "company__name_en", "company__name_fa")
        for key, *texts in companies.order_by().values_list(*columns):
            rows[key] += texts
        return matching(rows.values(), self.text)

    def by_year(self, queryset, name, year):
        return queryset.signed_in(year)

    def by_status(self, queryset, name, values):
        return queryset.filter(status__in=["" if value == NOT_KNOWN else value for value in values])

    def ordered(self, queryset):
        """`queryset` in the chosen order, ties broken by key, so that no page repeats a row."""
        if self.sorting == "late":
            queryset = queryset.with_lateness()
        return queryset.order_by(CONTRACT_ORDER_BY[self.sorting], "pk")
