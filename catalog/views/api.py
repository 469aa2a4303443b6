"""The page about the API, with a request that anybody can try."""

import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from rest_framework.response import Response

from catalog.api import filters, pagination, reference
from catalog.api.nouns import viewsets
from catalog.listings.base import as_written, left_aside
from catalog.models import Desk, ImportRecord, Sector
from catalog.models.prepared import PreparedQuery
from catalog.open_data.datasets import LICENCE_URL

EXAMPLE_QUERY = "fields=slug,name_en,name_fa,hs_code,stage&page_size=2"
LONGEST_QUERY = 1000  # characters
MOST_EXAMPLE_LINES = 80


@dataclass(frozen=True)
class Trial:
    """A request and its answer: the noun `of`, the query as it was `written`, the whole `address`, the first
    `lines` of the JSON, how many lines `more` there are, and whether it is a `fault`."""

    of: str
    written: str
    address: str
    lines: str
    more: int
    fault: bool


@require_safe
def api(request):
    viewset, written, notices = asked(request.GET)
    context = {
        "root": request.build_absolute_uri(reverse("api:index")),
        "document": reverse("api:schema"),
        "trial": trial(viewset, written, request),
        "reference": worded_reference(),
        "page_size": pagination.PAGE_SIZE,
        "largest_page": pagination.LARGEST_PAGE,
        "limit": settings.API_REQUESTS_A_MINUTE,
        "licence_url": LICENCE_URL,
        "notices": notices,
        "noindex": bool(request.GET),
        "crumbs": [
            {"label": _("Open data"), "url": reverse("catalog:data")},
            {"label": _("The API")},
        ],
    }
    return render(request, "data/api.html", context)


@dataclass(frozen=True, eq=False)
class Reference:
    """What the API has: `nouns`, each a reference.Described, and `inside`, the reference.Tables of objects in
    their records."""

    nouns: tuple
    inside: tuple


sector_names = PreparedQuery(lambda: Sector.objects.published().values_list("slug", "name_en", "name_fa"))
desk_names = PreparedQuery(lambda: Desk.objects.published().values_list("slug", "name_en", "name_fa"))


def worded_reference():
    """The Reference in the active language. All that it takes from the database is the key under which it is
    made: what sectors and desks can be asked for."""
    choices = tuple(sector_names()), tuple(desk_names()), ImportRecord.objects.latest_year()
    return _described(get_language(), *choices)


@lru_cache(8)
def _described(*_key):
    nouns, inside = reference.described(path_of)
    return Reference(tuple(nouns), tuple(inside))


def path_of(viewset):
    return reverse(f"api:{viewset.noun.stem}_list")


def asked(data):
    """(viewset, query, notices) of what is to be tried; the example where nothing is."""
    first, *_others = named = {viewset.noun.path: viewset for viewset in viewsets()}
    unusable = [as_written(name, data.get(name)) for name in sorted(data) if name not in ("of", "query")]
    name = data.get("of", first)
    if name not in named:
        unusable.append(as_written("of", name))
    written = data.get("query", EXAMPLE_QUERY if "of" not in data else "")[:LONGEST_QUERY]
    return named.get(name, named[first]), written, [left_aside(unusable)] if unusable else []


def trial(viewset, written, request):
    """The Trial of that query: the API's own answer."""
    inner = WSGIRequest({**request.META, "REQUEST_METHOD": "GET", "HTTP_ACCEPT": "application/json"})
    inner.GET = QueryDict(written.strip().lstrip("?").replace("\0", ""))
    response = viewset.as_view({"get": "list"})(inner)
    if isinstance(response, Response):
        response.render()
    answer = json.loads(response.content)
    lines = json.dumps(answer, ensure_ascii=False, indent=2).split("\n")
    path = pagination.list_path(viewset, inner.GET, inner.GET.get(filters.CURSOR))
    return Trial(
        viewset.noun.path,
        written,
        request.build_absolute_uri(path),
        "\n".join(lines[:MOST_EXAMPLE_LINES]),
        max(0, len(lines) - MOST_EXAMPLE_LINES),
        response.status_code != 200,
    )
