"""Idle industrial units: what stands still, why, and what it could make."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.models import IdleUnit

from . import columns
from .base import NounAdmin
from .confirming import CompanyWord, Confirming
from .forms import RecordForm
from .list_filters import FreshnessFilter, Lacking, Samples
from .workflow import Workflow


class IdleUnitForm(RecordForm):
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("capacity_unit") and cleaned.get("capacity") is None and "capacity" not in self.errors:
            self.add_error("capacity", _("Write the capacity, or empty its unit."))
        return cleaned


@admin.register(IdleUnit)
class IdleUnitAdmin(CompanyWord, Confirming, Workflow, NounAdmin):
    form = IdleUnitForm
    list_display = [columns.named, "where", "stopped", "condition", "confirmed", columns.publication]
    list_filter = ["state", "status", "province", FreshnessFilter, Samples, Lacking, "sector", "origin"]
    list_select_related = ["sector"]
    search_fields = [
        "name_en",
        "name_fa",
        "slug",
        "town_en",
        "town_fa",
        "products__name_en",
        "products__name_fa",
    ]
    search_help_text = _("Name, town or product")
    ordering = ["sort_en", "pk"]
    autocomplete_fields = ["sector", "products", "source"]
    prepopulated_fields = {"slug": ["name_en"]}
    fieldsets = [
        (_("The unit"), {"fields": ["name_en", "name_fa", "slug", "sector"]}),
        (_("Where it is"), {"fields": ["province", "town_en", "town_fa", "park_en", "park_fa"]}),
        (
            _("What it could make"),
            {"fields": ["products", ("capacity", "capacity_unit"), "jobs"]},
        ),
        (
            _("Why it stands still, and what it needs"),
            {"fields": ["idle_since", "causes", "needs", "needs_en", "needs_fa"]},
        ),
        (_("How it is today"), {"fields": ["status", "revived_on", "confirmed_on", "company_word"]}),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("province"), ordering="province")
    def where(self, unit):
        return columns.two_lines(unit.get_province_display(), unit.town)

    @admin.display(description=_("idle since"), ordering="idle_since")
    def stopped(self, unit):
        return columns.two_lines(columns.plain(unit.idle_since), columns.names_listed(unit.cause_words))

    @admin.display(description=_("condition"), ordering="status")
    def condition(self, unit):
        since = columns.day(unit.revived_on) if unit.revived_on else ""
        state = format_html('<span class="state state-{}">{}</span>', unit.status, unit.get_status_display())
        return columns.two_lines(state, since)

    @admin.display(description=_("last confirmed on"), ordering="confirmed_on")
    def confirmed(self, unit):
        return columns.day_cell(unit.confirmed_on)
