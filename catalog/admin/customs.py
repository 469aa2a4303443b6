"""The pages of customs tables: a new one, what its columns are, what it sums to, what no product covers."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from catalog.formats.calendar import FIRST_YEAR, LAST_GREGORIAN_YEAR
from catalog.formats.countries import country_name
from catalog.formats.numerals import number, percentage
from catalog.formats.reading import NotANumberError, whole_number
from catalog.models import CustomsFile, CustomsLine, Source
from catalog.models.customs import CUSTOMS_ORIGINS
from catalog.staff import scopes

from . import columns
from .fields import is_key
from .looked_up import LookedUp
from .spreadsheets import customs, files, reviewing
from .spreadsheets.books import BOOKS

BOOK = BOOKS["import_records"]
MOST_SHOWN = 50


class CustomsFileForm(forms.Form):
    """A table, and whether it is invented."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, at most 10 MB and 60,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    origin = forms.ChoiceField(
        label=gettext_lazy("Origin"),
        choices=CUSTOMS_ORIGINS,
        help_text=gettext_lazy("A sample is an invented table, for trying this out."),
    )
    source = forms.ModelChoiceField(
        label=gettext_lazy("Source"), queryset=Source.objects.all(), required=False
    )


@admin.register(CustomsFile)
class CustomsFileAdmin(LookedUp):
    list_display = ["what", "who", "size", "origin"]
    list_display_links = None
    list_filter = ["origin"]
    list_select_related = ["author"]
    list_per_page = 25
    actions = None

    def get_urls(self):
        page = self.admin_site.admin_view(self.uncovered_view)
        name = "catalog_customsfile_uncovered"
        return [path("<path:object_id>/uncovered/", page, name=name), *super().get_urls()]

    def get_queryset(self, request):
        """Without what the file held, which is large: a join would compare it line by line."""
        lines = CustomsLine.objects.filter(file=OuterRef("pk")).order_by().values("file")
        counted = Subquery(lines.annotate(count=Count("pk")).values("count"))
        return super().get_queryset(request).defer("table").annotate(line_count=Coalesce(counted, 0))

    # --- who may

    def has_view_permission(self, request, obj=None):
        return reviewing.may_import(request.user, BOOK) and scopes.tags_of(request.user) is None

    def has_add_permission(self, request):
        return self.has_view_permission(request)

    # --- the list

    @admin.display(description=gettext_lazy("file"), ordering="file_name")
    def what(self, table):
        return format_html(
            '<a href="{}">{}</a>', _address(table), columns.isolated_file_name(table.file_name)
        )

    @admin.display(description=gettext_lazy("brought by"), ordering="created_at")
    def who(self, table):
        return columns.two_lines(columns.person(table.author), columns.moment(table.created_at))

    @admin.display(description=gettext_lazy("rows"))
    def size(self, table):
        return columns.count(table.line_count)

    # --- a new one

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = CustomsFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
        if form.is_bound and form.is_valid():
            sent = form.cleaned_data
            try:
                table = customs.bring_customs(sent["file"], request.user, sent["origin"], sent["source"])
            except files.RefusedError as error:
                form.add_error("file", str(error))
            else:
                return HttpResponseRedirect(_address(table))
        return self._page(
            request, "admin/spreadsheets/customs_upload.html", _("Bring in a customs table"), form=form
        )

    # --- what its columns are, what it sums to

    def change_view(self, request, object_id, form_url="", extra_context=None):
        table = self._asked_for(request, object_id)
        if request.method == "POST":
            return self._step(request, table)
        shown = {"table": table, "columns": self._columns(table), "read": table.line_count}
        if table.line_count:
            found = customs.sums(table)
            shown |= {"sums": [_sum_words(each) for each in found.own[:MOST_SHOWN]]}
            shown["products"] = number(len({each.product.pk for each in found.own}), get_language())
            shown["shared"] = [
                (code, columns.names_listed(found.shared[code]) or _("the rest, beside the stated shares"))
                for code in list(found.shared)[:MOST_SHOWN]
            ]
        title = table.file_name
        return self._page(request, "admin/spreadsheets/customs_table.html", title, **shown)

    def _columns(self, table):
        """[(input's name, label, needed, place that is chosen)]"""
        guessed = customs.guessed(table.heads)
        return [
            (name, label, name in customs.NEEDED, guessed.get(name)) for name, label in customs.FIELDS.items()
        ]

    def _step(self, request, table):
        if "_read" in request.POST:
            self._read(request, table)
        elif "_bring" in request.POST and table.line_count:
            brought = customs.as_import(table, request.user)
            return HttpResponseRedirect(reverse("admin:catalog_import_change", args=[brought.pk]))
        return HttpResponseRedirect(_address(table))

    def _read(self, request, table):
        chosen = {
            name: int(place)
            for name in customs.FIELDS
            if is_key(place := request.POST.get(name, "")) and int(place) < len(table.heads)
        }
        year = _year(request.POST.get("all_year", ""))
        if any(name not in chosen for name in customs.NEEDED) or ("year" not in chosen and year is None):
            text = _("Choose the columns of code and value in dollars, and a column of years or one year.")
            self.message_user(request, text, messages.ERROR)
            return
        read, wrong = customs.read_lines(table, chosen, year)
        words = ngettext("%(count)s row was read.", "%(count)s rows were read.", read)
        self.message_user(request, words % {"count": number(read, get_language())}, messages.SUCCESS)
        if wrong:
            words = ngettext("%(count)s row could not be read.", "%(count)s rows could not be read.", wrong)
            self.message_user(request, words % {"count": number(wrong, get_language())}, messages.WARNING)

    def _asked_for(self, request, object_id):
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked_for = object_id if is_key(object_id) else None
        table = self.get_queryset(request).filter(pk=asked_for).first()
        if table is None:
            raise Http404
        return table

    # --- what no product covers

    def uncovered_view(self, request, object_id):
        table = self._asked_for(request, object_id)
        if request.method == "POST":
            return self._draft(request)
        year = customs.latest_year(table)
        rows = customs.uncovered(table, year) if year else []
        shown = {
            "table": table,
            "year": columns.year(year),
            "rows": [_uncovered_words(each) for each in rows],
            "may_add": request.user.has_perm("catalog.add_product"),
        }
        title = _("What is imported most and no product on the list covers")
        return self._page(request, "admin/spreadsheets/uncovered.html", title, **shown)

    def _draft(self, request):
        if not request.user.has_perm("catalog.add_product"):
            raise PermissionDenied
        heading = request.POST.get("heading", "")[:6]
        product = customs.draft_of(heading, request.POST.get(f"description-{heading}", "").strip())
        if product is None:
            text = _("%(code)s is not in the HS 2017 list.") % {"code": heading}
            self.message_user(request, text, messages.ERROR)
            return HttpResponseRedirect(request.path)
        words = _("“%(name)s” is a draft: when it is complete, send it to review.") % {"name": product}
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:catalog_product_change", args=[product.pk]))

    def _page(self, request, template, title, **context):
        request.current_app = self.admin_site.name
        context |= {
            **self.admin_site.each_context(request),
            "title": title,
            "heading": columns.isolated_file_name(str(title)),
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, template, context)


def _address(table):
    return reverse("admin:catalog_customsfile_change", args=[table.pk])


def _year(text):
    """A year of either calendar, as it is; None for anything else."""
    try:
        year = whole_number(text)
    except NotANumberError:
        return None
    return year if FIRST_YEAR <= year <= LAST_GREGORIAN_YEAR else None


def _sum_words(each):
    return {
        "product": each.product,
        "url": reverse("admin:catalog_product_change", args=[each.product.pk]),
        "year": columns.year(each.year),
        "dollars": columns.amount(each.dollars, "USD"),
        "countries": columns.names_listed(map(country_name, each.largest)),
    }


def _uncovered_words(each):
    language = get_language()
    return {
        "heading": each.heading,
        "code": columns.code(f"{each.heading[:4]}.{each.heading[4:]}"),
        "description": each.description,
        "dollars": columns.amount(each.dollars, "USD"),
        "growth": columns.EMPTY if each.growth is None else percentage(each.growth, language),
        "share": columns.EMPTY if each.share is None else percentage(each.share, language),
        "countries": columns.names_listed(map(country_name, each.countries)),
    }
