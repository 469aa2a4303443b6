from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.models import Indicator, Statement

from . import columns
from .base import InlineRows, NounAdmin
from .statements import FigureForm
from .workflow import Workflow


class StatementRows(InlineRows):
    model = Statement
    form = FigureForm
    fields = ["label_en", "label_fa", "qualifier", "value", "unit", "currency", "kind", "source"]
    autocomplete_fields = ["source"]
    show_change_link = True


@admin.register(Indicator)
class IndicatorAdmin(Workflow, NounAdmin):
    list_display = ["called", "unit", "slug", columns.publication]
    list_filter = ["state"]
    search_fields = ["name_en", "name_fa", "slug"]
    search_help_text = _("Name in either language")
    ordering = ["pk"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [StatementRows]
    row_nouns = [Statement]
    fieldsets = [
        (
            _("The indicator"),
            {"fields": ["name_en", "name_fa", "slug", "unit", "definition_en", "definition_fa"]},
        ),
    ]

    @admin.display(description=_("name"), ordering="name_en")
    def called(self, indicator):
        return columns.named(indicator)
