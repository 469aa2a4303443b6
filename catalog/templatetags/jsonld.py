"""Data for machines inside a page, as JSON-LD in blocks that no browser runs.

{% json_ld value %}            any value
{% product_data product %}     what a page is about, nothing for a sample
{% company_data company %}
{% listing_data page title %}  the records of a listing's page (a Django Page), samples left out
{% crumbs_data crumbs %}       where a page stands
"""

import json

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from catalog.open_data import schema_org

register = template.Library()

# As in Django's json_script: nothing in a text may end the block or begin a comment in it. The two separators
# are lines' ends to older readers of script.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def json_ld(value):
    """`value` as JSON-LD in a <script> element of that type."""
    text = json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped


@register.simple_tag(takes_context=True)
def product_data(context, product):
    return _unless_sample(context, product, schema_org.product)


@register.simple_tag(takes_context=True)
def company_data(context, company):
    return _unless_sample(context, company, schema_org.organization)


@register.simple_tag(takes_context=True)
def listing_data(context, page, title):
    items = [
        (place, str(record), _absolute(context, record.get_absolute_url()))
        for place, record in enumerate(page, start=page.start_index())
        if not record.is_sample
    ]
    return json_ld(schema_org.item_list(title, page.paginator.count, items)) if items else ""


@register.simple_tag(takes_context=True)
def crumbs_data(context, crumbs):
    steps = [(str(crumb["label"]), crumb.get("url") and _absolute(context, crumb["url"])) for crumb in crumbs]
    return json_ld(schema_org.breadcrumbs(steps))


def _unless_sample(context, record, describe):
    if record.is_sample:
        return ""
    return json_ld(describe(record, _absolute(context, record.get_absolute_url())))


def _absolute(context, path):
    return context["request"].build_absolute_uri(path)
