"""One contract as a release. See the package's text for what becomes what."""

import hashlib
import json
from urllib.parse import urljoin

from catalog.models import Contract

from . import blocks, codes, texts


def release(contract, publication):
    """The release of a contract (one of catalog.open_data.ocds.views.contracts) in a Publication,
    as a dict."""
    content = {
        "ocid": f"{publication.prefix}-{contract.reference}",
        "tag": tags(contract),
        "initiationType": "tender",  # the standard has no other
        "language": "en",
        **parties_and_buyer(contract),
    }
    suppliers = blocks.references(blocks.parties(contract), "supplier")
    content["awards"] = [award(contract, suppliers)]
    content["contracts"] = [contract_section(contract)]
    # Of the content, not of the host: this site's paths become addresses of the host that was asked below.
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
    for document in content["contracts"][0]["documents"]:
        if "url" in document:
            document["url"] = urljoin(publication.site, document["url"])
    return {
        "id": f"{content['ocid']}-{digest}",
        "date": blocks.iso_moment(latest_change(contract)),
        **content,
    }


def tags(contract):
    """The sections there are: a release that stands alone cannot be an update of another."""
    return ["award", "contract", *(["implementation"] if contract.milestones.all() else [])]


def latest_change(contract):
    """The latest change of the public records a release is made of."""
    records = [
        contract,
        *contract.public_documents,
        *(party.company for party in contract.public_parties if party.company),
        *(line.product for line in contract.lines.all() if blocks.is_named(line.product)),
    ]
    return max(record.updated_at for record in records)


def parties_and_buyer(contract):
    """{parties, buyer} without what there is not; `buyer` has room for one."""
    organizations = blocks.parties(contract)
    parties = {"parties": list(organizations.values())} if organizations else {}
    buyers = blocks.references(organizations, "buyer")
    return parties | ({"buyer": buyers[0]} if len(buyers) == 1 else {})


def award_id(contract):
    return f"{contract.reference}-award"


def award(contract, suppliers):
    """The least an award can be, for no decision is on record."""
    return {
        "id": award_id(contract),
        **texts.in_both_languages("title", contract, "title"),
        **texts.in_both("description", texts.of_award),
        **({"suppliers": suppliers} if suppliers else {}),
    }


def contract_section(contract):
    dated = contract.signed_on and contract.signed_precision == Contract.Precision.DAY
    fields = {
        "id": contract.reference,
        "awardID": award_id(contract),
        **texts.in_both_languages("title", contract, "title"),
        **texts.in_both("description", lambda: texts.of_contract(contract)),
        "status": codes.OCDS_STATUSES.get(contract.status),
        "period": {"endDate": blocks.end_of(contract.due)} if contract.due else None,
        "value": total_value(contract),
        "dateSigned": blocks.end_of(contract.signed_on) if dated else None,
        "items": [blocks.item(line) for line in contract.lines.all()],
        "implementation": implementation(contract),
        "amendments": [blocks.amendment(change) for change in contract.amendments.all()],
        "documents": [
            blocks.source_document(contract),
            *blocks.pages(contract),
            *(blocks.document_block(record) for record in contract.public_documents),
        ],
    }
    return {name: value for name, value in fields.items() if value}


def total_value(contract):
    """The one total that counts, in whole units; None while amount or currency is unknown."""
    if contract.amount is None or not contract.currency:
        return None
    return {"amount": contract.amount, "currency": contract.currency}


def implementation(contract):
    milestones = [blocks.milestone(step) for step in contract.milestones.all()]
    return {"milestones": milestones} if milestones else None
