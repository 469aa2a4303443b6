from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.models import Engagement

from . import columns
from .base import InlineRows, NounAdmin
from .confirming import CompanyWord, Confirming
from .list_filters import FreshnessFilter, Lacking, Samples
from .workflow import Workflow


class EngagementRows(InlineRows):
    """Work of companies on products; each is published by itself."""

    model = Engagement
    show_change_link = True


class CompanyRows(EngagementRows):
    """Under a product."""

    fk_name = "product"
    fields = ["company", "stage", "since", "capacity", "free_capacity", "confirmed_on"]
    autocomplete_fields = ["company"]
    verbose_name_plural = _("companies that work on it")


class CompanyEngagementRows(EngagementRows):
    """Under a company."""

    fk_name = "company"
    fields = ["product", "stage", "since", "capacity", "free_capacity", "confirmed_on"]
    autocomplete_fields = ["product"]
    verbose_name_plural = _("products it works on")


@admin.register(Engagement)
class EngagementAdmin(CompanyWord, Confirming, Workflow, NounAdmin):
    list_display = ["who", "product", "progress", "a_year", "confirmed", columns.publication]
    list_filter = [
        "state",
        "stage",
        "seeks",
        FreshnessFilter,
        Samples,
        Lacking,
        "product__sector",
        "origin",
    ]
    list_select_related = ["company", "product"]
    search_fields = [
        "company__name_en",
        "company__name_fa",
        "product__name_en",
        "product__name_fa",
        "product__hs_code",
    ]
    search_help_text = _("Company, product or HS code")
    autocomplete_fields = ["company", "product", "source"]
    fieldsets = [
        (_("Who makes what"), {"fields": ["company", "product", ("stage", "since"), "seeks"]}),
        (_("How much"), {"fields": [("capacity", "free_capacity"), "local_share"]}),
        (_("Evidence"), {"fields": ["evidence_en", "evidence_fa", "confirmed_on", "company_word"]}),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("company"), ordering="company__sort_en")
    def who(self, engagement):
        return columns.two_lines(engagement.company, columns.sample_mark(engagement))

    @admin.display(description=_("stage"), ordering="stage")
    def progress(self, engagement):
        since = _("since %(year)s") % {"year": columns.plain(engagement.since)} if engagement.since else ""
        return columns.two_lines(engagement.get_stage_display(), since)

    @admin.display(description=_("capacity a year"), ordering="capacity")
    def a_year(self, engagement):
        return columns.count(engagement.capacity)

    @admin.display(description=_("last confirmed on"), ordering="confirmed_on")
    def confirmed(self, engagement):
        return columns.day_cell(engagement.confirmed_on)
