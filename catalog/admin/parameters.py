from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import Parameter

from . import columns
from .base import NounAdmin


@admin.register(Parameter)
class ParameterAdmin(NounAdmin):
    list_display = ["called", "product", "operator", "wanted", "weight", columns.origin]
    list_filter = ["operator", "weight", ("product__sector", admin.RelatedOnlyFieldListFilter), "origin"]
    list_select_related = ["product"]
    search_fields = ["name_en", "name_fa", "product__name_en", "product__name_fa"]
    search_help_text = _("Parameter or product")
    ordering = ["product__sort_en", "order", "pk"]
    autocomplete_fields = ["product", "source"]
    fieldsets = [
        (
            _("The requirement"),
            {
                "fields": [
                    "product",
                    "name_en",
                    "name_fa",
                    ("operator", "value", "value_to", "unit"),
                    "weight",
                    "test_method",
                    "order",
                ]
            },
        ),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("name"), ordering="name_en")
    def called(self, parameter):
        return parameter.name

    @admin.display(description=pgettext_lazy("requirement", "value"))
    def wanted(self, parameter):
        value = f"{parameter.value}–{parameter.value_to}" if parameter.value_to else parameter.value
        return format_html("<bdi>{} {}</bdi>", value, parameter.unit)
