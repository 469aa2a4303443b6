"""The page about the API, with a request that anybody can try."""

import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import QueryDict
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.api import answers, errors, query, words
from catalog.api.nouns import NOUNS
from catalog.listings.base import as_written, left_aside
from catalog.models import Desk, ImportRecord, Sector
from catalog.models.prepared import PreparedQuery
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
    noun, written, notices = asked(request.GET)
    context = {
        "root": request.build_absolute_uri(reverse("api:index")),
        "document": reverse("api:schema"),
        "trial": trial(noun, written, request.build_absolute_uri),
        "reference": reference(),
        "page_size": query.PAGE_SIZE,
        "largest_page": query.LARGEST_PAGE,
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
    """What the API has: `nouns`, each a words.Described, and `inside`, the words.Tables of objects in their
    records."""

    nouns: tuple
    inside: tuple


sector_names = PreparedQuery(lambda: Sector.objects.published().values_list("slug", "name_en", "name_fa"))
desk_names = PreparedQuery(lambda: Desk.objects.published().values_list("slug", "name_en", "name_fa"))


def reference():
    """The Reference in the active language. All that it takes from the database is the key under which it is
    made: what sectors and desks can be asked for."""
    choices = tuple(sector_names()), tuple(desk_names()), ImportRecord.objects.latest_year()
    return _reference(get_language(), get_script_prefix(), *choices)


@lru_cache(8)
def _reference(*_key):
    nouns, inside = words.described(path_of)
    return Reference(tuple(nouns), tuple(inside))


def path_of(noun):
    return reverse(f"api:{noun.one}_list")


def asked(data):
    """(noun, query, notices) of what is to be tried; the example where nothing is."""
    named = {noun.name: noun for noun in NOUNS}
    unusable = [as_written(name, data.get(name)) for name in sorted(data) if name not in ("of", "query")]
    name = data.get("of", NOUNS[0].name)
    if name not in named:
        unusable.append(as_written("of", name))
    written = data.get("query", EXAMPLE if "of" not in data else "")[:LONGEST_QUERY]
    return named.get(name, NOUNS[0]), written, [left_aside(unusable)] if unusable else []


def trial(noun, written, absolute):
    """The Trial of that query."""
    data = QueryDict(written.strip().lstrip("?").replace("\0", ""))
    try:
        answer, fault = answers.listed(noun, data, absolute), False
    except errors.UnusableQueryError as error:
        answer, fault = json.loads(errors.unusable(error).content), True
    lines = json.dumps(answer, ensure_ascii=False, indent=2).split("\n")
    address = absolute(answers.address_of(noun, data, data.get(query.CURSOR)))
    shown = "\n".join(lines[:MOST_LINES])
    return Trial(noun.name, written, address, shown, max(0, len(lines) - MOST_LINES), fault)
