"""The inbox, and the page of one enquiry with the steps that can be taken."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.admin import columns, stashed_forms
from catalog.admin.fields import is_key
from contact import answering, inbox, letters
from contact.models import Enquiry
from contact.models.enquiries import EnquiryState, Kind
from contact.public_questions import form_address, may_become_public

from .accepting import Accepting
from .base import Enquiries
from .forms import AssignForm, CloseForm, TextForm
from .keepers import Keeping
from .shown import became_of, enquiry_badge, enquiry_kind, enquiry_records, thread_of, waiting_words

FORBIDDEN_CHARACTERS = str.maketrans("", "", "\0")


class Waits(admin.SimpleListFilter):
    """For whom an enquiry waits."""

    title = gettext_lazy("whom it waits for")
    parameter_name = "waits"

    def lookups(self, request, model_admin):
        return [
            ("office", _("for our answer")),
            ("late", _("for our answer, late")),
            ("visitor", _("for the visitor")),
            ("own", _("assigned to me")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "office":
            return queryset.filter(state=EnquiryState.RECEIVED)
        if self.value() == "visitor":
            return queryset.filter(state=EnquiryState.ASKED_BACK)
        if self.value() == "own":
            return queryset.filter(inbox.given_to(request.user))
        if self.value() == "late":
            return queryset.filter(pk__in=inbox.overdue(inbox.visible_to(request.user)))
        return queryset


class OfficeFilter(admin.RelatedOnlyFieldListFilter):
    """Offices, and the administrators, who answer where there is none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = _("administrators")


@dataclass
class Action:
    """A step that the page of an enquiry offers: its form (None: a button alone), and words."""

    name: str
    title: str
    button: str
    help: str = ""
    form: object = None
    is_open: bool = False


