"""Listings as Atom feeds: the query of the page, newest changes first."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.formats.calendar import date_words
from catalog.formats.money import compact
from catalog.listings.base import DISPLAY_ONLY, address
from catalog.listings.facets import search_notices

from .exports import views as exports

ENTRIES = 50
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NEVER = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # "updated" of a feed without entries


@dataclass(frozen=True)
class Feed:
    """A listing that can be followed. `result` gives the records of a FilterSet, `facts` what stands below an
    entry's title (texts, empty where not known), `summary` a sentence or nothing."""

    listing: exports.Listing
    subtitle: str
    result: Callable
    facts: Callable
    summary: Callable

    @property
    def name(self):
        return f"{self.listing.noun}_feed"


class LabelledAtom(Atom1Feed):
    """Atom whose categories have a label beside their term."""

    def latest_post_date(self):
        """When the newest entry changed. Django gives an empty feed the present moment, so that it would be
        new at every visit."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["category"]:
            handler.addQuickElement("category", "", item["category"])


@require_safe
def feed(request, feed):
    """The ENTRIES records of the result that changed last. How the page shows its rows does not count."""
    query = request.GET.copy()
    for name in DISPLAY_ONLY:
        query.pop(name, None)
    filterset = feed.listing.read(query)
    newest = feed.result(filterset).select_related("sector").order_by("-updated_at", "-pk")[:ENTRIES]
    atom = empty_feed(request, feed, filterset)
    for record in newest:
        atom.add_item(**entry(request, feed, record))
    response = HttpResponse(content_type=atom.content_type)
    atom.write(response, "utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def empty_feed(request, feed, filterset):
    """The feed of a query, without entries."""
    language = get_language()
    site = settings.SITE_NAME[language]
    query = address(filterset.chosen) if filterset.chosen else ""
    words = [str(feed.listing.title), *filterset.chosen_words]
    notices = [*filterset.notices, *search_notices(filterset)]
    return LabelledAtom(
        title=clean(f"{' · '.join(words)} – {site}"),
        link=request.build_absolute_uri(feed.listing.page + query),
        description=None,
        language=language,
        author_name=settings.SITE_OWNER[language] or site,
        subtitle=clean(" ".join([str(feed.subtitle), *notices])),
        feed_url=request.build_absolute_uri(reverse(f"catalog:{feed.name}") + query),
    )


def entry(request, feed, record):
    """The arguments of an entry. Its id is the address of the record's page in this language: addresses never
    change."""
    page = request.build_absolute_uri(record.get_absolute_url())
    sector = public_sector(record)
    return {
        "title": clean(f"{pgettext('mark', 'Sample')}: {record}" if record.is_sample else record),
        "link": page,
        "unique_id": page,
        "description": escape(clean(description(feed, record))),
        "pubdate": record.published_at,
        "updateddate": record.updated_at,
        "category": sector and {"term": sector.slug, "label": clean(sector.name)},
    }


def description(feed, record):
    """What stands below the title of an entry: sector and facts, then a sentence."""
    sector = public_sector(record)
    facts = " · ".join(filter(None, [sector and sector.name, *feed.facts(record)]))
    return " ".join(filter(None, [facts and f"{facts}.", feed.summary(record)]))


def clean(text):
    """U+FFFD in the place of what XML 1.0 cannot hold, which a visitor's words and a pasted text can: Django
    raises for some of it and lets the rest through."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(text))


def public_sector(record):
    return record.sector if record.sector and record.sector.state == "published" else None


def filtered(filterset):
    return filterset.filter_queryset(filterset.queryset)


def contract_facts(contract):
    language = get_language()
    signed, amount = contract.signed_on, contract.amount
    return [
        contract.get_kind_display(),
        signed and date_words(signed, contract.signed_precision, language),
        "" if amount is None else compact(amount, contract.currency, language),
        contract.get_status_display(),
    ]


def unit_needs(unit):
    needs = pgettext("between names", ", ").join(unit.needs_in_words)
    return needs and _("Needs: %(needs)s.") % {"needs": needs}


FEEDS = (
    Feed(
        exports.PRODUCTS,
        gettext_lazy("Products that changed last, newest first."),
        result=lambda filterset: filterset.result(),
        facts=lambda product: [f"HS {product.hs_dotted}", product.get_stage_display()],
        summary=lambda product: product.summary,
    ),
    Feed(
        exports.COMPANIES,
        gettext_lazy("Companies that changed last, newest first."),
        result=filtered,
        facts=lambda company: [company.get_kind_display(), company.get_province_display()],
        summary=lambda company: company.summary,
    ),
    Feed(
        exports.CONTRACTS,
        gettext_lazy("Contracts, memoranda and plans that changed last, newest first."),
        result=lambda filterset: filtered(filterset).with_amounts(),
        facts=contract_facts,
        summary=lambda contract: "",
    ),
    Feed(
        exports.UNITS,
        gettext_lazy("Idle units that changed last, newest first."),
        result=filtered,
        facts=lambda unit: [unit.get_province_display(), unit.get_status_display()],
        summary=unit_needs,
    ),
)


def addresses():
    """The feed of every listing, named product_feed and so on: they take no argument."""
    return [path(f"{one.listing.rows}/feed.atom", feed, {"feed": one}, name=one.name) for one in FEEDS]
