"""What contracts add up to, by kind and currency, and how far their milestones are."""

from dataclasses import dataclass

from catalog.models import Contract

from .amounts import by_currency


@dataclass(frozen=True)
class Total:
    """Contracts of one kind: how many, how many of them without a known amount, and their sums by currency.

    `delivered` sums what is recorded as delivered; only contracts and offtakes have it.
    """

    kind: str
    count: int
    without_amount: int
    amounts: tuple
    delivered: tuple

    @property
    def counts(self):
        """Whether this kind counts as contracts."""
        return self.kind in Contract.COUNTED

    @property
    def label(self):
        return Contract.Kind(self.kind).label


def totals(contracts):
    """A Total for each kind that occurs, in the order of Contract.Kind.

    `contracts` are rows with kind, currency, amount and delivered (see ContractQuerySet.with_amounts).
    """
    of_kind = {kind: [] for kind in Contract.Kind.values}
    for row in contracts:
        of_kind[row.kind].append(row)
    return [_total(kind, rows) for kind, rows in of_kind.items() if rows]


def _total(kind, rows):
    counts = kind in Contract.COUNTED
    return Total(
        kind=kind,
        count=len(rows),
        without_amount=sum(row.amount is None for row in rows),
        amounts=by_currency((row.amount, row.currency) for row in rows),
        delivered=by_currency((row.delivered, row.currency) for row in rows) if counts else (),
    )


@dataclass(frozen=True)
class Step:
    """A milestone on the time line; `condition` is done, late, next (the first one ahead) or todo."""

    label: str
    due_on: object
    done_on: object
    condition: str


def steps(contract):
    """The Steps of a contract in their order; reads its milestones (prefetch them)."""
    found = []
    ahead = iter(["next"])
    for milestone in sorted(contract.milestones.all(), key=lambda m: (m.done or m.due, m.pk)):
        condition = milestone.progress if milestone.progress != "ahead" else next(ahead, "todo")
        found.append(Step(milestone.get_kind_display(), milestone.due, milestone.done, condition))
    return found


def late(contracts):
    """How many milestones of these contracts are late."""
    return sum(step.progress == "late" for contract in contracts for step in contract.milestones.all())
