"""Products near one another, and what of them rests on samples."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from catalog.models import Product
from catalog.models.base import where_published
from catalog.models.prepared import KEY, Keys, OneOf, PreparedQuery

HEADING, NUMBER = 4, 6
"""Digits of an HS heading, and how many products are shown."""


@dataclass(frozen=True)
class RelatedProducts:
    """Public `products` near one, each with `same_heading`; `sample`: an import value or a stage of them is a
    sample's."""

    products: list
    sample: bool


def related_products(product):
    """The RelatedProducts of the same HS heading, then of the same sector, most imported first; at most two
    queries of few rows, whatever the sector holds."""
    heading = product.hs_code[:HEADING]
    related = OF_HEADING(product=product.pk, first=heading, last=f"{heading}9999")
    for other in related:
        other.same_heading = True
    if len(related) < NUMBER:
        near = [product.pk, *(other.pk for other in related)]
        for other in OF_SECTOR(sector=product.sector_id, near=near)[: NUMBER - len(related)]:
            other.same_heading = False
            related.append(other)
    return RelatedProducts(related, any(other.import_is_sample or other.stage_is_sample for other in related))


def _of_heading(product, first, last):
    """Those with an HS code from `first` to `last`."""
    products = Product.objects.filter(where_published(), where_published("sector"))
    return _most_imported(products.filter(hs_code__gte=first, hs_code__lte=last).exclude(pk=product))


def _of_sector(sector, near):
    """Those of a sector except `near`."""
    return _most_imported(Product.objects.filter(where_published(), sector=sector).exclude(OneOf("pk", near)))


def _most_imported(products):
    """The first of these products. Chosen by key first, for which an index has all that is needed."""
    keys = products.most_imported_first().values("pk")[:NUMBER]
    return Product.objects.filter(pk__in=keys).select_related("sector").most_imported_first()


OF_HEADING = PreparedQuery(_of_heading, product=KEY, first=models.CharField(), last=models.CharField())
OF_SECTOR = PreparedQuery(_of_sector, sector=KEY, near=Keys())


def rests_on_sample():
    """A condition: a product's import value or its stage is a sample's."""
    return Q(import_is_sample=True) | Q(stage_is_sample=True)
