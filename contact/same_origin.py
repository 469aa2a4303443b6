"""Posts of visitors: accepted from this site's own pages, without a cookie or a token.

The pages that hold these forms are the same for everybody and stored by shared caches, so they can hold no
token. A browser says where a form came from: `Sec-Fetch-Site`, in older ones `Origin`. A request that says
neither is asked to confirm on a page with a token.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

CONFIRMED = "confirmed"  # the field of the page that asks


def is_from_here(request):
    """Whether a form came from a page of this site; None where the browser does not say."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    if origin := request.headers.get("Origin"):
        here = f"{request.scheme}://{request.get_host()}"
        return urlsplit(origin)._replace(path="").geturl() == here
    return None


def same_origin_posts(view):
    """The view, whose POSTs are taken from this site's own pages alone: 403 for those of other sites, a page
    that asks for confirmation where nobody says where the form came from."""

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        came = is_from_here(request)
        if came or (came is None and CONFIRMED in request.POST and _has_token(request)):
            return view(request, *args, **kwargs)
        if came is False:
            return render(request, "contact/foreign.html", status=403)
        return _ask_to_confirm(request)

    return guarded


def _has_token(request):
    middleware = CsrfViewMiddleware(lambda _request: None)
    middleware.process_request(request)
    return middleware.process_view(request, _unprotected, (), {}) is None


def _unprotected(request):
    """Stands for a view without an exemption, so that the token is asked for."""


def _ask_to_confirm(request):
    """A page that repeats what was sent, with a token and a button; files have to be chosen again."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != CONFIRMED]
    context = {"sent": sent, "address": request.get_full_path(), "had_files": bool(request.FILES)}
    return render(request, "contact/confirm.html", context)
