"""What the page of a search shows beside the products it finds: companies, pages, headings, what is near."""

from django.db.models import Count, Q
from django.utils.translation import get_language

from catalog import search
from catalog.figures.companies_found import found_companies
from catalog.listings.base import DISPLAY_ONLY, replaced
from catalog.listings.facets import without
from catalog.listings.products import COLUMNS
from catalog.listings.site_words import page_named
from catalog.models import Product, Sector
from catalog.models.products import dotted

MOST_ALIKE = 6
MOST_SECTORS = 4
LEVELS = (4, 2)  # digits of a heading and of a chapter


def beside(filterset):
    """What is shown above the products: `companies` that the text names, `more_companies` where there are
    more of them, and the `page` of the site that answers it as (name of its address, label)."""
    text = filterset.text if filterset.text_is_usable else ""
    called = search.companies_called(text) if text else []
    nearly = not called and bool(text) and not filterset.search_result.matches.tiers
    if nearly:
        called = search.companies_nearly_called(text)
    most = search.MAX_COMPANIES
    return {
        "companies": found_companies(called[:most]),
        "nearly_called": nearly,
        "more_companies": len(called) > most and not nearly,
        "page_named": page_named(text) if text else None,
    }


def instead(filterset, numbers, count):
    """What is offered where `count` is 0: `nearest` queries with one parameter less, products `alike`, the
    `headings` above an HS code, and the `sectors` of products that hold a word of the text. `numbers`: the
    ProductNumbers of the query."""
    if count:
        return {"nearest": [], "alike": [], "headings": [], "sectors": []}
    alike, sectors = near(filterset)
    return {
        "nearest": nearest(filterset, numbers),
        "alike": alike,
        "headings": headings(filterset),
        "sectors": sectors,
    }


def near(filterset):
    """Where no product answers to the words: the products that hold most of them, and the sectors in which
    one may look; two lists."""
    if not filterset.search_result or filterset.search_result.matches.tiers or page_named(filterset.text):
        return [], []
    found = search.nearest(filterset.text)
    name = "sort_fa" if get_language() == "fa" else "sort_en"
    products = Product.objects.published().filter(pk__in=found.products.ids).select_related("sector")
    alike = list(products.best_first(found.products, name)[:MOST_ALIKE])
    return alike, sectors_of(found.field or [product.pk for product in alike])


def sectors_of(products):
    """The sectors of the products with these keys, those with most of them first."""
    of_products = Q(products__in=products, products__state="published")
    sectors = Sector.objects.published().annotate(found=Count("products", filter=of_products))
    found = sectors.filter(found__gt=0).order_by("-found", "order", "pk")
    return list(found[:MOST_SECTORS]) if products else []


def headings(filterset):
    """The heading and the chapter above the HS code that is asked for, where they have products, as pairs of
    (dotted digits, address, number of products)."""
    code = filterset.cleaned.get("hs") or search.code_digits(filterset.text)
    found = []
    for digits in (code[:level] for level in LEVELS if len(code) > level):
        products = filterset.result(leave_out={"q", "hs"}).filter(hs_code__startswith=digits)
        if count := products.order_by().count():
            found.append((dotted(digits), replaced(filterset.chosen, q=None, hs=digits), count))
    return found


def nearest(filterset, numbers):
    """The same query with one parameter less where that finds something, as pairs of (Chip, number of
    products), most first."""
    found = []
    chosen = [name for name in filterset.chosen if name not in DISPLAY_ONLY]
    for name in chosen if chosen not in (["q"], ["hs"]) else []:  # without it, it is every product
        counted = name in COLUMNS
        count = numbers.without(name) if counted else filterset.result({name}).order_by().count()
        if count:
            found.append((without(filterset, name), count))
    return sorted(found, key=lambda pair: -pair[1])[:5]
