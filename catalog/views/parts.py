"""Long lists inside a page, shown a part at a time."""

from django.core.paginator import Paginator

from .listings import page_of

SIZE = 50
"""Rows of a list that stand on a page at once: what a reader looks through without searching."""


def parts_of(query, **lists):
    """{name: the Django Page of that list which the query asks for by that name, else the first}."""
    return {name: page_of(Paginator(rows, SIZE), query.get(name))[0] for name, rows in lists.items()}
