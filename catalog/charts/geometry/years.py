"""Several measures over the same years, one panel below the other."""

from dataclasses import dataclass

from .base import Bar, Label, rounded, share, turned


@dataclass(frozen=True)
class YearBar:
    """`value` in words above its bar; `bar` is None where there is nothing in that year."""

    bar: Bar | None
    value: Label


@dataclass(frozen=True)
class PanelMeasure:
    """What a panel shows: `values` (ints or None, one a year) and each in words; `kind` says how it is
    filled."""

    name: str
    kind: str
    values: tuple
    texts: tuple


@dataclass(frozen=True)
class Panel:
    """One measure by year: a plot of `height` px at `top`, its name above. Bars are in per cent of the
    plot."""

    name: Label
    kind: str
    top: int
    height: int
    bars: tuple


@dataclass(frozen=True)
class Years:
    """Panels over one axis of years (`labels`); `height` px in all."""

    panels: tuple
    labels: tuple
    height: int


NAME, PLOT, GAP, AXIS = 20, 64, 20, 24  # px
TOP, BASE = 26.0, 100.0  # per cent of a plot: the highest value's words stand above its bar


def years(labels, measures, rtl=False):
    """Years of `labels` (texts, oldest first) and `PanelMeasure`s, each against its own largest value."""
    slot = 100 / max(len(labels), 1)
    middles = [rounded(slot * (place + 0.5)) for place in range(len(labels))]
    width = rounded(min(slot * 0.6, 6))
    panels = []
    for place, measure in enumerate(measures):
        y = place * (NAME + PLOT + GAP)
        top = max((value or 0 for value in measure.values), default=0)
        drawn = tuple(
            _bar(middle, width, value, top, text)
            for middle, value, text in zip(middles, measure.values, measure.texts, strict=True)
        )
        name = Label(0, y + NAME - 7, measure.name, "start")
        panels.append(Panel(name, measure.kind, y + NAME, PLOT, drawn))
    height = len(panels) * (NAME + PLOT + GAP) - GAP + AXIS
    axis = tuple(Label(x, height - 5, text) for x, text in zip(middles, labels, strict=True))
    return turned(Years(tuple(panels), axis, max(height, 0)), rtl)


def _bar(middle, width, value, top, text):
    if not value:
        return YearBar(None, Label(middle, BASE, ""))
    height = max(share(value, top, BASE - TOP), 1.5)  # one beside a thousand is still there
    bar = Bar(rounded(middle - width / 2), width, rounded(BASE - height), height)
    return YearBar(bar, Label(middle, rounded(BASE - height - 8), text))
