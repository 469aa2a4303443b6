"""{% downloads "product" query as away %}: where a listing can be taken away, with the same query."""

from django import template
from django.urls import NoReverseMatch, reverse

from catalog.currency import visitor_rate
from catalog.listings.base import replaced

register = template.Library()

FORMATS = (("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"))


@register.simple_tag
def downloads(noun, query):
    """{files: [{label, url}], feed} of a noun ("product") and the usable part of its query (a QueryDict);
    `feed` is empty where there is none, and without the order, which a feed does not have."""
    query = query.copy()
    query.pop(visitor_rate.PARAMETER, None)  # sums are taken away as they are on record
    files = [{"label": label, "url": _path(f"{noun}_{suffix}", query)} for suffix, label in FORMATS]
    return {"files": files, "feed": _path(f"{noun}_feed", query, order=None)}


def _path(name, query, **changes):
    try:
        path = reverse(f"catalog:{name}")
    except NoReverseMatch:
        return ""
    return (path + replaced(query, **changes)).removesuffix("?")
