"""The Jinja environment of the public pages: the functions and filters their templates have.

The admin's pages are Django templates and know nothing of this.
"""

import logging
from functools import wraps

from django.conf import settings
from django.template import defaultfilters
from django.templatetags.static import static
from jinja2 import (
    ChainableUndefined,
    StrictUndefined,
    Undefined,
    make_logging_undefined,
    pass_context,
)

from catalog.charts import geometry
from catalog.figures import calls
from catalog.formats import moves
from catalog.listings import base as listings
from catalog.open_data import schema_org
from catalog.templatetags import rates, statements, values
from portal.assets import storage
from portal.templating import page_functions, translations
from portal.templating.jinja_compiler import PublicEnvironment

logger = logging.getLogger(__name__)

# {{ value|filter }}: what one value looks like on a page, in the page's language.
FILTERS = {
    "day": values.day,
    "day_short": values.day_short,
    "gregorian": values.gregorian,
    "when": values.when,
    "when_hour": values.when_hour,
    "year": values.year,
    "year_short": values.year_short,
    "digits": values.digits,
    "file_size": values.file_size,
    "num": values.num,
    "percent": values.percent,
    "percent_fine": values.percent_fine,
    "money": values.money,
    "money_large": values.money_large,
    "money_places": values.money_places,
    "money_exact": values.money_exact,
    "money_unit": values.money_unit,
    "quantity": values.quantity,
    "stated_value": values.stated_value,
    "toman": values.toman,
    "stated_words": values.stated_words,
    "call_outcome": calls.call_outcome,
    "called_note": values.called_note,
    "bounded_share": statements.bounded_share,
    "counted": statements.counted,
    "difference": statements.difference_sentence,
    "implied_rate": statements.implied_rate_words,
    "period": statements.period,
    "superseded": statements.superseded,
    "supersedes": statements.supersedes,
    "unit_sign": values.unit_sign,
    "unit_name": statements.unit_name,
    "rate_mark": rates.rate_mark,
    "rate_period": rates.rate_period,
    "rate_words": rates.rate_words,
    "with_rate": rates.with_rate,
    "breakable": values.breakable,
    "host": values.host,
    "latin": values.latin,
    "name": values.name,
    "and_list": page_functions.and_list,
    "comma_list": page_functions.comma_list,
    "linked": page_functions.linked,
    "strong": page_functions.strong,
    "semicolon_list": page_functions.semicolon_list,
    "zip": zip,
    "some_have": page_functions.some_have,
    "sums": page_functions.sums_in_words,
    "each_sum": page_functions.each_sum,
    "capfirst": defaultfilters.capfirst,
    "linebreaks": defaultfilters.linebreaks_filter,
    "truncatechars": defaultfilters.truncatechars,
}

FUNCTIONS = {
    "_": translations.gettext,
    "gettext": translations.gettext,
    "ngettext": translations.ngettext,
    "npgettext": translations.npgettext,
    "pgettext": translations.pgettext,
    "addresses": page_functions.addresses,
    "company_data": page_functions.company_data,
    "by_chosen_rate": rates.converted,
    "crumbs_data": page_functions.crumbs_data,
    "downloads": listings.downloads,
    "icon": page_functions.icon,
    "json_ld": schema_org.json_ld,
    "labelled": page_functions.labelled,
    "language": page_functions.language,
    "link": page_functions.link,
    "listing_data": page_functions.listing_data,
    "moved": moves.moved,
    "milestone_summary": values.milestone_summary,
    "on_sample_page": page_functions.on_sample_page,
    "once": page_functions.once,
    "option_name": listings.option_name,
    "page_address": page_functions.page_address,
    "page_is_sample": page_functions.page_is_sample,
    "page_numbers": listings.page_numbers,
    "product_data": page_functions.product_data,
    "rate_choices": rates.rate_switch,
    "rate_field": rates.rate_field,
    "rates_shown": rates.rates_used,
    "rtl": page_functions.rtl,
    "statement_by_chosen_rate": rates.in_dollars,
    "script": storage.script,
    "later_script": storage.later_script,
    "static": static,
    "trend_line": geometry.sparkline,
    "url": page_functions.url,
    "when_days": values.when_days,
}

# What base.html reads and not every page gives; an error page may have no request at all.
PAGE_DEFAULTS = {
    "all_sample": False,
    "crumbs": (),
    "has_samples": False,
    "navigation": (),
    "noindex": False,
    "other_language": None,
    "preview": None,
    "private_page": False,
    "request": None,
    "site_owner": "",
}


def environment(**options):
    """The environment Django's Jinja2 backend uses for templates/public."""
    options |= {"trim_blocks": True, "lstrip_blocks": True, "extensions": ["jinja2.ext.i18n"]}
    if settings.STRICT_TEMPLATES:
        options |= {"undefined": StrictUndefined, "finalize": called}
    else:
        options["undefined"] = make_logging_undefined(logger, ChainableUndefined)
    env = PublicEnvironment(**options)
    env.newstyle_gettext = True
    env.filters.update({name: at_each_request(function) for name, function in FILTERS.items()})
    env.globals.update(FUNCTIONS | PAGE_DEFAULTS)
    return env


def at_each_request(function):
    """The filter as Jinja does not work it out when it compiles a template: {{ "404"|digits }} would stay in
    the language of the first visitor. Filters that take the context are left until the page is made."""

    @pass_context
    @wraps(function)
    def filtered(context, *args, **kwargs):
        return function(*args, **kwargs)

    return filtered


def called(value):
    """`value` as it is to be printed; a method that was not called, as in {{ desk.get_kind_display }}, is
    refused."""
    if callable(value) and not isinstance(value, Undefined):
        raise TypeError(f"A template prints {value!r} without calling it.")
    return value
