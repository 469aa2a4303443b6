"""How a browser searches here: the description by which it learns the site's search."""

from django.conf import settings
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

CONTENT_TYPE = "application/opensearchdescription+xml; charset=utf-8"
COMPLETIONS = "catalog:product_completions"  # answers [text, [words]], as browsers want it
LONGEST_NAME, LONGEST_LONG_NAME = 16, 48  # characters the format allows


@require_safe
@conditional_page
def description(request):
    """The description in the language of `?hl=`, else in the one the browser prefers."""
    wanted = request.GET.get("hl")
    language = wanted if wanted in settings.SITE_NAME else translation.get_language()
    with translation.override(language):
        site = f"{request.scheme}://{request.get_host()}"
        name = settings.SITE_NAME[language]
        context = {
            "language": language,
            "short_name": name if len(name) <= LONGEST_NAME else _("Product search"),
            "long_name": name[:LONGEST_LONG_NAME],
            "description": _("Find products by name, part, HS code or company."),
            "site": site,
            "listing": site + reverse("catalog:product_list"),
            "feed": site + reverse("catalog:product_feed"),
            "suggestions": suggestions(site),
        }
        response = render(request, "opensearch.xml", context, content_type=CONTENT_TYPE)
    response.headers["Content-Language"] = language
    return response


def suggestions(site):
    """The address that completes what is typed in a browser's own field, or an empty string while there is
    none: it must answer [text, [words]], which is not what the site's pages want."""
    try:
        return site + reverse(COMPLETIONS)
    except NoReverseMatch:
        return ""
