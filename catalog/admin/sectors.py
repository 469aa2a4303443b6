from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from catalog.models import Sector

from . import columns
from .base import NounAdmin
from .workflow import Workflow


@admin.register(Sector)
class SectorAdmin(Workflow, NounAdmin):
    list_display = ["called", "place", "how_many", columns.origin, columns.last_change, columns.publication]
    list_filter = ["state", "origin"]
    search_fields = ["name_en", "name_fa", "slug"]
    search_help_text = _("Name in either language")
    ordering = ["order", "pk"]
    autocomplete_fields = ["source"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (_("The sector"), {"fields": ["name_en", "name_fa", "slug", "summary_en", "summary_fa"]}),
        (_("How it is shown"), {"fields": ["icon", "order"]}),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(how_many=Count("products"))

    @admin.display(description=_("name"), ordering="name_en")
    def called(self, sector):
        return columns.named(sector)

    @admin.display(description=_("order"), ordering="order")
    def place(self, sector):
        return columns.plain(sector.order)

    @admin.display(description=_("products"), ordering="how_many")
    def how_many(self, sector):
        return columns.count(sector.how_many)
