"""Reads the query of the company listing."""

from functools import cached_property

import django_filters
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.models import Company, ProductMaker, Province, Sector
from catalog.models.product_tags import NOT_KNOWN

from .base import ListingFilterSet, OrderFilter
from .name_search import corrected, matching

COMPANY_KINDS = [*Company.Kind.choices, (NOT_KNOWN, _("Not known"))]
KNOWLEDGE_BASED = [("yes", _("Yes")), ("no", _("No")), (NOT_KNOWN, _("Not known"))]
COMPANY_ORDERS = [
    ("name", _("By name of the company")),
    ("-products", _("Most products first")),
    ("-updated", _("Latest change first")),
]


class CompanyFilterSet(ListingFilterSet):
    """Every query parameter of the listing but `page`."""

    usual_order = "name"

    q = django_filters.CharFilter(method="search", label=_("Name"), max_length=200)
    sector = django_filters.ModelMultipleChoiceFilter(
        field_name="sector__slug",
        to_field_name="slug",
        queryset=lambda request: Sector.objects.published(),
        distinct=False,
        label=_("Main sector"),
    )
    province = django_filters.MultipleChoiceFilter(choices=Province, distinct=False, label=_("Province"))
    kind = django_filters.MultipleChoiceFilter(choices=COMPANY_KINDS, method="by_kind", label=_("Kind"))
    knowledge_based = django_filters.ChoiceFilter(
        choices=KNOWLEDGE_BASED, method="by_knowledge", label=_("Knowledge-based")
    )
    order = OrderFilter(choices=COMPANY_ORDERS, label=_("Order"))

    def search(self, queryset, name, text):
        return queryset.filter(pk__in=self.found) if self.text_is_usable else queryset

    @cached_property
    def found(self):
        """Keys of the public companies of that name; the facets ask again."""
        return matching(self._names, self.corrected_text or self.text)

    @cached_property
    def corrected_text(self):
        """What the text may have meant, where no company is called so; it is looked for instead."""
        if not self.text_is_usable or matching(self._names, self.text):
            return ""
        return corrected(self._names, self.text)

    @cached_property
    def _names(self):
        return list(Company.objects.published().order_by().values_list("pk", "name_en", "name_fa"))

    def by_kind(self, queryset, name, values):
        return queryset.filter(kind__in=["" if value == NOT_KNOWN else value for value in values])

    def by_knowledge(self, queryset, name, value):
        return (
            queryset.filter(knowledge_based__isnull=True)
            if value == NOT_KNOWN
            else queryset.filter(knowledge_based=value == "yes")
        )

    def ordered(self, queryset):
        """`queryset` in the chosen order, ties broken by name and key, so that no page repeats a row."""
        ties = ("sort_fa" if get_language() == "fa" else "sort_en", "pk")
        if self.sorting == "-updated":
            return queryset.order_by("-updated_at", *ties)
        if self.sorting == "-products":
            return queryset.annotate(product_count=_product_count()).order_by("-product_count", *ties)
        return queryset.order_by(*ties)


def _product_count():
    of_company = ProductMaker.objects.makers().filter(company=OuterRef("pk")).order_by().values("company")
    return Coalesce(Subquery(of_company.annotate(n=Count("pk")).values("n")), 0)
