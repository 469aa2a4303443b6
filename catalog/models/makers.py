"""Who makes a product, and who promises to buy it: the one place of what contracts say of that (rule 12).

Makers follow from engagements and from the lines of contracts, promises from demands and from these lines.
Both are stored as rows of small tables, which everything else reads.
"""

from collections import defaultdict
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.formats.calendar import iranian_year_of

from .base import Currency
from .contract_parts import Party
from .contracts import Contract
from .demands import Commitment, strength
from .engagements import EngagementStage, furthest
from .product_rows import ProductRows


class Evidence(NamedTuple):
    """Why a company stands beside a product: its engagement, or a line of a contract that it supplies.
    `counts`: it makes the company a maker; the supplier of a memorandum is only named."""

    company: object
    stage: str
    is_sample: bool
    counts: bool = True
    engagement: object = None
    line: object = None


def stage_of_line(line):
    """How far the suppliers of a line are by it, an EngagementStage; "" where it says nothing."""
    contract = line.contract
    if contract.counts and (line.delivered_amount or contract.status == Contract.Status.DELIVERED):
        return EngagementStage.PRODUCTION
    if contract.status == Contract.Status.ENDED_EARLY:
        return ""
    return EngagementStage.CONTRACTED if contract.counts else EngagementStage.NAMED


def evidence_of(product):
    """The Evidence of a product's public companies, as a list; it has its `public_engagements` and
    `public_lines`."""
    found = [Evidence(e.company, e.stage, e.is_sample, engagement=e) for e in product.public_engagements]
    for line in product.public_lines:
        stage, contract = stage_of_line(line), line.contract
        for party in contract.public_parties if stage else ():
            if party.role == Party.Role.SUPPLIER and party.company_id:
                found.append(
                    Evidence(party.company, stage, contract.is_sample, counts=contract.counts, line=line)
                )
    return found


def makers_among(evidence):
    """Those of these Evidences that count."""
    return [one for one in evidence if one.counts]


class MakerQuerySet(ProductRows):
    def makers(self):
        """One row for each company that makes a product: its furthest evidence."""
        return self.filter(stands=True)

    def furthest_first(self):
        """Production before contracted before named, then by company."""
        order = {stage: place for place, stage in enumerate(reversed(EngagementStage.values))}
        rank = models.Case(*(models.When(stage=stage, then=models.Value(n)) for stage, n in order.items()))
        return self.annotate(rank=rank).order_by("rank", "company__sort_en", "pk")


def _link(model, *, indexed=False):
    """A key without a constraint: the row it leads to may be gone until the product is refreshed."""
    options = {"null": True, "db_constraint": False, "db_index": indexed, "related_name": "+"}
    return models.ForeignKey(f"catalog.{model}", models.DO_NOTHING, **options)


ON_SAMPLES = models.Q(stands=True, rests_on_sample=True)
"""Condition: a ProductMaker that says that a company is a maker by samples alone."""


class ProductMaker(models.Model):
    """One Evidence of a public product and a public company, by `engagement` or by `line` of `contract`.

    `stands`: of all that makes the company a maker of the product it is the furthest; `stage` is then how far
    the company is, and `rests_on_sample` says that all of it is sample. `sector` is the product's.
    """

    COLUMNS = (
        *("product_id", "company_id", "stage", "engagement_id", "line_id", "contract_id"),
        *("is_sample", "counts", "stands", "rests_on_sample", "sector_id"),
    )
    label = "makers"

    product = _link("Product", indexed=True)
    sector = _link("Sector")
    company = _link("Company", indexed=True)
    stage = models.CharField(_("stage"), max_length=12, choices=EngagementStage)
    engagement = _link("Engagement")
    line = _link("ContractLine")
    contract = _link("Contract")
    is_sample = models.BooleanField(default=False)
    counts = models.BooleanField(_("makes it a maker"), default=True)
    stands = models.BooleanField(_("the furthest of its records"), default=False)
    rests_on_sample = models.BooleanField(default=False)

    objects = MakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("maker")
        indexes = [
            models.Index(fields=["product"], condition=ON_SAMPLES, name="productmaker_on_samples"),
            models.Index(fields=["sector", "stands", "company"], name="productmaker_of_sector"),
        ]

    def __str__(self):
        return f"{self.product_id}: {self.company_id} {self.stage}"

    @staticmethod
    def expected(product):
        if not product.is_public:
            return set()
        of_company = defaultdict(list)
        for one in evidence_of(product):
            of_company[one.company.pk].append(one)
        return {row for every in of_company.values() for row in _maker_rows(product, every)}


def _maker_rows(product, evidence):
    """The rows of a product and one company."""
    counted = makers_among(evidence)
    stage = furthest(one.stage for one in counted)
    standing = next((one for one in counted if one.stage == stage), None)
    on_sample = bool(counted) and all(one.is_sample for one in counted)
    for one in evidence:
        engagement, line = one.engagement, one.line
        keys = (engagement and engagement.pk, line and line.pk, line and line.contract_id)
        stands = one is standing
        yield (
            *(product.pk, one.company.pk, one.stage, *keys),
            *(one.is_sample, one.counts, stands, stands and on_sample, product.sector_id),
        )


