"""Every internal link of the loaded site, in both languages: nothing broken, every page says what it is."""

import re
from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest

from catalog.models import Company, Contract, Desk, IdleUnit

pytestmark = pytest.mark.usefixtures("loaded")

DIRECTION = {"en": "ltr", "fa": "rtl"}


class Page(HTMLParser):
    """What the crawl asks of a page."""

    def __init__(self, text):
        super().__init__()
        self.root, self.links, self.alternates, self.canonical, self.noindex = {}, [], {}, None, False
        self.title, self.headings, self.ids = "", 0, []
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
        elif tag == "h1":
            self.headings += 1
        self._in_title = tag == "title" and not self.title

    def handle_data(self, text):
        if self._in_title:
            self.title += text

    def handle_endtag(self, tag):
        if tag == "title":
            self._in_title = False


@pytest.mark.parametrize("language", ["en", "fa"])
def test_no_link_is_broken_and_every_page_says_what_it_is(client, language):
    waiting, known, titles = [f"/{language}/"], {f"/{language}/"}, defaultdict(list)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        page = Page(response.content.decode())
        check_head(page, address, language)
        plain = not urlsplit(address).query
        if plain or re.search(r"[?&]page=", address):
            titles[page.title.strip()].append(address)
        for link in page.links:
            target = inside(urljoin(address, link), language)
            # links of queries to more queries have no end: those of pages are followed
            if target and target not in known and (plain or not urlsplit(target).query):
                known.add(target)
                waiting.append(target)
    assert len(known) > 500
    assert not {title: pages for title, pages in titles.items() if len(pages) > 1 or not title}


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


def test_pages_of_samples_are_kept_out_of_search_engines(client):
    for noun in (Company, Desk, Contract):
        sample = noun.objects.published().filter(origin="sample").first()
        real = noun.objects.published().exclude(origin="sample").first()
        assert Page(client.get(sample.get_absolute_url()).content.decode()).noindex
        assert not Page(client.get(real.get_absolute_url()).content.decode()).noindex
    unit = IdleUnit.objects.published().filter(origin="sample").first()  # facts name no unit
    assert Page(client.get(unit.get_absolute_url()).content.decode()).noindex
