"""Functions for the templates of public pages: links, lists of words, addresses, data for machines.

Translations are taken as safe HTML, as everywhere in templates.
"""

from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.urls import get_urlconf, reverse
from django.utils.http import urlencode
from django.utils.translation import (
    get_language_bidi,
    get_language_from_path,
    gettext,
    pgettext,
)
from lucide import IconDoesNotExist, _render_icon
from markupsafe import Markup

from catalog.formats.language import page_language
from catalog.listings.base import replaced
from catalog.open_data import schema_org
from catalog.templatetags.rates import with_rate
from catalog.templatetags.values import money, name
from portal.templating import translations

_on_sample_page = ContextVar("on_sample_page", default=False)


def page_is_sample(is_sample):
    """Say at the top of a page whether all it shows is invented: its marks then stand at what is not. Prints
    nothing."""
    _on_sample_page.set(bool(is_sample))
    return ""


def on_sample_page():
    """What was said at the top of this page."""
    return _on_sample_page.get()


def language():
    """The code of the page's language: "en", "fa"."""
    return page_language() or settings.LANGUAGE_CODE


def rtl():
    """Whether the page runs from right to left."""
    return get_language_bidi()


def once(macro, *args):
    """What `macro` makes of these arguments in the page's language, worked out once for all pages.

    Only for macros that read nothing but their arguments and the language, such as components/marks.html.
    """
    return _made(page_language(), macro, args)


@lru_cache(4000)
def _made(language, macro, args):
    return macro(*args)


def url(name, *args, **kwargs):
    """The address of a page by its name, as {% url %} has it; without the visitor's rate."""
    return _path(name, args, tuple(kwargs.items()), *_address_space())


def _address_space():
    """What an address depends on besides its name: the language and the table of addresses."""
    return page_language(), get_urlconf()


@lru_cache(4000)
def _path(name, args, kwargs, *_address_space):
    return reverse(name, args=args, kwargs=dict(kwargs))


def link(target, *args, **query):
    """The address of a page of this site, with `query` and the rate that the visitor chose.

    `target` is a URL's name (`args` are its arguments) or a record with a page of its own; a parameter that
    is None is left out: link("catalog:product_list", companies="none"), link(product). Names and values are
    in the order in which a list has them in its one address: no link of ours is sent on.
    """
    path = url(target, *args) if isinstance(target, str) else target.get_absolute_url()
    if query := {name: sorted_values(value) for name, value in sorted(query.items()) if value is not None}:
        path = f"{path}?{urlencode(query, doseq=True)}"
    return with_rate(path)


def sorted_values(value):
    """The values of a parameter that may have several, sorted."""
    return sorted(value) if isinstance(value, list | tuple) else value


def labelled(label, words):
    """ "Next: First delivery" """
    return translations.pgettext("label and words", "%(label)s: %(words)s", label=label, words=words)


def comma_list(items):
    """The items that are not empty, escaped, with commas: "Mehr News Agency, 22 November 2020"."""
    return Markup(pgettext("list", ",") + " ").join(item for item in items if item)  # noqa: S704


def semicolon_list(items):
    """The items that are not empty, escaped, with semicolons."""
    return Markup(gettext(";") + " ").join(item for item in items if item)  # noqa: S704


def and_list(items):
    """Words in a list: "its days, its place and its target"."""
    *first, last = items
    if not first:
        return last
    return Markup("{} {} {}").format(comma_list(first), gettext("and"), last)


def linked(record):
    """The name of a record as a link to its page: for lists."""
    return Markup('<a href="{}">{}</a>').format(link(record), name(record))


def strong(words):
    """The words, escaped, in <strong>: for lists."""
    return Markup("<strong>{}</strong>").format(words)


def some_have(rows, *names):
    """Whether any of these rows has a value in one of these attributes: a column with none of them is left
    out of its table."""
    return any(getattr(row, name) not in (None, "", (), []) for row in rows for name in names)


def sums_in_words(amounts):
    """Sums in several currencies ({amount, currency} each), never added up: "€1.2bn · 40 trillion rials"."""
    return Markup("\u00a0· ").join(each_sum(amounts))


def each_sum(amounts):
    """The words of each of these sums, as a list."""
    return [money(one.amount, one.currency) for one in amounts]


def page_address(request, number, name="page"):
    """The address of that page of the listing that was asked for; `name`: of the parameter."""
    return replaced(request.GET, **{name: str(number) if number > 1 else None})


def addresses(request):
    """Absolute addresses of this page without its query: {canonical, alternates: [(code, url)], default}.

    None where there is no usable address: outside the language prefixes, or asked under a foreign host name.
    """
    prefix = request and get_language_from_path(request.path)
    if not prefix:
        return None
    try:
        host = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return None
    rest = request.path.removeprefix(f"/{prefix}")
    alternates = [(code, f"{host}/{code}{rest}") for code, _ in settings.LANGUAGES]
    return {
        "canonical": f"{host}{request.path}",
        "alternates": alternates,
        "default": f"{host}/" if rest == "/" else dict(alternates)[settings.LANGUAGE_CODE],
    }


def product_data(request, product):
    """JSON-LD of what a product's page is about; empty for a sample."""
    return _unless_sample(request, product, schema_org.product)


def company_data(request, company):
    """JSON-LD of what a company's page is about; empty for a sample."""
    return _unless_sample(request, company, schema_org.organization)


def listing_data(request, page, title):
    """JSON-LD of the records on a listing's page (a Django Page), samples left out."""
    items = [
        (place, str(record), request.build_absolute_uri(record.get_absolute_url()))
        for place, record in enumerate(page, start=page.start_index())
        if not record.is_sample
    ]
    return schema_org.json_ld(schema_org.item_list(title, page.paginator.count, items)) if items else ""


def crumbs_data(request, crumbs):
    """JSON-LD of where a page stands."""
    steps = [
        (str(crumb["label"]), crumb.get("url") and request.build_absolute_uri(crumb["url"]))
        for crumb in crumbs
    ]
    return schema_org.json_ld(schema_org.breadcrumbs(steps))


def _unless_sample(request, record, describe):
    if record.is_sample:
        return ""
    return schema_org.json_ld(describe(record, request.build_absolute_uri(record.get_absolute_url())))


FALLBACK_ICON = "square"


def icon(name, css=""):
    """The Lucide icon `name` as inline SVG, hidden from screen readers, with further classes in `css`
    ("icon-turn": mirrored in right-to-left pages)."""
    return _drawn_icon(str(name or FALLBACK_ICON), str(css))


@lru_cache(maxsize=256)
def _drawn_icon(name, css):
    options = {"class": f"icon {css}".strip(), "aria-hidden": "true", "stroke-width": "1.75"}
    try:
        return Markup(_render_icon(name, 20, **options))  # noqa: S704 - the package's own drawing
    except IconDoesNotExist:  # a sector's icon is typed by staff: a wrong name must not break the page
        return Markup(_render_icon(FALLBACK_ICON, 20, **options))  # noqa: S704
