"""What desks brought, by currency: target -> memoranda -> contracts -> delivered, sums of their records."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, DateField, Sum

from catalog.models import (
    Commitment,
    Contract,
    Desk,
    DeskBuyer,
    DeskProduct,
    DeskStatus,
    Milestone,
    Party,
    Statement,
)
from catalog.models.base import parents_public, where_published
from catalog.models.contract_parts import late_steps
from catalog.models.prepared import Keys, OneOf, PreparedQuery

from .amounts import ORDER, Amount, by_currency
from .contracts import late_step_count


@dataclass(frozen=True)
class CurrencyOutcome:
    """One currency's four sums in whole units, None where no record has an amount in it."""

    currency: str
    target: int | None
    memoranda: int | None
    contracts: int | None
    delivered: int | None


@dataclass(frozen=True)
class DeskOutcome:
    """What a desk brought. `currencies` has the target's first; `intended` counts agreements in principle and
    planned contracts, which are in no sum; `late` counts late milestones of contracts."""

    currencies: tuple
    memoranda: int
    contracts: int
    intended: int
    without_amount: int
    late: int

    @property
    def first(self):
        return self.currencies[0] if self.currencies else None

    @property
    def others(self):
        """The further currencies: {"memoranda": [(amount, currency)], "contracts": …, "delivered": …}."""
        steps = {"memoranda": [], "contracts": [], "delivered": []}
        for part in self.currencies[1:]:
            for step, amounts in steps.items():
                if getattr(part, step) is not None:
                    amounts.append((getattr(part, step), part.currency))
        return steps

    @cached_property
    def amounts(self):
        """All currencies' sums: {"memoranda": (Amount, …), "contracts": …, "delivered": …}; a sum of nothing
        is no figure."""
        return {
            step: tuple(
                Amount(getattr(part, step), part.currency) for part in self.currencies if getattr(part, step)
            )
            for step in ("memoranda", "contracts", "delivered")
        }

    @property
    def signed(self):
        """How many papers were signed or planned there, of whatever kind."""
        return self.memoranda + self.contracts + self.intended


@dataclass(frozen=True)
class Signed:
    """Contracts of one kind and currency: how many, how many of them without an amount, and their sums."""

    kind: str
    currency: str
    number: int
    without_amount: int
    amount: int | None
    delivered: int | None


def desk_outcome(desk, contracts):
    """The DeskOutcome of a desk; `contracts` are its public ones with amounts and milestones fetched."""
    signed = [
        Signed(one.kind, one.currency, 1, int(one.amount is None), one.amount, one.delivered)
        for one in contracts
    ]
    return outcome_of(desk, signed, late_step_count(contracts))


def outcome_of(desk, signed, late_milestones):
    """The DeskOutcome of a desk from what was Signed there and how many milestones of it are late."""
    counted = [one for one in signed if one.kind in Contract.COUNTED]
    memoranda = [one for one in signed if one.kind == Contract.Kind.MEMORANDUM]
    numbers = [sum(one.number for one in some) for some in (signed, counted, memoranda)]
    return DeskOutcome(
        currencies=_by_currency(desk, memoranda, counted),
        memoranda=numbers[2],
        contracts=numbers[1],
        intended=numbers[0] - numbers[1] - numbers[2],
        without_amount=sum(one.without_amount for one in counted),
        late=late_milestones,
    )


def _by_currency(desk, memoranda, counted):
    target = {desk.target_currency: desk.target_amount} if desk.target_amount is not None else {}
    sums = [
        {a.currency: a.amount for a in by_currency(pairs)}
        for pairs in (
            ((one.amount, one.currency) for one in memoranda),
            ((one.amount, one.currency) for one in counted),
            ((one.delivered, one.currency) for one in counted),
        )
    ]
    currencies = {currency for some in (target, *sums) for currency in some}
    return tuple(
        CurrencyOutcome(currency, target.get(currency), *(some.get(currency) for some in sums))
        for currency in sorted(currencies, key=lambda c: (c not in target, ORDER.get(c, 9)))
    )


DESK_KEYS = {"desks": Keys()}
signed_at_desks = PreparedQuery(
    lambda desks: (
        Contract.objects.published()
        .filter(OneOf("desk", desks))
        .order_by()
        .values("desk", "kind", "currency")
        .annotate(
            number=Count("pk"),
            priced=Count("amount"),
            amounts=Sum("amount"),
            deliveries=Sum("delivered"),
        )
        .values_list("desk", "kind", "currency", "number", "priced", "amounts", "deliveries")
    ),
    **DESK_KEYS,
)
late_milestones = PreparedQuery(
    lambda desks, today: (
        Milestone.objects.filter(
            OneOf("contract__desk", desks), where_published("contract"), late_steps(today)
        )
        .order_by()
        .values("contract__desk")
        .annotate(number=Count("pk"))
        .values_list("contract__desk", "number")
    ),
    today=DateField(),
    **DESK_KEYS,
)


def outcomes(desks, today):
    """{desk's pk: Outcome} of these desks; two queries."""
    keys = [desk.pk for desk in desks]
    of_desk = defaultdict(list)
    for desk, kind, currency, number, priced, amount, delivered in signed_at_desks(desks=keys):
        of_desk[desk].append(Signed(kind, currency, number, number - priced, amount, delivered))
    late_of_desk = dict(late_milestones(desks=keys, today=today))
    return {desk.pk: outcome_of(desk, of_desk[desk.pk], late_of_desk.get(desk.pk, 0)) for desk in desks}


