"""The front door: one form for questions, interests and claims."""

import math
from datetime import timedelta
from functools import wraps

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog import search
from catalog.api.client_address import address_of
from catalog.caching.failures import FAILED_WRITES, failure_of
from catalog.formats.cleaning import clean_line
from catalog.formats.numerals import digits
from catalog.models import Product
from contact import receiving, routing, stamps, subjects
from contact.forms import ACCEPTED, MOST_FILES, MOST_MEGABYTES, WHAT, AskForm
from contact.models.enquiries import ROLES_OF_KIND, EnquiryRole, Kind
from contact.private import private
from contact.same_origin import same_origin_posts
from contact.throttling import seconds_to_wait
from portal.health.outage import outage

MOST, BY_ADDRESS, BY_EMAIL = 10, timedelta(minutes=1), timedelta(hours=1)
"""Enquiries that are taken from one network address, and for one e-mail address."""
MOST_ENQUIRY_BYTES = (MOST_FILES * MOST_MEGABYTES + 3) * 2**20
LOOK_UP = "look_up"  # the button that looks a product up and sends nothing
UNPROCESSABLE, TOO_LARGE, TOO_MANY, UNAVAILABLE = 422, 413, 429, 503
LATER = 60  # seconds
READ_AT_ONCE = 2**16


