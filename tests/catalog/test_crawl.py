"""Every internal link of the loaded site, in both languages: nothing broken, every page says what it is.

Every list is read, and of the pages of records and of filtered lists every fifth: each takes long to make and
is made as its neighbours are. A link to a record that is not read must still lead to one that is public.
"""

import re
from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from zlib import crc32

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import resolve
from django.utils import translation

from catalog.models import Company, Contract, Desk, IdleUnit
from catalog.nouns import nouns

pytestmark = pytest.mark.usefixtures("loaded")

DIRECTION = {"en": "ltr", "fa": "rtl"}
RECORDS = tuple(noun.model for noun in nouns("page"))
EVERY = 5


class Page(HTMLParser):
    """What the crawl asks of a page."""

    def __init__(self, text):
        super().__init__()
        self.root, self.links, self.alternates, self.canonical, self.noindex = {}, [], {}, None, False
        self.title, self.headings, self.ids = "", 0, []
        self.shared = {}
        self._in_title = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "html":
            self.root = values
        elif tag == "a" and values.get("href"):
            self.links.append(values["href"])
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonical = values["href"]
        elif tag == "link" and values.get("rel") == "alternate" and "hreflang" in values:
            self.alternates[values["hreflang"]] = values["href"]
        elif tag == "meta" and values.get("name") == "robots":
            self.noindex = "noindex" in values["content"]
        elif tag == "meta" and values.get("property", "").startswith("og:"):
            self.shared[values["property"]] = values["content"].strip()
        elif tag == "h1":
            self.headings += 1
        self._in_title = tag == "title" and not self.title

    def handle_data(self, text):
        if self._in_title:
            self.title += text

    def handle_endtag(self, tag):
        if tag == "title":
            self._in_title = False


@pytest.mark.whole
@pytest.mark.parametrize("language", ["en", pytest.param("fa", marks=pytest.mark.walk)])
def test_no_link_is_broken_and_every_page_says_what_it_is(language):
    client = Client()  # which follows no redirect: a link of our own leads straight to its page
    waiting, known, titles = [f"/{language}/"], {f"/{language}/"}, defaultdict(list)
    records, read = addresses_of_records(language), 0
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        if not response.headers["Content-Type"].startswith("text/html"):
            assert b"".join(response), address
            continue
        page = Page(response.content.decode())
        read += 1
        check_head(page, address, language)
        plain = not urlsplit(address).query
        if plain or is_a_list(address, records):
            titles[page.title.strip()].append(address)
        for link in page.links:
            assert is_canonical(urljoin(address, link)), f"{address} leads to {link}"
            target = inside(urljoin(address, link), language)
            # links of queries to more queries have no end: those of pages are followed
            wanted = plain or not urlsplit(target or "").query or is_a_list(target, records)
            if target and target not in known and wanted:
                known.add(target)
                if is_a_list(target, records) or crc32(target.encode()) % EVERY == 0:
                    waiting.append(target)
                elif is_of_a_record(target):
                    assert target in records, f"{address} leads to {target}"
    assert len(known) > 700
    assert read > 150
    assert sorted(records - known) == [], "records no page leads to"
    assert not {title: pages for title, pages in titles.items() if len(pages) > 1 or not title}


def addresses_of_records(language):
    with translation.override(language):
        records = [record for noun in RECORDS for record in noun.objects.published()]
        addresses = {record.get_absolute_url() for record in records}
        return {address for address in addresses if "#" not in address}  # that is a row of another page


def is_a_list(address, records):
    """Whether it is no record's, and not filtered."""
    query = urlsplit(address).query
    return address not in records and re.fullmatch(r"(page=(?!1$)\d+)?", query)


def is_of_a_record(address):
    """Whether it has the form /en/products/turbocharger/."""
    return not urlsplit(address).query and len(urlsplit(address).path.strip("/").split("/")) == 3


@pytest.mark.parametrize(
    "place", ["", "products/?", "contracts/?kind=contract&", "products/turbocharger/", "programme/"]
)
def test_links_that_carry_the_rate_lead_straight_to_their_page(client, place):
    address = f"/fa/{place}{'' if place.endswith(('?', '&')) else '?'}rate=market"
    for link in Page(client.get(address).content.decode()).links:
        assert is_canonical(urljoin(address, link)), link


def is_canonical(link):
    """Whether a link to a list of ours has the query that the list would send it on to."""
    parts = urlsplit(link)
    if parts.netloc or parts.scheme == "mailto" or not parts.query:
        return True
    with translation.override(translation.get_language_from_path(parts.path)):
        view = resolve(parts.path).func
    filters = getattr(getattr(view, "view_class", None), "filters", None)
    query = QueryDict(parts.query, mutable=True)
    return not filters or list(filters.canonical(query).lists()) == list(query.lists())


def inside(link, language):
    """The path and query of a link within this language of the site, else None."""
    parts = urlsplit(link)
    if parts.netloc or not parts.path.startswith(f"/{language}/"):
        return None
    if "rate=" in parts.query:  # every page again, with its sums in dollars: see views/test_rates.py
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def check_head(page, address, language):
    other = {"en": "fa", "fa": "en"}[language]
    path = urlsplit(address).path
    assert page.root["lang"] == language, address
    assert page.root["dir"] == DIRECTION[language], address
    assert page.headings == 1, address
    assert len(page.ids) == len(set(page.ids)), (address, [i for i in page.ids if page.ids.count(i) > 1])
    assert urlsplit(page.canonical).path == path, address
    assert urlsplit(page.alternates[language]).path == path, address
    assert urlsplit(page.alternates[other]).path == path.replace(f"/{language}/", f"/{other}/", 1), address
    assert "x-default" in page.alternates, address
    check_shared(page.shared, page.title, address, language)


def check_shared(shared, title, address, language):
    """A page that is sent to somebody says what it is, in its own language."""
    assert shared["og:title"], address
    assert title.startswith(shared["og:title"]), address
    assert len(shared["og:description"]) > 20, address
    assert shared["og:locale"] == {"en": "en_GB", "fa": "fa_IR"}[language], address
    assert bool(re.search("[\u0600-\u06ff]", shared["og:description"])) == (language == "fa"), address


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    "place",
    [
        *("", "products/", "products/turbocharger/", "sectors/", "sectors/automotive/", "companies/crouse/"),
        *("companies/", "desks/", "desks/desk-1399-automotive/", "contracts/", "contracts/P-1399-01/"),
        *("units/", "programme/", "programme/foreign-currency-saving/", "financing/", "news/", "data/"),
        *("data/api/", "about/", "accessibility/", "ask/", "no-such-page/"),
    ],
)
def test_every_kind_of_page_says_what_it_is_where_it_is_shared(client, place, language):
    address = f"/{language}/{place}"
    page = Page(client.get(address).content.decode())
    check_shared(page.shared, page.title.strip(), address, language)


def test_pages_of_samples_are_kept_out_of_search_engines(client):
    for noun in (Company, Desk, Contract):
        sample = noun.objects.published().filter(origin="sample").first()
        real = noun.objects.published().exclude(origin="sample").first()
        assert Page(client.get(sample.get_absolute_url()).content.decode()).noindex
        assert not Page(client.get(real.get_absolute_url()).content.decode()).noindex
    unit = IdleUnit.objects.published().filter(origin="sample").first()  # facts name no unit
    assert Page(client.get(unit.get_absolute_url()).content.decode()).noindex
