"""What a request is answered where the database or a disk fails: 503, and nothing that was typed is lost."""

from django.db import Error
from django.middleware.csrf import get_token
from django.utils import translation

from catalog.admin import error_pages, unsaved
from catalog.api import errors
from portal import bare_pages

from .outage import outage

RETRY_AFTER = 30  # seconds
NOT_SENT_AGAIN = ("csrfmiddlewaretoken", "confirmed")
SECRET_FORMS = ("login/", "account/", "password_change/", "password_reset/", "reset/")
"""Below the admin's address: what is typed there is typed again."""


def unavailable_answer(request, error, failure):
    """The answer to a request that failed with `error`, a Failure."""
    outage.failed(error, failure, request.path)
    with translation.override(bare_pages.language_of(request)):
        if request.path_info.startswith(bare_pages.API):
            response = errors.unavailable(RETRY_AFTER)
        else:
            response = unsaved.again(request, failure) or bare_page(request, failure)
    if response.status_code == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
        response.headers["Cache-Control"] = "no-store"
    return response


def bare_page(request, failure):
    """The page, made without the database; it holds a form that was sent, to be sent once more."""
    fields, files = sent_form(request)
    return bare_pages.page(
        request,
        503,
        reason=unsaved.UNSAVED_WORDS[failure] if request.method == "POST" else "",
        sent=fields,
        files=files,
        address=request.get_full_path(),
        token=get_token(request) if fields else "",
    )


def sent_form(request):
    """([(name, text)], names of files) of the form that a request sent; nothing secret."""
    if request.method != "POST" or _is_secret(request):
        return [], []
    try:
        fields = [
            (name, text)
            for name, texts in request.POST.lists()
            for text in texts
            if name not in NOT_SENT_AGAIN and "password" not in name
        ]
        return fields, [file.name for _name, files in request.FILES.lists() for file in files]
    except (OSError, Error):  # what was sent is stored while it is read, and there is no room
        return [], []


def _is_secret(request):
    inside = request.path_info.partition("/admin/")[2]
    return error_pages.is_inside(request) and inside.startswith(SECRET_FORMS)
