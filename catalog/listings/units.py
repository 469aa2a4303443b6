"""Reads the query of the listing of idle units."""

from functools import cached_property

import django_filters
from django.db.models import Case, F, IntegerField, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models import Cause, IdleUnit, Need, Province
from catalog.models.base import parents_public
from catalog.models.codes import having

from .base import ListingFilterSet, OrderFilter
from .name_search import matching
from .products import choices_by_slug

MATCHES = [
    ("yes", _("Could make a wanted product")),
    ("no", _("Names no wanted product, or runs again")),
]
UNIT_ORDERS = [
    ("name", _("By name of the unit")),
    ("since", _("Idle longest first")),
    ("-jobs", _("Most jobs first")),
    ("-capacity", _("Largest capacity first, unit by unit")),
    ("-confirmed", _("Latest confirmed first")),
    ("-updated", _("Latest change first")),
]
UNIT_ORDER_BY = {
    "name": (),
    # What runs again is idle no longer, however long it was.
    "since": (
        Case(When(status=IdleUnit.Status.REVIVED, then=Value(1)), default=Value(0)),
        F("idle_since").asc(nulls_last=True),
    ),
    "-jobs": (F("jobs").desc(nulls_last=True),),
    # 900 tonnes are not more than 400 pieces: each unit stands by itself, in the order of its choices.
    "-capacity": (
        Case(
            *(When(capacity_unit=unit, then=Value(n)) for n, unit in enumerate(IdleUnit.CapacityUnit.values)),
            default=Value(99),
            output_field=IntegerField(),
        ),
        F("capacity").desc(nulls_last=True),
    ),
    "-confirmed": (F("confirmed_on").desc(nulls_last=True),),
    "-updated": ("-updated_at",),
}


class UnitFilterSet(ListingFilterSet):
    """Every query parameter of the listing but `page`; `sectors` are the public ones. `state` is the
    condition of the unit: idle, planned, revived."""

    usual_order = "name"

    q = django_filters.CharFilter(method="search", label=_("Name, town, park or product"), max_length=200)
    sector = django_filters.MultipleChoiceFilter(field_name="sector__slug", distinct=False, label=_("Sector"))
    province = django_filters.MultipleChoiceFilter(choices=Province, distinct=False, label=_("Province"))
    cause = django_filters.MultipleChoiceFilter(choices=Cause, method="by_cause", label=_("Why it stopped"))
    need = django_filters.MultipleChoiceFilter(choices=Need, method="by_need", label=_("What it needs"))
    state = django_filters.MultipleChoiceFilter(
        choices=IdleUnit.Status, field_name="status", distinct=False, label=_("Status")
    )
    match = django_filters.ChoiceFilter(choices=MATCHES, method="by_match", label=_("Match"))
    order = OrderFilter(choices=UNIT_ORDERS, label=_("Order"))

    def __init__(self, data, *, sectors):
        self.sectors = choices_by_slug(sectors)
        super().__init__(data, IdleUnit.objects.published().with_match())

    def prepare(self):
        self.filters["sector"].extra["choices"] = self.sectors

    def search(self, queryset, name, text):
        return queryset.filter(pk__in=self.found) if self.text_is_usable else queryset

    @cached_property
    def found(self):
        """Keys of the public units that hold the text; the facets ask again and again."""
        public = IdleUnit.objects.published().order_by()
        columns = ("name_en", "name_fa", "town_en", "town_fa", "park_en", "park_fa")
        rows = {key: [key, *texts] for key, *texts in public.values_list("pk", *columns)}
        products = IdleUnit.products.through.objects.filter(
            parents_public(IdleUnit.products.through, "product"), idleunit__in=public.values("pk")
        )
        for key, *texts in products.values_list("idleunit", "product__name_en", "product__name_fa"):
            rows[key] += texts
        return matching(rows.values(), self.text)

    def by_cause(self, queryset, name, values):
        return queryset.filter(having("causes", values))

    def by_need(self, queryset, name, values):
        return queryset.filter(having("needs", values))

    def by_match(self, queryset, name, value):
        return queryset.filter(matches=value == "yes")

    def ordered(self, queryset):
        """`queryset` in the chosen order, ties broken by name and key, so that no page repeats a row."""
        name = "sort_fa" if get_language() == "fa" else "sort_en"
        return queryset.order_by(*UNIT_ORDER_BY[self.sorting], name, "pk")
