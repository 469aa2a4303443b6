from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.models import Question

from . import columns
from .base import NounAdmin
from .workflow import Workflow


@admin.register(Question)
class QuestionAdmin(Workflow, NounAdmin):
    list_display = ["asked", "about", "answered", "office", columns.last_change, columns.publication]
    list_filter = ["state", "office"]
    list_select_related = ["product", "desk", "office"]
    search_fields = ["text_en", "text_fa", "answer_en", "answer_fa", "product__name_en", "product__name_fa"]
    search_help_text = _("Words of the question or the answer, product")
    ordering = ["-answered_on", "-pk"]
    autocomplete_fields = ["product", "desk", "office"]
    fieldsets = [
        (
            _("The question"),
            {
                "fields": ["text_en", "text_fa", "asked_on"],
                "description": _(
                    "Edited by staff: without names, addresses or numbers of who asked. Once it is "
                    "published, everybody reads it."
                ),
            },
        ),
        (_("The answer"), {"fields": ["answer_en", "answer_fa", ("office", "answered_on")]}),
        (
            _("What it belongs to"),
            {"fields": ["product", "desk"], "description": _("One of the two; leave the other empty.")},
        ),
        (_("For staff"), {"fields": ["note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("question"), ordering="text_en")
    def asked(self, question):
        return str(question)

    @admin.display(description=_("belongs to"))
    def about(self, question):
        return question.product or question.desk

    @admin.display(description=_("answered on"), ordering="answered_on")
    def answered(self, question):
        return columns.day_cell(question.answered_on)