@admin.register(Enquiry)
class EnquiryAdmin(Accepting, Keeping, Enquiries):
    list_display = ["what", "about", "office_name", "standing", "wait", "assignee", "received"]
    list_display_links = None
    list_filter = [Waits, "state", ("office", OfficeFilter), "kind", "role"]
    list_select_related = ["office", "assigned_to", "company", "desk", "contract", "unit"]
    search_fields = [
        "reference",
        *("products__name_en", "products__name_fa", "products__hs_code"),
        *("company__name_en", "company__name_fa", "unit__name_en", "unit__name_fa"),
    ]
    search_help_text = gettext_lazy("Reference, product, company or unit")
    change_list_template = "admin/contact/inbox.html"

    def get_queryset(self, request):
        return inbox.visible_to(request.user).prefetch_related("products", "pauses")

    def get_ordering(self, request):
        return inbox.by_waiting()

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/proof/<int:number>/", wrap(self.proof_view), name="contact_enquiry_proof"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        self.closed = inbox.closed_days()
        return super().changelist_view(request, extra_context)

    # --- the list

    @admin.display(description=gettext_lazy("enquiry"), ordering="reference")
    def what(self, enquiry):
        page = reverse("admin:contact_enquiry_change", args=[enquiry.pk])
        link = format_html('<a href="{}"><bdi dir="ltr">{}</bdi></a>', page, enquiry.reference)
        return columns.two_lines(link, enquiry_kind(enquiry))

    @admin.display(description=gettext_lazy("concerns"))
    def about(self, enquiry):
        names = [str(product) for product in enquiry.products.all()]
        names += [str(one) for one in (enquiry.company, enquiry.desk, enquiry.contract, enquiry.unit) if one]
        return columns.names_listed(names) or columns.EMPTY

    @admin.display(description=gettext_lazy("office"), ordering="office")
    def office_name(self, enquiry):
        return enquiry.office or _("administrators")

    @admin.display(description=gettext_lazy("status"), ordering="state")
    def standing(self, enquiry):
        return enquiry_badge(enquiry)

    @admin.display(description=gettext_lazy("working days"))
    def wait(self, enquiry):
        return waiting_words(enquiry, self.closed)

    @admin.display(description=gettext_lazy("assigned to"), ordering="assigned_to")
    def assignee(self, enquiry):
        return columns.person(enquiry.assigned_to) if enquiry.assigned_to else columns.EMPTY

    @admin.display(description=gettext_lazy("received on"), ordering="received_at")
    def received(self, enquiry):
        return columns.moment(enquiry.received_at)

    # --- the page of one

    def change_view(self, request, object_id, form_url="", extra_context=None):
        enquiry = self.seen(request, object_id)
        returned = stashed_forms.stashed_form_of(request) if request.method == "GET" else None
        sent = request.POST if request.method == "POST" else returned.fields if returned else None
        forms = step_forms(enquiry, sent)
        overtaken = None
        if request.method == "POST":
            try:
                if self.take_step(request, enquiry, forms):
                    stashed_forms.drop_stashed_form(request)
                    return HttpResponseRedirect(request.path)
            except answering.OvertakenError:
                overtaken = answering.since(enquiry, sent.get("seen"))
        return self._shown(request, enquiry, forms, overtaken=overtaken, returned=returned)

    def take_step(self, request, enquiry, forms):
        """Whether the step whose button was pressed was taken; a message says what came of it."""
        name, seen = request.POST.get("step", ""), request.POST.get("seen", "")
        form = forms.get(name)
        if name not in STEPS_TAKEN or (form is not None and not form.is_valid()):
            return False
        try:
            STEPS_TAKEN[name](enquiry, request.user, form.cleaned_data if form else {}, seen)
        except ValidationError as error:
            if form is None:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
                return True
            form.add_error(None, error)
            return False
        self.message_user(request, DONE[name], messages.SUCCESS)
        if name in MAILED and not enquiry.email:
            text = _("No mail was sent, for there is no e-mail address: call the number on this page.")
            self.message_user(request, text, messages.WARNING)
        return True

    def _shown(self, request, enquiry, forms, overtaken=None, returned=None):
        steps, messages_since = overtaken or ([], [])
        return self.page(
            request,
            "admin/contact/enquiry.html",
            enquiry.reference,
            enquiry=enquiry,
            kind=enquiry_kind(enquiry),
            badge=enquiry_badge(enquiry),
            records=enquiry_records(enquiry),
            wait=waiting_words(enquiry, inbox.closed_days()),
            thread=thread_of(enquiry),
            log=[
                (columns.person(one.who), one.words, columns.moment(one.at))
                for one in answering.steps(enquiry)
            ],
            received=columns.moment(enquiry.received_at),
            answered=columns.moment(enquiry.answered_at) if enquiry.answered_at else "",
            decided=columns.moment(enquiry.decided_at) if enquiry.decided_at else "",
            assignee=columns.person(enquiry.assigned_to) if enquiry.assigned_to else "",
            offered=offered_actions(
                enquiry, forms, request.POST.get("step") or (returned and returned.fields.get("step"))
            ),
            seen=answering.seen_of(enquiry),
            overtaken=overtaken is not None,
            steps_since=[(columns.person(one.who), one.words, columns.moment(one.at)) for one in steps],
            letters_since=messages_since,
            returned=returned,
            became=became_of(enquiry),
            accept_url=self.accept_url(enquiry),
            keeper_url=self.keeper_url(enquiry),
            question_url=self.question_url(request, enquiry),
            unreachable=letters.is_unreachable(enquiry.email),
            signature=stashed_forms.signature(request, TextForm()),
        )

    def question_url(self, request, enquiry):
        """The form of a public question about the same, where the sender allowed one and this account may add
        it."""
        may_add = request.user.has_perm("catalog.add_question")
        return form_address(enquiry) if may_add and may_become_public(enquiry) else ""

    def proof_view(self, request, pk, number):
        """A file that the visitor sent, as a download that no browser opens or stores."""
        proof = self.seen(request, pk).proofs.filter(pk=number if is_key(str(number)) else None).first()
        if proof is None:
            raise Http404
        try:
            file = proof.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        name = proof.name.translate(FORBIDDEN_CHARACTERS)
        answer = FileResponse(
            file, as_attachment=True, filename=name, content_type="application/octet-stream"
        )
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


