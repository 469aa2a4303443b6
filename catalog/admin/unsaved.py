"""Shows a form again, filled, that could not be saved because the database or a disk failed."""

from contextlib import contextmanager

from django.db import Error, connection
from django.utils.translation import gettext_lazy as _

from catalog.caching.failures import FAILED_WRITES, Failure

from . import error_pages

UNSAVED_WORDS = {
    Failure.AWAY: _("Not saved: the database does not answer."),
    Failure.BUSY: _("Not saved: the database is busy."),
    Failure.CORRUPT: _("Not saved: the database is damaged."),
    Failure.FULL: _("Not saved: the disk is full."),
    Failure.READ_ONLY: _("Not saved: the database cannot be written."),
    Failure.FILES_READ_ONLY: _("Not saved: files cannot be written."),
}
FORMS = ("_change", "_add")
"""The ends of names of the addresses of forms."""


def again(request, failure):
    """The page of the admin that a request asked for, only read: what was sent stands in its form, unsaved.
    None where it cannot be read, or shows no form."""
    if failure not in FAILED_WRITES or not error_pages.is_inside(request) or not request.resolver_match:
        return None
    if request.method == "POST" and not (request.resolver_match.url_name or "").endswith(FORMS):
        return None
    try:
        return _shown(request, failure)
    except (Error, OSError):
        return None


def _shown(request, failure):
    match = request.resolver_match
    if request.method == "POST":
        request.unsaved = UNSAVED_WORDS[failure]
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)
    with reading():
        response = match.func(request, *match.args, **match.kwargs)
        if hasattr(response, "render"):
            response.render()
    if request.method == "POST" and response.status_code == 200:
        response.status_code = 503
    return response


@contextmanager
def reading():
    """Transactions begin as a reader's: on SQLite a writer's is refused at once where nobody can write."""
    usual = getattr(connection, "transaction_mode", None)
    connection.transaction_mode = None
    try:
        yield
    finally:
        connection.transaction_mode = usual
