"""Brings a form back that was sent after its session had ended, or without the right token: filled, unsaved.

Each form names its user, its address and its secret fields by a signature. What arrives from the site's own
pages with such a signature, and cannot be saved, is put aside; the account it names finds it at the form's
address with the token in the query.
"""

import json
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.files.base import ContentFile
from django.forms import PasswordInput
from django.http import HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from . import error_pages, stash

FIELD = "_signature"
"""The hidden field with the signature of a form."""
QUERY = "_stashed"
"""What holds the token in the address of a form that came back."""
STASHED_FORM_SALT = "catalog.admin.stashed_forms"
OPEN_FOR = 7 * 24 * 60 * 60
"""Seconds that a signature holds: as long as somebody may leave a page open."""
MOST_FORM_BYTES = 2**20
UNDERSCORED = ("_opened", "_popup", "_to_field", "_reason", "_comment", "_take")
"""What is kept of the names that begin with an underscore: most others are buttons."""


@dataclass
class StashedForm:
    """`fields` as they were sent, a QueryDict; `files`: the names of those that have to be chosen again."""

    fields: QueryDict
    files: list[str]


def signature(request, form):
    """The text for the hidden field of a form: whose it is, and which of its fields are never kept."""
    secret = [name for name, each in form.fields.items() if isinstance(each.widget, PasswordInput)]
    return signing.dumps(
        {"user": request.user.pk, "path": request.path, "secret": secret}, salt=STASHED_FORM_SALT
    )


def sent_back(request):
    """The answer that leads back to the filled form, by way of the sign-in where nobody is signed in; None
    where what was sent is not kept."""
    found = put_aside(request)
    if found is None:
        return None
    owner, address = found
    if request.user.pk == owner:
        return HttpResponseRedirect(address)
    if request.user.is_authenticated:
        return error_pages.staff_page(request, 403, error_pages.OTHER_ACCOUNT_WORDS, comes_back=address)
    text = _("You had been signed out. Sign in: what you typed is kept for an hour, and comes back unsaved.")
    messages.warning(request, text)
    return redirect_to_login(address)


def put_aside(request):
    """(key of the account, address) under which what was sent comes back; None where it is not kept."""
    if request.method != "POST" or not _is_from_here(request):
        return None
    try:
        named = signing.loads(request.POST.get(FIELD, ""), salt=STASHED_FORM_SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    content = _content(request, {*named["secret"], "csrfmiddlewaretoken"})
    user = User.objects.filter(pk=named["user"], is_active=True, is_staff=True)
    if named["path"] != request.path or len(content) > MOST_FORM_BYTES or not user.exists():
        return None
    token = stash.put(stash.FORMS, named["user"], ContentFile(content))
    query = request.GET.copy()
    query[QUERY] = token
    return named["user"], f"{request.path}?{query.urlencode()}"


def _is_from_here(request):
    """Whether a page of this very site sent the request; the browser says so, not the page."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _content(request, left_out):
    kept = {
        "path": request.path,
        "fields": {
            name: texts for name, texts in request.POST.lists() if name not in left_out and _is_kept(name)
        },
        "files": [each.name for _name, files in request.FILES.lists() for each in files],
    }
    return json.dumps(kept).encode()


def _is_kept(name):
    return not name.startswith("_") or name in UNDERSCORED or name.startswith("_take-")


def stashed_form_of(request):
    """The StashedForm that belongs to the address and the user of a request; None where there is none."""
    file = stash.get(stash.FORMS, request.user.pk, request.GET.get(QUERY, ""))
    if file is None:
        return None
    with file:
        kept = json.load(file)
    if kept["path"] != request.path:
        return None
    fields = QueryDict(mutable=True)
    for name, texts in kept["fields"].items():
        fields.setlist(name, texts)
    return StashedForm(fields, kept["files"])


def drop_stashed_form(request):
    """Erase what the form of this request was brought back from: it is saved now."""
    stash.drop_file(stash.FORMS, request.user.pk, request.GET.get(QUERY, ""))


def never_valid(form):
    """The same class of forms, showing what was sent without ever saving it."""
    return type(form)(form.__name__, (form,), {"is_valid": lambda self: form.is_valid(self) and False})
