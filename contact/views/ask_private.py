"""The private page of an enquiry: whoever has its address reads, adds, withdraws and deletes."""

from datetime import timedelta

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.api.client_address import address_of
from contact import erasing, receiving
from contact.forms import ACCEPTED, MOST_FILES, MOST_MEGABYTES, AddForm
from contact.models import Enquiry, Message
from contact.models.enquiries import OPEN, EnquiryState
from contact.private import private
from contact.same_origin import same_origin_posts
from contact.throttling import seconds_to_wait

from .ask import TOO_MANY, UNPROCESSABLE, too_often_words, waiting_time, with_wait, within_size

MOST, WITHIN = 10, timedelta(minutes=1)
MOST_GUESSES = 20
"""Addresses of no private page that one network address may try within the time."""
CLOSED_TO_ADDITIONS = (EnquiryState.WITHDRAWN, EnquiryState.SPAM)


@private
@within_size
@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_posts
def ask_private(request, token):
    """The page, or one of its buttons."""
    enquiry = Enquiry.objects.by_token(token)
    if enquiry is None:
        return _not_found(request)
    action = request.POST.get("action") if request.method == "POST" else None
    act = PRIVATE_PAGE_ACTIONS.get(action)
    return act(request, enquiry, token) if act else _page(request, enquiry, token)


def _add(request, enquiry, token):
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, enquiry, token, form=form, status=UNPROCESSABLE)
    if seconds := seconds_to_wait("add", address_of(request), MOST, WITHIN):
        notice = too_often_words(seconds)
        return with_wait(_page(request, enquiry, token, TOO_MANY, form=form, notice=notice), seconds)
    if not _is_sent_twice(enquiry, form.cleaned_data):
        receiving.visitor_adds(enquiry, form.cleaned_data["text"], form.cleaned_data["proofs"])
    return HttpResponseRedirect(f"{request.path}#messages", status=303)


def _is_sent_twice(enquiry, cleaned):
    """Whether it is word for word the last message: the button was pressed twice."""
    last = enquiry.messages.exclude(direction=Message.Direction.NOTE).last()
    return bool(last and last.direction == Message.Direction.VISITOR and last.text == cleaned["text"])


def _withdraw(request, enquiry, token):
    receiving.withdraw(enquiry)
    return HttpResponseRedirect(request.path, status=303)


def _erase(request, enquiry, token):
    """Ask once more, then delete."""
    if "sure" not in request.POST:
        return render(request, "contact/erase.html", _frame(request, enquiry=enquiry))
    erasing.erase(enquiry)
    return render(request, "contact/erased.html", _frame(request))


PRIVATE_PAGE_ACTIONS = {"add": _add, "withdraw": _withdraw, "erase": _erase}


def _page(request, enquiry, token, status=200, **more):
    context = _frame(request, enquiry=enquiry) | {
        "form": AddForm(),
        "had_files": bool(request.FILES),
        "notice": "",
        "just_sent": "sent" in request.GET and enquiry.state == EnquiryState.RECEIVED,
        "address": request.build_absolute_uri(reverse("contact:private", args=[token])),
        "letters": _letters(enquiry),
        "about": _about(enquiry),
        "is_open": enquiry.state in OPEN,
        "takes_more": enquiry.state not in CLOSED_TO_ADDITIONS,
        "reason_text": getattr(enquiry, f"reason_text_{request.LANGUAGE_CODE}", ""),
        "most_files": MOST_FILES,
        "most_megabytes": MOST_MEGABYTES,
        "accepted": ACCEPTED,
    }
    return render(request, "contact/private.html", context | more, status=status)


def _letters(enquiry):
    """What was written, in its order: {by the office, on which day, text, names of files} each."""
    first = {"by_office": False, "day": timezone.localdate(enquiry.received_at), "text": enquiry.text}
    proofs = list(enquiry.proofs.all())
    letters = [first | {"files": [proof.name for proof in proofs if proof.message_id is None]}]
    for message in enquiry.messages.exclude(direction=Message.Direction.NOTE):
        files = [proof.name for proof in proofs if proof.message_id == message.pk]
        by_office = message.direction == Message.Direction.OFFICE
        day = timezone.localdate(message.at)
        letters.append({"by_office": by_office, "day": day, "text": message.text, "files": files})
    return letters


def _about(enquiry):
    """The public records that it is about."""
    records = (*enquiry.products.all(), enquiry.company, enquiry.desk, enquiry.contract, enquiry.unit)
    return [record for record in records if record is not None and record.is_public]


def _frame(request, **context):
    """The context of a page of this kind: out of search engines, and without a link to another site."""
    crumbs = [
        {"label": _("Home"), "url": f"/{request.LANGUAGE_CODE}/"},
        {"label": _("Ask and tell"), "url": reverse("contact:ask")},
        {"label": _("Your enquiry")},
    ]
    return context | {"crumbs": crumbs, "noindex": True, "private_page": True}


def _not_found(request):
    if seconds := seconds_to_wait("guess", address_of(request), MOST_GUESSES, WITHIN):
        context = {"wait": waiting_time(seconds)}
        return with_wait(render(request, "contact/too_often.html", context, status=TOO_MANY), seconds)
    return render(request, "404.html", status=404)
