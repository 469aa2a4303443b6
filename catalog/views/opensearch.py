"""How browsers search here: the OpenSearch description of the site."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

OPENSEARCH_TYPE = "application/opensearchdescription+xml; charset=utf-8"
MAX_SHORT_NAME, MAX_LONG_NAME = 16, 48  # characters the format allows


@require_safe
@conditional_page
def opensearch_description(request):
    """The description in the language of `?hl=`, else in the one the browser prefers."""
    requested = request.GET.get("hl")
    language = requested if requested in settings.SITE_NAME else translation.get_language()
    with translation.override(language):
        site = f"{request.scheme}://{request.get_host()}"
        name = settings.SITE_NAME[language]
        context = {
            "language": language,
            "short_name": name if len(name) <= MAX_SHORT_NAME else _("Product search"),
            "long_name": name[:MAX_LONG_NAME],
            "description": _("Find products by name, part, HS code or company."),
            "site": site,
            "listing": site + reverse("catalog:product_list"),
            "feed": site + reverse("catalog:product_feed"),
            "itself": site + reverse("opensearch"),
        }
        response = render(request, "opensearch.xml", context, content_type=OPENSEARCH_TYPE)
    response.headers["Content-Language"] = language
    return response
