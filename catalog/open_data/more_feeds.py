"""Feeds of what belongs to products: calls, and the questions about one of them."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.figures.calls import call_outcome
from catalog.formats.calendar import date_words, days_words, gregorian_days_words
from catalog.listings.base import address
from catalog.listings.calls import CallFilterSet
from catalog.models import Call, Product

from .feeds import ENTRIES, LabelledAtom, clean


@require_safe
def calls(request):
    """The ENTRIES calls that changed last, of those that the query of the list finds."""
    filterset = CallFilterSet(request.GET, Call.objects.published())
    query = address(filterset.chosen) if filterset.chosen else ""
    title = " · ".join([_("Calls: does anybody make this?"), *filterset.chosen_words])
    subtitle = " ".join([_("Calls that changed last, newest first."), *filterset.notices])
    list_url, feed_url = reverse("catalog:call_list") + query, reverse("catalog:call_feed") + query
    atom = _feed(request, title, subtitle, list_url, feed_url)
    found = list(filterset.qs.select_related("product__sector"))
    for call in sorted(found, key=changed_at, reverse=True)[:ENTRIES]:
        atom.add_item(**_call_entry(request, call))
    return _written(atom)


def changed_at(call):
    """When a reader last saw something new of a call: its days, or the counts of its claims."""
    return max(filter(None, (call.updated_at, call.counted_at)))


def _call_entry(request, call):
    page = request.build_absolute_uri(call.product.get_absolute_url())
    return {
        "title": clean(call.product),
        "link": page,
        "unique_id": f"{page}#call-{call.pk}",
        "description": escape(clean(call_words(call))),
        "updateddate": timezone.localtime(changed_at(call)),
        "category": {"term": call.product.sector.slug, "label": clean(call.product.sector.name)},
    }


def call_words(call):
    """ "Called 1 to 20 Azar 1405 (22 November to 11 December 2026): 2 claims, 1 accepted, 1 refused"."""
    language = get_language()
    days = days_words(call.opens, call.closes, language)
    if language != "fa":
        days = f"{days} ({gregorian_days_words(call.opens, call.closes)})"
    came = call_outcome(call)
    if came:
        return _("Called %(days)s: %(outcome)s.") % {"days": days, "outcome": came}
    return _("Called %(days)s.") % {"days": days}


@require_safe
def product_questions(request, slug):
    """The ENTRIES questions about a product that were answered last."""
    product = Product.objects.published().filter(slug=slug).first()
    if product is None:
        raise Http404
    page = reverse("catalog:product_questions", args=[slug])
    title = _("Questions and answers: %(name)s") % {"name": product.name}
    subtitle = _("Questions that were answered in public, newest first.")
    atom = _feed(request, title, subtitle, page, reverse("catalog:product_questions_feed", args=[slug]))
    found = product.questions.published().select_related("office").latest_first()[:ENTRIES]
    for question in found:
        atom.add_item(**_question_entry(request.build_absolute_uri(page), question))
    return _written(atom)


def _question_entry(page, question):
    day = date_words(question.answered_on, "day", get_language())
    by = (
        _("Answered by %(office)s on %(day)s.")
        if question.office
        else _("Answered by the office on %(day)s.")
    )
    return {
        "title": clean(question),
        "link": f"{page}#question-{question.pk}",
        "unique_id": f"{page}#question-{question.pk}",
        "description": escape(clean(f"{question.answer} {by % {'office': question.office, 'day': day}}")),
        "pubdate": question.published_at and timezone.localtime(question.published_at),
        "updateddate": timezone.localtime(question.updated_at),
        "category": None,
    }


def _feed(request, title, subtitle, list_url, feed_url):
    language = get_language()
    site = settings.SITE_NAME[language]
    return LabelledAtom(
        title=clean(f"{title} – {site}"),
        link=request.build_absolute_uri(list_url),
        description=None,
        language=language,
        author_name=settings.SITE_OWNER[language] or site,
        subtitle=clean(subtitle),
        feed_url=request.build_absolute_uri(feed_url),
    )


def _written(atom):
    response = HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
