"""Lying bars with words: a ranking, parts of a whole, steps of a road."""

from dataclasses import dataclass

from .base import Bar, Label, nice_step, share, turned


@dataclass(frozen=True)
class Item:
    """One bar: its name, its parts as (kind, value), their sum in words, and quieter words after it."""

    name: str
    parts: tuple
    text: str
    note: str = ""

    @property
    def value(self):
        return sum(value for _, value in self.parts)


@dataclass(frozen=True)
class BarRow:
    name: Label
    bars: tuple
    value: Label
    note: str

    @property
    def note_is_long(self):
        return len(self.note) > SHORT_NOTE


@dataclass(frozen=True)
class Bars:
    """Rows with the name above its bar, so that long names have room on a phone; `height` px in all."""

    rows: tuple
    ticks: tuple
    height: int


ROW, BAR, NAME = 50, 18, 15  # px: a row, its bar, the base line of its name
AXIS_HEIGHT = 24  # px for the figures of the axis, below the bars
END = 57.0  # per cent of the width: the longest bar leaves room for its figure and a note
SHORT_NOTE = 8  # characters of a note that fits beside its bar everywhere


def bars(items, rtl=False, tick_text=str):
    """Bars of `Item`s in the order given; `tick_text` words an axis value (an int)."""
    items = tuple(items)
    top = max((item.value for item in items), default=0)
    rows = tuple(_row(item, top, place * ROW) for place, item in enumerate(items))
    height = len(items) * ROW + AXIS_HEIGHT
    return turned(Bars(rows, _ticks(top, height, tick_text), height), rtl)


def _row(item, top, y):
    drawn, reached = [], 0
    for kind, value in item.parts:
        drawn.append(Bar(share(reached, top, END), share(value, top, END), y + NAME + 7, BAR, kind))
        reached += value
    value = Label(share(reached, top, END), y + NAME + 7 + BAR / 2 + 4.5, item.text, "start")
    return BarRow(Label(0, y + NAME, item.name, "start"), tuple(drawn), value, item.note)


def _ticks(top, height, tick_text):
    step = nice_step(top or 1, 4)
    return tuple(
        Label(share(value, top, END), height - 6, tick_text(value), "middle" if value else "start")
        for value in range(0, top + 1, step)
    )
