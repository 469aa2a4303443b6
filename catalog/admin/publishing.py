"""What publishing some records takes with it, and doing it in one transaction."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from catalog.models import Company, Contract, Desk, Party, Product, ProductMaker, State, languages
from catalog.models.makers import stage_of_line

from .reviewed import fingerprint


@dataclass
class Plan:
    """`records` are to be published; `needed` is what they belong to and is not public, outermost first;
    `offered` are links of theirs that readers would not see."""

    records: list
    needed: list = field(default_factory=list)
    offered: list = field(default_factory=list)

    @property
    def asks(self):
        return bool(self.needed or self.offered)

    @property
    def incomplete(self):
        """[(record, what keeps it from being public, in words)] of what will be published."""
        missing = [(record, languages.what_is_missing(record)) for record in [*self.needed, *self.records]]
        return [(record, languages.joined_phrases(phrases)) for record, phrases in missing if phrases]


def record_key(record):
    """ "product:12", the name of a record in forms."""
    return f"{record._meta.model_name}:{record.pk}"


def plan_publishing(records):
    """A Plan for publishing `records`, any publishable ones."""
    found = Plan([record for record in records if record.state != State.PUBLISHED])
    seen = {record_key(record) for record in found.records}
    for record in records:
        found.needed += _new(record.unpublished_parents(), seen)
    for record in records:
        found.offered += _new(_links(record), seen)
    return found


def _new(candidates, seen):
    """Those not `seen` yet, which they are from now on."""
    new = []
    for record in candidates:
        if record_key(record) not in seen:
            seen.add(record_key(record))
            new.append(record)
    return new


def _links(record):
    """Drafts and records in review that the page of `record` would link to, were they public."""
    return [
        link
        for link in _all_links(record)
        if link is not None and link.state in (State.DRAFT, State.IN_REVIEW)
    ]


def _all_links(record):
    if isinstance(record, Contract):
        lines = [line.product for line in record.lines.select_related("product")]
        parties = [party.company for party in record.parties.select_related("company")]
        return [record.desk, record.sector, *lines, *parties, *record.documents.all()]
    if isinstance(record, Desk):
        offers = [offer.product for offer in record.offers.select_related("product")]
        buyers = [buyer.company for buyer in record.desk_buyers.select_related("company")]
        around = [*record.sectors.all(), record.continues]
        return [*around, *offers, *buyers, *record.contracts.all(), *record.documents.all()]
    if isinstance(record, Product):
        return [*record.engagements.select_related("company", "product"), *record.documents.all()]
    if isinstance(record, Company):
        return [record.sector, *record.engagements.select_related("company", "product")]
    return []


def travellers(record):
    """Drafts that stand under `record` and go to review, and to the public, together with it: its documents
    and engagements."""
    return [link for link in _links(record) if any(link_to == record for link_to in _parents(link))]


def _parents(record):
    return [getattr(record, name) for name in record.belongs_to if getattr(record, f"{name}_id")]


def effects(found, also=None):
    """What publishing a Plan changes for readers, as sentences: who becomes a maker of what by its contracts
    (rule 12). `also` are the keys of what is taken of `offered`, all of it for None."""
    offered = [record for record in found.offered if also is None or record_key(record) in also]
    together = {record_key(record) for record in [*found.records, *found.needed, *offered]}
    sentences = []
    for record in [*found.records, *offered]:
        if isinstance(record, Contract):
            for line in record.lines.exclude(product=None).select_related("contract", "product"):
                sentences += _effects_of_line(line, together)
    return sentences


def _effects_of_line(line, together):
    """What publishing a line's contract says of its suppliers."""
    stage, product = stage_of_line(line), line.product
    suppliers = line.contract.parties.filter(role=Party.Role.SUPPLIER).select_related("company")
    if not (stage and line.contract.counts and _will_be_public(product, together)):
        return
    for party in suppliers:
        names = {"company": party.name, "product": product}
        if party.company is None:
            yield gettext("%(company)s is only printed, so “%(product)s” gets no maker by it.") % names
        elif _will_be_public(party.company, together):
            is_maker = ProductMaker.objects.makers().filter(product=product, company=party.company).exists()
            sentence = (
                gettext("%(company)s stays a maker of “%(product)s”; the contract stands as evidence.")
                if is_maker
                else gettext("%(company)s becomes a maker of “%(product)s”.")
            )
            yield sentence % names


def _will_be_public(record, together):
    """Whether readers see the record once what is published together is."""
    return record.state == State.PUBLISHED or record_key(record) in together


def taken(found, also=None):
    """What publishing a Plan publishes, in that order: what is needed, the records, and those of `offered`
    whose key is in `also` (all of them for None), with what they belong to."""
    chosen = [record for record in found.offered if also is None or record_key(record) in also]
    queue = {}
    for record in [*found.needed, *found.records, *chosen]:
        for each in [*record.unpublished_parents(), record]:
            queue.setdefault(record_key(each), each)
    return list(queue.values())


def reviewed(found):
    """{key: fingerprint} of all that a page about this Plan shows."""
    return {record_key(record): fingerprint(record) for record in taken(found)}


def publish_plan(found, also=(), seen=None):
    """Publish a Plan. `seen` is what `reviewed` said when the page about it opened. Returns what was
    published. Raises ValidationError, and publishes nothing, where a record may not be or is another by now.
    """
    seen = reviewed(found) if seen is None else seen
    published = []
    with transaction.atomic():
        for record in taken(found, also):
            # Read again: each of them may hold an older copy of what was published a moment ago.
            fresh = type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
            if fresh.state == State.PUBLISHED:
                continue
            if seen.get(record_key(record)) != fingerprint(fresh):
                message = gettext(
                    "Nothing was published: “%(name)s” was changed since you opened the page. Look again."
                )
                raise ValidationError(message % {"name": fresh})
            fresh.publish()
            published.append(fresh)
    return published
