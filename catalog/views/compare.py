"""Up to four products side by side; the address says which."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import search
from catalog.figures.chosen import PRODUCT_PARAMETER, chosen_products, keys_in, query_of
from catalog.figures.comparison import comparison
from catalog.models import Product

MOST_COMPARED = 4
OFFERED = 6
"""Products that a search for one more offers."""


@require_safe
def compare(request):
    """The comparison of the products that the address names, each with the way without it, and a search for
    one more."""
    found = chosen_products(keys_in(request.GET), MOST_COMPARED)
    products, rows = comparison(found.products)
    text = request.GET.get("q", "").strip()[:200]
    context = {
        "found": found,
        "products": [(one, keys_without(found.keys, one.product.slug)) for one in products],
        "rows": rows,
        "most": MOST_COMPARED,
        "day": timezone.localdate(),
        "text": text,
        "offered": products_offered(text, found) if text else [],
        "crumbs": [{"label": _("Compare products")}],
        "noindex": PRODUCT_PARAMETER in request.GET,
    }
    return render(request, "compare/page.html", context)


def keys_without(keys, key):
    """What names these products but one in an address."""
    return query_of(one for one in keys if one != key)


def products_offered(text, found):
    """(product, query with it) of the first products that a search finds and that are not compared yet."""
    result = search.find(text)
    ids = result.matches.keys[: OFFERED + MOST_COMPARED] if result else []
    places = {pk: place for place, pk in enumerate(ids)}
    products = Product.objects.published().select_related("sector").filter(pk__in=ids)
    new = [product for product in products if product.slug not in found.keys]
    new.sort(key=lambda product: places[product.pk])
    return [(product, query_of([*found.keys, product.slug])) for product in new[:OFFERED]]
