"""Documents written straight into the index, under the ids of products that say nothing themselves."""

import pytest

from catalog import search
from catalog.models import Product
from tests.factories import make_product, make_sector


@pytest.fixture
def shelf(at_once):
    """Eight ids for documents, ascending."""
    with at_once():
        sector = make_sector()
        return sorted(make_product(sector=sector).pk for _ in range(8))


@pytest.fixture
def index(shelf):
    """Call with the fields of up to eight documents, as dicts: the index then holds these alone."""

    def fill(*fields):
        documents = [search.SearchDocument(id=id_, **each) for id_, each in zip(shelf, fields, strict=False)]
        search.clear()
        search.put(documents)
        return documents

    return fill


@pytest.fixture
def ask(shelf):
    """Call with a text: the places on the shelf of what it finds, best first; None without a word."""

    def found(text):
        answers = search.match(text)
        if answers is None:
            return None
        products = Product.objects.filter(pk__in=answers.ids).annotate(tier=answers.tier)
        return [shelf.index(product.pk) for product in products.order_by("tier", "pk")]

    return found


@pytest.fixture
def tiers(shelf):
    """Call with a text: a dict from place on the shelf to tier."""

    def found(text):
        answers = search.match(text)
        products = Product.objects.filter(pk__in=answers.ids).annotate(tier=answers.tier)
        return {shelf.index(product.pk): product.tier for product in products}

    return found
