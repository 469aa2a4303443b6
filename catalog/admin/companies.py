from django.contrib import admin
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from catalog.models import Company, Demand

from . import columns
from .base import InlineRows, NounAdmin
from .confirming import CompanyWord, said_under
from .engagements import CompanyEngagementRows
from .list_filters import Lacking, Samples
from .merging import Merging
from .products import DemandRowSet
from .workflow import Workflow


class BoughtRowSet(DemandRowSet):
    once = ("product", "year")


class BoughtRows(InlineRows):
    """What a company wants to buy."""

    model = Demand
    formset = BoughtRowSet
    fk_name = "buyer"
    fields = ["product", "year", "quantity", "value", "currency", "commitment", "confirmed_on"]
    autocomplete_fields = ["product"]
    show_change_link = True
    verbose_name_plural = _("what it wants to buy")


@admin.register(Company)
class CompanyAdmin(CompanyWord, Merging, Workflow, NounAdmin):
    list_display = [columns.named, "kind", "where", "sector", "verified", columns.publication]
    list_filter = ["state", "kind", "knowledge_based", "province", "sector", Samples, Lacking, "origin"]
    list_select_related = ["sector"]
    search_fields = ["name_en", "name_fa", "legal_id", "slug", "town_en", "town_fa"]
    search_help_text = _("Name, legal id or town")
    ordering = ["sort_en", "pk"]
    autocomplete_fields = ["sector", "source"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [CompanyEngagementRows, BoughtRows]
    row_nouns = [Demand]
    fieldsets = [
        (
            _("The company"),
            {"fields": ["name_en", "name_fa", "slug", "legal_id", ("kind", "knowledge_based"), "sector"]},
        ),
        (_("Where it is"), {"fields": ["province", "town_en", "town_fa", ("founded", "size")]}),
        (_("How to reach it"), {"fields": ["website", "public_phone", "public_email"]}),
        (_("About it"), {"fields": ["summary_en", "summary_fa", "verified_on", "company_word"]}),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("Confirmed by the company"))
    def company_word(self, company):
        """The latest day on which it confirmed anything that is said of it."""
        days = [
            rows.aggregate(latest=Max("confirmed_by_company_on"))["latest"]
            for rows in (company.engagements, company.demands)
        ]
        latest = max(filter(None, days), default=None)
        return said_under([columns.day(latest)] if latest else [], company)

    @admin.display(description=_("province"), ordering="province")
    def where(self, company):
        return columns.two_lines(company.get_province_display() or columns.EMPTY, company.town)

    @admin.display(description=_("verified on"), ordering="verified_on")
    def verified(self, company):
        return columns.day_cell(company.verified_on)
