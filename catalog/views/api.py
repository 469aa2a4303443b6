"""The page about the API, with a request that anybody can try."""

import copy
import json
from dataclasses import dataclass

from django.conf import settings
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
from catalog.open_data.datasets import LICENCE_URL

EXAMPLE = "fields=slug,name_en,name_fa,hs_code,stage&page_size=2&q=pump"
LONGEST_QUERY = 1000  # characters
MOST_LINES = 80


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
    described, inside = reference.described(path_of)
    context = {
        "root": request.build_absolute_uri(reverse("api:index")),
        "document": reverse("api:schema"),
        "trial": trial(viewset, written, request),
        "nouns": described,
        "inside": inside,
        "page_size": pagination.PAGE_SIZE,
        "largest_page": pagination.LARGEST_PAGE,
        "limit": settings.API_REQUESTS_A_MINUTE,
        "licence_url": LICENCE_URL,
        "language": get_language(),
        "notices": notices,
        "noindex": bool(request.GET),
        "crumbs": [
            {"label": _("Open data"), "url": reverse("catalog:data")},
            {"label": _("The API")},
        ],
    }
    return render(request, "catalog/api.html", context)


def path_of(viewset):
    return reverse(f"api:{viewset.noun.stem}_list")


def asked(data):
    """(viewset, query, notices) of what is to be tried; the example where nothing is."""
    first, *_others = named = {viewset.noun.path: viewset for viewset in viewsets()}
    unusable = [as_written(name, data.get(name)) for name in sorted(data) if name not in ("of", "query")]
    name = data.get("of", first)
    if name not in named:
        unusable.append(as_written("of", name))
    written = data.get("query", EXAMPLE if "of" not in data else "")[:LONGEST_QUERY]
    return named.get(name, named[first]), written, [left_aside(unusable)] if unusable else []


def trial(viewset, written, request):
    """The Trial of that query: the API's own answer."""
    inner = copy.copy(request)
    inner.method, inner.META = "GET", {**request.META, "HTTP_ACCEPT": "application/json"}
    inner.GET = QueryDict(written.strip().lstrip("?").replace("\0", ""))
    response = viewset.as_view({"get": "list"})(inner)
    if isinstance(response, Response):
        response.render()
    answer = json.loads(response.content)
    lines = json.dumps(answer, ensure_ascii=False, indent=2).split("\n")
    path = pagination.path_of(viewset, inner.GET, inner.GET.get(filters.CURSOR))
    return Trial(
        viewset.noun.path,
        written,
        request.build_absolute_uri(path),
        "\n".join(lines[:MOST_LINES]),
        max(0, len(lines) - MOST_LINES),
        response.status_code != 200,
    )
