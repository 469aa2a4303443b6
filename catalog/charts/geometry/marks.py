"""One figure against another: a bar to its target, a dot on a common line."""

from dataclasses import dataclass

from .base import Bar, Label, rounded, share, turned


@dataclass(frozen=True)
class Bullet:
    """What is reached (`bar`; None where nothing is on record) on a `track` to its target, a line at
    `target`."""

    bar: Bar | None
    track: Bar
    target: Label


def bullet(value, target, rtl=False):
    """Bullet of two amounts of one unit; a value beyond the target runs past its line."""
    top = max(value or 0, target)
    bar = None if value is None else Bar(0, share(value, top, 98))
    x = share(target, top, 98)
    return turned(Bullet(bar, Bar(0, x), Label(x, 0, "", "end" if x > 50 else "middle")), rtl)


@dataclass(frozen=True)
class Dot:
    """A dot at `x` per cent, at the end of its line `bar`."""

    bar: Bar
    x: float


def dot(value, top, rtl=False):
    """Dot of `value` on a line that ends at `top`, the largest of its list."""
    x = share(value, top, 97)
    return turned(Dot(Bar(0, x), x), rtl)


@dataclass(frozen=True)
class Stack:
    """Parts of a whole on one bar."""

    bars: tuple


def stack(parts, rtl=False):
    """Stack of (kind, value) in their order; what is zero is left out."""
    whole, reached, drawn = sum(value for _, value in parts), 0, []
    for kind, value in parts:
        if value:
            x = share(reached, whole)
            drawn.append(Bar(x, rounded(share(reached + value, whole) - x), kind=kind))
            reached += value
    return turned(Stack(tuple(drawn)), rtl)
