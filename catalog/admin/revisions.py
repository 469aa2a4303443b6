"""The list of proposed changes."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalog.models import Revision, RevisionKind

from . import columns, preview, proposals, proposed_files
from .fields import is_key
from .looked_up import LookedUp


class RevisionList(ChangeList):
    """Has the names of the records of its rows at hand."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        proposals.name_all(self.result_list)


@admin.register(Revision)
class RevisionAdmin(LookedUp):
    """The list of what is proposed; each stands on the page of its record and is decided there."""

    list_display = ["what", "kind", "who", "sent", "standing"]
    list_display_links = None
    list_filter = ["state"]
    search_fields = ["title", "author__username", "author__first_name", "author__last_name", "reason"]
    search_help_text = _("Record, author or reason")
    list_select_related = ["content_type", "author", "brought_by"]
    list_per_page = 25
    actions = None

    def get_changelist(self, request, **kwargs):
        return RevisionList

    def get_queryset(self, request):
        return proposals.visible_to(request.user)

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def change_view(self, request, object_id, form_url="", extra_context=None):
        revision = self.get_queryset(request).filter(pk=object_id if is_key(object_id) else None).first()
        if revision is None:
            raise Http404
        return HttpResponseRedirect(proposals.revision_address(revision))

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/preview/<str:language>/",
                wrap(self.preview_view, cacheable=True),
                name="catalog_revision_preview",
            ),
            path(
                "<int:pk>/file/<str:token>/",
                wrap(self.file_view, cacheable=True),
                name="catalog_revision_file",
            ),
            *super().get_urls(),
        ]

    def _seen(self, request, pk, *kinds):
        """A Revision of these kinds that this member of staff sees."""
        revision = self.get_queryset(request).filter(pk=pk if is_key(pk) else None).first()
        if revision is None or revision.kind not in kinds:
            raise Http404
        return revision

    def preview_view(self, request, pk, language):
        revision = self._seen(request, pk, RevisionKind.CHANGE, RevisionKind.MERGER)
        noun_admin = self.admin_site._registry[revision.model]
        return preview.of_revision(noun_admin, request, revision, language)

    def file_view(self, request, pk, token):
        """A file that was proposed, as a download."""
        return proposed_files.file_answer(self._seen(request, pk, RevisionKind.CHANGE), token)

    @admin.display(description=_("record"), ordering="title")
    def what(self, revision):
        title = format_html('<a href="{}">{}</a>', proposals.revision_address(revision), revision.name)
        if revision.kind == RevisionKind.PUBLICATION:
            return columns.two_lines(title, _("to be published"))
        if revision.kind == RevisionKind.MERGER:
            return columns.two_lines(title, _("to be merged"))
        many = _("spreadsheet") if getattr(revision, "brought_by", None) else _("to be added")
        return columns.two_lines(title, "" if revision.record_id else many)

    @admin.display(description=_("kind of record"), ordering="content_type")
    def kind(self, revision):
        return capfirst(revision.model._meta.verbose_name)

    @admin.display(description=_("proposed by"), ordering="author")
    def who(self, revision):
        return columns.two_lines(columns.person(revision.author), revision.reason)

    @admin.display(description=_("proposed on"), ordering="sent_at")
    def sent(self, revision):
        return columns.moment(revision.sent_at)

    @admin.display(description=_("status"), ordering="state")
    def standing(self, revision):
        alone = _("accepted alone") if revision.accepted_alone else ""
        return columns.two_lines(revision.get_state_display(), revision.comment or alone)
