from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.models import GuideStep

from . import columns
from .base import NounAdmin
from .workflow import Workflow


@admin.register(GuideStep)
class GuideStepAdmin(Workflow, NounAdmin):
    list_display = ["called", "place", columns.origin, columns.last_change, columns.publication]
    list_filter = ["state", "origin"]
    search_fields = ["title_en", "title_fa", "key"]
    search_help_text = _("Title in either language")
    ordering = ["order", "pk"]
    autocomplete_fields = ["source"]
    prepopulated_fields = {"key": ["title_en"]}
    fieldsets = [
        (
            _("The step"),
            {
                "fields": ["title_en", "title_fa", "key", "order", "text_en", "text_fa"],
                "description": _("Leave empty what is not stated anywhere: the page says so."),
            },
        ),
        (_("Papers"), {"fields": ["papers_en", "papers_fa"]}),
        (
            _("Who, how long, by what law"),
            {"fields": ["who_en", "who_fa", "duration_en", "duration_fa", "law_en", "law_fa"]},
        ),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("title"), ordering="title_en")
    def called(self, step):
        return columns.two_lines(step.title, step.key)

    @admin.display(description=_("order"), ordering="order")
    def place(self, step):
        return columns.plain(step.order)