class PromiseQuerySet(ProductRows):
    def promised(self):
        """What is still to be bought: not what was delivered already."""
        return self.filter(bought=False)

    def with_strength(self):
        """Adds `strength`, 0 (named) to 5 (signed)."""
        return self.annotate(strength=strength())

    def summed(self):
        """Each promise once, however many buyers share it."""
        return self.promised().filter(counted=True)


class ProductPromise(models.Model):
    """A public promise to buy a public product: a demand, or a line of a contract and one of its buyers, a
    public company or the name of a `party` as printed.

    `quantity` is in the product's unit, `value` in `currency`: what is left of the line, nothing where that
    is not known. `bought`: all of it was delivered. Of a line with several buyers one row is `counted`.
    """

    COLUMNS = (
        *("product_id", "buyer_id", "party_id", "demand_id", "line_id", "contract_id", "commitment", "year"),
        *("quantity", "value", "currency", "is_sample", "bought", "counted"),
    )
    label = "promises to buy"

    product = _link("Product", indexed=True)
    buyer = _link("Company", indexed=True)
    party = _link("Party")
    demand = _link("Demand")
    line = _link("ContractLine")
    contract = _link("Contract")
    commitment = models.CharField(_("commitment"), max_length=10, choices=Commitment)
    year = models.PositiveSmallIntegerField(_("Iranian year"), null=True)
    quantity = models.PositiveBigIntegerField(_("quantity"), null=True)
    value = models.BigIntegerField(_("value"), null=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, blank=True)
    is_sample = models.BooleanField(default=False)
    bought = models.BooleanField(_("bought and delivered"), default=False)
    counted = models.BooleanField(default=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Promise to buy")

    def __str__(self):
        return f"{self.product_id}: {self.buyer_id} {self.commitment}"

    @property
    def source_id(self):
        """That of the demand or the contract, which is at hand."""
        return (self.demand or self.contract).source_id

    @staticmethod
    def expected(product):
        if not product.is_public:
            return set()
        return {row for promise in promises_of(product) for row in _promise_rows(product, promise)}


class Promise(NamedTuple):
    """A promise to buy a product, by a `demand` or by a `line`; `buyers` are public companies, `printed` the
    Parties that are only printed. See ProductPromise for the rest."""

    commitment: str
    buyers: list
    printed: list
    year: int | None
    quantity: int | None
    value: int | None
    currency: str
    is_sample: bool
    bought: bool = False
    demand: object = None
    line: object = None


def promises_of(product):
    """The Promises of a product, as a list; it has its `public_demands` and `public_lines`."""
    found = [_by_demand(demand) for demand in product.public_demands]
    for line in product.public_lines:
        promise = _by_line(line, product.unit)
        if promise.commitment and (promise.buyers or promise.printed):
            found.append(promise)
    return found


def _by_demand(demand):
    says = (demand.year, demand.quantity, demand.value, demand.currency)
    return Promise(demand.commitment, [demand.buyer], [], *says, demand.is_sample, demand=demand)


def _by_line(line, unit):
    contract = line.contract
    parties = [party for party in contract.public_parties if party.role == Party.Role.BUYER]
    bought = is_bought(line)
    quantity, value = (None, None) if bought else left_of(line, unit)
    return Promise(
        commitment=promised_by(line),
        buyers=[party.company for party in parties if party.company_id],
        printed=[party for party in parties if not party.company_id],
        year=iranian_year_of(contract.due) if contract.due else None,
        quantity=quantity,
        value=value,
        currency="" if value is None else contract.currency,
        is_sample=contract.is_sample,
        bought=bought,
        line=line,
    )


def promised_by(line):
    """What the buyers of a line promise, a Commitment; "" where they promise nothing."""
    contract = line.contract
    if not contract.counts or contract.status == Contract.Status.ENDED_EARLY:
        return ""
    return Commitment.OFFTAKE if contract.kind == Contract.Kind.OFFTAKE else Commitment.SIGNED


def is_bought(line):
    """Whether all of a line was delivered."""
    whole = line.amount and line.delivered_amount == line.amount
    return bool(whole) or line.contract.status == Contract.Status.DELIVERED


def left_of(line, unit):
    """(quantity in `unit`, amount) of a line that is still to come, None for what is not known: of what was
    delivered only the amount is on record."""
    delivered = line.delivered_amount or 0
    untouched = not delivered and line.unit in ("", unit)
    amount = None if line.amount is None or not line.contract.currency else line.amount - delivered
    return line.quantity if untouched else None, amount


def _promise_rows(product, promise):
    """The rows of a product and one Promise, one a buyer."""
    demand, line = promise.demand, promise.line
    keys = (demand and demand.pk, line and line.pk, line and line.contract_id)
    says = (promise.commitment, promise.year, promise.quantity, promise.value, promise.currency)
    buyers = [(company.pk, None) for company in promise.buyers]
    buyers += [(None, party.pk) for party in promise.printed]
    for place, buyer in enumerate(buyers):
        first = place == 0
        yield (product.pk, *buyer, *keys, *says, promise.is_sample, promise.bought, first)
