"""A list of products to print: a title page with contents, then each product as its page has it."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.figures.product_case import product_case
from catalog.views.product_detail import drawings
from contact.views.shortlist import private_unless_shared, products_listed

MOST_IN_DOSSIER = 20
"""Products in one dossier: each takes as long as a page of its own. The others make the next one."""


@require_safe
@private_unless_shared
def dossier(request):
    """The dossier of the products of the address, else of the visitor's own list."""
    found, own = products_listed(request)
    here, later = found.products[:MOST_IN_DOSSIER], found.products[MOST_IN_DOSSIER:]
    context = {
        "found": found,
        "shared": not own,
        "sheets": [sheet(product) for product in here],
        "later": [product.slug for product in later],
        "day": timezone.localdate(),
        "crumbs": [],
        "noindex": True,
    }
    return render(request, "shortlist/dossier.html", context)


dossier.heavy = True


def sheet(product):
    """(product, its ProductCase, what the page draws of it)."""
    case = product_case(product)
    return product, case, drawings(case)
