"""Small drawings in the page's words: a bar to its target, dots of figures that differ, fresh records."""

from django.utils.translation import get_language_bidi

from catalog.charts import geometry
from catalog.models.freshness import Freshness


def progress_bullet(progress):
    """charts.Bullet of a Progress."""
    value = None if progress.value is None else progress.value
    return geometry.bullet(value, progress.whole.figure, get_language_bidi())


def dots(disagreement):
    """[(statement, geometry.Dot or None)] of a Disagreement: each against the largest in its own unit and
    currency; None for a figure that stands alone in its own, or has a place and no size."""
    groups = {}
    for one in disagreement.statements:
        groups.setdefault((one.unit, one.currency), []).append(one.figure)
    drawn = []
    for one in disagreement.statements:
        figures = groups[one.unit, one.currency]
        alone = len(figures) < 2 or one.unit == "ordinal"
        drawn.append((one, None if alone else geometry.dot(one.figure, max(figures), get_language_bidi())))
    return drawn


def freshness_bar(confirmed):
    """charts.Stack of a figures.programme.freshness.FreshnessCounts."""
    parts = [(kind, getattr(confirmed, kind)) for kind in Freshness.values]
    return geometry.stack(parts, get_language_bidi())
