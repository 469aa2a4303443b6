from django.contrib import admin
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from catalog.models import Demand
from catalog.templatetags.values import quantity_in_words

from . import columns
from .base import NounAdmin
from .confirming import CompanyWord, Confirming
from .list_filters import FreshnessFilter, Lacking, Samples, YearFilter


@admin.register(Demand)
class DemandAdmin(CompanyWord, Confirming, NounAdmin):
    list_display = ["wanted", "buyer", "when", "worth", "commitment", "confirmed"]
    list_filter = [
        "commitment",
        YearFilter,
        FreshnessFilter,
        Samples,
        Lacking,
        ("product__sector", admin.RelatedOnlyFieldListFilter),
        "origin",
    ]
    list_select_related = ["product", "buyer"]
    search_fields = [
        "product__name_en",
        "product__name_fa",
        "product__hs_code",
        "buyer__name_en",
        "buyer__name_fa",
    ]
    search_help_text = _("Product, HS code or buyer")
    ordering = ["product__sort_en", F("year").desc(nulls_last=True), "pk"]
    autocomplete_fields = ["product", "buyer", "contract", "source"]
    fieldsets = [
        (_("Who wants what"), {"fields": ["product", "buyer", "year"]}),
        (
            _("How much, how surely"),
            {
                "fields": [
                    "quantity",
                    ("value", "currency"),
                    "commitment",
                    "contract",
                    "confirmed_on",
                    "company_word",
                ]
            },
        ),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("product"), ordering="product__sort_en")
    def wanted(self, demand):
        return columns.two_lines(demand.product, columns.sample_mark(demand))

    @admin.display(description=_("Iranian year"), ordering="year")
    def when(self, demand):
        return columns.plain(demand.year)

    @admin.display(description=_("value"), ordering="value")
    def worth(self, demand):
        quantity = quantity_in_words(demand.quantity, demand.product.unit) if demand.quantity else ""
        return columns.two_lines(columns.amount(demand.value, demand.currency), quantity)

    @admin.display(description=_("last confirmed on"), ordering="confirmed_on")
    def confirmed(self, demand):
        return columns.day_cell(demand.confirmed_on)
