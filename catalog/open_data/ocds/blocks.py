"""The building blocks of a release: parties, items, milestones, amendments, documents."""

import datetime

from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import override

from catalog.models import Product
from catalog.models.base import if_public

from . import codes, texts

END_OF_DAY = datetime.time(23, 59, 59)
MINUTE = datetime.timedelta(minutes=1)
HS_DIGITS = 6  # the system itself; what follows is a country's own


def end_of(day):
    """The last second of a day in Tehran as ISO text: "2019-07-20T23:59:59+04:30"."""
    end = datetime.datetime.combine(day, END_OF_DAY, timezone.get_default_timezone())
    # Until 1946 Tehran was 3:25:44 ahead, and a zone has no seconds in the form that the standard asks for.
    offset = datetime.timezone(end.utcoffset() // MINUTE * MINUTE)
    return end.replace(tzinfo=offset).isoformat()


def iso_moment(when):
    """An instant as ISO text in UTC, to the second, so that texts sort as instants do."""
    return when.astimezone(datetime.UTC).isoformat(timespec="seconds")


# --- parties


def parties(contract):
    """{id: organization} of the public parties; one that has several roles stands there once."""
    found = {}
    for party in contract.public_parties:
        organization = found.setdefault(party_id(party), _organization(party))
        if code := codes.PARTY_ROLES.get(party.role):
            organization["roles"] = sorted({*organization.get("roles", []), code})
    return found


def party_id(party):
    return f"company-{party.company.slug}" if party.company else f"party-{party.pk}"


def _organization(party):
    record = party.company or party
    names = texts.in_both_languages("name", record, "name")
    organization = {"id": party_id(party), **names, "name": names.get("name") or names["name_fa"]}
    if party.company and (address := _address(party.company)):
        organization["address"] = address
    return organization


def _address(company):
    """Town and province, of which the standard has no Persian form."""
    with override("en"):
        known = {"locality": company.town_en, "region": company.get_province_display()}
    return {field: text for field, text in known.items() if text}


def references(organizations, role):
    """{id, name} of the organizations in that role."""
    return [
        {"id": organization["id"], "name": organization["name"]}
        for organization in organizations.values()
        if role in organization.get("roles", [])
    ]


# --- items, milestones, amendments


def is_named(record):
    """Whether a release may name this record (or None): it is public and no sample."""
    return if_public(record) is not None and not record.is_sample


def item(line):
    """A line; of a product that is not public only what the line itself says."""
    product = line.product if is_named(line.product) else None
    described = texts.in_both_languages("description", line, "description")
    if product:
        own, described = described, texts.in_both_languages("description", product, "name")
        described = {
            name: " – ".join(filter(None, [text, own.get(name)])) for name, text in described.items()
        }
    found = {"id": str(line.pk), **described}
    if product:
        found["classification"] = {"scheme": "HS", "id": product.hs_code[:HS_DIGITS]}
    if line.quantity is not None:
        found["quantity"] = line.quantity
    unit = line.unit or (product.unit if product else "")
    if unit := (_unit(unit) if unit else {}) | _value_of_one(line):
        found["unit"] = unit
    return found


def _value_of_one(line):
    """What one unit of a line amounts to, in hundredths; the whole line where it has no quantity."""
    currency = line.contract.currency
    if line.amount is None or not currency:
        return {}
    each = round(line.amount / line.quantity, 2) if line.quantity else line.amount
    return {"value": {"amount": int(each) if each == int(each) else each, "currency": currency}}


def _unit(unit):
    if unit not in codes.OCDS_UNITS:
        return {"name": unit}
    label = Product.Unit(unit).label
    return {"scheme": "UNCEFACT", "id": codes.OCDS_UNITS[unit], **texts.in_both("name", lambda: label)}


def milestone(step):
    found = {
        "id": str(step.pk),
        **texts.in_both("title", step.get_kind_display),
        "code": step.kind,
        "status": "met" if step.done else "scheduled",
    }
    if kind := codes.MILESTONE_TYPES.get(step.kind):
        found["type"] = kind
    if step.due:
        found["dueDate"] = end_of(step.due)
    if step.done:
        found["dateMet"] = end_of(step.done)
    return found


def amendment(change):
    return {
        "id": str(change.pk),
        "date": end_of(change.on),
        "description": change.what_en,
        **texts.in_both_languages("rationale", change, "why"),
    }


# --- documents


def source_document(contract):
    """Where the facts come from: a publication with its address, or the publisher's own record."""
    source = contract.source
    if source is None:
        return {
            "id": "source",
            **texts.in_both("title", texts.of_own_record),
            **texts.in_both("description", texts.of_own_entry),
        }
    found = {
        "id": "source",
        "documentType": codes.PRESS_REPORT,
        **texts.in_both_languages("title", source, "publisher"),
        **texts.in_both("description", lambda: texts.of_report(source)),
    }
    if source.address:
        found["url"] = iri_to_uri(source.address)
    if source.published_on:
        found["datePublished"] = end_of(source.published_on)
    return found


def document_block(record):
    """A public file; its address is a path of this site."""
    found = {
        "id": f"document-{record.pk}",
        **texts.in_both_languages("title", record, "title"),
        "url": record.get_absolute_url(),
        "format": record.content_type.partition(";")[0],
        "dateModified": iso_moment(record.updated_at),
    }
    if kind := codes.DOCUMENT_TYPES.get(record.kind):
        found["documentType"] = kind
    if record.published_at:
        found["datePublished"] = iso_moment(record.published_at)
    if record.language:
        found["language"] = record.language
    return found


def pages(contract):
    """The contract's page in each language."""
    for language in texts.TEXT_LANGUAGES:
        with override(language):
            url = contract.get_absolute_url()
        yield {
            "id": f"page-{language}",
            "documentType": codes.PAGE,
            **texts.in_both("title", texts.of_page),
            "url": url,
            "format": "text/html",
            "language": language,
        }
