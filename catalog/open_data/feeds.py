"""Lists as Atom feeds: the query of the page, newest changes first."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.formats.calendar import date_words
from catalog.formats.money import compact
from catalog.listings.base import DISPLAY_ONLY, address
from catalog.listings.facets import search_notices
from catalog.models import Company, Contract, IdleUnit, Province, Stage
from catalog.models.base import if_public, label_of
from catalog.nouns import nouns_offering
from catalog.open_data.exports.columns import Export
from catalog.open_data.exports.companies import COMPANY_EXPORT
from catalog.open_data.exports.contracts import CONTRACT_EXPORT
from catalog.open_data.exports.products import PRODUCT_EXPORT
from catalog.open_data.exports.units import UNIT_EXPORT, found_units

ENTRIES = 50
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NEVER = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # "updated" of a feed without entries


@dataclass(frozen=True)
class Feed:
    """A list that can be followed. `result` gives the records of a FilterSet, `facts` what stands below an
    entry's title (texts, empty where not known), `summary` a sentence or nothing."""

    export: Export
    subtitle: str
    result: Callable
    facts: Callable
    summary: Callable


def feed_addresses():
    """The feed of each list, named product_feed and so on: they take no argument."""
    return [
        path(f"{noun.path}/feed.atom", latest, {"noun": noun, "feed": feed}, name=f"{noun.stem}_feed")
        for noun, feed in nouns_offering("feed")
    ]


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
def latest(request, noun, feed):
    """The ENTRIES records of the result that changed last. How the page shows its rows does not count."""
    query = request.GET.copy()
    for name in DISPLAY_ONLY:
        query.pop(name, None)
    filterset = feed.export.read(query)
    atom = empty_feed(request, noun, feed, filterset)
    pages = request.build_absolute_uri(noun.page_prefix())
    for record in newest(feed, filterset):
        atom.add_item(**entry(f"{pages}{getattr(record, noun.key)}/", feed, record))
    response = HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def newest(feed, filterset):
    """The records of the feed, their sectors at hand."""
    return feed.result(filterset).select_related("sector").order_by("-updated_at", "-pk")[:ENTRIES]


def empty_feed(request, noun, feed, filterset):
    """The feed of a query, without entries."""
    language = get_language()
    site = settings.SITE_NAME[language]
    query = address(filterset.chosen) if filterset.chosen else ""
    words = [str(noun.title), *filterset.chosen_words]
    notices = [*filterset.notices, *search_notices(filterset)]
    return LabelledAtom(
        title=clean(f"{' · '.join(words)} – {site}"),
        link=request.build_absolute_uri(reverse(noun.list_address) + query),
        description=None,
        language=language,
        author_name=settings.SITE_OWNER[language] or site,
        subtitle=clean(" ".join([str(feed.subtitle), *notices])),
        feed_url=request.build_absolute_uri(reverse(f"catalog:{noun.stem}_feed") + query),
    )


def entry(page, feed, record):
    """The arguments of an entry. Its id is the address of the record's page in this language: addresses never
    change."""
    sector = if_public(record.sector)
    return {
        "title": clean(f"{pgettext('mark', 'Sample')}: {record}" if record.is_sample else record),
        "link": page,
        "unique_id": page,
        "description": escape(clean(description(feed, record, sector))),
        "pubdate": record.published_at and timezone.localtime(record.published_at),
        "updateddate": timezone.localtime(record.updated_at),
        "category": sector and {"term": sector.slug, "label": clean(sector.name)},
    }


def description(feed, record, sector):
    """What stands below the title of an entry: sector and facts, then a sentence."""
    facts = " · ".join(filter(None, [sector and sector.name, *feed.facts(record)]))
    return " ".join(filter(None, [facts and f"{facts}.", feed.summary(record)]))


def clean(text):
    """U+FFFD in the place of what XML 1.0 cannot hold, which a visitor's words and a pasted text can: Django
    raises for some of it and lets the rest through."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(text))


def stage_words(product):
    """The stage of a product, marked where it rests on samples alone."""
    words = label_of(Stage, product.stage)
    if product.stage_is_sample and not product.is_sample:
        return _("%(words)s (sample)") % {"words": words}
    return words


def contract_facts(contract):
    language = get_language()
    signed, amount = contract.signed_on, contract.amount
    return [
        label_of(Contract.Kind, contract.kind),
        signed and date_words(signed, contract.signed_precision, language),
        "" if amount is None else compact(amount, contract.currency, language),
        label_of(Contract.Status, contract.status),
    ]


def unit_needs(unit):
    needs = pgettext("between names", ", ").join(unit.needs_in_words)
    return needs and _("Needs: %(needs)s.") % {"needs": needs}


PRODUCT_FEED = Feed(
    PRODUCT_EXPORT,
    gettext_lazy("Products that changed last, newest first."),
    result=lambda filterset: filterset.result(),
    facts=lambda product: [f"HS {product.hs_dotted}", stage_words(product)],
    summary=lambda product: product.summary,
)
COMPANY_FEED = Feed(
    COMPANY_EXPORT,
    gettext_lazy("Companies that changed last, newest first."),
    result=lambda filterset: filterset.result(),
    facts=lambda company: [label_of(Company.Kind, company.kind), label_of(Province, company.province)],
    summary=lambda company: company.summary,
)
CONTRACT_FEED = Feed(
    CONTRACT_EXPORT,
    gettext_lazy("Contracts, memoranda and plans that changed last, newest first."),
    result=lambda filterset: filterset.result(),
    facts=contract_facts,
    summary=lambda contract: "",
)
UNIT_FEED = Feed(
    UNIT_EXPORT,
    gettext_lazy("Idle units that changed last, newest first."),
    result=found_units,
    facts=lambda unit: [label_of(Province, unit.province), label_of(IdleUnit.Status, unit.status)],
    summary=unit_needs,
)
