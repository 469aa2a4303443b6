"""Naming keepers: contacts that speak for a company or a unit, with what proves it."""

from urllib.parse import urlsplit

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from catalog.models import Demand, Engagement

from . import letters
from .models import Enquiry, Keeper
from .models.keepers import KeeperProof
from .private_pages import private_address

__all__ = ["KeeperProof", "company_of", "is_of_domain", "name_keeper"]


def name_keeper(enquiry, user, company=None, unit=None, **proof):
    """The sender of an enquiry speaks for a company or a unit from now on, and is told so. `proof`: the
    fields `proof` and `proof_details`. Returns the Keeper."""
    keeper = Keeper.objects.create(
        enquiry=enquiry,
        company=company,
        unit=unit,
        name=enquiry.name,
        email=enquiry.email,
        language=enquiry.language,
        checked_by=user,
        **proof,
    )
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Enquiry),
        object_id=str(enquiry.pk),
        object_repr=enquiry.reference,
        action_flag=CHANGE,
        change_message="keeper",
    )
    letters.write_letter(
        keeper.email,
        "keeper_named",
        keeper.language,
        enquiry=enquiry,
        of=keeper.of,
        address=private_address(enquiry),
        fields={"is_secret": True},
    )
    return keeper


def company_of(enquiry):
    """The key of the company that an enquiry is about, or that its claim names; None without one."""
    if enquiry.company_id:
        return enquiry.company_id
    for one in enquiry.became.all():
        record = one.record
        if isinstance(record, Engagement):
            return record.company_id
        if isinstance(record, Demand):
            return record.buyer_id
        if one.revision and "buyer" in one.revision.proposed:
            return int(one.revision.proposed["buyer"][0])
    return None


def is_of_domain(email, company):
    """Whether an address is of the domain of a company's website on record, or its public address."""
    email = email.strip().lower()
    if company.public_email and email == company.public_email.lower():
        return True
    host = (urlsplit(company.website).hostname or "").removeprefix("www.")
    domain = email.rpartition("@")[2]
    return bool(host) and (domain == host or domain.endswith(f".{host}"))
