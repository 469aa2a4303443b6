"""Tags about the page itself: {% page_numbers page as numbers %} and {% page_address 2 %} for pagers,
{% addresses as here %} for its links."""

from django import template
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.utils.translation import get_language_from_path

from catalog.listings.base import replaced

register = template.Library()


@register.simple_tag
def page_numbers(page):
    """1, 2, None, 7, [8], 9, None, 41, 42 of a Django Page."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in elided]


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
