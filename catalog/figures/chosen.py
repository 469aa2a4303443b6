"""The products that an address names by their keys: for lists and comparisons that are handed on."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from catalog.models import FormerAddress, Product
from catalog.models.base import where_published
from catalog.models.prepared import Keys, OneOf, PreparedQuery

PRODUCT_PARAMETER = "p"
LONGEST_KEY = 120  # characters, as former addresses have
TYPED_KEY = re.compile("[-a-zA-Z0-9_]+")  # what a slug consists of: nothing else is looked up
MOST_KEYS = 60  # of an address or a list that are looked up; what is beyond is nobody's list


@dataclass(frozen=True)
class ChosenProducts:
    """Public `products` in the order of their keys, each with its sector, and those beyond what a page takes,
    `left_out`; `withdrawn` and `unknown` are the keys of no public product."""

    products: tuple = ()
    left_out: tuple = ()
    withdrawn: tuple = ()
    unknown: tuple = ()

    @property
    def keys(self):
        """The present keys of the products."""
        return [product.slug for product in self.products]

    @property
    def query(self):
        """What names them in an address: "p=slurry-pump&p=turbocharger"."""
        return query_of(self.keys)


def query_of(keys):
    """What names these products in an address."""
    return urlencode([(PRODUCT_PARAMETER, key) for key in keys])


def keys_in(query):
    """The keys that a query names (p=…&p=…), each once."""
    keys = dict.fromkeys(value.strip()[:LONGEST_KEY] for value in query.getlist(PRODUCT_PARAMETER))
    return [key for key in keys if key][:MOST_KEYS]


def chosen_products(keys, most):
    """The ChosenProducts of these keys, of which the first `most` products are shown. A key of a product
    that was merged stands for the one it became. One query, and three more where a key is no product's."""
    possible = [key for key in keys if TYPED_KEY.fullmatch(key)]
    found = {product.slug: product for product in PUBLIC_PRODUCTS(keys=possible)}
    missing = [key for key in possible if key not in found]
    withdrawn = set()
    if missing:
        found |= _merged(missing)
        withdrawn.update(Product.objects.withdrawn().filter(slug__in=missing).values_list("slug", flat=True))
    products = tuple({found[key].pk: found[key] for key in keys if key in found}.values())
    gone = [key for key in keys if key not in found]
    return ChosenProducts(
        products[:most],
        products[most:],
        tuple(key for key in gone if key in withdrawn),
        tuple(key for key in gone if key not in withdrawn),
    )


def _merged(keys):
    """{former key: the public product that it leads to}."""
    leads = FormerAddress.lead_to(Product, keys)
    products = Product.objects.published().select_related("sector").in_bulk(set(leads.values()))
    return {key: products[pk] for key, pk in leads.items() if pk in products}


def _public(keys):
    products = Product.objects.filter(where_published(), where_published("sector"))
    return products.filter(OneOf("slug", keys)).select_related("sector")


PUBLIC_PRODUCTS = PreparedQuery(_public, keys=Keys())
