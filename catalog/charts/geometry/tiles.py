"""The tile map of the provinces: one square each, roughly where it lies.

The one drawing that is never turned: west stays west in every language.
"""

from dataclasses import dataclass

PLACES = {
    "west-azerbaijan": (1, 1), "east-azerbaijan": (1, 2), "ardabil": (1, 3), "gilan": (1, 4),
    "kurdistan": (2, 1), "zanjan": (2, 2), "qazvin": (2, 3), "mazandaran": (2, 4), "golestan": (2, 5),
    "north-khorasan": (2, 6),
    "kermanshah": (3, 1), "hamadan": (3, 2), "alborz": (3, 3), "tehran": (3, 4), "semnan": (3, 5),
    "razavi-khorasan": (3, 6),
    "ilam": (4, 1), "lorestan": (4, 2), "markazi": (4, 3), "qom": (4, 4), "yazd": (4, 5),
    "south-khorasan": (4, 6),
    "khuzestan": (5, 2), "chaharmahal-bakhtiari": (5, 3), "isfahan": (5, 4), "kerman": (5, 5),
    "sistan-baluchestan": (5, 6),
    "bushehr": (6, 3), "kohgiluyeh-boyer-ahmad": (6, 4), "fars": (6, 5), "hormozgan": (6, 6),
}  # fmt: skip
"""Slug of a province -> (row, column), from 1. The north-east corner (row 1, columns 5 and 6) is the Caspian
Sea, the south-west one (row 6, columns 1 and 2) the Persian Gulf."""

SHADES = 4
"""Shades above the empty one (0)."""


@dataclass(frozen=True)
class Tile:
    """One province; `shade` is 0 for nothing, then 1 to SHADES, darker with the value."""

    slug: str
    row: int
    column: int
    value: int
    shade: int


@dataclass(frozen=True)
class ShadeStep:
    """What a shade stands for: values from `first` to `last`."""

    shade: int
    first: int
    last: int


@dataclass(frozen=True)
class TileMap:
    """`tiles` row by row from the north-west; `steps` are the shades in use, the empty one first."""

    tiles: tuple
    steps: tuple


def tiles(values):
    """TileMap of `values`, {slug: whole number}; a province without one has 0. Each shade covers an equal
    part of the way to the largest value."""
    top = max(values.values(), default=0)
    ends = [top * shade // SHADES for shade in range(SHADES + 1)]
    steps = [ShadeStep(shade, ends[shade - 1] + 1, ends[shade]) for shade in range(1, SHADES + 1)]
    steps = [ShadeStep(0, 0, 0), *(step for step in steps if step.first <= step.last)]
    found = []
    for slug, (row, column) in PLACES.items():
        value = values.get(slug, 0)
        shade = next(step.shade for step in steps if value <= step.last)
        found.append(Tile(slug, row, column, value, shade))
    return TileMap(tuple(found), tuple(steps))
