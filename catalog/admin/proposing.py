"""Saving a record's page as a proposal, and accepting one by saving its page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from . import access, columns, history, proposals, publishing, reviews


class Proposing:
    """For a ModelAdmin whose forms say whether what is saved is proposed (`proposes`)."""

    def answer_instead(self, request, record):
        """What proposals have to answer in place of the form; see catalog.admin.proposals."""
        request.proposal = proposals.begin_proposal(self, request, record)
        return (
            proposals.decide(self, request)
            or reviews.answer_to_button(self, request, record)
            or proposals.instead(self, request, record)
        )

    def save_model(self, request, obj, form, change):
        request.proposes = form.proposes
        if form.proposes:
            return
        if revision := proposals.of(request).revision:
            proposals.note_acceptance(request)
            history.note_revision(obj, revision)
        else:
            request.alone = change and access.is_public_matter(self.model._base_manager.get(pk=obj.pk))
        super().save_model(request, obj, form, change)

    def construct_change_message(self, request, form, formsets, add=False):
        return "" if form.proposes else super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request, obj, message):
        return None if request.proposes else super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        return None if request.proposes else super().log_change(request, obj, message)

    def response_add(self, request, obj, post_url_continue=None):
        return self._proposed(request, obj, change=False) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._proposed(request, obj, change=True) or super().response_change(request, obj)

    def _proposed(self, request, obj, change):
        """The answer to a save that became a proposal, or that accepted one; None for any other."""
        if request.proposes and change and not request.changed and not proposals.of(request).revision:
            text = _("Nothing was proposed: the form says what is there already.")
            self.message_user(request, text, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        revision = None
        if request.proposes:
            revision = proposals.store(request, self, obj, change)
            text = _("“%(name)s” was proposed. The public sees it when a reviewer accepts it.")
            self.message_user(request, text % {"name": obj}, messages.SUCCESS)
        elif proposals.of(request).revision:
            self._tell_accepted(request, obj)
            return HttpResponseRedirect(proposals.the_list())
        elif change and request.alone and request.changed:
            revision = proposals.store(request, self, obj, change, alone=True)
        if change and request.changed:
            proposals.saved.send(type(self), request=request, record=obj, revision=revision)
        return HttpResponseRedirect(proposals.the_list()) if request.proposes else None

    def _publish_along(self, request):
        """Publish the new rows that came with what was accepted and have a state of their own, where that
        takes no more than them; the others stay drafts in `request.drafts`."""
        for model, drafts in request.drafts.items():
            left = [draft for draft in drafts if not self._is_published(request.user, draft)]
            request.drafts[model] = left

    @staticmethod
    def _is_published(user, draft):
        if draft.unpublished_parents() or not access.may_publish(user, type(draft)):
            return False
        try:
            publishing.publish_plan(publishing.plan_publishing([draft]))
        except ValidationError:  # it lacks one of the languages
            return False
        return True

    def _tell_accepted(self, request, obj):
        """What was accepted, with its public page; what came with it and is no more than a draft."""
        self._publish_along(request)
        text = _("“%(name)s” was accepted.") % {"name": obj}
        shown = access.governing(obj)
        noun_admin = self.admin_site._registry.get(type(shown))
        address = noun_admin.get_view_on_site_url(shown) if noun_admin else None
        link = format_html(' <a href="{}">{}</a>', address, _("View on site")) if address else ""
        self.message_user(request, format_html("{}{}", text, link), messages.SUCCESS)
        for model, drafts in request.drafts.items():
            if not drafts:
                continue
            names = columns.names_listed(drafts)
            text = _("Only staff see what came with it as a draft: %(names)s.") % {"names": names}
            keys = urlencode({"ids": ",".join(str(draft.pk) for draft in drafts)})
            address = f"{reverse(f'admin:catalog_{model._meta.model_name}_publish')}?{keys}"
            words = format_html('{} <a href="{}">{}</a>', text, address, _("Publish…"))
            self.message_user(request, words, messages.WARNING)
