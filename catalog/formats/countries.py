"""Names of the countries goods come from, by ISO 3166 two-letter code."""

import re

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

COUNTRIES = {
    "AE": _("United Arab Emirates"),
    "AT": _("Austria"),
    "BE": _("Belgium"),
    "BR": _("Brazil"),
    "BY": _("Belarus"),
    "CA": _("Canada"),
    "CH": _("Switzerland"),
    "CN": _("China"),
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "DK": _("Denmark"),
    "ES": _("Spain"),
    "FI": _("Finland"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "ID": _("Indonesia"),
    "IN": _("India"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "KR": _("South Korea"),
    "MY": _("Malaysia"),
    "NL": _("Netherlands"),
    "NO": _("Norway"),
    "PL": _("Poland"),
    "RU": _("Russia"),
    "SE": _("Sweden"),
    "SG": _("Singapore"),
    "TH": _("Thailand"),
    "TR": _("Turkey"),
    "TW": _("Taiwan"),
    "UA": _("Ukraine"),
    "US": _("United States"),
    "VN": _("Vietnam"),
}


def country_name(code):
    """The name in the active language; an unknown code stands for itself."""
    return str(COUNTRIES.get(code, code))


def unknown_codes(value):
    """The codes of a comma-separated list that are not in the table, as a list."""
    return [code for code in value.split(",") if code and code not in COUNTRIES]


def codes_in(text):
    """The codes that a text written by hand means, and what in it is no country: "de, TR", "آلمان، ترکیه"."""
    named = {}
    for code in COUNTRIES:
        for language in ("en", "fa"):
            with override(language):
                named[country_name(code).casefold()] = code
    parts = [part.strip() for part in re.split("[,،;؛\n]", text)]
    codes, unknown = [], []
    for part in filter(None, parts):
        words = [part] if part.casefold() in named else part.split()
        for word in words:
            code = named.get(word.casefold(), word.upper())
            (codes if code in COUNTRIES else unknown).append(code if code in COUNTRIES else word)
    return list(dict.fromkeys(codes)), unknown
