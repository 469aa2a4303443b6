"""Numbers to the geometry of charts. Pure: no database, no HTML, no language but the digits of a label.

Every chart but the map of provinces is laid out left to right; `mirror` turns it for right-to-left pages.
Lengths along the page are per cent of the width (`extent` 100) where words must keep their size, or units of
a viewBox of `extent` units where there are none. The templates in `templates/charts/` draw them.
"""

from .base import Bar, Label, mirror, nice_step
from .series import Column, Columns, Point, Spark, columns, rank, sparkline
from .squares import STAGES, Field, Group, field, strip
from .sums import COMMITMENTS, Outcome, Part, Shares, outcome, promises
from .tiles import PLACES, SHADES, Step, Tile, TileMap, tiles
from .timeline import Moment, Span, Timeline, timeline

__all__ = [
    "COMMITMENTS",
    "PLACES",
    "SHADES",
    "STAGES",
    "Bar",
    "Column",
    "Columns",
    "Field",
    "Group",
    "Label",
    "Moment",
    "Outcome",
    "Part",
    "Point",
    "Shares",
    "Span",
    "Spark",
    "Step",
    "Tile",
    "TileMap",
    "Timeline",
    "columns",
    "field",
    "mirror",
    "nice_step",
    "outcome",
    "promises",
    "rank",
    "sparkline",
    "strip",
    "tiles",
    "timeline",
]
