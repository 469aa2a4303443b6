"""What every page knows of the site: its names, its menu, the same page in the other language."""

from functools import cache

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Q
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalog.models.prepared import PreparedQuery
from catalog.nouns import listed_nouns, sample_queries

# The menu in its order. A name without an address is left out: pages join the menu on the day they exist.
NAVIGATION = [
    *((noun.list_address, noun.title) for noun in listed_nouns()),
    ("catalog:programme", _("Programme")),
    ("catalog:about", pgettext_lazy("menu", "About")),
]


def site(request):
    """For every template: `site_name`, `site_owner` ("" while nobody owns it), `navigation`,
    `other_language`, `preview` (see catalog.admin.preview; None for everybody's pages) and `has_samples`;
    what costs anything is worked out where a template asks, at most once a request."""
    language = get_language() if get_language() in settings.SITE_NAME else settings.LANGUAGE_CODE
    return {
        "site_name": settings.SITE_NAME[language],
        "site_owner": settings.SITE_OWNER[language] or settings.SITE_OWNER["en"] or settings.SITE_OWNER["fa"],
        "navigation": SimpleLazyObject(lambda: navigation(request.path)),
        "other_language": other_language(request, language),
        "has_samples": SimpleLazyObject(has_samples),
        "preview": getattr(request, "preview", None),
    }


def has_samples():
    """Whether the public sees a sample anywhere; one query."""
    return bool(HAS_SAMPLES())


def samples():
    """One row, of any table that always has some, where the public sees a sample."""
    seen = Q()
    for rows in sample_queries():
        seen |= Q(Exists(rows.order_by()))
    return ContentType.objects.filter(seen).order_by().values_list("pk", flat=True)[:1]


HAS_SAMPLES = PreparedQuery(samples)


def navigation(path):
    """The menu's entries as {url, label, current}; current is the entry `path` stands under."""
    return [
        {"url": url, "label": label, "current": path.startswith(url)} for url, label in menu(get_language())
    ]


@cache
def menu(language):
    """(address, label) of each entry of the menu in the active language."""
    entries = []
    for name, label in NAVIGATION:
        try:
            entries.append((reverse(name), str(label)))
        except NoReverseMatch:
            continue
    return entries


def other_language(request, language):
    """{code, name, url}: the same page and query in the other language; its home where there is no prefix."""
    code, name = next(item for item in settings.LANGUAGES if item[0] != language)
    prefix = f"/{language}/"
    if preview := getattr(request, "preview", None):
        return {"code": code, "name": name, "url": preview.in_language[code]}
    path = request.get_full_path()
    url = f"/{code}/{path.removeprefix(prefix)}" if path.startswith(prefix) else f"/{code}/"
    return {"code": code, "name": name, "url": url}
