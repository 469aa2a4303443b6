"""The listing of products as an Atom feed: the query of the page, newest changes first."""

import datetime

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.column_facets import search_notices
from catalog.filters.base import KEPT, address

from .products import asked

ENTRIES = 50
NEVER = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # "updated" of a feed without entries


class ProductFeed(Atom1Feed):
    """Atom whose categories have a label beside their term."""

    def latest_post_date(self):
        """When the newest entry changed. Django gives an empty feed the present moment, so that it would be
        new at every visit."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("category", "", item["category"])


@require_safe
def products(request):
    """The ENTRIES products of the result that changed last. How the page shows its rows does not count."""
    query = request.GET.copy()
    for name in KEPT:
        query.pop(name, None)
    filterset = asked(query)[0]
    newest = filterset.result().select_related("sector").order_by("-updated_at", "-pk")[:ENTRIES]
    feed = empty_feed(request, filterset)
    for product in newest:
        feed.add_item(**entry(request, product))
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def empty_feed(request, filterset):
    """The feed of a query, without entries."""
    language = get_language()
    site = settings.SITE_NAME[language]
    query = address(filterset.chosen) if filterset.chosen else ""
    words = [_("Products"), *filterset.chosen_words]
    notices = [*filterset.notices, *search_notices(filterset)]
    return ProductFeed(
        title=f"{' · '.join(words)} – {site}",
        link=request.build_absolute_uri(reverse("catalog:product_list") + query),
        description=None,
        language=language,
        author_name=settings.SITE_OWNER[language] or site,
        subtitle=" ".join([_("Products that changed last, newest first."), *notices]),
        feed_url=request.build_absolute_uri(reverse("catalog:product_feed") + query),
    )


def entry(request, product):
    """The arguments of an entry. Its id is the address of the product's page in this language: slugs never
    change."""
    page = request.build_absolute_uri(product.get_absolute_url())
    return {
        "title": f"{pgettext('mark', 'Sample')}: {product.name}" if product.is_sample else product.name,
        "link": page,
        "unique_id": page,
        "description": escape(summary(product)),
        "pubdate": product.published_at,
        "updateddate": product.updated_at,
        "category": {"term": product.sector.slug, "label": product.sector.name},
    }


def summary(product):
    """What stands below the title of an entry: sector, code and stage, then the product in a sentence."""
    facts = [product.sector.name, f"HS {product.hs_dotted}", product.get_stage_display()]
    return " ".join(filter(None, [f"{' · '.join(facts)}.", product.summary]))
