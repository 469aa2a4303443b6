"""Sums beside each other: promises against imports, and what a desk brought."""

from dataclasses import dataclass
from decimal import Decimal

from catalog.formats.numerals import number

from .base import Bar, Label, nice_step, rounded, share, turned

COMMITMENTS = ("signed", "offtake", "tendered", "budgeted", "indicative", "named")


@dataclass(frozen=True)
class Part:
    """One kind of promise: its bar and its amount."""

    bar: Bar
    kind: str
    amount: int


@dataclass(frozen=True)
class PromiseBars:
    """Promises drawn against a year's imports. `rest` is what nobody has promised (amount 0: nothing is
    left)."""

    parts: tuple
    rest: Part
    total: int
    promised: int


def promises(total, amounts, rtl=False):
    """Shares of `amounts`, {commitment: int}, strongest first, in `total`; more promises than imports fill
    the bar."""
    amounts = [(kind, amounts[kind]) for kind in COMMITMENTS if amounts.get(kind)]
    promised = sum(amount for _, amount in amounts)
    whole = max(total or 0, promised)
    parts, start = [], 0
    for kind, amount in amounts:
        parts.append(Part(_between(start, start + amount, whole, kind), kind, amount))
        start += amount
    rest = Part(_between(start, whole, whole, "rest"), "rest", whole - promised)
    return turned(PromiseBars(tuple(parts), rest, total or 0, promised), rtl)


def _between(start, end, whole, kind):
    x = share(start, whole)
    return Bar(x, rounded(share(end, whole) - x), kind=kind)


@dataclass(frozen=True)
class OutcomeBars:
    """What a desk brought, on one axis of one currency. Bars and `target` are None where nothing is
    recorded."""

    memoranda: Bar | None
    contracts: Bar | None
    delivered: Bar | None
    target: Label | None
    ticks: tuple
    unit: int


def outcome(target, memoranda, contracts, delivered, rtl=False, language="en"):  # noqa: PLR0913, PLR0917
    """Outcome of four amounts (ints in whole units of one currency, or None). Ticks count in `unit`s of
    it."""
    top = max(value or 0 for value in (target, memoranda, contracts, delivered))
    step = nice_step(top or 1, 5)
    ceiling = max(top + top // 12, 1)
    unit = next(unit for unit in (10**12, 10**9, 10**6, 1) if step >= unit or unit == 1)
    ticks = tuple(
        Label(share(value, ceiling), 96, number(Decimal(value) / unit, language))
        for value in range(step, ceiling + 1, step)
        if value * 100 <= ceiling * 97  # a figure at the very edge would be cut
    )
    bars = [
        None if value is None else Bar(0, share(value, ceiling))
        for value in (memoranda, contracts, delivered)
    ]
    line = None
    if target is not None:
        x = share(target, ceiling)
        line = Label(x, 14, "", "start" if x < 20 else "end" if x > 80 else "middle")
    return turned(OutcomeBars(*bars, line, ticks, unit), rtl)
