"""The language of the page that is being written.

Words and numbers ask for it a thousand times a page, and to answer that often took Django a tenth of the
page's time. No page changes its language half way.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import get_language

_of_page = ContextVar("language of the page", default=None)


def page_language():
    """The active language; while a template is rendered, the one that was active when that began."""
    return _of_page.get() or get_language()


@contextmanager
def rendering():
    """Hold on to the language that is active now."""
    token = _of_page.set(get_language())
    try:
        yield
    finally:
        _of_page.reset(token)
