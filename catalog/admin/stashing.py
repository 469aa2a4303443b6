"""For a ModelAdmin: what was typed or chosen is not lost where it could not be saved."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from . import proposals, stashed_files, stashed_forms
from .forms import error_links


class Stashing:
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A page whose address has the token of a stashed form shows that form as if it was sent just now."""
        arguments = object_id, form_url, extra_context
        request.returned = self._returned(request)
        if request.returned is None:
            return super().changeform_view(request, *arguments)
        request.FILES.clear()  # a request is read when first asked for files, and that would empty POST
        request.POST = request.returned.fields
        request.method = "POST"
        try:
            return super().changeform_view(request, *arguments)
        except PermissionDenied:
            text = _("What you had typed cannot be saved: you may no longer change this.")
            self.message_user(request, text, messages.WARNING)
        finally:
            request.method = "GET"
        request.returned, request.POST = None, QueryDict()
        return super().changeform_view(request, *arguments)

    def _returned(self, request):
        if request.method != "GET" or stashed_forms.QUERY not in request.GET:
            return None
        returned = stashed_forms.stashed_form_of(request)
        if returned is None:
            text = _(
                "What was typed here is kept no longer: it stays for an hour, for the account that typed it."
            )
            self.message_user(request, text, messages.WARNING)
        return returned

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        reverted = getattr(request, "reverted", None)
        back = getattr(request, "returned", None) or getattr(request, "unsaved", None)
        shown = back or reverted or proposals.of(request).shown
        return stashed_forms.never_valid(form) if shown else form

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if form.is_bound:
            context["error_links"] = error_links(form, formsets)
            stashed_files.keep_right_files(_all(form, formsets))
        context["signature"] = stashed_forms.signature(request, form)
        context["returned"] = getattr(request, "returned", None)
        context["unsaved"] = getattr(request, "unsaved", None)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)

        def drop():
            stashed_forms.drop_stashed_form(request)
            stashed_files.drop_saved_files(_all(form, formsets))

        transaction.on_commit(drop)


def _all(form, formsets):
    return [form, *(row for formset in formsets for row in formset.forms)]