@dataclass(frozen=True)
class ListedDesk:
    """A desk of the listing: its DeskStatus today, its DeskOutcome, the `days` of days_ahead, and how many
    public products and buyers are on its list and figures were stated of it."""

    desk: object
    status: DeskStatus
    outcome: DeskOutcome
    days: int | None
    offered: int
    buyers: int
    stated: int


def listed_desks(keys, today):
    """A ListedDesk for each desk with one of these keys, in their order; eight queries."""
    desks = desks_with_sectors(keys)
    brought = outcomes(desks, today)
    offered, buyers, stated = (dict(count(desks=keys)) for count in COUNTS_BY_DESK)
    return [
        ListedDesk(
            desk,
            desk.status,
            brought[desk.pk],
            days_ahead(desk, today),
            offered.get(desk.pk, 0),
            buyers.get(desk.pk, 0),
            stated.get(desk.pk, 0),
        )
        for desk in desks
    ]


records_of_desks = PreparedQuery(
    lambda desks: Desk.objects.filter(OneOf("pk", desks)).order_by(), **DESK_KEYS
)
sectors_of = PreparedQuery(
    lambda desks: (
        Desk.sectors.through.objects.filter(OneOf("desk", desks), where_published("sector"))
        .order_by("sector__order", "sector")
        .values_list("desk", "sector__name_en", "sector__name_fa")
    ),
    **DESK_KEYS,
)


class DeskSector(NamedTuple):
    """The names of a public sector of a desk."""

    name_en: str
    name_fa: str


def desks_with_sectors(keys):
    """The desks with these keys, in their order, with a DeskSector for each of their `public_sectors`; two
    queries."""
    of_key = {desk.pk: desk for desk in records_of_desks(desks=keys)}
    for desk in of_key.values():
        desk.public_sectors = []
    for desk, *names in sectors_of(desks=keys):
        of_key[desk].public_sectors.append(DeskSector(*names))
    return [of_key[key] for key in keys]


def _counted(rows, desks):
    """(desk's pk, how many of the rows are its) of rows of these desks."""
    counted = rows.filter(OneOf("desk", desks)).order_by().values("desk").annotate(n=Count("pk"))
    return counted.values_list("desk", "n")


offers_by_desk = PreparedQuery(
    lambda desks: _counted(DeskProduct.objects.filter(parents_public(DeskProduct, "product")), desks),
    **DESK_KEYS,
)
buyers_by_desk = PreparedQuery(
    lambda desks: _counted(DeskBuyer.objects.filter(parents_public(DeskBuyer, "company")), desks),
    **DESK_KEYS,
)
statements_by_desk = PreparedQuery(lambda desks: _counted(Statement.objects.published(), desks), **DESK_KEYS)
COUNTS_BY_DESK = (offers_by_desk, buyers_by_desk, statements_by_desk)


@dataclass(frozen=True)
class Reach:
    """How far the contracts of a desk reach, as far as their records say.

    `products`: different public products on their lines. `makers`: different public companies that supply.
    `printed`: suppliers known by a printed name alone, as Party rows; "32 parts makers" is one of them, so
    they are named and not counted. `items`: what contracts without named products say they cover, {label of
    Contract.ItemsUnit: count}.
    """

    products: int
    makers: int
    printed: tuple
    items: dict


def reach(contracts):
    """The Reach of these contracts, which have `public_parties` and `public_lines` fetched; memoranda,
    agreements and plans among them reach nobody yet."""
    counted = [contract for contract in contracts if contract.kind in Contract.COUNTED]
    suppliers = [
        party
        for contract in counted
        for party in contract.public_parties
        if party.role == Party.Role.SUPPLIER
    ]
    items = defaultdict(int)
    for contract in counted:
        if contract.items_count is not None and not contract.public_lines:
            items[contract.get_items_unit_display()] += contract.items_count
    return Reach(
        products=len({line.product_id for contract in counted for line in contract.public_lines}),
        makers=len({party.company_id for party in suppliers if party.company_id}),
        printed=tuple({(p.name_en, p.name_fa): p for p in suppliers if not p.company_id}.values()),
        items=dict(items),
    )


@dataclass(frozen=True)
class Offer:
    """A product on a desk: what is wanted of it in `year` (the latest with a quantity), how strong the
    strongest promise is ("" where no demand is on record), and by whom."""

    product: object
    year: int | None
    quantity: int | None
    commitment: str
    buyers: tuple


def offers(products, demands):
    """An Offer for each product, in their order; `demands` are their ProductPromises, with the buyers
    fetched."""
    of_product = defaultdict(list)
    for demand in demands:
        of_product[demand.product_id].append(demand)
    return [_offer(product, of_product[product.pk]) for product in products]


def _offer(product, demands):
    year = max((demand.year for demand in demands if demand.year and demand.quantity), default=None)
    strongest = max((Commitment.values.index(demand.commitment) for demand in demands), default=None)
    return Offer(
        product=product,
        year=year,
        quantity=sum(d.quantity or 0 for d in demands if d.counted and d.year == year) if year else None,
        commitment="" if strongest is None else Commitment.values[strongest],
        buyers=tuple({demand.buyer_id: demand.buyer for demand in demands if demand.buyer}.values()),
    )


def days_ahead(desk, today):
    """Days until a coming desk opens or an open one closes; None for every other desk."""
    if desk.status == DeskStatus.COMING:
        return ((desk.opens or desk.held_on) - today).days
    if desk.status == DeskStatus.OPEN:
        return ((desk.closes or desk.held_on or desk.opens) - today).days
    return None
