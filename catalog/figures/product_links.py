"""What one product's page leads to: contracts, desks and offices to ask, products near it."""

from django.db.models import Exists, F, OuterRef, Q

from catalog.models import (
    Contract,
    ContractLine,
    Desk,
    DeskProduct,
    DeskStatus,
    Engagement,
    Office,
    Origin,
    Product,
)

HEADING = 4
"""Digits of an HS heading."""

ORDER = [DeskStatus.OPEN, DeskStatus.COMING, DeskStatus.ANNOUNCED, DeskStatus.HELD]


def desks_to_ask(product, number=4):
    """Public desks that list the product or serve its sector, as a list: open, coming, announced, then held,
    those that list it (`lists_it`) first. One query.
    """
    lists_it = DeskProduct.objects.filter(desk=OuterRef("pk"), product=product)
    desks = (
        Desk.objects.published()
        .annotate(lists_it=Exists(lists_it))
        .filter(Q(lists_it=True) | Q(sectors=product.sector))
    )
    found = [desk for desk in desks.select_related("source", "office").distinct() if desk.status in ORDER]
    return sorted(found, key=lambda desk: (ORDER.index(desk.status), not desk.lists_it, -(desk.year or 0)))[
        :number
    ]


def offices_to_ask(product, desks):
    """Offices of the product's sector and of these desks, each once. One query."""
    of_desks = [desk.office_id for desk in desks if desk.office_id]
    return list(Office.objects.filter(Q(sectors=product.sector) | Q(pk__in=of_desks)).distinct())


def lines_naming(product):
    """Lines of public contracts that name the product, newest contract first. One query."""
    lines = ContractLine.objects.filter(
        product=product, contract__in=Contract.objects.published().values("pk")
    )
    return list(
        lines.select_related("contract__source").order_by(
            F("contract__signed_on").desc(nulls_last=True), "pk"
        )
    )


def related_products(product, number=6):
    """Other public products of the same HS heading, then of the same sector, most imported first; each with
    `rests_on_sample`: its import value or its stage is a sample's. Two queries, each of few rows whatever
    the sector holds."""
    heading = Q(hs_code__startswith=product.hs_code[:HEADING])
    near = Product.objects.published().exclude(pk=product.pk).select_related("sector")
    near = near.annotate(rests_on_sample=rests_on_sample()).most_imported_first()
    found = []
    for among, same_heading in ((heading, True), (~heading & Q(sector=product.sector), False)):
        some = list(near.filter(among)[: number - len(found)])
        for other in some:
            other.same_heading = same_heading
        found += some
    return found


def rests_on_sample():
    """An expression: a product's import value or its stage is a sample's."""
    makers = Engagement.objects.published().filter(product=OuterRef("pk"), origin=Origin.SAMPLE)
    return Q(import_is_sample=True) | Exists(makers)
