"""What contracts add up to, by kind and currency, and how far their milestones are."""

from dataclasses import dataclass

from django.utils import timezone

from catalog.models import Contract, Origin

from .amounts import by_currency


@dataclass(frozen=True)
class Total:
    """Contracts of one kind: how many, how many of them samples, late or without a known amount, and their
    sums by currency.

    `delivered` sums what is recorded as delivered, where it is more than nothing; only contracts and offtakes
    have it, and only they count as late.
    """

    kind: str
    count: int
    samples: int
    late: int
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

    `contracts` are rows with kind, origin, currency, amount, delivered and, where lateness is asked for,
    late_since (see ContractQuerySet.with_amounts and with_lateness).
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
        samples=sum(row.origin == Origin.SAMPLE for row in rows),
        late=sum(getattr(row, "late_since", None) is not None for row in rows) if counts else 0,
        without_amount=sum(row.amount is None for row in rows),
        amounts=by_currency((row.amount, row.currency) for row in rows),
        delivered=by_currency((row.delivered or None, row.currency) for row in rows) if counts else (),
    )


@dataclass(frozen=True)
class Step:
    """A milestone on the time line. `condition` is done, late, next (the first one ahead), todo or dropped.

    `days`: of a done one how many days after it was due (below zero: before; None without a due day), of a
    late one since it was due, of the others until then.
    """

    label: str
    due_on: object
    done_on: object
    condition: str
    days: int | None

    @property
    def early_by(self):
        return -self.days


def steps(contract, today=None):
    """The Steps of a contract in their order; reads its milestones (prefetch them)."""
    today = today or timezone.localdate()
    found = []
    ahead = iter(["next"])
    for milestone in sorted(contract.milestones.all(), key=lambda m: (m.done or m.due, m.pk)):
        progress = milestone.progress_on(today)
        condition = progress if progress != "ahead" else next(ahead, "todo")
        days = _days(milestone, condition, today)
        found.append(Step(milestone.get_kind_display(), milestone.due, milestone.done, condition, days))
    return found


def _days(milestone, condition, today):
    if condition == "done":
        return (milestone.done - milestone.due).days if milestone.due else None
    return (today - milestone.due).days if condition == "late" else (milestone.due - today).days


def late(contracts):
    """How many milestones of these contracts are late; memoranda, agreements and plans owe nothing."""
    return sum(
        step.progress == "late"
        for contract in contracts
        if contract.kind in Contract.COUNTED
        for step in contract.milestones.all()
    )


def days_overdue(contract, today=None):
    """How many days ago a contract was due that is neither delivered nor ended; None for every other."""
    running = (Contract.Status.SIGNED, Contract.Status.IN_EXECUTION, Contract.Status.DISPUTED)
    if not contract.counts or contract.due is None or contract.status not in running:
        return None
    days = ((today or timezone.localdate()) - contract.due).days
    return days if days > 0 else None
