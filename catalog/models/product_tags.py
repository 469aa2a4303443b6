"""The tags of a product: what the listing counts and filters of which a product may have several.

A tag is the name of a parameter of the listing and a value, "province=qom". A product keeps its own in one
text, ",could=yazd,province=qom,": each between two commas, so that Kerman is not found in Kermanshah.
"""

from django.db.models import Q

from .engagements import EngagementStage
from .makers import evidence_of, makers_among, promises_of

NAMES = ("province", "could", "commitment", "specification", "seeks")
UNKNOWN = "unknown"
LATE = (EngagementStage.TESTING, EngagementStage.PRODUCTION)


def with_any_tag(name, values):
    """Condition: the product has one of these values of a tag."""
    wanted = Q(pk__in=[])
    for value in values:
        wanted |= Q(tags__contains=f",{name}={value},")
    return wanted


def tags_of(product):
    """The text of a product's tags; it comes from ProductQuerySet.with_roots."""
    makers = makers_among(evidence_of(product))
    promises = [promise for promise in promises_of(product) if not promise.bought]
    values = {
        "province": {maker.company.province for maker in makers} | _of_units(product),
        "could": _could(product, makers, promises),
        "commitment": {promise.commitment for promise in promises},
        "specification": {product.specification or UNKNOWN},
        "seeks": {engagement.seeks for engagement in product.public_engagements},
    }
    tags = sorted(f"{name}={value}" for name, some in values.items() for value in some - {""})
    return f",{','.join(tags)}," if tags else ""


def _of_units(product):
    return {unit.province for unit in product.standing_units}


def _could(product, makers, promises):
    """Provinces in which it could be made: nobody is near to making it, and there stands an idle unit that
    names it, a maker at an earlier stage, or a buyer who promises to buy it."""
    if product.made_by_report or any(maker.stage in LATE for maker in makers):
        return set()
    companies = [maker.company for maker in makers]
    companies += [company for promise in promises for company in promise.buyers]
    return _of_units(product) | {company.province for company in companies}
