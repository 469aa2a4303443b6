"""Products near one another, and what of them rests on samples."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from catalog.models import Engagement, Origin, Product
from catalog.models.base import where_published

HEADING = 4
"""Digits of an HS heading."""


@dataclass(frozen=True)
class RelatedProducts:
    """Public `products` near one, each with `same_heading`; `sample`: an import value or a stage of them is a
    sample's."""

    products: list
    sample: bool


def related_products(product, number=6):
    """The RelatedProducts of the same HS heading, then of the same sector, most imported first; three queries
    of few rows, whatever the sector holds."""
    near = Product.objects.filter(where_published()).exclude(pk=product.pk).most_imported_first()
    found = list(
        near.filter(_same_heading(product), where_published("sector")).select_related("sector")[:number]
    )
    for other in found:
        other.same_heading = True
    if len(found) < number:
        of_sector = near.filter(sector=product.sector_id).exclude(pk__in=[other.pk for other in found])
        for other in of_sector[: number - len(found)]:
            other.same_heading, other.sector = False, product.sector
            found.append(other)
    return RelatedProducts(found, any(other.import_is_sample for other in found) or _made_by_samples(found))


def _same_heading(product):
    """Condition: the HS code begins as the product's does; by a range, which an index answers."""
    heading = product.hs_code[:HEADING]
    return Q(hs_code__gte=heading, hs_code__lt=f"{int(heading) + 1:0{HEADING}}")


def _made_by_samples(products):
    """Whether a public engagement with one of these products is a sample."""
    engagements = Engagement.objects.with_public_company()
    return engagements.filter(product__in=products, origin=Origin.SAMPLE).exists()


def rests_on_sample():
    """An expression: a product's import value or its stage is a sample's."""
    makers = Engagement.objects.published().filter(product=OuterRef("pk"), origin=Origin.SAMPLE)
    return Q(import_is_sample=True) | Exists(makers)
