"""Products near one another, and what of them rests on samples."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q

from catalog.models import Engagement, Origin, Product
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
    """The RelatedProducts of the same HS heading, then of the same sector, most imported first; at most three
    queries of few rows, whatever the sector holds."""
    digits = product.hs_code[:HEADING]
    heading = {"first": digits, "last": f"{digits}9999"}
    related = OF_HEADING(product=product.pk, **heading)
    for other in related:
        other.same_heading = True
    if len(related) < NUMBER:
        for other in OF_SECTOR(sector=product.sector_id, product=product.pk, **heading)[
            : NUMBER - len(related)
        ]:
            other.same_heading = False
            related.append(other)
    sample = any(other.import_is_sample for other in related) or bool(
        SAMPLES(products=[one.pk for one in related])
    )
    return RelatedProducts(related, sample)


def _near(product):
    products = Product.objects.filter(where_published()).exclude(pk=product).select_related("sector")
    return products.most_imported_first()


def _of_heading(product, first, last):
    """Those with an HS code from `first` to `last`: a range, which an index answers."""
    return _near(product).filter(where_published("sector"), hs_code__gte=first, hs_code__lte=last)[:NUMBER]


def _of_sector(sector, product, first, last):
    """Those of a sector with another heading."""
    return _near(product).filter(sector=sector).exclude(hs_code__gte=first, hs_code__lte=last)[:NUMBER]


def _samples(products):
    """The first public engagement with one of these products that is a sample."""
    return Engagement.objects.with_public_company().filter(OneOf("product", products), origin=Origin.SAMPLE)[
        :1
    ]


RANGE = {"first": models.CharField(), "last": models.CharField()}
OF_HEADING = PreparedQuery(_of_heading, product=KEY, **RANGE)
OF_SECTOR = PreparedQuery(_of_sector, sector=KEY, product=KEY, **RANGE)
SAMPLES = PreparedQuery(_samples, products=Keys())


def rests_on_sample():
    """An expression: a product's import value or its stage is a sample's."""
    makers = Engagement.objects.published().filter(product=OuterRef("pk"), origin=Origin.SAMPLE)
    return Q(import_is_sample=True) | Exists(makers)
