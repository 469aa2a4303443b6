"""What is requested: every page of the site, and every kind of question its lists can be asked.

Records come from the database; the choices of a listing (facets, orders, pages) from its own form and links.
What they are asked besides is in `queries.py`.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from . import dom, queries

LANGUAGES = ("en", "fa")
PAGES = [
    "", "products/", "sectors/", "companies/", "desks/", "contracts/", "units/", "programme/", "data/",
    "data/api/", "financing/", "how-to/", "compare/", "calls/", "calls/feed.atom", "service/", "news/",
    "about/", "accessibility/", "desks/calendar.ics",
]  # fmt: skip
CHOSEN = ("compare/", "shortlist/", "shortlist/dossier/", "shortlist/export.csv")
LISTINGS = ("products", "companies", "contracts", "units", "desks")
EXPORTED = ("products", "companies", "contracts", "units")
FORMATS = ("csv", "json", "xlsx")
# model: the folder of its pages, and the field in their addresses
RECORDS = {
    "Product": ("products", "slug"),
    "Sector": ("sectors", "slug"),
    "Company": ("companies", "slug"),
    "Desk": ("desks", "slug"),
    "Contract": ("contracts", "reference"),
    "IdleUnit": ("units", "slug"),
    "Indicator": ("programme", "slug"),
}
API = ("products", "sectors", "companies", "desks", "contracts", "units")
QUICK_EVERY = 25  # of each kind, besides its first
ALWAYS_QUICK = {"page", "root"}


@dataclass(frozen=True)
class Address:
    """One request. `kind` tells which requests are alike; `quick` whether it is in the small sample."""

    path: str
    kind: str
    headers: tuple = ()
    method: str = "GET"
    staff: bool = False
    quick: bool = field(default=False, compare=False)

    @property
    def key(self):
        """The request in words, which no other has."""
        notes = [f"{name}: {value}" for name, value in self.headers] + (["signed in"] if self.staff else [])
        return " ".join([self.method, readable(self.path), *(f"[{note}]" for note in notes)])

    @property
    def place(self):
        """The path without the language's prefix: "products/turbocharger/"."""
        return place_of(self.path)


def place_of(path):
    path = path.lstrip("/")
    return path[3:] if path[:3] in {f"{language}/" for language in LANGUAGES} else path


def readable(path):
    """The path with its escapes undone where that leaves one line that means the same."""
    plain = unquote(path, errors="strict") if "%" in path else path
    return plain if plain.isprintable() and not any(c in plain for c in "%+&#  ") else path


def wanted(place, prefixes):
    """Whether an address belongs to what `--only` asks for; "home" is the first page, with any query."""
    if "home" in prefixes and not place.partition("?")[0]:
        return True
    return not prefixes or any(place.startswith(one) for one in prefixes)


def concerned(folder, prefixes):
    """Whether an address in a folder ("products/") can belong to what `--only` asks for."""
    return not prefixes or any(folder.startswith(one) or one.startswith(folder) for one in prefixes)


def plan(get, prefixes=()):
    """Every Address in the order in which they are requested, each once. `get` gives the text of a page."""
    counts, known, result = Counter(), set(), []
    for address in everything(get, prefixes):
        if address.key in known:
            continue
        known.add(address.key)
        number = counts[address.kind]  # counted also where it is not wanted: the sample is always the same
        counts[address.kind] += 1
        quick = address.kind.split()[0] in ALWAYS_QUICK or number % QUICK_EVERY == 0
        if wanted(address.place, prefixes):
            result.append(replace(address, quick=quick))
    return result


def everything(get, prefixes):
    """Every Address, perhaps twice; kinds with a listing's or noun's name only where `--only` allows."""
    for path in queries.ROOT:
        yield Address(path, "root")
    for accepted in ("fa", "en", "de", "fa-IR,fa;q=0.9,en;q=0.5"):
        yield Address("/", "root", (("Accept-Language", accepted),))
    for language in LANGUAGES:
        yield from pages(language)
        yield from lists(get, language, prefixes)
        yield from records(language)
        yield from away(language)
    yield from sitemaps(get)
    yield from api(get, prefixes)
    yield from others()
    yield from admin()


def pages(language):
    for place in PAGES:
        yield Address(f"/{language}/{place}", "page")
    for place in PAGES:
        for rate in queries.RATES:
            yield Address(f"/{language}/{place}?rate={rate}", "rate of pages")
    for place in CHOSEN:
        yield Address(f"/{language}/{place}?p=turbocharger&p=slurry-pump&p=no-such-product", "page")
    yield Address(f"/{language}/styleguide/", "page styleguide")
    yield Address(f"/{language}/styleguide/", "page styleguide", staff=True)
    for path in queries.MISSING:
        yield Address(path.format(language), "missing")
    yield Address(f"/{language}/?foo=bar", "missing")


