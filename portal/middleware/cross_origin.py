"""Lets scripts of any other site read the API and the public files, and no site embed anything else."""

from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override

from catalog.open_data.datasets import datasets
from portal.bare_pages import API

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, Content-Range, ETag, Link, Retry-After, X-Notices",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
}


class CrossOriginMiddleware:
    """Adds the headers. What these addresses say is public, and they know no users, so no cookie either: one
    with the language of the admin would change what shared caches hand on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_open_to_others(request.path_info):
            response = self.get_response(request)
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            return response
        request.COOKIES = {}
        asks_first = request.method == "OPTIONS" and not request.path_info.startswith(API)
        response = HttpResponse(status=204, headers=PREFLIGHT) if asks_first else self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response


def is_open_to_others(path):
    """Whether any site may read what stands at `path`: the API, each file that the open data page lists."""
    exact, folders = open_paths()
    return (
        path.startswith(API)
        or path in exact
        or path.endswith("/calendar.ics")
        or (path.startswith(folders) and not path.endswith("/"))
    )


@cache
def open_paths():
    """(paths of files, beginnings of paths of bulk files), in both languages."""
    exact, folders = set(), []
    for code, _name in settings.LANGUAGES:
        with override(code):
            exact.update(one.path for dataset in datasets() for one in dataset.existing)
            folders.append(reverse("catalog:data"))
    return exact, tuple(folders)
