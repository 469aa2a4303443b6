"""gettext for templates of public pages, called as Jinja's {% trans %} calls it; words are looked up once.

Translations are safe HTML; what is put into them is escaped.
"""

from functools import lru_cache

from django.utils import translation
from markupsafe import Markup, escape

from catalog.formats.language import page_language

READY = frozenset((int, Markup))
MESSAGES = 20_000  # more than the site has, in all its languages


@lru_cache(MESSAGES)
def _pattern(language, message):
    return Markup(translation.gettext(message))  # noqa: S704


@lru_cache(MESSAGES)
def _pattern_in(language, context, message):
    return Markup(translation.pgettext(context, message))  # noqa: S704


@lru_cache(MESSAGES)
def _words(pattern):
    return pattern % {}


def filled(pattern, values):
    """`pattern` with the values, escaped, in it: what Markup makes of `pattern % values`, by way of fewer
    objects."""
    safe = {name: value if type(value) in READY else escape(value) for name, value in values.items()}
    return Markup(str.__mod__(pattern, safe))  # noqa: S704


def gettext(message, /, **values):
    pattern = _pattern(page_language(), message)
    return filled(pattern, values) if values else _words(pattern)


def pgettext(context, message, /, **values):
    pattern = _pattern_in(page_language(), context, message)
    return filled(pattern, values) if values else _words(pattern)


def ngettext(singular, plural, number, /, **values):
    return filled(translation.ngettext(singular, plural, number), {"num": number, **values})


def npgettext(context, singular, plural, number, /, **values):
    return filled(translation.npgettext(context, singular, plural, number), {"num": number, **values})
