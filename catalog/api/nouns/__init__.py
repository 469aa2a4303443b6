"""The nouns of the API, one a module: what rows each has, and what a row shows."""

from catalog.nouns import nouns_offering


def viewsets():
    """The viewsets of the nouns that the API offers, in the order of the site's menu."""
    return [viewset for _noun, viewset in nouns_offering("api")]
