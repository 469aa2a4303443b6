"""The pages of spreadsheets that are brought in: all of them, a new one, what the rows of one would do."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from catalog.formats.cleaning import clean_text
from catalog.formats.numerals import number
from catalog.models import Import, ImportState, RevisionState, RowOutcome

from . import columns, proposals
from .fields import is_key
from .looked_up import LookedUp
from .spreadsheets import applying, bringing, files, listed, preview, reviewing, writing
from .spreadsheets.books import BOOKS
from .spreadsheets.checking import Check

ROWS_PER_PAGE = 100


class SpreadsheetForm(forms.Form):
    """Which noun, and the file."""

    noun = forms.ChoiceField(label=gettext_lazy("What it holds"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, at most 10 MB and 5,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        books = [book for book in BOOKS.values() if reviewing.may_import(user, book)]
        self.fields["noun"].choices = [(book.name, book.title) for book in books]


@admin.register(Import)
class ImportAdmin(LookedUp):
    list_display = ["what", "noun_words", "who", "rows_found", "status"]
    list_display_links = None
    list_filter = ["state", ("author", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["file_name", "author__username", "author__first_name", "author__last_name"]
    search_help_text = gettext_lazy("File or who brought it")
    list_select_related = ["author", "revision"]
    list_per_page = 25
    ordering = ["-created_at", "-pk"]
    actions = None

    def get_urls(self):
        page = self.admin_site.admin_view(self.template_view)
        return [
            path("template/<str:noun>.<str:kind>", page, name="catalog_import_template"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return reviewing.visible_to(request.user)

    # --- who may

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request):
        return any(reviewing.may_import(request.user, book) for book in BOOKS.values())

    # --- the list

    @admin.display(description=gettext_lazy("file"), ordering="file_name")
    def what(self, brought):
        url = reverse("admin:catalog_import_change", args=[brought.pk])
        return format_html('<a href="{}">{}</a>', url, columns.isolated_file_name(brought.file_name))

    @admin.display(description=gettext_lazy("what it holds"), ordering="noun")
    def noun_words(self, brought):
        return BOOKS[brought.noun].title

    @admin.display(description=gettext_lazy("brought by"), ordering="created_at")
    def who(self, brought):
        return columns.two_lines(columns.person(brought.author), columns.moment(brought.created_at))

    @admin.display(description=gettext_lazy("rows"))
    def rows_found(self, brought):
        return columns.names_listed(
            f"{outcome.label}: {number(brought.counts[outcome], get_language())}"
            for outcome in RowOutcome
            if brought.counts.get(outcome)
        )

    @admin.display(description=gettext_lazy("status"), ordering="state")
    def status(self, brought):
        return reviewing.standing(brought)

    # --- a new one

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = SpreadsheetForm(request.user, *sent, initial={"noun": request.GET.get("noun")})
        if form.is_bound and form.is_valid():
            book = BOOKS[form.cleaned_data["noun"]]
            try:
                brought = bringing.bring(book, form.cleaned_data["file"], request.user)
            except files.RefusedError as error:
                form.add_error("file", str(error))
            else:
                self._tell_of_twin(request, brought)
                return HttpResponseRedirect(reverse("admin:catalog_import_change", args=[brought.pk]))
        noun = form["noun"].value()
        books = [BOOKS[name] for name, _title in form.fields["noun"].choices]
        shown = {"form": form, "books": books, "book": BOOKS.get(noun), "kinds": list(writing.TYPES)}
        shown["dictionary"] = preview.dictionary(shown["book"]) if shown["book"] else []
        return self._page(request, "admin/spreadsheets/upload.html", _("Bring in a spreadsheet"), **shown)

    def _tell_of_twin(self, request, brought):
        """Say so where the very same file was brought in before."""
        twins = Import.objects.filter(digest=brought.digest, noun=brought.noun, state=ImportState.APPLIED)
        if twin := twins.exclude(pk=brought.pk).first():
            text = _("This very file was brought in before, on %(when)s.")
            self.message_user(request, text % {"when": columns.moment(twin.applied_at)}, messages.WARNING)

    def template_view(self, request, noun, kind):
        if noun not in BOOKS or kind not in writing.TYPES:
            raise Http404
        if not reviewing.may_import(request.user, BOOKS[noun]):
            raise PermissionDenied
        return listed.download(writing.template(BOOKS[noun], kind), f"{noun}-template.{kind}", kind)

    # --- what the rows of one would do

    def change_view(self, request, object_id, form_url="", extra_context=None):
        brought = self._asked_for(request, object_id)
        if request.method == "POST":
            return self._step(request, brought)
        if reviewing.is_open(brought, request.user) and brought.language != get_language():
            Check(brought, request.user).run()  # what is wrong is said in the language of the page
        rows = brought.rows.exclude(outcome=RowOutcome.SAME)
        page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("p"))
        shown = preview.context(brought, request.user, page)
        title = brought.file_name
        return self._page(request, "admin/spreadsheets/preview.html", title, brought=brought, **shown)

    def _asked_for(self, request, object_id):
        found = self.get_queryset(request).filter(pk=object_id if is_key(object_id) else None)
        brought = found.select_related("author", "revision", "applied_by", "undone_by").first()
        if brought is None:
            raise Http404
        return brought

    def _step(self, request, brought):
        """What the button that was pressed asks for; back to the page, or to the list."""
        here = HttpResponseRedirect(reverse("admin:catalog_import_change", args=[brought.pk]))
        steps = {
            "_check": self._mend,
            "_send": self._send,
            "_bring_in": self._bring_in,
            "_accept": self._accept,
            "_send_back": self._answer,
            "_refuse": self._answer,
            "_take_back": self._take_back,
            "_drop": self._drop,
            "_undo": self._undo,
        }
        name = next((name for name in steps if name in request.POST), "")
        if not name:
            return here
        try:
            return steps[name](request, brought) or here
        except applying.NotAppliedError as error:
            self.message_user(request, str(error), messages.ERROR)
            return here

    def _mend(self, request, brought):
        """Take what was written into the faulty cells, and the records that were chosen for unknown names."""
        if not reviewing.is_open(brought, request.user):
            raise PermissionDenied
        preview.mend(brought, request.POST)
        Check(brought, request.user).run()

    def _send(self, request, brought):
        self._mend(request, brought)
        if reason := reviewing.cannot_yet(brought):
            self.message_user(request, reason, messages.ERROR)
            return
        reviewing.send(brought, request.user, _written(request, "_reason"))
        text = _("“%(name)s” was proposed. The public sees it when a reviewer accepts it.")
        self.message_user(request, text % {"name": brought}, messages.SUCCESS)

    def _bring_in(self, request, brought):
        self._mend(request, brought)
        if reason := reviewing.cannot_yet(brought):
            self.message_user(request, reason, messages.ERROR)
            return
        reviewing.bring_in(brought, request.user)
        self.message_user(request, _("All rows were brought in."), messages.SUCCESS)

    def _accept(self, request, brought):
        reviewing.accept(brought, request.user, _written(request, proposals.COMMENT_FIELD))
        self.message_user(request, _("“%(name)s” was accepted.") % {"name": brought}, messages.SUCCESS)

    def _answer(self, request, brought):
        comment = _written(request, proposals.COMMENT_FIELD)
        if not comment:
            text = _("Write a few words to the author: why, or what is to be done.")
            self.message_user(request, text, messages.ERROR)
            return None
        back = "_send_back" in request.POST
        state = RevisionState.SENT_BACK if back else RevisionState.REFUSED
        reviewing.answer(brought, request.user, state, comment)
        text = (
            _("“%(name)s” was sent back to its author.")
            if back
            else _("“%(name)s” was refused. Its author is told why.")
        )
        self.message_user(request, text % {"name": brought}, messages.SUCCESS)
        return HttpResponseRedirect(proposals.the_list())

    def _take_back(self, request, brought):
        reviewing.take_back(brought, request.user)
        text = _("“%(name)s” is with you again.") % {"name": brought}
        self.message_user(request, text, messages.SUCCESS)

    def _drop(self, request, brought):
        reviewing.drop(brought, request.user)
        self.message_user(
            request, _("The file was forgotten; nothing of it was brought in."), messages.SUCCESS
        )
        return HttpResponseRedirect(reverse("admin:catalog_import_changelist"))

    def _undo(self, request, brought):
        if not applying.may_undo(request.user, brought):
            raise PermissionDenied
        left = applying.undo(brought, request.user, set(request.POST.getlist("undo")))
        for text in left[:10]:
            self.message_user(request, text, messages.WARNING)
        brought.refresh_from_db()
        words = (
            _("All that the file brought was undone.")
            if brought.state == ImportState.UNDONE
            else _("What you chose was undone; the rest stays.")
        )
        self.message_user(request, words, messages.SUCCESS)

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


def _written(request, name):
    return clean_text(request.POST.get(name, "")).strip()[:1000]
