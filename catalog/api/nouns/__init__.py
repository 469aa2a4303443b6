"""The nouns of the API: what rows each has, and what a row shows. Which there are, says catalog/nouns.py."""

from catalog.nouns import offered

NOUNS = tuple(view_set for _, view_set in offered("api"))
"""Their view sets, in the order of the site's menu."""
