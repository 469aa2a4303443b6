"""Lets browsers and shared caches store public pages, answers their revalidation, and stores pages itself."""

import hashlib

from django.conf import settings
from django.db import Error
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.utils.text import compress_string
from django.utils.translation import get_language, get_language_from_path

from catalog.caching import last_known
from catalog.caching.failures import failure_of
from catalog.caching.page_cache import PageCache, StoredPage
from catalog.caching.single_flight import SingleFlight
from portal.build import BUILD
from portal.health import as_of
from portal.health.outage import outage

PUBLIC_APPS = {"catalog", "api"}  # the applications whose views are public pages; others say `public = True`
SAFE_METHODS = {"GET", "HEAD"}
SMALLEST_COMPRESSED = 200  # bytes, as GZipMiddleware has it
GONE_TAG = " gone"  # after the tag of a page that says that its record was withdrawn
PAGE_PATIENCE = 5  # seconds that a request waits for another one that works out the same page


class PublicPagesMiddleware:
    """Gives public pages an ETag made of all that a page follows from (see `tag_of`), so that nothing stored
    under it is ever stale, and a page that has not changed is answered before its view runs.

    Of the requests of a process that miss the same page at once, one works it out and the others wait for it.
    A view that shows something of the visitor's own says `private = True`; the class of one that may turn a
    visitor away has `admit`, which is asked first and answers for it; a request whose answer depends on more
    than its address is marked `request.uncacheable = True` by its view, and no cache keeps it.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.pages = PageCache(settings.PAGE_CACHE_BYTES)
        self.flights = SingleFlight(PAGE_PATIENCE)
        self.streaming = set()  # views whose answers are written while they are sent, and so not stored

    def __call__(self, request):
        try:
            response = self.early_answer(request) or self.get_response(request)
            tag = getattr(request, "public_tag", None)
            if getattr(request, "uncacheable", False):
                response.headers["Cache-Control"] = "no-store"
            elif tag and response.status_code in (200, 304):
                response.headers.setdefault("ETag", tag)
                response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
                self.store(request, response)
                if response.headers["ETag"] != tag:
                    return get_conditional_response(request, etag=response.headers["ETag"], response=response)
            elif tag and response.status_code == 410:
                self.pages.store(tag + GONE_TAG, StoredPage(dict(response.headers), response.content, 410))
            return response
        finally:
            if hasattr(request, "flight"):
                self.flights.finish(request.flight)

    def early_answer(self, request):
        """The answer for a page that is stored or revalidated, before its view is looked up; None where that
        is not sure. Pages in a language only: the API counts its visitors first."""
        if request.method not in SAFE_METHODS or not get_language_from_path(request.path_info):
            return None
        return self.stored_answer(request)

    def process_view(self, request, view, args, kwargs):
        admit = getattr(getattr(view, "cls", None), "admit", None)
        if admit and (refusal := admit(request)):
            return refusal
        if request.method not in SAFE_METHODS or not is_public(request, view):
            return None
        if answer := self.stored_answer(request):
            return answer
        request.public_tag = tag_of(request)
        if request.method != "GET" or not self.pages.enabled or view in self.streaming:
            return None
        return self.join_flight(request)

    def join_flight(self, request):
        """Wait where another request works the page out; then the page, should it be stored by now."""
        if self.flights.begin(request.public_tag):
            request.flight = request.public_tag
        return self.stored_answer(request)

    def stored_answer(self, request):
        """304 where the visitor's copy still stands, or the page as it is stored; None where neither is.

        Only `If-None-Match` is read: other conditions are for the views whose answers have dates and
        checksums of their own. "Any version" (`*`) is answered for pages alone that are known to exist.
        """
        try:
            tag = tag_of(request)
        except Error as error:
            return self.last_answer(request, error)
        copies = parse_etags(request.headers.get("If-None-Match", ""))
        page = self.pages.get(tag)
        standing = {tag, page.headers["ETag"], weak(page.headers["ETag"]), "*"} if page else {tag}
        if not standing.isdisjoint(copies):
            request.public_tag = tag
            return not_modified(page)
        if not page:
            return None
        request.public_tag, request.stored = tag, True
        if len(page.content) < SMALLEST_COMPRESSED or "gzip" not in request.headers.get(
            "Accept-Encoding", ""
        ):
            return HttpResponse(page.content, headers=page.headers)
        return self.compressed_answer(tag, page)

    def last_answer(self, request, error):
        """While the database cannot be read: the page as this process had it last, what was withdrawn too."""
        known, failure = last_known.last(), failure_of(error)
        if not known or not failure:
            raise error
        tag = made_tag(request, known.state)
        page = self.pages.get(tag) or self.pages.get(tag + GONE_TAG)
        if not page:
            raise error
        outage.failed(error, failure, request.path)
        return as_of.kept_answer(page, known)

    def compressed_answer(self, tag, page):
        """A stored page, compressed once for all who take it so and not once for each."""
        tag = f"{tag} gzip"
        compressed = self.pages.get(tag)
        if not compressed:
            headers = {**page.headers, "Content-Encoding": "gzip"}
            compressed = StoredPage(headers, compress_string(page.content))
            self.pages.store(tag, compressed)
        response = HttpResponse(compressed.content, headers=compressed.headers)
        patch_vary_headers(response, ("Accept-Encoding",))
        return response

    def store(self, request, response):
        """Store a whole page for whoever asks next, with the headers its view gave it; nothing with a cookie,
        nothing that streams, and nothing that is stored already. A page may have an ETag of its own."""
        if request.method != "GET" or response.status_code != 200:
            return
        if response.streaming:
            self.streaming.add(request.resolver_match.func)
            return
        if not response.cookies and not getattr(request, "stored", False):
            self.pages.store(request.public_tag, StoredPage(dict(response.headers), response.content))


def is_public(request, view):
    """Whether all that the view shows follows from what `tag_of` holds."""
    named = request.resolver_match.app_name in PUBLIC_APPS or getattr(view, "public", False)
    return named and not getattr(view, "private", False)


def not_modified(page):
    """304, with the headers that the page itself has; `page` is what is stored, or None."""
    response = HttpResponseNotModified()
    for name in ("ETag", "Cache-Control", "Vary"):
        if page and name in page.headers:
            response.headers[name] = page.headers[name]
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def weak(tag):
    """An ETag as it is sent with a compressed answer."""
    return f"W/{tag.removeprefix('W/')}"


def tag_of(request):
    """The ETag of the page that `request` asks for, should it be a public one.

    It holds every input of a page: the catalogue's edition, the day (a desk opens, a record becomes due), the
    address with its query, the language and this build of the program.
    """
    if not hasattr(request, "page_tag"):
        request.page_tag = made_tag(request, last_known.read_state())
    return request.page_tag


def made_tag(request, state):
    """The ETag under that state: (edition, day)."""
    address = (request.scheme, request.get_host(), request.get_full_path())
    # The API words notices as the browser prefers: its language is not in the address.
    made_of = (*state, *address, get_language(), BUILD)
    # Weak: compressed or not, it is the same page.
    return "W/" + quote_etag(hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:24])
