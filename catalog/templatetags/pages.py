"""Tags about the page itself: {% page_numbers page as numbers %} and {% page_address 2 %} for pagers,
{% addresses as here %} for its links."""

from django import template
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.utils.translation import get_language_from_path

from catalog.listings.base import page_numbers, replaced

register = template.Library()


register.simple_tag(page_numbers)


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """The address of that page of this listing."""
    return replaced(context.request.GET, page=str(number) if number > 1 else None)


@register.simple_tag(takes_context=True)
def addresses(context):
    """Absolute addresses of this page without its query: {canonical, alternates: [(code, url)], default}.

    None where there is no usable address: outside the language prefixes, or asked under a foreign host name.
    """
    request = context.get("request")
    language = request and get_language_from_path(request.path)
    if not language:
        return None
    try:
        host = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return None
    rest = request.path.removeprefix(f"/{language}")
    alternates = [(code, f"{host}/{code}{rest}") for code, _ in settings.LANGUAGES]
    return {
        "canonical": f"{host}{request.path}",
        "alternates": alternates,
        "default": f"{host}/" if rest == "/" else dict(alternates)[settings.LANGUAGE_CODE],
    }
