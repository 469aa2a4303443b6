"""The way of a record to the public and back: review, publication, withdrawal; on lists and as buttons.

Both end in the same steps here; the state itself is never a field of a form.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from catalog.formats.numerals import digits, is_persian
from catalog.models import State
from catalog.staff import scopes

from . import access, proposals, publishing, reviews, stashed_forms
from .fields import is_key, reading_clean_text

MOST_AT_ONCE = 100
MOST_NAMED = 20  # in one message
LINE_BREAK = mark_safe("<br>")


class ReasonForm(forms.Form):
    """Why a record leaves the public."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            reading_clean_text(field)
        if is_persian(get_language()):
            self.order_fields(["reason_fa"])

    reason_en = forms.CharField(
        label=_("Reason, in English"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "lang": "en"}),
        error_messages={"required": _("Write the reason in English; readers of the English page see it.")},
    )
    reason_fa = forms.CharField(
        label=_("Reason, in Persian"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "rtl", "lang": "fa"}),
        error_messages={"required": _("Write the reason in Persian; readers of the Persian page see it.")},
    )


class Workflow:
    """For a ModelAdmin of a Publishable noun; stands before NounAdmin."""

    change_form_template = "admin/record_form.html"
    actions = ["send_to_review_action", "publish_action", "withdraw_action"]

    def get_urls(self):
        name = self.opts.model_name
        wrap = self.admin_site.admin_view
        return [
            path("publish/", wrap(self.publish_view), name=f"catalog_{name}_publish"),
            path("withdraw/", wrap(self.withdraw_view), name=f"catalog_{name}_withdraw"),
            *super().get_urls(),
        ]

    def has_publish_permission(self, request):
        return access.may_publish(request.user, self.model) and scopes.reaches(request.user, self.model)

    # --- on lists

    @admin.action(description=_("Send to review"), permissions=["change"])
    def send_to_review_action(self, request, queryset):
        with transaction.atomic():
            sent = [record for record in queryset[:MOST_AT_ONCE] if self._send(request, record)]
        if sent:
            text = ngettext(
                "%(count)s record was sent to review. A reviewer publishes it.",
                "%(count)s records were sent to review. A reviewer publishes them.",
                len(sent),
            )
            self.message_user(request, text % {"count": digits(len(sent), get_language())}, messages.SUCCESS)

    @admin.action(description=_("Publish…"), permissions=["publish"])
    def publish_action(self, request, queryset):
        return self._go(request, queryset, "publish")

    @admin.action(description=_("Withdraw…"), permissions=["publish"])
    def withdraw_action(self, request, queryset):
        return self._go(request, queryset, "withdraw")

    def _go(self, request, queryset, step):
        ids = list(queryset.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(ids) > MOST_AT_ONCE:
            text = gettext("Choose at most %(count)s records at once.")
            self.message_user(request, text % {"count": digits(MOST_AT_ONCE, get_language())}, messages.ERROR)
            return None
        return HttpResponseRedirect(self._step_url(step, ids))

    def _step_url(self, step, ids):
        query = urlencode({"ids": ",".join(map(str, ids))})
        return f"{reverse(f'admin:catalog_{self.opts.model_name}_{step}')}?{query}"

    # --- the steps

    def _send(self, request, record):
        """Send one record to review; False, with a message, where that is not possible."""
        if not self.has_change_permission(request, record):
            text = gettext("“%(name)s” was left as it is: only a reviewer changes it.") % {"name": record}
            self.message_user(request, text, messages.ERROR)
            return False
        try:
            reviews.send_to_review(request.user, record, proposals.reason_of(request))
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return False
        return True

    def _chosen(self, request):
        if not self.has_publish_permission(request):
            raise PermissionDenied
        ids = [pk for pk in request.GET.get("ids", "").split(",")[:MOST_AT_ONCE] if is_key(pk)]
        return list(self.get_queryset(request).filter(pk__in=ids))

    def publish_view(self, request):
        """Says what is published along and publishes it all at once."""
        found = publishing.plan_publishing(self._chosen(request))
        if not found.records:
            self.message_user(
                request, gettext("Nothing to publish: it is public already, or gone."), messages.WARNING
            )
            return self._back(request)
        needed = publishing.taken(found, also=request.POST.getlist("also"))
        if (answer := self._refused(request, needed)) is not None:
            return answer
        if request.method == "POST":
            seen = dict(text.rsplit("=", 1) for text in request.POST.getlist("reviewed") if "=" in text)
            return self._publish(request, found, request.POST.getlist("also"), seen)
        shown = {"plan": found, "keyed": _keyed(found), "effects": publishing.effects(found)}
        shown["reviewed"] = [f"{name}={text}" for name, text in publishing.reviewed(found).items()]
        return self._page(request, "admin/publish.html", gettext("Publish"), **shown)

    def _refused(self, request, records):
        """The answer where `request` may not publish these records; None where it may."""
        try:
            reviews.refuse_publishing(request.user, records)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return self._back(request)
        return None

    def _publish(self, request, found, also=(), seen=None):
        effects = publishing.effects(found, also)
        sent = reviews.submissions(request.user, publishing.taken(found, also))
        try:
            with transaction.atomic():
                published = publishing.publish_plan(found, also, seen)
                reviews.note_accepted(request.user, sent, published)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(self._step_url("publish", [record.pk for record in found.records]))
        if published:
            self.message_user(request, self._published_words(published), messages.SUCCESS)
        if effects:
            lines = format_html_join(LINE_BREAK, "{}", ((effect,) for effect in effects))
            self.message_user(request, lines, messages.INFO)
        return self._back(request)

    def _published_words(self, published):
        """One sentence however many they are, with links to their public pages."""
        if len(published) == 1:
            text = gettext("“%(name)s” is public now.") % {"name": published[0]}
            address = self._public_address(published[0])
            link = format_html(' <a href="{}">{}</a>', address, gettext("View on site")) if address else ""
            return format_html("{}{}", text, link)
        names = self._named(published, self._public_address)
        words = {"count": digits(len(published), get_language()), "names": names}
        return format_html(gettext("{count} records are public now: {names}."), **words)

    @staticmethod
    def _named(records, address_of=lambda record: None):
        """The names of some records, as links where they have an address."""
        shown = ((address_of(record), record) for record in records[:MOST_NAMED])
        links = [format_html('<a href="{}">{}</a>', url, name) if url else name for url, name in shown]
        more = ["…"] if len(records) > MOST_NAMED else []
        return format_html_join(pgettext("between names", ", "), "{}", ((name,) for name in links + more))

    def _public_address(self, record):
        noun = self.admin_site._registry.get(type(record))
        return noun.get_view_on_site_url(record) if noun else None

    def withdraw_view(self, request):
        """Asks why, in both languages, and takes the records from the public."""
        records = [record for record in self._chosen(request) if record.state == State.PUBLISHED]
        if not records:
            text = gettext("Nothing to withdraw: only published records can be withdrawn.")
            self.message_user(request, text, messages.WARNING)
            return self._back(request)
        returned = stashed_forms.stashed_form_of(request) if request.method == "GET" else None
        if not all(access.is_in_scope(request.user, record) for record in records):
            raise PermissionDenied
        form = ReasonForm(returned.fields if returned else request.POST or None)
        if request.method == "POST" and form.is_valid():
            with transaction.atomic():
                for record in records:
                    record.withdraw(form.cleaned_data["reason_en"], form.cleaned_data["reason_fa"])
            stashed_forms.drop_stashed_form(request)
            self.message_user(request, self._withdrawn_words(records), messages.SUCCESS)
            return self._back(request)
        shown = {"records": records, "form": form, "returned": returned}
        shown["signature"] = stashed_forms.signature(request, form)
        return self._page(request, "admin/withdraw.html", gettext("Withdraw"), **shown)

    def _withdrawn_words(self, records):
        if len(records) == 1:
            text = gettext("“%(name)s” was withdrawn; its address now answers with the reason.")
            return text % {"name": records[0]}
        text = gettext("{count} records were withdrawn; their addresses now answer with the reason: {names}.")
        count = digits(len(records), get_language())
        return format_html(text, count=count, names=self._named(records))

    def _back(self, request):
        return HttpResponseRedirect(reverse(f"admin:catalog_{self.opts.model_name}_changelist"))

    def _page(self, request, template, title, **context):
        request.current_app = self.admin_site.name
        context |= {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, template, context)

    # --- on the page of one record

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        change = bool(obj and obj.pk)
        state = obj.state if change and obj else State.DRAFT
        writable = self.has_change_permission(request, obj) if change else self.has_add_permission(request)
        popup = context.get("is_popup")
        context["workflow"] = {
            "record": obj if change else None,
            "may_send": writable and not popup and state in (State.DRAFT, State.WITHDRAWN),
            "may_publish": not popup and state != State.PUBLISHED and self._may_publish(request, obj),
            "withdraw_url": self._step_url("withdraw", [obj.pk])
            if change and state == State.PUBLISHED and self._may_withdraw(request, obj)
            else "",
        }
        context["review"] = reviews.review_context(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _may_withdraw(self, request, record):
        return self.has_publish_permission(request) and access.is_in_scope(request.user, record)

    def _may_publish(self, request, record):
        """Whether the button that publishes stands on this page; of a new record, only while nobody else may
        decide on any of its noun."""
        if record is None or not record.pk:
            return self.has_publish_permission(request) and access.decides_alone(request.user, self.model)
        return access.may_judge(request.user, record)

    def response_add(self, request, obj, post_url_continue=None):
        return self._next_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._next_step(request, obj) or super().response_change(request, obj)

    def _next_step(self, request, obj):
        """After saving: the step whose button was pressed, else a word on which step comes next."""
        if "_popup" in request.POST or request.proposes or proposals.of(request).revision:
            return None
        if "_to_review" in request.POST:
            if self._send(request, obj):
                text = gettext("“%(name)s” was saved and sent to review. A reviewer publishes it.")
                self.message_user(request, text % {"name": obj}, messages.SUCCESS)
            return self._back(request)
        if "_publish" in request.POST and self.has_publish_permission(request):
            if (refused := self._refused(request, [obj])) is not None:
                return refused
            found = publishing.plan_publishing([obj])
            if not getattr(request, "is_reviewed", True):
                text = gettext(
                    "“%(name)s” was saved. Somebody else changed it while you had it open: look again."
                )
                self.message_user(request, text % {"name": obj}, messages.WARNING)
            if found.asks or not getattr(request, "is_reviewed", True):
                return HttpResponseRedirect(self._step_url("publish", [obj.pk]))
            return self._publish(request, found)
        if obj.state == State.DRAFT:
            text = gettext("“%(name)s” is a draft: when it is complete, send it to review.") % {"name": obj}
            self.message_user(request, text, messages.INFO)
        return None


def _keyed(found):
    """[(key, record, what it belongs to and is published along)] of what is offered."""
    shown = {publishing.record_key(record) for record in [*found.needed, *found.records]}
    return [
        (
            publishing.record_key(record),
            record,
            [parent for parent in record.unpublished_parents() if publishing.record_key(parent) not in shown],
        )
        for record in found.offered
    ]
