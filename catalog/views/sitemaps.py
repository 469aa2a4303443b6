"""Sitemaps, the addresses of public pages for search engines: an index, and a file or more for each noun.

A file names its records in both languages, each with the alternates that the page itself names. Samples and
what is not published are in none. Of a million products a request reads those of one file.
"""

from functools import partial

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import override
from django.views.decorators.http import require_safe

from catalog.models import Desk, Origin, Product, Question
from catalog.nouns import in_menu_order, listed_nouns

SITEMAP_PAGES = (
    "call_list",
    "programme",
    "financing",
    "how_to",
    "compare",
    "news",
    "service",
    "data",
    "about",
    "accessibility",
)  # besides the first page and the lists


NOT_SAMPLES = [origin for origin in Origin.values if origin != Origin.SAMPLE]
"""Named rather than excluded: SQLite finds them by the index of origins, instead of reading every row."""


class Pages(Sitemap):
    """The pages that stand by themselves, as far as they exist."""

    limit = 5000  # items; in two languages a fifth of what the protocol allows in a file, about 6 MB

    @cached_property
    def paginator(self):
        """Made once: it is asked for its count again and again."""
        return super().paginator

    def items(self):
        lists = [noun.list_address for noun in listed_nouns()]
        names = ("catalog:home", *lists, *(f"catalog:{page}" for page in SITEMAP_PAGES))
        paths = [path_in_language(reverse, name) for name in names]
        return [path for path in paths if path is not None]

    def location(self, item):
        """The path of an item after the language's prefix."""
        return item

    def get_urls(self, page=1, site=None, protocol=None):
        """Django's dicts, in each language. Its own way there would make a list of all items first, and
        resolve every address eight times."""
        host = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        return [url for item in self.paginator.page(page).object_list for url in self.urls_of(item, host)]

    def urls_of(self, item, host):
        path = self.location(item)
        locations = {code: f"{host}/{code}/{path}" for code, _name in settings.LANGUAGES}
        alternates = [{"lang_code": code, "location": location} for code, location in locations.items()]
        default = locations[settings.LANGUAGE_CODE] if path else f"{host}/"  # as the tag `addresses` has it
        alternates.append({"lang_code": "x-default", "location": default})
        lastmod = self._get("lastmod", item)
        return [
            {"location": location, "lastmod": lastmod, "alternates": alternates}
            for location in locations.values()
        ]


class Records(Pages):
    """The public pages of a Noun, samples left out."""

    def __init__(self, noun):
        self.noun = noun
        self.dated = noun.has("updated_at")

    def records(self):
        rows = self.noun.with_pages()
        return rows.filter(origin__in=NOT_SAMPLES) if self.noun.has("origin") else rows

    def items(self):
        """(key, last change) of each, oldest first: a new record changes no file but the last."""
        if self.prefix is None:
            return self.records().none()
        return self.records().order_by("pk").values_list(self.noun.key, "updated_at" if self.dated else "pk")

    @cached_property
    def prefix(self):
        """The path of its pages up to the key, None while they do not exist."""
        return path_in_language(self.noun.page_prefix)

    def location(self, item):
        return f"{self.prefix}{item[0]}/"

    def lastmod(self, item):
        return item[1] if self.dated else None

    def get_latest_lastmod(self):
        if not self.dated:
            return None
        return self.records().order_by("-updated_at").values_list("updated_at", flat=True).first()


class Answers(Pages):
    """The pages of the questions about products and desks of which some are public, samples left out."""

    def items(self):
        asked = Question.objects.published()
        return [
            path
            for model, name in ((Product, "product"), (Desk, "desk"))
            for path in self.paths_of(model, name, asked.filter(**{f"{name}__isnull": False}))
        ]

    def paths_of(self, model, name, asked):
        records = model.objects.filter(pk__in=asked.order_by().values(name)).exclude(origin=Origin.SAMPLE)
        address = f"catalog:{name}_questions"
        return [path_in_language(partial(reverse, args=[slug]), address) for slug in slugs_of(records)]


def slugs_of(records):
    return records.order_by("pk").values_list("slug", flat=True)


def path_in_language(resolve, *arguments):
    """What `resolve` gives of a path after the language's prefix, None while it does not exist."""
    with override(settings.LANGUAGE_CODE):
        try:
            return resolve(*arguments).removeprefix(f"/{settings.LANGUAGE_CODE}/")
        except NoReverseMatch:
            return None


def sitemap_sections():
    """{name: Sitemap}: the pages that stand by themselves, those of questions, and those of each noun."""
    alone = {"pages": Pages(), "questions": Answers()}
    return alone | {noun.path: Records(noun) for noun in in_menu_order("page")}


@require_safe
def index(request):
    """The index of all files; a section without a page has none."""
    filled = {name: section for name, section in sitemap_sections().items() if section.paginator.count}
    return without_date(views.index(request, filled, sitemap_url_name="sitemap"))


@require_safe
def section(request, section):
    """One file, the first of its section or the one `?p=` asks for."""
    return without_date(views.sitemap(request, sitemap_sections(), section))


index.public = section.public = True


def without_date(response):
    """A withdrawn record makes the latest change of the others older: who asks "newer than?" must not be told
    no."""
    del response.headers["Last-Modified"]
    return response
