"""A kept page as it is shown while the database is away: with the time at which it was known to be true."""

from html import escape

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from catalog.formats.numerals import digits

MAIN = b'<main id="main"'
"""Where the line is put in: base.html has it once."""
LINE = '<aside class="as-of-banner" role="status"><div class="wrap"><p>{}</p></div></aside>\n'
LEFT_OUT_HEADERS = ("ETag", "Last-Modified", "Content-Length")


def kept_answer(page, known):
    """The kept `page` of the state that was `known` last, which nobody may keep any further."""
    content = page.content
    if page.headers.get("Content-Type", "").startswith("text/html"):
        content = content.replace(MAIN, line(known).encode() + MAIN, 1)
    response = HttpResponse(content, status=page.status, headers=page.headers)
    for name in LEFT_OUT_HEADERS:
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Age"] = str(int(known.age))
    return response


def line(known):
    """Says in the language of the page as of when it is."""
    words = _("As of %(time)s: the site cannot read newer data just now.")
    time = digits(f"{known.at:%H:%M}", translation.get_language())
    return LINE.format(escape(words % {"time": time}))
