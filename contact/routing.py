"""Which office an enquiry goes to: never a sample one, and none on a site that is a demonstration."""

from django.conf import settings
from django.db.models import Count

from catalog.figures.whom_to_ask import ask_about
from catalog.models import Office
from catalog.models.base import Origin, if_public
from catalog.staff.roles import administrators


def office_for(subjects):
    """The office of the desk that the Subjects name, of an open or coming desk for their only product, of all
    their sectors, else the front door's. None: the administrators answer."""
    real = subjects.real
    return _office_of_desk(_named_desk(real)) or _desk_ahead(real) or _office_of_sectors(real) or front_door()


def front_door():
    """The office that settings name for whatever has no other; None on a demonstration."""
    return (
        _real_offices().filter(key=settings.FRONT_DOOR_OFFICE).first() if settings.FRONT_DOOR_OFFICE else None
    )


def front_door_fault():
    """Where the key of the settings leads to no office, a sentence for the operator, else ""."""
    if not settings.FRONT_DOOR_OFFICE or front_door():
        return ""
    return (
        f"FRONT_DOOR_OFFICE is {settings.FRONT_DOOR_OFFICE!r}, which is the key of no published office"
        " (samples do not count). Until one has it, what no other office answers reaches the administrators"
        " alone, and pages say that this is a demonstration."
    )


def office_addresses(office):
    """The e-mail addresses that hear of an enquiry for this office; without one, the administrators'."""
    if office and office.email:
        return [office.email]
    named = administrators().exclude(email="").order_by("pk")
    return list(named.values_list("email", flat=True))


def _real_offices():
    return Office.objects.published().exclude(origin=Origin.SAMPLE)


def _named_desk(subjects):
    contract = subjects.ones.get("contract")
    return subjects.ones.get("desk") or (if_public(contract.desk) if contract and contract.desk_id else None)


def _office_of_desk(desk):
    if desk is None or desk.is_sample or not desk.office_id:
        return None
    return _real_offices().filter(pk=desk.office_id).first()


def _desk_ahead(subjects):
    if len(subjects.products) != 1:
        return None
    offices = (_office_of_desk(desk) for desk in ask_about(subjects.products[0]).desks)
    return next((office for office in offices if office), None)


def _office_of_sectors(subjects):
    """The office that answers for every sector of the products and the plant."""
    sectors = {product.sector_id for product in subjects.products}
    if unit := subjects.ones.get("unit"):
        sectors.add(unit.sector_id)
    if not sectors:
        return None
    offices = _real_offices().filter(sectors__in=sectors).annotate(covered=Count("sectors", distinct=True))
    return offices.filter(covered=len(sectors)).order_by("pk").first()
