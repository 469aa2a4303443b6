"""Health, and the pages that say what went wrong, in the visitor's language."""

import math
import sys
from datetime import UTC, timedelta

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalog.admin import error_pages, stashed_forms
from catalog.api import errors
from catalog.caching.failures import failure_of
from catalog.formats.numerals import number
from portal import bare_pages, health
from portal.database import sqlite_file
from portal.health import unavailable
from portal.health.parts import is_ready

SECURITY_TXT_HOLDS = timedelta(days=180)


@require_safe
def root(request):
    """Leads to the home page in the language the browser prefers; LocaleMiddleware has found out which."""
    response = redirect(f"/{translation.get_language()}/")
    patch_vary_headers(response, ("Accept-Language", "Cookie"))  # no cache may give it to everybody
    return response


@never_cache
@require_safe
def healthz(request):
    """200 as long as the process answers; touches neither database nor session."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request):
    """Part by part "ok" or what is wrong with it; 503 where visitors should not be sent here."""
    found = health.checks()
    sqlite_file.let_go(connection)  # this stands above OutageMiddleware
    return JsonResponse(found, status=200 if is_ready(found) else 503)


@require_safe
def security_txt(request):
    """Where somebody writes who found a weakness (RFC 9116); 404 while the setting names nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404("No contact is set")
    expires = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(expires + SECURITY_TXT_HOLDS).isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request, exception=None):
    return error_page(request, 400)


def permission_denied(request, exception=None):
    return error_page(request, 403)


def page_not_found(request, exception=None):
    if request.path_info.startswith(bare_pages.API):
        return errors.not_found()
    return error_page(request, 404)


def csrf_failure(request, reason=""):
    """A form that came without its token: most often a cookie refused, or a page left open over night."""
    if not error_pages.is_inside(request):
        return error_page(request, 403, template="403_csrf.html")
    with visitors_language(request):
        return stashed_forms.sent_back(request) or error_pages.staff_csrf_failure(request)


def error_page(request, status, template=None):
    """The page of that status in the language of the address, else of the browser."""
    with visitors_language(request):
        if error_pages.is_inside(request):
            return error_pages.staff_page(request, status)
        return render(request, template or f"{status}.html", status=status)


def come_again(request, status, title, words, wait):
    """The page for who asks for too much for now; `words` take the seconds until the next time."""
    seconds = math.ceil(wait)
    context = {"title": title, "words": words % {"seconds": number(seconds, translation.get_language())}}
    response = render(request, "come_again.html", context, status=status)
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def visitors_language(request):
    return translation.override(bare_pages.language_of(request))


def server_error(request):
    """The 500 page, or the 503 page where the database or a disk failed; both made without the request's
    context: what broke may be the session."""
    error = sys.exception()
    if failure := failure_of(error):
        return unavailable.unavailable_answer(request, error, failure)
    if isinstance(error, FileNotFoundError) and request.path_info.startswith(settings.STATIC_URL):
        return bare_pages.page(request, 404)  # /readyz names it, and the next start mends it
    if request.path_info.startswith(bare_pages.API):
        return errors.broken()
    return bare_pages.page(request, 500)