def slugs(model):
    """The slugs of every record, public or not."""
    from django.apps import apps  # noqa: PLC0415, Django is set up by now

    key = RECORDS[model][1]
    return list(apps.get_model("catalog", model)._base_manager.order_by("pk").values_list(key, flat=True))


def records(language):
    for model, (folder, _key) in RECORDS.items():
        every = slugs(model)
        for slug in every:
            yield Address(f"/{language}/{folder}/{slug}/", f"record {folder}")
        for slug in every[::20]:
            for rate in queries.RATES[:2]:
                yield Address(f"/{language}/{folder}/{slug}/?rate={rate}", f"rate of {folder}")
    for slug in slugs("Desk"):
        yield Address(f"/{language}/desks/{slug}/calendar.ics", "calendar")
    for model, folder in (("Product", "products"), ("Desk", "desks")):
        for slug in slugs(model)[::20]:
            yield Address(f"/{language}/{folder}/{slug}/questions/", f"questions {folder}")
    from django.apps import apps  # noqa: PLC0415

    for pk in apps.get_model("catalog", "Document")._base_manager.order_by("pk").values_list("pk", flat=True):
        yield Address(f"/documents/{pk}/", "document", (("Accept-Language", language),))


def choices(html, path):
    """(name, value) of everything that the form and the links of a listing offer, each once."""
    found = {}
    forms = [one for one in elements(dom.tree(html)) if one.tag in ("input", "select", "a")]
    for element in forms:
        values = dict(element.attributes)
        if element.tag == "input" and values.get("type") in ("checkbox", "radio") and values.get("value"):
            found[values.get("name"), values["value"]] = True
        elif element.tag == "select":
            options = [dict(one.attributes).get("value") for one in elements(element) if one.tag == "option"]
            found |= dict.fromkeys((values.get("name"), value) for value in options if value)
        elif element.tag == "a":
            link = urlsplit(values.get("href") or "")
            query = parse_qs(link.query)
            if link.path in ("", path) and len(query) == 1:
                found |= dict.fromkeys((name, value) for name, (value, *_) in query.items())
    return [pair for pair in found if pair[0]]


def elements(element):
    for child in element.children:
        if not isinstance(child, str):
            yield child
            yield from elements(child)


def lists(get, language, prefixes):
    """The listings, with each choice once, some choices together, searches, and what cannot be used."""
    for listing in LISTINGS:
        path = f"/{language}/{listing}/"
        if not concerned(f"{listing}/", prefixes):
            continue
        offered = choices(get(f"/en/{listing}/"), f"/en/{listing}/")
        for name, value in offered:
            yield Address(f"{path}?{urlencode({name: value})}", f"choice of {listing}")
        names = list(dict.fromkeys(name for name, _value in offered if name != "page"))
        for one, other in pairwise(names):
            firsts = [next(pair for pair in offered if pair[0] == name) for name in (one, other)]
            query = urlencode(sorted(firsts))
            yield Address(f"{path}?{query}", f"choices of {listing}")
        for query in [*queries.QUERIES, *queries.QUERIES_OF[listing]]:
            yield Address(f"{path}?{escaped(query)}", f"query of {listing}")
        for text in queries.SEARCHES:
            yield Address(f"{path}?{urlencode({'q': text})}", f"search of {listing}")
        for query in ("", "?q=pump", "?q=&sector=", "?page=2"):
            yield Address(f"{path}{query}", f"htmx of {listing}", (("HX-Request", "true"),))
        for name in ("Product", "Company", "IdleUnit", "Contract"):
            if RECORDS[name][0] == listing:
                yield from searches_by_name(path, name, listing)


def escaped(query):
    return quote(query, safe="=&%+,.-")


def searches_by_name(path, model, listing):
    """Every tenth record by its own name, in both languages; a letter is missing in some."""
    from django.apps import apps  # noqa: PLC0415

    fields = ("title_en", "title_fa") if model == "Contract" else ("name_en", "name_fa")
    rows = apps.get_model("catalog", model)._base_manager.order_by("pk").values_list(*fields)
    for number, names in enumerate(rows[::10]):
        for name in filter(None, names):
            text = name if number % 3 else name[:3] + name[4:]
            yield Address(f"{path}?{urlencode({'q': text})}", f"name search of {listing}")


