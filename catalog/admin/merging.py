"""The page that makes one record of two: it says what moves before anything does.

What changes the public's view is proposed like any other change: the page of the proposal is this page, and
who decides sees there what would happen now.
"""

from functools import partial

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalog.models import Revision, RevisionKind, RevisionState
from catalog.models.revisions import UNDER_WAY, WITH_AUTHOR
from catalog.staff import merging, twins

from . import access, events, history, preview, proposals
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
        """Whether this member of staff merges these records of this noun, at least as a proposal."""
        user = request.user
        return access.may_write(user, self.model) and all(
            access.is_in_scope(user, one) and not access.is_under_review(user, one) for one in records
        )

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk and self.may_merge(request, obj):
            context["merge_url"] = reverse(f"admin:catalog_{self.opts.model_name}_merge", args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def merge_view(self, request, key):
        """Asks with which record, shows what merging does, and does or proposes it. The record of the address
        stays."""
        kept = self._one(request, key)
        revision = self._asked_for(request, kept)
        if not (revision or self.may_merge(request, kept)):
            raise PermissionDenied
        other = str(revision.proposed["other"]) if revision else request.GET.get("other", "")
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
        found = self._plan(request, kept, other, revision)
        if request.method == "POST" and (answer := self._answer(request, found, revision)):
            return answer
        context |= {"merger": found, "gone": found.gone, "filled": self._filled(found)}
        context |= self._standing(request, found, revision)
        return TemplateResponse(request, "admin/merge.html", context)

    def _asked_for(self, request, kept):
        """The Revision that the address names, None where it names none."""
        number = request.GET.get(proposals.REVISION_PARAMETER)
        if number is None:
            return None
        seen = proposals.visible_to(request.user).filter(
            pk=number if is_key(number) else None,
            kind=RevisionKind.MERGER,
            content_type=ContentType.objects.get_for_model(self.model),
            record_id=kept.pk,
        )
        revision = seen.select_related("author", "decided_by").first()
        if revision is None:
            raise Http404
        return revision

    def _plan(self, request, kept, other, revision):
        """The Merger of `kept` with the record that has the key `other`."""
        gone = self.get_queryset(request).filter(pk=other).first()
        if gone is None and revision:
            return merging.Merger(kept, None, problem=_("The other record is gone."))
        if gone is None:
            raise Http404
        if not (revision or self.may_merge(request, gone)):
            raise PermissionDenied
        return merging.plan(kept, gone)

    def _standing(self, request, found, revision):
        """What the page says of its proposal, or whether it makes one."""
        if revision:
            shown = proposals.revision_standing(request.user, revision)
            return shown | {"previews": preview.addresses_for(revision, found.kept)}
        turned = reverse(f"admin:catalog_{self.opts.model_name}_merge", args=[found.gone.pk])
        proposes = not self._at_once(request.user, found)
        return {"proposes": proposes, "turned_url": f"{turned}?other={found.kept.pk}"}

    def _at_once(self, user, found):
        """Whether a merger needs nobody else: the public sees neither record, or nobody else could accept."""
        public = any(access.is_public_matter(one) for one in (found.kept, found.gone))
        return access.may_decide(user, self.model) and not (
            public and access.others_may_decide(user, found.kept)
        )

    @transaction.atomic
    def _answer(self, request, found, revision):
        """The answer to a button of the page; None where the page is shown again, with its problem."""
        user = request.user
        if revision is None:
            if found.problem:
                return None
            return (
                self._merge(request, found) if self._at_once(user, found) else self._propose(request, found)
            )
        revision = Revision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
        decides = proposals.may_accept(user, revision) and self.may_merge(request, found.kept)
        own = revision.author == user
        request.proposal = proposals.Proposal(own and not decides, decides, revision)
        if answer := proposals.decide(self, request):
            return answer
        if found.problem:
            return None
        if own and revision.state in WITH_AUTHOR:
            return self._propose(request, found, revision)
        if not decides or revision.state != RevisionState.OPEN or not self.may_merge(request, found.gone):
            raise PermissionDenied
        return self._merge(request, found, revision)

    def _propose(self, request, found, revision=None):
        """Let the merger wait for a decision."""
        revision = revision or self._under_way(request.user, found.kept) or self._new(request.user, found)
        revision.proposed, revision.title = {"other": found.gone.pk}, _title(found)
        revision.reason, revision.state = proposals.reason_of(request), RevisionState.OPEN
        revision.sent_at = timezone.now()
        revision.save()
        text = _("The merger waits for a decision: the public sees it when a reviewer accepts it.")
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(proposals.revision_address(revision))

    def _new(self, user, found):
        kind = ContentType.objects.get_for_model(self.model)
        return Revision(
            kind=RevisionKind.MERGER,
            content_type=kind,
            record_id=found.kept.pk,
            author=user,
            title=_title(found),
            proposed={"other": found.gone.pk},
        )

    def _under_way(self, user, kept):
        """The own proposal to merge something with this record; one at a time."""
        kind = ContentType.objects.get_for_model(self.model)
        own = Revision.objects.filter(content_type=kind, record_id=kept.pk, author=user)
        return own.filter(kind=RevisionKind.MERGER, state__in=UNDER_WAY).first()

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

    def _merge(self, request, found, revision=None):
        """Carry it out; what is public by that, and was proposed by nobody, is recorded as accepted alone."""
        kept, gone = found.kept, found.gone
        name, key = str(gone), gone.pk
        if revision is None and any(access.is_public_matter(one) for one in (kept, gone)):
            revision = self._new(request.user, found)
            revision.save()
        note = partial(history.note_revision, revision=revision) if revision else lambda record: None
        try:
            with transaction.atomic():
                merging.carry_out(kept, gone, note)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            if revision:
                revision.accepted_alone = revision.author == request.user
                comment = proposals.comment_of(request)
                revision.decide(RevisionState.ACCEPTED, request.user, comment)
            proposals.close_gone(self.model, key)
            text = _("“%(gone)s” is one with “%(kept)s” now.") % {"gone": name, "kept": kept}
            self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:catalog_{self.opts.model_name}_change", args=[kept.pk]))


def _title(found):
    words = _("%(gone)s, to become one with %(kept)s")
    return (words % {"gone": found.gone, "kept": found.kept})[:300]
