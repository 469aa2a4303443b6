"""The tags of a product: what the listing counts and filters of which a product may have several.

A tag is the name of a parameter of the listing and a value, "province=qom". A product keeps its own in one
text, ",could=yazd,province=qom,": each between two commas, so that Kerman is not found in Kermanshah.
"""

import re
from datetime import date

from django.db.models import Q

from .base import Origin
from .calls import CallState, state_between
from .engagements import EngagementStage
from .makers import evidence_of, makers_among, promises_of

TAG_NAMES = ("province", "could", "commitment", "specification", "seeks", "call", "calculated")
NOT_KNOWN = "unknown"
"""The value of a parameter for records of which it is not recorded."""
LATE = (EngagementStage.TESTING, EngagementStage.PRODUCTION)


def with_any_tag(name, values):
    """Condition: the product has one of these values of a tag."""
    wanted = Q(pk__in=[])
    for value in values:
        wanted |= Q(tags__contains=f",{name}={value},")
    return wanted


def product_tags_text(product, latest):
    """The text of a product's tags; it comes from ProductQuerySet.with_roots. `latest` is the import record
    that stands for it, or None."""
    makers = makers_among(evidence_of(product))
    promises = [promise for promise in promises_of(product) if not promise.bought]
    values = {
        "province": {maker.company.province for maker in makers} | _of_units(product),
        "could": _could(product, makers, promises),
        "commitment": {promise.commitment for promise in promises},
        "specification": {product.specification or NOT_KNOWN},
        "seeks": {engagement.seeks for engagement in product.public_engagements},
        "call": {call_tag(product.all_calls)},
        "calculated": {calculated_tag(latest.year, latest.is_sample)} if _calculated(latest) else set(),
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


def _calculated(record):
    return record is not None and bool(record.calculated_from)


def calculated_tag(year, is_sample):
    """The tag of a product whose import figure, of that year, is a share of whole tariff lines."""
    return f"{year}-{Origin.SAMPLE}" if is_sample else str(year)


def call_tag(calls):
    """The tag of a product's calls, "" without one: the day on which the first of them closes, and the two of
    the last one, "20261212-20270301-20270320". What they are on some day follows from that."""
    if not calls:
        return ""
    last = max(calls, key=lambda call: call.opens)
    return "-".join(f"{day:%Y%m%d}" for day in (min(call.closes for call in calls), last.opens, last.closes))


def days_called(tag):
    """The three dates of such a tag."""
    return [date(int(day[:4]), int(day[4:6]), int(day[6:])) for day in tag.split("-")]


def called_as(tag, today):
    """What a product with such a tag is on that day: CallState.OPEN, CallState.CLOSED, or "" where it was not
    called yet."""
    first_closes, opens, closes = days_called(tag)
    if state_between(opens, closes, today) == CallState.OPEN:
        return CallState.OPEN
    return CallState.CLOSED if first_closes < today else ""


def last_call_in(tags):
    """(first day, last day) of the last call that the tags of a product tell of; None where there is none."""
    found = re.search(r",call=([0-9-]+),", tags)
    return tuple(days_called(found[1])[1:]) if found else None
