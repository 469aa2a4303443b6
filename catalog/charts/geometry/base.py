"""What charts are made of: bars and labels, measures along the page, and the turn for right-to-left pages."""

from dataclasses import dataclass, fields, is_dataclass, replace

_OPPOSITE = {"start": "end", "middle": "middle", "end": "start"}


def mirror(shape, extent=100):
    """`shape` turned about the middle of its `extent`; mirrored twice it is itself again."""
    if isinstance(shape, tuple):
        return tuple(mirror(part, extent) for part in shape)
    if not is_dataclass(shape):
        return shape
    extent = getattr(shape, "extent", extent)
    changes = {f.name: mirror(getattr(shape, f.name), extent) for f in fields(shape)}
    if "x" in changes:
        changes["x"] = rounded(extent - shape.x - getattr(shape, "width", 0))
    if "anchor" in changes:
        changes["anchor"] = _OPPOSITE[shape.anchor]
    return replace(shape, **changes)


def turned(shape, rtl):
    return mirror(shape) if rtl else shape


def rounded(value):
    return round(value, 3)


def share(value, whole, extent=100):
    """`value` of `whole` as a length within `extent`; 0 where there is nothing to measure."""
    return rounded(float(value / whole) * extent) if whole else 0.0


def nice_step(top, steps=4):
    """A round distance (1, 2, 2.5 or 5 times a power of ten, never under 1) of at most `steps` lines up to
    `top`."""
    unit = 1
    while True:
        for times in (10, 20, 25, 50):
            step = unit * times // 10
            if step * steps >= top and step * 10 == unit * times:
                return step
        unit *= 10


@dataclass(frozen=True)
class Bar:
    x: float
    width: float
    y: float = 0
    height: float = 0
    kind: str = ""


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str
    anchor: str = "middle"
