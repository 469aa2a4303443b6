"""One square, one product (or ten, or a hundred, of many), in the order of stages."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .base import turned

STAGES = (
    *("production", "testing", "prototype", "development", "design"),
    *("contracted", "reported", "named", "open"),
)


@dataclass(slots=True)  # a page has hundreds, and frozen ones take three times as long to make
class Square:
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class SquareGroup:
    """The squares of one stage, which stand for `count` units; `path` draws them all."""

    stage: str
    squares: tuple
    count: int

    @property
    def path(self):
        return "".join(self.paths)

    @property
    def paths(self):
        """The path of each square."""
        framed = self.stage == "named"
        return [_square_path(square.x, square.y, square.width, framed) for square in self.squares]


@lru_cache(4000)  # fields and strips put their squares in the same places
def _square_path(left, top, width, framed):
    x, y, w = (f"{value:g}" for value in (left, top, width))
    path = f"M{x} {y}h{w}v{w}h-{w}z"
    if framed:  # a hole: named, and no work seen yet
        inset, hole = width * 0.2, f"{width * 0.6:g}"
        path += f"M{left + inset:g} {top + inset:g}v{hole}h{hole}v-{hole}z"
    return path


@dataclass(frozen=True)
class SquareField:
    """A square for each `each` products; `extent` × `height` units, groups in the order of STAGES."""

    groups: tuple
    extent: int
    height: int
    each: int

    @property
    def count(self):
        return sum(group.count for group in self.groups)


MOST_DRAWN = 600


def products_a_square(counts):
    """1, 10, 100 …: for how many products a square stands, so that `counts` take MOST_DRAWN squares at
    most; a begun square counts as whole, so each stage that has a product shows one."""
    total, each = sum(counts.values()), 1
    while total > each * MOST_DRAWN:
        each *= 10
    return each


def field(counts, rtl=False, rows=16, size=20, gap=5):
    """Field of `counts`, {stage: int}, filled column after column of `rows` squares."""
    each = products_a_square(counts)
    groups, placed = _groups(counts, each, size, size + gap, lambda place: (place // rows, place % rows))
    return turned(SquareField(groups, *_extent(_lines(placed, rows), rows, size, gap), each), rtl)


def strip(counts, rtl=False, each=None, columns=16, size=9, gap=4):  # noqa: PLR0913, PLR0917
    """A small SquareField filled row after row of `columns` squares; always as wide as a full row. `each`:
    for how many products a square stands, where other fields beside it say so."""
    each = each or products_a_square(counts)
    groups, placed = _groups(
        counts, each, size, size + gap, lambda place: (place % columns, place // columns)
    )
    return turned(SquareField(groups, *_extent(columns, _lines(placed, columns), size, gap), each), rtl)


@dataclass(frozen=True)
class Tens:
    """A whole in squares of `each` units: the `done` ones, the `rest`, and the `fading` ones of a whole that
    is larger than what was said, one group a step."""

    done: SquareGroup
    rest: SquareGroup
    fading: tuple
    each: int
    extent: int
    height: int


MOST_SQUARES = 300
FADES = 3  # columns, the rest of the last one included


def tens(part, whole, more=False, rtl=False, rows=15):
    """Tens of `part` out of `whole`, filled column after column; `more`: the whole is "more than" so many. A
    square stands for 1, 10, 100 … units, so that there are at most MOST_SQUARES; a begun one counts as
    whole."""
    each = 1
    while whole > each * MOST_SQUARES:
        each *= 10
    filled, count = -(-part // each), -(-whole // each)
    pitch, columns = 25, -(-count // rows)
    ends = [count, *((columns + step) * rows for step in range(FADES))]
    if ends[0] == ends[1]:  # a full last column: the fading begins in the next one
        ends = [count, *((columns + step) * rows for step in range(1, FADES + 1))]
    drawn = ends[-1] if more else count
    spots = [(place // rows * pitch, place % rows * pitch) for place in range(drawn)]
    squares = tuple(Square(x, y, pitch - 5) for x, y in spots)
    fading = tuple(
        SquareGroup("fading", squares[start:end], end - start) for start, end in pairwise(ends) if more
    )
    extent = _extent(_lines(drawn, rows), rows, pitch - 5, 5)
    groups = (
        SquareGroup("done", squares[:filled], filled),
        SquareGroup("rest", squares[filled:count], count - filled),
    )
    return turned(Tens(*groups, fading, each, *extent), rtl)


def _groups(counts, each, size, pitch, where):
    """Groups of `counts` in the order of STAGES, and how many squares they hold; `where` says the column and
    row of a place."""
    groups, place = [], 0
    for stage in STAGES:
        squares = []
        for _ in range(-(-counts.get(stage, 0) // each)):
            column, row = where(place)
            squares.append(Square(column * pitch, row * pitch, size))
            place += 1
        groups.append(SquareGroup(stage, tuple(squares), counts.get(stage, 0)))
    return tuple(groups), place


def _lines(placed, length):
    return max(-(-placed // length), 1)


def _extent(across, down, size, gap):
    return across * (size + gap) - gap, down * (size + gap) - gap