STEPS_TAKEN = {
    "answer": lambda enquiry, user, given, seen: answering.write_answer(
        enquiry, user, given["text"], seen=seen
    ),
    "ask_back": lambda enquiry, user, given, seen: answering.ask_back(
        enquiry, user, given["text"], seen=seen
    ),
    "note": lambda enquiry, user, given, seen: answering.add_note(enquiry, user, given["text"], seen=seen),
    "assign": lambda enquiry, user, given, seen: answering.assign(enquiry, user, given["to"], seen=seen),
    "close": lambda enquiry, user, given, seen: ending(enquiry)(enquiry, user, **given, seen=seen),
    "spam": lambda enquiry, user, given, seen: answering.mark_spam(enquiry, user, seen=seen),
    "reopen": lambda enquiry, user, given, seen: answering.reopen(enquiry, user, seen=seen),
}
"""What the buttons of the page do, each with what its form holds."""

DONE = {
    "answer": gettext_lazy("The answer is kept."),
    "ask_back": gettext_lazy("The question is kept. The clock is stopped until the visitor replies."),
    "note": gettext_lazy("The note is kept."),
    "assign": gettext_lazy("It was assigned."),
    "close": gettext_lazy("The enquiry is closed."),
    "spam": gettext_lazy("It is marked as spam."),
    "reopen": gettext_lazy("It is in the inbox again."),
}
MAILED = ("answer", "ask_back", "close")


def ending(enquiry):
    """The step that ends an enquiry without a record."""
    return answering.refuse if enquiry.kind == Kind.CLAIM else answering.close_enquiry


def step_forms(enquiry, sent=None):
    """{step: its form}; what was sent stands in the form of the step it was sent for."""
    step = (sent or {}).get("step")

    def data(name):
        return {"data": sent} if name == step else {}

    return {
        **{name: TextForm(auto_id=f"{name}_%s", **data(name)) for name in ("answer", "ask_back", "note")},
        "assign": AssignForm(
            enquiry, auto_id="assign_%s", initial={"to": enquiry.assigned_to_id}, **data("assign")
        ),
        "close": CloseForm(enquiry, auto_id="close_%s", **data("close")),
    }


def offered_actions(enquiry, forms, step):
    """[Action] that the state of an enquiry allows; the one that was tried stands open, else the first."""
    living = enquiry.state in answering.LIVING
    claim = enquiry.kind == Kind.CLAIM
    found = []
    if living or enquiry.state in answering.DECIDED:
        text = _("It is sent to the visitor and stops the clock.")
        found.append(Action("answer", _("Answer"), _("Send the answer"), text, forms["answer"]))
    if enquiry.state in (EnquiryState.RECEIVED, EnquiryState.ANSWERED):
        text = _("It is sent to the visitor. The clock is stopped until they reply.")
        found.append(Action("ask_back", _("Ask back"), _("Send the question"), text, forms["ask_back"]))
    found.append(
        Action("note", _("Internal note"), _("Keep the note"), _("Only staff read it."), forms["note"])
    )
    found.append(Action("assign", _("Assign"), _("Assign"), "", forms["assign"]))
    if living:
        title = _("Refuse the claim") if claim else _("Close")
        text = _("The visitor is told the reason.")
        found.append(Action("close", title, title, text, forms["close"]))
        text = _("Nobody is told, and it is not counted.")
        found.append(Action("spam", _("Spam"), _("Mark as spam"), text))
    if enquiry.state == EnquiryState.SPAM:
        found.append(Action("reopen", _("Not spam"), _("Put it back into the inbox")))
    opened = step if step in {one.name for one in found} else found[0].name
    for one in found:
        one.is_open = one.name == opened
    return found
