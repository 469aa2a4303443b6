"""{% kept "name" key … %}…{% endkept %}: rendered once for each key in an edition of the catalogue.

What stands inside may follow from the catalogue, the language and the key, and from nothing else of the
request. Nothing is kept where a part of the key is missing, nor where the visitor chose a rate: sums that are
converted number the rates of their page.
"""

from django import template
from django.utils.safestring import mark_safe

from catalog.caching.parts import kept
from catalog.currency import visitor_rate

register = template.Library()


class KeptNode(template.Node):
    def __init__(self, nodelist, key):
        self.nodelist = nodelist
        self.key = key

    def render(self, context):
        key = [part.resolve(context, ignore_failures=True) for part in self.key]
        if visitor_rate.active() or any(part is None or part == "" for part in key):
            return self.nodelist.render(context)
        return mark_safe(kept(lambda: str(self.nodelist.render(context)), "part", *key))  # noqa: S308, rendered


@register.tag("kept")
def keep(parser, token):
    key = [parser.compile_filter(part) for part in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, key)
