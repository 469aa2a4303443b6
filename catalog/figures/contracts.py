"""What contracts add up to, by kind and currency, and how far their milestones are.

Real contracts and samples are never added together.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, DateField, Q, Sum
from django.utils import timezone

from catalog.models import Contract, Milestone, Origin
from catalog.models.prepared import Keys, OneOf, PreparedQuery

from .amounts import by_currency


class ContractGroup(NamedTuple):
    """Contracts alike in kind, condition, sector (a key), currency and origin: how many, how many of them
    with an amount, and late; and their sums, None where no amount is known."""

    kind: str
    status: str
    sector: int | None
    currency: str
    origin: str
    number: int
    priced: int
    late: int
    amount: int | None
    delivered: int | None


ALIKE_COLUMNS = ContractGroup._fields[:5]


def groups(contracts, today):
    """The ContractGroups of a queryset of contracts; one query."""
    return [ContractGroup._make(row) for row in _grouped(contracts, today)]


def all_groups():
    """The ContractGroups of all public contracts; one query."""
    return [ContractGroup._make(row) for row in _all_grouped(today=timezone.localdate())]


def _grouped(contracts, today):
    counted = (
        contracts.order_by()
        .values(*ALIKE_COLUMNS)
        .annotate(
            number=Count("pk"),
            priced=Count("amount"),
            late=Count("pk", filter=Q(open_step_due__lt=today)),
            amounts=Sum("amount"),
            deliveries=Sum("delivered"),
        )
    )
    return counted.values_list(*ALIKE_COLUMNS, "number", "priced", "late", "amounts", "deliveries")


_all_grouped = PreparedQuery(lambda today: _grouped(Contract.objects.published(), today), today=DateField())


def group_of(contract):
    """The ContractGroup of one contract."""
    priced = contract.amount is not None
    return ContractGroup(
        *(contract.kind, contract.status, contract.sector_id, contract.currency, contract.origin),
        *(1, int(priced), int(contract.is_late), contract.amount, contract.delivered),
    )


@dataclass(frozen=True)
class Sums:
    """Some contracts: how many, how many of them late or without a known amount, and their sums by currency.

    `delivered` sums what is recorded as delivered, where it is more than nothing; only contracts and offtakes
    have it, and only they can be late.
    """

    count: int
    late: int
    without_amount: int
    amounts: tuple
    delivered: tuple


@dataclass(frozen=True)
class Total:
    """Contracts of one kind: the Sums of the `real` ones and those of the `samples`."""

    kind: str
    real: Sums
    samples: Sums

    @property
    def counts(self):
        """Whether this kind counts as contracts."""
        return self.kind in Contract.COUNTED

    @property
    def label(self):
        return Contract.Kind(self.kind).label


def totals(groups):
    """A Total for each kind that occurs in these ContractGroups, in the order of Contract.Kind."""
    of_kind = defaultdict(lambda: ([], []))
    for group in groups:
        of_kind[group.kind][group.origin == Origin.SAMPLE].append(group)
    return [
        Total(kind, *(_sums(kind, some) for some in of_kind[kind]))
        for kind in Contract.Kind.values
        if kind in of_kind
    ]


class Numbers(NamedTuple):
    """How many contracts there are, how many only intended and how many late: real ones, or samples."""

    sample: bool
    contracts: int
    intended: int
    late: int


def numbers(totals):
    """The Numbers of the real contracts and those of the samples in these Totals, where there are any."""
    found = []
    for sample in (False, True):
        sums = [(total.counts, total.samples if sample else total.real) for total in totals]
        counted = sum(one.count for counts, one in sums if counts)
        intended = sum(one.count for counts, one in sums if not counts)
        if counted or intended:
            found.append(Numbers(sample, counted, intended, sum(one.late for _counts, one in sums)))
    return found


def _sums(kind, groups):
    delivers = kind in Contract.COUNTED
    count = sum(group.number for group in groups)
    return Sums(
        count=count,
        late=sum(group.late for group in groups),
        without_amount=count - sum(group.priced for group in groups),
        amounts=by_currency((group.amount, group.currency) for group in groups),
        delivered=by_currency((group.delivered or None, group.currency) for group in groups if delivers),
    )


MILESTONES_OF_CONTRACTS = PreparedQuery(
    lambda keys: Milestone.objects.filter(OneOf("contract", keys)), keys=Keys()
)


def with_steps(contracts):
    """These contracts, a list, with their milestones as `steps`, in order of time; one query."""
    of_key = {contract.pk: contract for contract in contracts}
    for contract in contracts:
        contract.steps = []
    for step in MILESTONES_OF_CONTRACTS(keys=of_key):
        step.contract = of_key[step.contract_id]
        step.contract.steps.append(step)
    return contracts


@dataclass(frozen=True)
class MilestoneStep:
    """A milestone on the time line. `condition` is done, late, next (the first one ahead), todo, lapsed or
    dropped (see PROGRESS of the model).

    `days`: of a done one how many days after it was due (below zero: before; None without a due day, and for
    what owes nothing), of a late one since it was due, of the others until then.
    """

    label: str
    due_on: object
    done_on: object
    condition: str
    days: int | None


def milestone_steps(contract, today=None):
    """The MilestoneSteps of a contract in their order; reads its milestones (prefetch them)."""
    today = today or timezone.localdate()
    found = []
    ahead = iter(["next"])
    for milestone in sorted(contract.milestones.all(), key=lambda m: (m.done or m.due, m.pk)):
        progress = milestone.progress_on(today)
        condition = progress if progress != "ahead" else next(ahead, "todo")
        days = _days(milestone, condition, today)
        found.append(
            MilestoneStep(milestone.get_kind_display(), milestone.due, milestone.done, condition, days)
        )
    return found


def _days(milestone, condition, today):
    if condition == "done":
        return (milestone.done - milestone.due).days if milestone.due and milestone.contract.counts else None
    return (today - milestone.due).days if condition == "late" else (milestone.due - today).days


def late_step_count(contracts):
    """How many `steps` of these contracts are late."""
    return sum(step.progress == "late" for contract in contracts for step in contract.steps)
