"""The addresses of public pages for search engines: an index, and for each noun a file or more.

A file names its records in both languages, each with the alternates that the page itself names. Samples and
what is not published are in none. Of a million products a request reads those of one file.
"""

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from catalog.models import Company, Contract, Desk, IdleUnit, Indicator, Origin, Product, Sector

LISTS = (
    "home", "product_list", "sector_list", "company_list", "desk_list", "contract_list", "unit_list",
    "programme", "data", "about", "accessibility",
)  # fmt: skip


class Pages(Sitemap):
    """The pages that stand by themselves, as far as they exist."""

    limit = 5000  # items; in two languages a fifth of what the protocol allows in a file, about 6 MB

    def items(self):
        return [path for path in (found(f"catalog:{name}") for name in LISTS) if path is not None]

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
        places = {code: f"{host}/{code}/{path}" for code, _name in settings.LANGUAGES}
        alternates = [{"lang_code": code, "location": place} for code, place in places.items()]
        default = places[settings.LANGUAGE_CODE] if path else f"{host}/"  # as the tag `addresses` has it
        alternates.append({"lang_code": "x-default", "location": default})
        lastmod = self._get("lastmod", item)
        return [
            {"location": place, "lastmod": lastmod, "alternates": alternates} for place in places.values()
        ]


class Records(Pages):
    """The public pages of a noun, samples left out; `address` names its page, which takes its `key`.
    `changed` is its field for the last change, None where it has none."""

    def __init__(self, records, address, key="slug", changed="updated_at"):
        self.records, self.address, self.key, self.changed = records, f"catalog:{address}", key, changed

    def items(self):
        """(key, last change) of each, oldest first: a new record changes no file but the last."""
        if found(self.address, "x") is None:
            return self.records().none()
        return self.records().order_by("pk").values_list(self.key, self.changed or "pk")

    def location(self, item):
        return found(self.address, item[0])

    def lastmod(self, item):
        return item[1] if self.changed else None

    def get_latest_lastmod(self):
        if self.changed is None:
            return None
        return self.records().order_by().aggregate(latest=Max(self.changed))["latest"]


def found(name, *arguments):
    """The path of that address after the language's prefix, None while it does not exist."""
    with override(settings.LANGUAGE_CODE):
        try:
            return reverse(name, args=arguments).removeprefix(f"/{settings.LANGUAGE_CODE}/")
        except NoReverseMatch:
            return None


def real(noun):
    """A function that gives the published records of a noun but the samples."""
    return lambda: noun.objects.published().exclude(origin=Origin.SAMPLE)


SECTIONS = {
    "pages": Pages(),
    "sectors": Records(real(Sector), "sector_detail"),
    "products": Records(real(Product), "product_detail"),
    "companies": Records(real(Company), "company_detail"),
    "desks": Records(real(Desk), "desk_detail"),
    "contracts": Records(real(Contract), "contract_detail", key="reference"),
    "units": Records(real(IdleUnit), "unit_detail"),
    "indicators": Records(Indicator.objects.published, "indicator_detail", changed=None),
}


@require_safe
@conditional_page
def index(request):
    """The index of all files; a section without a page has none."""
    filled = {name: section for name, section in SECTIONS.items() if section.paginator.count}
    return without_date(views.index(request, filled, sitemap_url_name="sitemap"))


@require_safe
@conditional_page
def section(request, section):
    """One file, the first of its section or the one `?p=` asks for."""
    return without_date(views.sitemap(request, SECTIONS, section))


def without_date(response):
    """A withdrawn record makes the latest change of the others older: who asks "newer than?" must not be told
    no."""
    del response.headers["Last-Modified"]
    return response
