"""Whom to ask about a product or in a sector: never a desk that is over.

An open or coming desk that lists the product, else one of its sector, else the offices. What was held or only
announced is history, and stands apart.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from catalog.models import Desk, DeskProduct, DeskStatus, Office
from catalog.models.base import where_published
from catalog.models.desks import status_on
from catalog.models.prepared import KEY, Keys, OneOf, PreparedQuery

AHEAD = (DeskStatus.OPEN, DeskStatus.COMING)
MOST_DESKS = 4
"""Desks to ask, and desks of the past, that are named at most."""


@dataclass(frozen=True)
class WhomToAsk:
    """`desks` are open or coming, the real before samples and the soonest first; `offices` answer for the
    sector or lead one of its desks; `earlier` desks are history, the latest first. Each has `lists_it`: it
    lists the product."""

    desks: list
    offices: list
    earlier: list


def ask_about(product, today=None):
    """The WhomToAsk of a product; two queries."""
    desks = DESKS_OF_PRODUCT(product=product.pk, sector=product.sector_id)
    return _whom(desks, product.sector_id, today or timezone.localdate())


def ask_in(sector, today=None):
    """The WhomToAsk of a sector; two queries."""
    desks = DESKS_OF_SECTOR(sector=sector.pk)
    return _whom(desks, sector.pk, today or timezone.localdate())


def _whom(desks, sector, today):
    ahead = sorted((desk for desk in desks if status_on(desk, today) in AHEAD), key=_soonest)
    listing = [desk for desk in ahead if desk.lists_it]
    earlier = [desk for desk in desks if status_on(desk, today) in (DeskStatus.HELD, DeskStatus.ANNOUNCED)]
    earlier.sort(key=lambda desk: (not desk.lists_it, -(desk.year or 0), desk.pk))
    leads = [desk.office_id for desk in desks if desk.office_id]
    return WhomToAsk(
        (listing or ahead)[:MOST_DESKS], OFFICES_TO_ASK(sector=sector, leads=leads), earlier[:MOST_DESKS]
    )


def _soonest(desk):
    return desk.is_sample, desk.opens or desk.held_on, desk.pk


def _desks(product, sector):
    listing = DeskProduct.objects.filter(product=product).values("desk")
    desks = Desk.objects.filter(where_published()).annotate(lists_it=Q(pk__in=listing))
    return desks.filter(Q(lists_it=True) | Q(sectors=sector)).distinct()


def _desks_of_sector(sector):
    """All of them stand for the sector as those that list a product stand for it."""
    desks = Desk.objects.published().filter(sectors=sector).select_related("source")
    return desks.annotate(lists_it=Q(pk__isnull=False))


def _offices(sector, leads):
    """Offices of a sector and those that lead desks, each once, and how fast they answer."""
    offices = Office.objects.filter(Q(sectors=sector) | Q(OneOf("pk", leads)))
    return offices.select_related("figure").distinct()


DESKS_OF_PRODUCT = PreparedQuery(_desks, product=KEY, sector=KEY)
DESKS_OF_SECTOR = PreparedQuery(_desks_of_sector, sector=KEY)
OFFICES_TO_ASK = PreparedQuery(_offices, sector=KEY, leads=Keys())
