"""{% icon "search" %}: a Lucide icon as inline SVG without inline style, hidden from screen readers."""

from functools import lru_cache

from django import template
from django.utils.safestring import mark_safe
from lucide import IconDoesNotExist, _render_icon

register = template.Library()

FALLBACK = "square"


@register.simple_tag
def icon(name, css=""):
    """Icon `name`, with further classes in `css` ("icon-turn": mirrored in right-to-left pages)."""
    return _drawn(str(name or FALLBACK), str(css))


@lru_cache(maxsize=256)
def _drawn(name, css):
    options = {"class": f"icon {css}".strip(), "aria-hidden": "true", "stroke-width": "1.75"}
    try:
        return mark_safe(_render_icon(name, 20, **options))  # noqa: S308 - the package's own drawing
    except IconDoesNotExist:  # a sector's icon is typed by staff: a wrong name must not break the page
        return mark_safe(_render_icon(FALLBACK, 20, **options))  # noqa: S308
