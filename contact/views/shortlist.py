"""A list of products to come back to: the visitor's own, kept in a cookie, and lists that others share.

An address that names products (?p=…) shows the same to everybody and reads no cookie.
"""

from functools import wraps
from urllib.parse import urlsplit

from django.db.models import Case, When
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.figures.chosen import PRODUCT_PARAMETER, chosen_products, keys_in, query_of
from catalog.figures.listing import listing_rows
from catalog.formats.calendar import year_of_sums
from catalog.formats.numerals import digits
from catalog.listings.base import shown
from catalog.models import Product
from catalog.models.base import in_language
from catalog.nouns import noun_of
from catalog.open_data.exports.columns import ExportTable
from catalog.open_data.exports.products import PRODUCT_EXPORT
from catalog.open_data.exports.views import EXPORT_FORMATS, file_of
from contact.private import private
from contact.same_origin import same_origin_posts
from contact.shortlist import MOST_LISTED, FullError, added, kept_keys, write_list

LONGEST_WAY_BACK = 8000  # characters of an address to go back to


def private_unless_shared(view):
    """The view; where the address names no products its answer is the visitor's alone."""
    alone = private(view)

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" or PRODUCT_PARAMETER not in request.GET:
            return alone(request, *args, **kwargs)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def products_listed(request):
    """(the Chosen products of the address, else of the visitor's own list, whether it is their own)."""
    own = PRODUCT_PARAMETER not in request.GET
    keys = kept_keys(request) if own else keys_in(request.GET)
    return chosen_products(keys, MOST_LISTED), own


@require_http_methods(["GET", "HEAD", "POST"])
@private_unless_shared
@same_origin_posts
def shortlist(request):
    """The list as a page. A form adds a product, removes one, or keeps a shared list as one's own."""
    return changed(request) if request.method == "POST" else list_page(request)


def list_page(request, notices=(), status=200):
    """The page of a list; where the visitor's own is full, with what was not added."""
    if status == 200:
        found, own = products_listed(request)
    else:
        found, own = chosen_products(kept_keys(request), MOST_LISTED), True
    year = year_of_sums(product.import_year for product in found.products if product.import_year)
    rows = listing_rows([product.pk for product in found.products], year)
    context = {
        "found": found,
        "own": own,
        "rows": rows,
        "year": year,
        "with_samples": any(row.has_sample for row in rows),
        "ask": address_or_none("contact:ask"),
        "most": MOST_LISTED,
        "notices": notices,
        "crumbs": [{"label": _("Shortlist")}],
        "noindex": True,
    }
    return render(request, "shortlist/page.html", context, status=status)


def address_or_none(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


# --- changes


def changed(request):
    """The answer to a form: back to the page it stands on, with a notice there."""
    if "keep" in request.POST:
        return kept_as_mine(request)
    if key := request.POST.get("remove", ""):
        keys = [one for one in kept_keys(request) if one != key]
        return done(request, keys, "dropped", _("Removed from your shortlist."))
    found = chosen_products([request.POST.get("add", "")[:120]], 1)
    if not found.products:
        return refused(request, _("Nothing was added: there is no such product here."), 404)
    (product,) = found.products
    try:
        keys = added(kept_keys(request), product.slug)
    except FullError:
        return refused(request, full(product), 409)
    return done(request, keys, "kept", _("Added to your shortlist."))


def full(product):
    return _(
        "Your shortlist is full, it takes %(most)s products: “%(name)s” was not added. "
        "Remove one that you no longer need and add it then."
    ) % {"most": digits(MOST_LISTED, get_language()), "name": in_language(product, "name")}


def kept_as_mine(request):
    """The products of a shared list, in place of the visitor's own."""
    keys = []
    for product in chosen_products(keys_in(request.POST), MOST_LISTED).products:
        try:
            keys = added(keys, product.slug)
        except FullError:
            break
    response = HttpResponseRedirect(reverse("contact:shortlist"))
    write_list(response, keys)
    return response


def done(request, keys, notice, words):
    """The list is stored; `notice` is the id of what says so on every page, `words` say it to a script."""
    if wants_json(request):
        response = JsonResponse(as_json(keys) | {"message": words})
    else:
        response = HttpResponseRedirect(f"{came_from(request)}#{notice}")
    write_list(response, keys)
    return response


def refused(request, words, status):
    """Nothing was stored; the visitor's list, and why."""
    if wants_json(request):
        return JsonResponse(as_json(kept_keys(request)) | {"message": words}, status=status)
    return list_page(request, [words], status)


def wants_json(request):
    return request.headers.get("Accept", "").startswith("application/json")


def came_from(request):
    """The path and query of the page of this site on which a form stands, else of the list itself."""
    address = request.headers.get("Referer", "")
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    ours = parts.netloc == request.get_host() and get_language_from_path(parts.path)
    if ours and len(path) <= LONGEST_WAY_BACK and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return reverse("contact:shortlist")


# --- for the script, and to take away


@require_safe
@private
def state(request):
    """What is on the visitor's list, for the marks that a script sets on pages which are the same for all."""
    return JsonResponse(as_json(kept_keys(request)))


def as_json(keys):
    return {"count": len(keys), "shown": digits(len(keys), get_language()), "products": keys}


@require_safe
@private_unless_shared
def export(request, suffix):
    """The list as a file, with the columns of the product list."""
    if suffix not in EXPORT_FORMATS:
        raise Http404
    found, _own = products_listed(request)
    notices = [missing_words(found)] if found.withdrawn or found.unknown else []
    title = _("Shortlist")
    return file_of(request, lambda: list_table(request, found, title, notices), title, suffix, notices)


export.heavy = True


def missing_words(found):
    """The sentence that names what is not on the site, or no more."""
    keys = [shown(key) for key in (*found.withdrawn, *found.unknown)]
    return _("Not among the public products: %(names)s") % {"names": "، ".join(keys)}


def list_table(request, found, title, notices):
    """The ExportTable of the products found, in their order."""
    noun, site = noun_of(Product), f"{request.scheme}://{request.get_host()}"
    return ExportTable(
        noun=noun.path,
        title=title,
        columns=PRODUCT_EXPORT.worded_columns(site, noun),
        page=f"{site}{reverse('contact:shortlist')}?{query_of(found.keys)}",
        chosen=[],
        notices=notices,
        day=timezone.localdate(),
        language=get_language(),
        batches=PRODUCT_EXPORT.batches(ExportedList(found.products)),
    )


class ExportedList:
    """What an export reads of a filtered list: its rows in order."""

    def __init__(self, products):
        keys = [product.pk for product in products]
        place = Case(*(When(pk=key, then=place) for place, key in enumerate(keys)), default=len(keys))
        rows = Product.objects.published().filter(pk__in=keys)
        self.qs = rows.order_by(place) if keys else rows.order_by("pk")
