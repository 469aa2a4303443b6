"""Products and what is known of each: names, requirements, imports, demands, companies, documents."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog import search
from catalog.models import Demand, ImportRecord, Parameter, Product, ProductAlias, ProductCode

from . import columns
from .base import InlineRows, NounAdmin
from .calls import Calling
from .confirming import Confirming
from .documents import DocumentRows
from .engagements import CompanyRows
from .forms import RowFormSet
from .import_records import ImportRecordForm
from .list_filters import FreshnessFilter, Lacking, Samples
from .merging import Merging
from .workflow import Workflow


class AliasRowSet(RowFormSet):
    once = ("text",)
    once_message = _("This product already has that name.")


class CodeRowSet(RowFormSet):
    once = ("code",)
    once_message = _("This product already has that code.")


class ImportRowSet(RowFormSet):
    once = ("year", "currency", "source")
    once_message = _("This product already has a figure of that source for that year and currency.")

    def clean(self):
        super().clean()
        chosen = set()
        for form in self.rows():
            figure = form.cleaned_data.get("year"), form.cleaned_data.get("currency")
            if form.cleaned_data.get("chosen") and figure in chosen:
                form.add_error("chosen", _("One figure of a year counts in sums: choose one."))
            elif form.cleaned_data.get("chosen"):
                chosen.add(figure)


class DemandRowSet(RowFormSet):
    once = ("buyer", "year")
    once_message = _("This buyer’s demand for that product and year is already recorded.")


class AliasRows(InlineRows):
    model = ProductAlias
    formset = AliasRowSet
    fields = ["text", "language"]


class CodeRows(InlineRows):
    model = ProductCode
    formset = CodeRowSet
    fields = ["code", "share", "origin", "source"]
    autocomplete_fields = ["source"]


class ParameterRows(InlineRows):
    model = Parameter
    fields = ["name_en", "name_fa", "operator", "value", "value_to", "unit", "weight"]
    show_change_link = True


class ImportRows(InlineRows):
    model = ImportRecord
    form = ImportRecordForm
    formset = ImportRowSet
    fields = ["year", "value", "currency", "source", "chosen", "in_sums", "quantity", "countries"]
    readonly_fields = ["in_sums"]
    autocomplete_fields = ["source"]
    show_change_link = True

    @admin.display(description=_("in sums"))
    def in_sums(self, record):
        return columns.in_sums(record)


class DemandRows(InlineRows):
    model = Demand
    formset = DemandRowSet
    fk_name = "product"
    fields = ["buyer", "year", "quantity", "value", "currency", "commitment", "confirmed_on"]
    autocomplete_fields = ["buyer"]
    show_change_link = True


@admin.register(Product)
class ProductAdmin(Merging, Calling, Confirming, Workflow, NounAdmin):
    list_display = ["called", "hs", "sector", "progress", columns.last_change, columns.publication]
    list_filter = ["state", "stage", "sector", "reported", FreshnessFilter, Samples, Lacking, "origin"]
    list_select_related = ["sector"]
    search_fields = ["name_en", "name_fa", "hs_code", "slug", "aliases__text"]
    search_help_text = _("Name in either language, other names, HS code")
    ordering = ["sort_en", "pk"]
    autocomplete_fields = ["sector", "source"]
    prepopulated_fields = {"slug": ["name_en"]}
    inlines = [AliasRows, CodeRows, ParameterRows, ImportRows, DemandRows, CompanyRows, DocumentRows]
    row_nouns = [ProductAlias, ProductCode, Parameter, ImportRecord, Demand]
    fieldsets = [
        (_("The product"), {"fields": ["name_en", "name_fa", "slug", "sector", ("hs_code", "unit")]}),
        (_("What it is"), {"fields": ["summary_en", "summary_fa", "specification"]}),
        (
            _("How to take part"),
            {"fields": ["take_part_en", "take_part_fa", "target_year", "confirmed_on"]},
        ),
        (
            _("Where this comes from"),
            {"fields": ["origin", "source", "reported", "note"], "classes": ["collapse"]},
        ),
    ]

    def get_search_results(self, request, queryset, search_term):
        """What the lists of the admin find by letters, and what the public search finds besides."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        answers = search.match(search_term)
        if answers is None:
            return found, duplicates
        ids = Q(pk__in=found.order_by().values("pk")) | Q(pk__in=answers.ids)
        return queryset.filter(ids), False

    @admin.display(description=_("name"), ordering="sort_en")
    def called(self, product):
        return columns.named(product)

    @admin.display(description=_("HS code"), ordering="hs_code")
    def hs(self, product):
        return columns.code(product.hs_dotted)

    @admin.display(description=_("stage"), ordering="stage")
    def progress(self, product):
        makers = ""
        if product.maker_count:
            makers = _("companies on record: %(count)s") % {"count": columns.count(product.maker_count)}
        return columns.two_lines(format_html("{}", product.get_stage_display()), makers)
