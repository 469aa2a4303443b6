"""gettext for templates of public pages, called as Jinja's {% trans %} calls it; words are looked up once.

Translations are safe HTML; what is put into them is escaped.
"""

from functools import lru_cache

from django.utils import translation
from django.utils.translation import get_language
from markupsafe import Markup

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


def gettext(message, /, **values):
    pattern = _pattern(get_language(), message)
    return pattern % values if values else _words(pattern)


def pgettext(context, message, /, **values):
    pattern = _pattern_in(get_language(), context, message)
    return pattern % values if values else _words(pattern)


def ngettext(singular, plural, number, /, **values):
    pattern = translation.ngettext(singular, plural, number)
    return Markup(pattern) % {"num": number, **values}  # noqa: S704


def npgettext(context, singular, plural, number, /, **values):
    pattern = translation.npgettext(context, singular, plural, number)
    return Markup(pattern) % {"num": number, **values}  # noqa: S704
