"""What changed in public, newest first, as a page and as a feed."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.listings.base import address
from catalog.listings.changes import ChangeFilterSet
from catalog.models import Change, ChangeKind
from catalog.models.prepared import Keys, OneOf, PreparedQuery
from catalog.open_data.feeds import ENTRIES, LabelledAtom, clean

from .change_words import line_of
from .listings import Listing, page_of

PAGE_SIZE = 40
MOST_CHANGES = 50 * PAGE_SIZE
"""How far back the pages go: what is older stands in the history of its record."""


class News(Listing):
    """Public changes by day, of all records or of a sector, a kind, a product."""

    filters = ChangeFilterSet

    def get(self, request):
        filterset = ChangeFilterSet.read(request.GET)
        page, notices = page_of(Paginator(keys_found(filterset), PAGE_SIZE), request.GET.get("page"))
        query = address(filterset.chosen) if filterset.chosen else ""
        context = {
            "page": page,
            "days": by_day(lines_of(page.object_list)),
            "query": filterset.chosen,
            "product": filterset.cleaned.get("product"),
            "kinds": ChangeKind.choices,
            "sectors": list(filterset.filters["sector"].field.queryset),
            "chosen_words": filterset.chosen_words,
            "feed": reverse("catalog:news_feed") + query,
            "notices": [*filterset.notices, *notices],
            "crumbs": [{"label": _("News")}],
        }
        return render(request, "news/page.html", context)


def keys_found(filterset):
    """The keys of the changes found, newest first, MOST_CHANGES of them at most; a queryset or a list."""
    return bare_keys(filterset.qs) if filterset.cleaned else KEYS_OF_ALL()


def bare_keys(changes):
    return changes.values_list("pk", flat=True)[:MOST_CHANGES]


KEYS_OF_ALL = PreparedQuery(lambda: bare_keys(Change.objects.shown().newest_first()))
CHANGES_WITH_RECORDS = PreparedQuery(
    lambda keys: Change.objects.filter(OneOf("pk", keys)).with_records().newest_first(), keys=Keys()
)


def lines_of(keys):
    """The Lines of changes with these keys, newest first; one query."""
    return [line_of(change) for change in CHANGES_WITH_RECORDS(keys=keys)]


def by_day(lines):
    """[(day, its Lines)] in their order."""
    days = {}
    for line in lines:
        days.setdefault(line.day, []).append(line)
    return list(days.items())


@require_safe
def feed(request):
    """The ENTRIES newest changes of the query as Atom; each entry leads to its line's record."""
    filterset = ChangeFilterSet.read(request.GET)
    query = address(filterset.chosen) if filterset.chosen else ""
    site, language = settings.SITE_NAME[get_language()], get_language()
    words = [_("News"), *filterset.chosen_words]
    atom = LabelledAtom(
        title=clean(f"{' · '.join(words)} – {site}"),
        link=request.build_absolute_uri(reverse("catalog:news") + query),
        description=None,
        language=language,
        author_name=settings.SITE_OWNER[language] or site,
        subtitle=clean(" ".join([_("What changed in public, newest first."), *filterset.notices])),
        feed_url=request.build_absolute_uri(reverse("catalog:news_feed") + query),
    )
    news = request.build_absolute_uri(reverse("catalog:news"))
    for line in lines_of(keys_found(filterset)[:ENTRIES]):
        atom.add_item(**news_entry(request, news, line))
    response = HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def news_entry(request, news, line):
    """The arguments of an entry; its id is the address of its line among the news."""
    title = f"{pgettext('mark', 'Sample')}: {line.name}" if line.change.is_sample else line.name
    at = timezone.localtime(line.change.at)
    return {
        "title": clean(title),
        "link": request.build_absolute_uri(line.url),
        "unique_id": f"{news}#change-{line.change.pk}",
        "description": escape(clean(line.what)),
        "pubdate": at,
        "updateddate": at,
        "category": None,
    }
