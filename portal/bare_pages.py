"""Error pages made without what may be broken: session, account, database, and at last the templates."""

import logging

from django.conf import settings
from django.http import HttpResponse
from django.template import loader
from django.utils import translation

from catalog.admin import error_pages

logger = logging.getLogger(__name__)

API = "/api/"  # programs ask below it, and get no page

# For the day on which not even a template can be read; both languages, for here nothing is sure.
LAST_RESORT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{status}</title></head><body>
<p>Something went wrong on our side. Please try again in a few minutes. <a href="/en/">Home</a></p>
<p lang="fa" dir="rtl">خطایی از سوی ما رخ داد. لطفاً چند دقیقهٔ دیگر دوباره تلاش کنید.
<a href="/fa/">صفحهٔ نخست</a></p>
</body></html>
"""


def language_of(request):
    """The language of the address, else of the browser."""
    return translation.get_language_from_request(request, check_path=True)


def page(request, status, **more):
    """The page of that status in the visitor's language; `more`: what else its template needs."""
    language = language_of(request)
    try:
        with translation.override(language):
            if error_pages.is_inside(request):
                return HttpResponse(error_pages.text_for_anybody(request, status, **more), status=status)
            context = {
                "LANGUAGE_CODE": language,
                "LANGUAGE_BIDI": language == "fa",
                "site_name": settings.SITE_NAME[language],
            }
            return HttpResponse(loader.render_to_string(f"{status}.html", context | more), status=status)
    except Exception:  # whatever is wrong with the page, the visitor still gets an answer
        logger.exception("%s.html cannot be shown", status)
        return HttpResponse(LAST_RESORT.format(status=status), status=status)
