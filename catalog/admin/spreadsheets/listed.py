"""The list of a noun as a spreadsheet: taken away as it is shown, and the way in beside it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode

from . import reviewing, writing
from .books import book_of


class SpreadsheetMixin:
    """For a ModelAdmin; nothing is added where its noun has no spreadsheet."""

    change_list_template = "admin/noun_list.html"

    def get_urls(self):
        if book_of(self.model) is None:
            return super().get_urls()
        name = f"catalog_{self.opts.model_name}_export"
        return [
            path("export.<str:kind>", self.admin_site.admin_view(self.export_view), name=name),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        book = book_of(self.model)
        shown = {"sheets": self._addresses(request, book) if book else None}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    def _addresses(self, request, book):
        """Where the list goes out as it is shown, and where a file comes in."""
        name, query = f"admin:catalog_{self.opts.model_name}_export", request.GET.urlencode()
        found = {kind: f"{reverse(name, args=[kind])}?{query}" for kind in writing.TYPES}
        found["further"] = [
            (sheet.title, f"{reverse(name, args=[f'{sheet.name}.csv'])}?{query}") for sheet in book.further
        ]
        if reviewing.may_import(request.user, book):
            found["bring"] = f"{reverse('admin:catalog_import_add')}?{urlencode({'noun': book.name})}"
        return found

    def export_view(self, request, kind):
        """The rows of the list under its filters and in its order, those of further pages too; or what stands
        under them: export.payments.csv."""
        book = book_of(self.model)
        alone, _dot, kind = kind.rpartition(".")
        if kind not in writing.TYPES or alone not in {"", *(sheet.name for sheet in book.further)}:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_changelist_instance(request)
        if getattr(found, "params", None) is None:
            return HttpResponseRedirect(reverse(f"admin:catalog_{self.opts.model_name}_changelist"))
        data = writing.listed(book, found.get_queryset(request), kind, alone)
        return download(data, f"{alone or book.name}.{kind}", kind)


def download(data, name, kind):
    """An answer that a browser saves as a file."""
    return HttpResponse(
        data,
        headers={
            "Content-Type": writing.TYPES[kind],
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