def away(language):
    """Downloads, feeds, suggestions and bulk files."""
    for listing in EXPORTED:
        for query in queries.DOWNLOADS:
            for suffix in FORMATS:
                yield Address(f"/{language}/{listing}/export.{suffix}{query}", f"export {listing}")
            yield Address(f"/{language}/{listing}/feed.atom{query}", f"feed {listing}")
        for suffix in FORMATS:
            yield Address(f"/{language}/{listing}/export.{suffix}", "missing", method="HEAD")
    for text in queries.SUGGEST:
        yield Address(f"/{language}/products/suggest/?{urlencode({'q': text})}", "suggest")
    yield Address(f"/{language}/products/suggest/", "suggest")
    for name in bulk_names():
        yield Address(f"/{language}/data/{name}", "bulk")
    yield Address(f"/{language}/data/products.csv", "missing", (("Range", "bytes=0-99"),))


def bulk_names():
    from django.conf import settings  # noqa: PLC0415

    folder = settings.BULK_ROOT / "current"
    return sorted(one.name for one in folder.iterdir() if one.is_file()) if folder.exists() else []


def sitemaps(get):
    """The files that the sitemap's index names; with what stands in them the list of pages is complete."""
    for location in dom_locations(get("/sitemap.xml")):
        path = path_of(location)
        yield Address(path, "root sitemap")
        for inner in dom_locations(get(path)):
            yield Address(path_of(inner), "record in sitemap")


def dom_locations(xml):
    return [part.partition("</loc>")[0].strip() for part in xml.split("<loc>")[1:]]


def path_of(location):
    link = urlsplit(location.replace("&amp;", "&"))
    return link.path + (f"?{link.query}" if link.query else "")


def api(get, prefixes):
    persian = (("Accept-Language", "fa"),)
    for noun in API:
        path = f"/api/v1/{noun}/"
        yield Address(path, "page")
        yield Address(path.rstrip("/"), "page")
        yield Address(path, "api", persian)
        yield Address(path, "api", (("Accept", "text/html"),))
        for method in ("OPTIONS", "POST", "HEAD"):
            yield Address(path, "api", method=method)
        if concerned(path.lstrip("/"), prefixes):
            yield from api_queries(get, noun, path, persian)


def api_queries(get, noun, path, persian):
    """What the list of a noun is asked, and its records."""
    for query in queries.API_QUERIES:
        for headers in ((), persian):
            yield Address(f"{path}?{escaped(query)}", f"api query {noun}", headers)
    if noun in LISTINGS:
        for name, value in choices(get(f"/en/{noun}/"), f"/en/{noun}/"):
            yield Address(f"{path}?{urlencode({name: value})}", f"api choice {noun}")
    model = next(model for model, (folder, _key) in RECORDS.items() if folder == noun)
    for slug in slugs(model):
        yield Address(f"{path}{slug}/", f"api record {noun}")
    for slug in slugs(model)[::15]:
        yield Address(f"{path}{slug}/?fields=slug", f"api fields {noun}")
        yield Address(f"{path}{slug}", f"api fields {noun}", persian)


def others():
    """Other methods, and conditions."""
    for method in ("HEAD", "POST", "PUT", "OPTIONS"):
        for path in (
            "/en/",
            "/fa/products/",
            "/en/data/",
            "/robots.txt",
            "/ocds/releases.json",
            "/en/nothing/",
        ):
            yield Address(path, "method", method=method)
    for path in (
        "/en/",
        "/en/products/",
        "/api/v1/products/",
        "/ocds/releases.json",
        "/en/desks/calendar.ics",
    ):
        yield Address(path, "method", (("If-None-Match", '"x"'),))


def admin():
    """The lists and forms that staff see, of every registered model, in both languages."""
    from django.contrib import admin as site  # noqa: PLC0415

    for language in LANGUAGES:
        headers = (("Accept-Language", language),)
        yield Address("/admin/", "admin", headers)
        yield Address("/admin/login/", "admin", headers)
        yield Address("/admin/", "admin", headers, staff=True)
        for model in registered(site):
            path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            first = model._base_manager.order_by("pk").values_list("pk", flat=True).first()
            forms = (
                [f"{first}/change/", f"{first}/history/"]
                if first and model._meta.app_label == "catalog"
                else []
            )
            for inner in ["", "add/", "?q=a", *forms]:
                yield Address(f"{path}{inner}", "admin", headers, staff=True)


def registered(site):
    return sorted(site.site._registry, key=lambda model: model._meta.label)
