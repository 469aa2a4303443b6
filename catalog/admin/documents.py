from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.models import Document

from . import columns
from .base import InlineRows, NounAdmin
from .workflow import Workflow


class DocumentRows(InlineRows):
    """Documents on a product, a desk or a contract; each is published by itself."""

    model = Document
    fields = ["kind", "title_en", "title_fa", "file", "access"]
    show_change_link = True


@admin.register(Document)
class DocumentAdmin(Workflow, NounAdmin):
    list_display = ["titled", "belongs", "kind", "access", columns.last_change, columns.publication]
    list_filter = ["state", "kind", "access", "origin"]
    list_select_related = ["product", "desk", "contract"]
    search_fields = ["title_en", "title_fa", "product__name_en", "product__name_fa", "contract__reference"]
    search_help_text = _("Title, product or reference of the contract")
    autocomplete_fields = ["product", "desk", "contract", "source"]
    fieldsets = [
        (
            _("The document"),
            {"fields": ["kind", "title_en", "title_fa", "file", ("language", "version"), "access"]},
        ),
        (
            _("What it belongs to"),
            {
                "fields": ["product", "desk", "contract"],
                "description": _("One of the three; leave the others empty."),
            },
        ),
        (_("Where this comes from"), {"fields": ["origin", "source", "note"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("title"), ordering="title_en")
    def titled(self, document):
        return format_html("{} {}", document, columns.sample_mark(document))

    @admin.display(description=_("belongs to"))
    def belongs(self, document):
        return document.product or document.desk or document.contract or columns.EMPTY
