"""Steps along the years: a lane for each, with the day it was due and the day it was done."""

from dataclasses import dataclass

from .base import Bar, Label, share, turned

LANE, TOP = 52, 24  # px: a lane, and the room above the first one for the word of today
LABEL, NOTE, MARK = 14, 31, 43  # px from the top of a lane
YEAR_LABELS = 6  # labels of more years than this would touch on a phone


@dataclass(frozen=True)
class Moment:
    """A step to draw: its label, a note, and its days as ordinals or None. `condition` is a word for the
    style sheet; "late" is drawn up to today."""

    label: str
    note: str
    due: int | None
    done: int | None
    condition: str


@dataclass(frozen=True)
class Span:
    """A year to draw along the foot: its label, a second label, its first and last day as ordinals."""

    label: str
    sub: str
    first: int
    last: int


@dataclass(frozen=True)
class Mark:
    """A day on a lane; lengths along the page in per cent, down the page in px."""

    x: float
    y: float


@dataclass(frozen=True)
class YearLine:
    """A line where a year begins; `label` is None where there is no room for it."""

    x: float
    label: Label | None
    sub: Label | None


@dataclass(frozen=True)
class Lane:
    """One step: words above, below them its marks. `due` is None where it was done that day, or has no due
    day; `delay` runs from the day it was due to the day it was done, or today; `early` says which way."""

    label: Label
    note: Label
    mark: Mark
    due: Mark | None
    delay: Bar | None
    early: bool
    condition: str


@dataclass(frozen=True)
class Timeline:
    """`height` px; lanes end at `base`."""

    years: tuple
    lanes: tuple
    today: Label | None
    base: int
    height: int


def timeline(moments, spans, today=None, rtl=False):
    """Timeline of `Moment`s over the years of `Span`s, which join one another and hold every day drawn.
    `today` is (word, ordinal)."""
    first, length = spans[0].first, spans[-1].last - spans[0].first + 1

    def place(day):
        return share(day - first, length)

    base = TOP + LANE * len(moments) + 6
    word, now = today or ("", None)
    lanes = tuple(_lane(moment, TOP + LANE * n, place, now) for n, moment in enumerate(moments))
    step = -(-len(spans) // YEAR_LABELS)
    years = tuple(_year(span, place(span.first), base, n % step == 0) for n, span in enumerate(spans))
    height = base + (38 if any(span.sub for span in spans) else 22)
    flag = None if now is None else Label(place(now), 12, word, _anchor(place(now)))
    return turned(Timeline(years, lanes, flag, base, height), rtl)


def _lane(moment, top, place, now):
    end = moment.done or (now if moment.condition == "late" else None) or moment.due
    start = moment.due or end
    low, high = sorted((place(start), place(end)))
    x, anchor = (low, "start") if low <= 50 else (high, "end")
    mark = moment.due if moment.condition == "late" else end
    return Lane(
        label=Label(x, top + LABEL, moment.label, anchor),
        note=Label(x, top + NOTE, moment.note, anchor),
        mark=Mark(place(mark), top + MARK),
        due=Mark(place(start), top + MARK) if start not in (mark, end) else None,
        delay=Bar(low, round(high - low, 3), top + MARK - 2, 4) if start != end else None,
        early=end < start,
        condition=moment.condition,
    )


def _year(span, x, base, shown):
    if not shown:
        return YearLine(x, None, None)
    return YearLine(x, Label(x, base + 16, span.label, "start"), Label(x, base + 32, span.sub, "start"))


def _anchor(x):
    return "start" if x < 20 else "end" if x > 80 else "middle"
