"""{% downloads "product" query as away %}: where a listing can be taken away, with the same query."""

from django import template

from catalog.listings.base import downloads

register = template.Library()
register.simple_tag(downloads)
