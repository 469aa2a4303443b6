"""Reads the public site, and compares two readings of it."""

from django.utils import translation

from catalog.nouns import listed, nouns

from .unmarked import marked_on_page, of_answer

LANGUAGES = ("en", "fa")
EVERY = {"product": 9, "company": 8, "contract": 7, "unit": 12, "desk": 2, "indicator": 6, "sector": 4}
"""Of the pages of a kind of record one in so many is read: they are made alike."""

PLACES = (
    *("", "products/", "sectors/", "companies/", "desks/", "contracts/", "units/", "programme/", "data/"),
    *("financing/", "about/", "accessibility/", "products/?order=name&page=2", "products/?companies=none"),
    *("products/?sector=petrochemicals", "products/?q=pump", "products/?origin=sample", "companies/?page=2"),
    *("contracts/?kind=memorandum", "contracts/?page=2", "units/?page=2", "desks/?state=held"),
    *("desks/calendar.ics", "products/suggest/?q=pump", "products/suggest/?q=ta"),
)
ROOT = ("/ocds/releases.json", "/ocds/records.json", "/sitemap.xml")


def addresses(language):
    """What is read in a language."""
    yield from (f"/{language}/{place}" for place in PLACES)
    with translation.override(language):
        for noun in nouns("page"):
            rows = noun.rows().order_by("pk")[:: EVERY.get(noun.stem, 5)]
            yield from (row.get_absolute_url() for row in rows)
    for noun in listed("export"):
        yield from (f"/{language}/{noun.path}/export.{suffix}" for suffix in ("csv", "json"))
    yield from (f"/{language}/{noun.path}/feed.atom" for noun in listed("feed"))
    if language == "en":
        yield from ROOT
        yield from (f"/api/v1/{noun.path}/?page_size=100" for noun in nouns("api"))


def answers(client, places):
    """{address: (content type, text)} of these addresses."""
    found = {}
    for place in places:
        response = client.get(place)
        assert response.status_code == 200, place
        body = b"".join(response) if response.streaming else response.content
        found[place] = (response.headers["Content-Type"].partition(";")[0], body.decode())
    return found


def unmarked(found):
    """{address: its texts without a mark} of such answers."""
    return {place: of_answer(kind, text) for place, (kind, text) in found.items()}


def marked(found):
    """{address: its texts under marks} of those that are pages."""
    return {place: marked_on_page(text) for place, (kind, text) in found.items() if kind == "text/html"}


def differences(before, after):
    """Lines that say what stands in only one of two readings."""
    for place, texts in before.items():
        lost, new = texts - after[place], after[place] - texts
        if lost or new:
            yield f"{place}: {sorted(lost)[:12]} became {sorted(new)[:12]}"
