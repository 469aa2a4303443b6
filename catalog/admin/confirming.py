"""Notes of many records at once that they were confirmed today; of what is public by proposals."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from catalog.formats.numerals import digits

from . import access, columns, proposals
from .form_values import values_of
from .held_saves import forms_of
from .reverting import as_sent
from .workflow import MOST_AT_ONCE

reference_functions = []
"""Functions that give the references (safe HTML) under which somebody speaks for a record or a company."""


class CompanyWord:
    """For a ModelAdmin with `company_word` among its fields: what the company itself said, for reading."""

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "company_word"]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and obj.pk:
            return fieldsets
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name != "company_word"]})
            for title, options in fieldsets
        ]

    @admin.display(description=gettext_lazy("Confirmed by the company"))
    def company_word(self, record):
        said = [columns.day(record.confirmed_by_company_on)] if record.confirmed_by_company_on else []
        if record.company_silent_since:
            since = {"date": columns.day(record.company_silent_since)}
            said = [_("not since %(date)s, though it was asked twice") % since]
        return said_under(said, record)


def said_under(said, record):
    """What a company `said` (a list of texts) of a record, with the references of who speaks for it."""
    named = [reference for function in reference_functions for reference in function(record)]
    return format_html_join(" · ", "{}", ((text,) for text in [*said, *named])) or columns.EMPTY


class Confirming:
    """For a ModelAdmin of a noun with `confirmed_on`."""

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "confirm_action" not in actions and self.has_change_permission(request):
            name = "confirm_action"
            actions[name] = (Confirming.confirm_action, name, Confirming.confirm_action.short_description)
            if "delete_selected" in actions:
                actions["delete_selected"] = actions.pop("delete_selected")
        return actions

    @admin.action(description=gettext_lazy("Confirmed today"), permissions=["change"])
    def confirm_action(self, request, queryset):
        saved = proposed = left = 0
        for record in queryset[:MOST_AT_ONCE]:
            if not self.has_view_permission(request, record):
                continue
            if record.confirmed_on == timezone.localdate() or not self._may_confirm(request.user, record):
                left += 1
            elif not access.is_locked(request.user, record):
                record.confirmed_on = timezone.localdate()
                record.save()
                saved += 1
            elif _propose(self, request, record):
                proposed += 1
            else:
                left += 1
        self._tell(request, saved, proposed, left)

    @staticmethod
    def _may_confirm(user, record):
        return access.is_in_scope(user, record) and not access.is_under_review(user, record)

    def _tell(self, request, saved, proposed, left):
        said = [
            (
                saved,
                ngettext(
                    "%(count)s record is confirmed today.", "%(count)s records are confirmed today.", saved
                ),
            ),
            (
                proposed,
                ngettext(
                    "%(count)s confirmation was proposed. A reviewer accepts it.",
                    "%(count)s confirmations were proposed. A reviewer accepts them.",
                    proposed,
                ),
            ),
            (
                left,
                ngettext(
                    "%(count)s record was left as it is: confirmed already, or proposed.",
                    "%(count)s records were left as they are: confirmed already, or proposed.",
                    left,
                ),
            ),
        ]
        for count, text in said:
            if count:
                level = messages.SUCCESS if count is not left else messages.WARNING
                self.message_user(request, text % {"count": digits(count, get_language())}, level)


def _propose(noun_admin, request, record):
    """Propose that a record was confirmed today; False where the user has a proposal of it under way."""
    if proposals.under_way(record).filter(author=request.user).exists():
        return False
    request.proposal = proposals.Proposal(writes=True)
    opened = values_of(*forms_of(noun_admin, request, record))
    form, formsets = forms_of(noun_admin, request, record)
    if "confirmed_on" not in form.fields:
        return False
    form.initial["confirmed_on"] = timezone.localdate()
    proposals.store_sent(request.user, record, as_sent(form, formsets), opened, _("Confirmed today"))
    return True
