"""Figures year by year: columns, a small line, and one bar of a ranking."""

from dataclasses import dataclass
from functools import cached_property

from .base import Bar, Label, nice_step, rounded, share, turned


@dataclass(frozen=True)
class Point:
    """One figure of a series: its label ("1398"), a second label ("2019/20"), its value and the value in
    words; `narrow`: its label where there is no room for the second one, if that says more."""

    label: str
    value: int
    text: str
    sub: str = ""
    narrow: str = ""


@dataclass(frozen=True)
class SeriesBar:
    """A bar with its words; `last` marks the one that is spoken of, the newest."""

    bar: Bar
    value: Label
    label: Label
    sub: Label
    last: bool


@dataclass(frozen=True)
class Columns:
    """Imports by year: standing columns where there is room, lying bars (`rows`, `height` px) where there is
    not."""

    wide: tuple
    ticks: tuple
    rows: tuple
    height: int


PLOT_TOP, PLOT_BASE = (
    9.0,
    80.0,
)  # per cent of the height; above stands the highest value's text, below the years
AXIS_WIDTH = 7.0  # per cent of the width for the axis figures
ROW, ROW_BAR = 30, 16  # px
ROW_START_LONG = 38.0  # where a label is long: "2018 (Gregorian)"
ROW_START, ROW_END = 15.0, 78.0  # per cent of the width, between the year and the longest bar's figure


def columns(points, rtl=False, tick_text=str, marked=-1):
    """Columns of a series of `Point` in time order; `tick_text` words an axis value (an int); `marked` is the
    place of the one that is spoken of."""
    points = tuple(points)
    marked %= max(len(points), 1)
    start = ROW_START_LONG if any(point.narrow for point in points) else ROW_START
    top = max((point.value for point in points), default=0)
    step = nice_step(top, 3)
    ceiling = max(step * -(-top // step), 1)
    slot = (100 - AXIS_WIDTH) / max(len(points), 1)
    wide, rows = [], []
    for place, point in enumerate(points):
        last = place == marked
        wide.append(_column(point, AXIS_WIDTH + slot * place, slot, ceiling, last))
        rows.append(_row(point, place, top, last, start))
    ticks = tuple(
        Label(0, rounded(PLOT_BASE - share(value, ceiling, PLOT_BASE - PLOT_TOP)), tick_text(value), "start")
        for value in range(step, ceiling + 1, step)
    )
    return turned(Columns(tuple(wide), ticks, tuple(rows), ROW * len(points)), rtl)


def _column(point, start, slot, ceiling, last):
    height = share(point.value, ceiling, PLOT_BASE - PLOT_TOP)
    width = min(slot * 0.62, 9)
    middle = rounded(start + slot / 2)
    return SeriesBar(
        bar=Bar(rounded(middle - width / 2), rounded(width), rounded(PLOT_BASE - height), height),
        value=Label(middle, rounded(PLOT_BASE - height - 2.5), point.text),
        label=Label(middle, 89, point.label),
        sub=Label(middle, 97.5, point.sub),
        last=last,
    )


def _row(point, place, top, last, start):
    width = share(point.value, top, ROW_END - start)
    text_y = place * ROW + ROW / 2 + 4.5
    return SeriesBar(
        bar=Bar(start, width, place * ROW + (ROW - ROW_BAR) / 2, ROW_BAR),
        value=Label(rounded(start + width + 2), text_y, point.text, "start"),
        label=Label(0, text_y, point.narrow or point.label, "start"),
        sub=Label(0, text_y, "", "start"),
        last=last,
    )


@dataclass(frozen=True)
class Spot:
    x: float
    y: float


@dataclass(frozen=True)
class Spark:
    """A small line of a series in a viewBox of 88 × 28; `end` is its newest value."""

    spots: tuple
    extent: int = 88
    height: int = 28

    @cached_property
    def line(self):
        return "M" + "L".join(f"{spot.x} {spot.y}" for spot in self.spots)

    @property
    def area(self):
        return f"{self.line}L{self.spots[-1].x} {self.height}L{self.spots[0].x} {self.height}z"

    @property
    def end(self):
        return self.spots[-1]


def sparkline(values, rtl=False):
    """Spark of values in time order, or None for fewer than two: one figure has no trend. Starts at zero."""
    values = tuple(values)
    if len(values) < 2:
        return None
    top, step = max(values), 81 / (len(values) - 1)
    begin, step = (85, -step) if rtl else (3, step)  # a row has one: mirroring it costs more than drawing it
    scale = 23 / top if top else 0
    return Spark(
        tuple(
            Spot(round(begin + step * place, 3), round(26 - round(scale * value, 3), 3))
            for place, value in enumerate(values)
        )
    )


def rank(value, top, rtl=False):
    """One bar: `value` beside the largest of its list."""
    return turned(Bar(0, share(min(value, top), top)), rtl)
