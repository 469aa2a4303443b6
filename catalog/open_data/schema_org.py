"""What a page says in schema.org's words, as dicts for JSON-LD. Pure: from records and addresses.

Only what the record itself says: no offers, no ratings, no figures. Nothing of a sample: a machine that takes
the statement away does not take the mark beside it.
"""

import json

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

SCHEMA_ORG = "https://schema.org"

# As in Django's json_script: nothing in a text may end the block or begin a comment in it. The two separators
# are lines' ends to older readers of script.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def json_ld(value):
    """`value` as JSON-LD in a <script> element of that type."""
    text = json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped


def product(record, page):
    """A Product; `page` is its absolute address, its sector must be at hand."""
    return _known(
        {
            "@context": SCHEMA_ORG,
            "@type": "Product",
            "@id": f"{page}#product",
            "url": page,
            **_names(record),
            "description": record.summary,
            "category": record.sector.name,
            "identifier": {"@type": "PropertyValue", "propertyID": "HS 2017", "value": record.hs_code},
        }
    )


def organization(record, page):
    """An Organization; `page` is the absolute address of its page here, its `url` that of its own website."""
    place = _known({"addressRegion": record.get_province_display(), "addressLocality": record.town})
    return _known(
        {
            "@context": SCHEMA_ORG,
            "@type": "Organization",
            "@id": f"{page}#organization",
            "mainEntityOfPage": page,
            **_names(record),
            "description": record.summary,
            "url": record.website,
            "email": record.public_email,
            "telephone": record.public_phone,
            "address": {"@type": "PostalAddress", "addressCountry": "IR", **place} if place else None,
        }
    )


def item_list(name, count, items):
    """An ItemList of one page of a listing that has `count` in all; `items` are (place in all of it, name,
    absolute address)."""
    return {
        "@context": SCHEMA_ORG,
        "@type": "ItemList",
        "name": name,
        "numberOfItems": count,
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "url": address}
            for place, name, address in items
        ],
    }


def breadcrumbs(crumbs):
    """A BreadcrumbList of (name, absolute address, or None for the page itself)."""
    items = [
        _known({"@type": "ListItem", "position": place, "name": name, "item": address})
        for place, (name, address) in enumerate(crumbs, start=1)
    ]
    return {"@context": SCHEMA_ORG, "@type": "BreadcrumbList", "itemListElement": items}


def _names(record):
    """The name in the page's language, and the other one where it is another."""
    other = record.name_en if get_language() == "fa" else record.name_fa
    return {"name": record.name, "alternateName": other if other != record.name else ""}


def _known(data):
    return {name: value for name, value in data.items() if value}
