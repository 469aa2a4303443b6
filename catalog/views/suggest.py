"""What is suggested while a visitor types, as JSON for static/js/suggest.js."""

import json
import re
from functools import cache

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog import search
from catalog.formats.numerals import digits, is_persian

LISTS_OF_NOUNS = {
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
    Called at every letter: one query of the database as a rule, no model instances and no template.
    """
    return HttpResponse(suggestions_json(request.GET.get("q", "")), content_type="application/json")


def suggestions_json(text):
    """The JSON for what is typed so far."""
    suggestions = search.suggest(text)
    language = "fa" if is_persian(get_language()) else "en"
    lists = list_addresses(language)
    items = [suggestion_item(suggestion, language, lists) for suggestion in suggestions]
    if by_code := next((suggestion for suggestion in suggestions if suggestion.part == "code"), None):
        items = [all_under_code(by_code, lists[search.PRODUCT]), *items[: search.MAX_SUGGESTIONS - 1]]
    message = ngettext("%(shown)s suggestion", "%(shown)s suggestions", len(items)) % {
        "shown": digits(len(items), language)
    }
    return json.dumps({"message": message if items else _("No suggestions"), "items": items})


@cache
def list_addresses(language):
    """The address of the list of each noun, in the language of the request."""
    return {noun: reverse(page) for noun, page in LISTS_OF_NOUNS.items()}


def suggestion_item(suggestion, language, lists):
    """One suggestion as the script shows it; `lists` are the `list_addresses`."""
    names = {"en": suggestion.name_en, "fa": suggestion.name_fa}
    own = language if names[language] else "en" if language == "fa" else "fa"
    text, spans, part = suggestion.text, suggestion.spans, suggestion.part
    content = {"url": f"{lists[suggestion.noun]}{suggestion.slug}/"}
    content["name"] = marked(names[own], own, spans if part == own else ())
    if part == "code":
        in_code = [(start + len("HS "), end + len("HS ")) for start, end in spans]
        content["also"] = marked(f"HS {suggestion.code}", "en", in_code)
    elif part not in ("", own):
        content["also"] = marked(text, "fa" if PERSIAN_LETTER.search(text) else "en", spans)
    if suggestion.noun != search.PRODUCT:
        content["kind"] = _("Sector") if suggestion.noun == search.SECTOR else _("Company")
    if suggestion.sample:
        content["sample"] = _("Sample")
    return content


def all_under_code(suggestion, product_list):
    """The item for all products under the beginning of an HS code that is typed, as in this suggestion."""
    ((start, end),) = suggestion.spans
    typed = suggestion.text[start:end]
    code = f"\u2066HS {typed}\u2069"  # isolated: it stands in a Persian sentence too
    name = _("All products under %(code)s") % {"code": code}
    return {"url": f"{product_list}?hs={typed.replace('.', '')}", "name": {"parts": [name]}}


def marked(text, language, spans):
    """{"lang", "parts"}: the text in turn unmarked and marked, the first part perhaps empty."""
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], text[start:stop]]
        end = stop
    return {"lang": language, "parts": [*parts, text[end:]]}
