"""Numbers to the geometry of charts. Pure: no database, no HTML, no language but the digits of a label.

Every chart but the map of provinces is laid out left to right; `mirror` turns it for right-to-left pages.
Lengths along the page are per cent of the width (`extent` 100) where words must keep their size, or units of
a viewBox of `extent` units where there are none. The templates in `templates/public/charts/` draw them.
"""

from .bars import Bars, Item, bars
from .base import Bar, Label, mirror, nice_step
from .marks import Bullet, Dot, Stack, bullet, dot, stack
from .series import Columns, Point, SeriesBar, Spark, columns, rank, sparkline
from .squares import STAGES, SquareField, SquareGroup, Tens, field, strip, tens
from .sums import COMMITMENTS, OutcomeBars, Part, PromiseBars, outcome, promises
from .tiles import PLACES, SHADES, ShadeStep, Tile, TileMap, tiles
from .timeline import Moment, Span, Timeline, timeline
from .years import PanelMeasure, Years, years

__all__ = [
    "COMMITMENTS",
    "PLACES",
    "SHADES",
    "STAGES",
    "Bar",
    "Bars",
    "Bullet",
    "Columns",
    "Dot",
    "Item",
    "Label",
    "Moment",
    "OutcomeBars",
    "PanelMeasure",
    "Part",
    "Point",
    "PromiseBars",
    "SeriesBar",
    "ShadeStep",
    "Span",
    "Spark",
    "SquareField",
    "SquareGroup",
    "Stack",
    "Tens",
    "Tile",
    "TileMap",
    "Timeline",
    "Years",
    "bars",
    "bullet",
    "columns",
    "dot",
    "field",
    "mirror",
    "nice_step",
    "outcome",
    "promises",
    "rank",
    "sparkline",
    "stack",
    "strip",
    "tens",
    "tiles",
    "timeline",
    "years",
]
