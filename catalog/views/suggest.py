"""What is offered while a visitor types, as JSON for static/js/suggest.js."""

import json
import re
from functools import cache

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import search
from catalog.caching.parts import kept
from catalog.formats.numerals import digits, is_persian

PAGES = {
    search.PRODUCT: "catalog:product_list",
    search.SECTOR: "catalog:sector_list",
    search.COMPANY: "catalog:company_list",
}

PERSIAN_LETTER = re.compile("[\u0600-\u06ff]")


@require_safe
def suggest(request):
    """{"message": how many, for a screen reader; "items": [{"url", "name", "also", "kind", "sample"}]}.

    `name` is in the page's language where there is one, `also` what was typed where that is not in it. Both
    are {"lang", "parts"}, the parts in turn unmarked and marked; all but `url` and `name` may be missing.
    Called at every letter: asks the database once as a rule, makes no objects of it and renders nothing; the
    answer is kept (catalog/caching/parts.py), so that the first letters are worked out once.
    """
    text = request.GET.get("q", "")
    return HttpResponse(kept(lambda: answer(text), "suggestions", text), content_type="application/json")


def answer(text):
    """The JSON for what is typed so far."""
    found = search.suggest(text)
    language = "fa" if is_persian(get_language()) else "en"
    roots = addresses(language)
    items = [item(one, language, roots) for one in found]
    if under := next((one for one in found if one.part == "code"), None):
        items = [under_code(under, roots[search.PRODUCT]), *items[: search.suggestions.MOST - 1]]
    message = ngettext("%(shown)s suggestion", "%(shown)s suggestions", len(items)) % {
        "shown": digits(len(items), language)
    }
    return json.dumps({"message": message if items else _("No suggestions"), "items": items})


@cache
def addresses(language):
    """Where the pages of each noun begin, in the language of the request."""
    return {noun: reverse(page) for noun, page in PAGES.items()}


def item(found, language, roots):
    """One suggestion, as the script shows it; `roots` are the addresses of the lists."""
    names = {"en": found.name_en, "fa": found.name_fa}
    own = language if names[language] else "en" if language == "fa" else "fa"
    shown = {"url": f"{roots[found.noun]}{found.slug}/"}
    shown["name"] = pieces(names[own], own, found.spans if found.part == own else ())
    if found.part == "code":
        shown["also"] = pieces(f"HS {found.code}", "en", [(start + 3, end + 3) for start, end in found.spans])
    elif found.part not in ("", own):
        shown["also"] = pieces(found.text, "fa" if PERSIAN_LETTER.search(found.text) else "en", found.spans)
    if found.noun != search.PRODUCT:
        shown["kind"] = _("Sector") if found.noun == search.SECTOR else _("Company")
    if found.sample:
        shown["sample"] = _("Sample")
    return shown


def under_code(found, listing):
    """The suggestion of every product under the beginning of an HS code that is typed, as in this one."""
    ((start, end),) = found.spans
    begun = found.text[start:end]
    code = f"\u2066HS {begun}\u2069"  # isolated: it stands in a Persian sentence too
    name = _("All products under %(code)s") % {"code": code}
    return {"url": f"{listing}?hs={begun.replace('.', '')}", "name": {"parts": [name]}}


def pieces(text, language, spans):
    """{"lang", "parts"}: the text in turn unmarked and marked, the first part perhaps empty."""
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], text[start:stop]]
        end = stop
    return {"lang": language, "parts": [*parts, text[end:]]}