def within_size(view):
    """The view, which says so where more is sent than any form of it holds."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        size = request.META.get("CONTENT_LENGTH") or ""
        if size.isdigit() and int(size) > MOST_ENQUIRY_BYTES:
            return too_large(request)
        try:
            return view(request, *args, **kwargs)
        except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
            _read_rest(request)
            return too_large(request)

    return guarded


def _read_rest(request):
    """Read what is still under way: a browser shows an answer once everything was taken from it."""
    try:
        while request.read(READ_AT_ONCE):
            pass
    except OSError:
        return


@private
@within_size
@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_posts
def ask(request):
    """The form; what it sends becomes an enquiry, and its sender is led to the private page of it."""
    if request.method == "POST":
        looks_up = LOOK_UP in request.POST or request.POST.get("product", "").strip()
        return _look_up(request) if looks_up else _send(request)
    named = subjects.read_subjects(request.GET)
    what, unknown = _chosen(request.GET)
    form = AskForm(initial={"what": what, "stamp": stamps.new()})
    return _page(request, form, named, notices=[*unknown, *_not_public(named)])


def _send(request):
    """Take an enquiry, or show the form again with all that was typed."""
    form, named = AskForm(request.POST, request.FILES), subjects.read_subjects(request.POST)
    try:
        return _taken(request, form, named)
    except (Error, OSError) as error:
        failure = failure_of(error)
        if failure not in FAILED_WRITES:
            raise
        outage.failed(error, failure, request.path)
        return with_wait(_page(request, form, named, UNAVAILABLE, notices=[cannot_store_words()]), LATER)


def _taken(request, form, named):
    stamp = stamps.read_stamp(request.POST.get("stamp", ""))
    if not form.is_valid():
        return _page(request, form, named, UNPROCESSABLE, notices=_not_public(named))
    if refusal := _not_yet(form, named, stamp):
        return _page(request, form, named, UNPROCESSABLE, notices=[refusal])
    known = receiving.is_known(form.cleaned_data, named, stamp)
    if not known and (seconds := _wait(request, form.cleaned_data["email"])):
        refused = _page(request, form, named, TOO_MANY, notices=[too_often_words(seconds)])
        return with_wait(refused, seconds)
    enquiry = receiving.receive(form.cleaned_data, named, stamp)
    return HttpResponseRedirect(f"{reverse('contact:private', args=[enquiry.token])}?sent=1", status=303)


def _not_yet(form, named, stamp):
    """Why a complete form is not taken as it stands; each time sending it once more is enough."""
    if named.unknown:
        return " ".join([*_not_public(named), _("Please check what it is about, and send it again.")])
    if form.cleaned_data["website"] or stamp is None:
        return _("This looked as if a program had sent it. If you are a person, please send it again.")
    if stamp.is_hasty:
        return _("That was faster than a person types. If you are one, please send it again.")
    return ""


def _wait(request, email):
    wait = seconds_to_wait("ask", address_of(request), MOST, BY_ADDRESS)
    return wait or (email and seconds_to_wait("ask mail", email, MOST, BY_EMAIL))


def _look_up(request):
    """The same form with the products that were looked up, to choose from; nothing is sent. Whoever typed a
    product and pressed "send" chooses first, too."""
    form, named = AskForm(request.POST), subjects.read_subjects(request.POST)
    form._errors = {}  # nobody has sent it yet: nothing is missing
    text = clean_line(request.POST.get("product", ""))
    slugs = [found.slug for found in search.suggest(text) if found.noun == search.PRODUCT]
    slugs = [slug for slug in slugs if slug not in [product.slug for product in named.products]]
    rows = {product.slug: product for product in Product.objects.published().filter(slug__in=slugs)}
    found = [rows[slug] for slug in slugs if slug in rows]
    return _page(request, form, named, looked_up=text, found=found, notices=_not_public(named))


def _page(request, form, named, status=200, **more):
    """The form with what it holds so far; `more`: notices, looked_up and found (what was looked up)."""
    context = {
        "form": form,
        "stamp": _stamp_of(form),
        "subjects": named,
        "notices": (),
        "office": routing.office_for(named),
        "looked_up": "",
        "found": (),
        "roles": ROLES_OF_KIND,
        "kinds": Kind,
        "had_files": bool(request.FILES),
        "most_files": MOST_FILES,
        "most_megabytes": MOST_MEGABYTES,
        "accepted": ACCEPTED,
        "noindex": bool(request.GET),
        "crumbs": [{"label": _("Home"), "url": f"/{request.LANGUAGE_CODE}/"}, {"label": _("Ask and tell")}],
    }
    return render(request, "contact/ask.html", context | more, status=status)


def _stamp_of(form):
    """The stamp the form came with, so that nobody waits again; a new one where it is none of ours."""
    sent = form.data.get("stamp", "") if form.is_bound else ""
    return sent if sent and stamps.read_stamp(sent) else form.initial.get("stamp") or stamps.new()


def _chosen(query):
    """(what a link chooses in the form, notices of values that say nothing): a role stands for its kind."""
    kind, role = clean_line(query.get("kind", "")), clean_line(query.get("role", ""))
    notices = []
    if kind and kind not in Kind.values:
        notices.append(_unusable(kind))
        kind = ""
    if role and (role not in EnquiryRole.values or (kind and WHAT[role] != kind)):
        notices.append(_unusable(role))
        role = ""
    return role or (kind if kind == Kind.ASK else ""), notices


def _unusable(value):
    shown = value[: subjects.EXCERPT]
    return _("“%(value)s” is not something to choose here; please choose below.") % {"value": shown}


def _not_public(named):
    if not named.unknown:
        return []
    words = ngettext(
        "No public record is called %(names)s; it was left out.",
        "No public records are called %(names)s; they were left out.",
        len(named.unknown),
    )
    quoted = [_("“%(name)s”") % {"name": name} for name in named.unknown[:10]]
    return [words % {"names": f"{pgettext('list', ',')} ".join(quoted)}]


def with_wait(response, seconds):
    """The refusal, which tells programs too when it works again."""
    response.headers["Retry-After"] = str(seconds)
    return response


def cannot_store_words():
    """That database or disk fail."""
    return _(
        "This site cannot store anything just now. Nothing you typed is lost: send it again in a few minutes."
    )


def too_often_words(seconds):
    """That too much was sent, and when it works again."""
    words = _(
        "Too much was sent from here in a short time. Nothing you typed is lost: send it again in %(wait)s."
    )
    return words % {"wait": waiting_time(seconds)}


def waiting_time(seconds):
    """So many seconds in words."""
    if seconds < 120:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": _shown(seconds)}
    minutes = math.ceil(seconds / 60)
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": _shown(minutes)}


def _shown(number):
    return digits(number, get_language())


def too_large(request):
    """A page for what is larger than any form; it cannot be read, but the browser still has it."""
    return render(request, "contact/too_large.html", status=TOO_LARGE)
