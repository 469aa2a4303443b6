"""What can be watched: a listing's query, a record, the calls; what each is called, where it stands, what it
holds now."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.listings.base import DISPLAY_ONLY
from catalog.listings.desks import DeskFilterSet
from catalog.models import Company, Contract, Desk, IdleUnit, Origin, Product
from catalog.nouns import noun_of
from catalog.open_data.feeds import COMPANY_FEED, CONTRACT_FEED, PRODUCT_FEED, UNIT_FEED

from .models import What

LONGEST_WATCHED_QUERY = 1000
"""Characters of a query that can be watched."""


@dataclass(frozen=True)
class List:
    """A listing. `read` gives the FilterSet of a query, `result` its rows; `link` names the key of a Change
    that leads to such a record."""

    model: type[models.Model]
    link: str
    read: Callable
    result: Callable

    @property
    def noun(self):
        return noun_of(self.model)


def _of_feed(model, link, feed):
    return List(model, link, feed.export.read, feed.result)


WATCHED_LISTS = {
    What.PRODUCTS: _of_feed(Product, "product_id", PRODUCT_FEED),
    What.COMPANIES: _of_feed(Company, "company_id", COMPANY_FEED),
    What.CONTRACTS: _of_feed(Contract, "contract_id", CONTRACT_FEED),
    What.UNITS: _of_feed(IdleUnit, "unit_id", UNIT_FEED),
    What.DESKS: List(
        Desk,
        "desk_id",
        lambda query: DeskFilterSet(query, Desk.objects.published()),
        lambda filterset: filterset.result().distinct(),
    ),
}
WATCHED_MODELS = {What.PRODUCT: Product, What.COMPANY: Company, What.DESK: Desk}


class CannotWatchError(Exception):
    """Why something cannot be watched, in words for the visitor."""


@dataclass(frozen=True)
class Watched:
    """Something that can be watched, in the active language. `feed` is its Atom address, "" without one;
    `notices` name what of a query could not be used. `parameter` is how addresses of watch/ name it.
    `briefly` holds no word that a visitor typed: it stands in mail to addresses that nobody has confirmed."""

    what: str
    key: str
    title: str
    url: str
    feed: str = ""
    notices: tuple = ()
    parameter: str = ""
    briefly: str = ""


def asked_for(query):
    """The Watched that an address or form of watch/ names; all products where it names nothing, None where
    there is no such record. Raises CannotWatchError."""
    for what in (*WATCHED_LISTS, *WATCHED_MODELS, What.CALLS):
        if what.value in query:
            return _of_parameter(what, query[what.value])
    return of_list(What.PRODUCTS, "")


def _of_parameter(what, value):
    if what in WATCHED_LISTS:
        return of_list(what, value)
    if what == What.CALLS:
        return watched_calls()
    record = WATCHED_MODELS[what].objects.published().filter(slug=value[:80]).first()
    return record and watched_record(what, record)


def watched_by(subscription):
    """The Watched of a subscription in the active language, None where its record is not public any more."""
    what = What(subscription.what)
    if what in WATCHED_LISTS:
        return of_list(what, subscription.key)
    if what == What.CALLS:
        return watched_calls()
    record = WATCHED_MODELS[what].objects.published().filter(pk=subscription.key).first()
    return record and watched_record(what, record)


def of_list(what, text):
    """A list with the query that `text` is, as far as it can be used."""
    one = WATCHED_LISTS[what]
    filterset = query_filters(what, text.removeprefix("?"))
    query = filterset.chosen.copy()
    for name in DISPLAY_ONLY:
        query.pop(name, None)
    key = query.urlencode()
    if len(key) > LONGEST_WATCHED_QUERY:
        raise CannotWatchError(_("So many choices cannot be watched at once: leave some out."))
    noun, suffix = one.noun, f"?{key}" if key else ""
    words = pgettext("between choices", "; ").join(filterset.chosen_words)
    title = pgettext("label and words", "%(label)s: %(words)s") % {"label": noun.title, "words": words}
    return Watched(
        what=what.value,
        key=key,
        title=title if words else str(noun.title),
        url=reverse(noun.list_address) + suffix,
        feed=_address(f"catalog:{noun.stem}_feed", suffix),
        notices=tuple(filterset.notices),
        parameter=key,
        briefly=str(noun.title),
    )


def query_filters(what, text):
    """The FilterSet of a list's query, given as text."""
    return WATCHED_LISTS[what].read(QueryDict(text, mutable=True))


def watched_record(what, record):
    if record.is_sample:
        raise CannotWatchError(
            _("“%(name)s” is a sample: it was invented to show this site, and nobody is mailed about it.")
            % {"name": record}
        )
    news = reverse("catalog:news_feed") + f"?product={record.slug}" if what == What.PRODUCT else ""
    url = record.get_absolute_url()
    return Watched(what.value, str(record.pk), str(record), url, news, (), record.slug, str(record))


def watched_calls():
    url = _address("catalog:call_list", "") or reverse("catalog:news") + "?kind=call"
    feed = _address("catalog:call_feed", "") or reverse("catalog:news_feed") + "?kind=call"
    title = _("Calls for makers")
    return Watched(What.CALLS.value, "", title, url, feed, (), "all", title)


def _address(name, suffix):
    try:
        return reverse(name) + suffix
    except NoReverseMatch:
        return ""


def keys_now(what, key):
    """The keys of the real records that a list holds now."""
    rows = WATCHED_LISTS[what].result(query_filters(what, key))
    return rows.exclude(origin=Origin.SAMPLE).order_by().values_list("pk", flat=True)
