"""The page that makes one record of two: it says what moves before anything does."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.staff import merging, twins

from . import access, events
from .fields import is_key

MOST_FOUND = 20


class Merging:
    """For a ModelAdmin of a noun whose records are merged; stands before NounAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [
            path("<int:key>/merge/", view, name=f"catalog_{self.opts.model_name}_merge"),
            *super().get_urls(),
        ]

    def may_merge(self, request, *records):
        """Whether this member of staff merges records of this noun, and these."""
        user = request.user
        return access.may_decide(user, self.model) and all(access.is_in_scope(user, one) for one in records)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk and self.may_merge(request, obj):
            context["merge_url"] = reverse(f"admin:catalog_{self.opts.model_name}_merge", args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def merge_view(self, request, key):
        """Asks with which record, shows what merging does, and does it. The record of the address stays."""
        kept = self._one(request, key)
        if not self.may_merge(request, kept):
            raise PermissionDenied
        other = request.GET.get("other", "")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "kept": kept,
            "title": _("Merge with another: %(name)s") % {"name": kept},
        }
        request.current_app = self.admin_site.name
        if not is_key(other):
            context |= {"found": self._found(request, kept), "query": request.GET.get("q", "")}
            return TemplateResponse(request, "admin/merge_choose.html", context)
        gone = self._one(request, other)
        if not self.may_merge(request, gone):
            raise PermissionDenied
        found = merging.plan(kept, gone)
        if request.method == "POST" and not found.problem:
            return self._merge(request, kept, gone)
        context |= {"merger": found, "gone": gone, "filled": self._filled(found)}
        turned = reverse(f"admin:catalog_{self.opts.model_name}_merge", args=[gone.pk])
        context["turned_url"] = f"{turned}?other={kept.pk}"
        return TemplateResponse(request, "admin/merge.html", context)

    def _one(self, request, key):
        found = self.get_queryset(request).filter(pk=key).first()
        if found is None:
            raise Http404
        return found

    def _found(self, request, kept):
        """Records to choose from: what is called nearly the same, or what was searched for."""
        if query := request.GET.get("q", "").strip():
            rows, _duplicates = self.get_search_results(request, self.get_queryset(request), query)
            return list(rows.exclude(pk=kept.pk)[:MOST_FOUND])
        return twins.twins_of(kept)

    @staticmethod
    def _filled(found):
        return [
            (capfirst(each.verbose_name), events.value(each, getattr(found.gone, each.attname)))
            for each in found.filled
        ]

    def _merge(self, request, kept, gone):
        name = str(gone)
        try:
            merging.carry_out(kept, gone)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            text = _("“%(gone)s” is one with “%(kept)s” now.") % {"gone": name, "kept": kept}
            self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:catalog_{self.opts.model_name}_change", args=[kept.pk]))
