"""What every request and answer passes through besides Django's own middleware."""

import hashlib
import threading

from cachetools import LRUCache
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, HttpResponseNotModified
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag
from django.utils.text import compress_string
from django.utils.translation import get_language, get_language_from_path

from catalog.caching import editions, parts
from catalog.currency import visitor_rate

from . import views
from .build import BUILD

PUBLIC = {"catalog", "api"}  # the applications whose views are public pages
PAGE = {"GET", "HEAD"}
READS = {*PAGE, "OPTIONS"}
NUL = "\x00"
LEAST_COMPRESSED = 200  # bytes, as GZipMiddleware has it
REPLACEMENT = "%EF%BF%BD"  # U+FFFD, what the HTML standard puts in the place of NUL

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)


class PermissionsPolicyMiddleware:
    """Tells the browser which of its powers no page of this site uses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class HealthMiddleware:
    """Answers /healthz and /readyz before the host's name is asked: who asks stands beside the process and
    calls it by its number, and `Host: 10.0.0.7:8000` is in nobody's ALLOWED_HOSTS."""

    answers = {"/healthz": views.healthz, "/readyz": views.readyz}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.answers.get(request.path_info, self.get_response)(request)


class NoNulMiddleware:
    """Keeps NUL out of queries, cookies and paths: PostgreSQL refuses it in text, `/admin/…?q=%00` was a 500.

    In a query it becomes U+FFFD, so that the page can still say that it could not use the value.
    A cookie that holds it (`session="abcdefgh\\000"`) is ignored; a path that holds it is not found.
    Form bodies need nothing: form fields refuse NUL themselves.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or NUL in query:
            request.META["QUERY_STRING"] = query.replace("%00", REPLACEMENT).replace(NUL, REPLACEMENT)
        if any(NUL in name + value for name, value in request.COOKIES.items()):
            request.COOKIES = {n: v for n, v in request.COOKIES.items() if NUL not in n + v}
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Refuse a path with NUL, here and not above, where the language is known already."""
        if NUL in request.path_info:
            raise Http404("NUL in the path")


class ReadOnlyMiddleware:
    """Refuses to write to public pages, naming what may be asked. It stands before the guard against forged
    forms, which would say 403 to a program that has no form."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # The admin writes, so does its choice of language, and the API refuses in its own words.
        match = request.resolver_match
        if match.app_name not in {"catalog", ""} or match.url_name == "set_language":
            return None
        return None if request.method in READS else HttpResponseNotAllowed(["GET", "HEAD"])


class CompressMiddleware(GZipMiddleware):
    """Compresses what is text. Workbooks are archives already; a file that can be had in pieces keeps its own
    bytes, or the pieces would not fit together."""

    applications = ("/json", "/xml", "+json", "+xml")

    def process_response(self, request, response):
        kind = response.headers.get("Content-Type", "").split(";")[0]
        text = kind.startswith("text/") or kind.endswith(self.applications)
        if not text or response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)


class PublicPagesMiddleware:
    """Lets browsers and shared caches keep public pages and ask each time whether they still stand, and keeps
    the last ones itself.

    The ETag is made of all a page follows from: the catalogue's edition, the day (a desk opens, a record
    becomes due), the address with its query, the language and this build. So nothing kept under it is ever
    stale, and a page that has not changed is answered before its view runs. A view that shows something of
    the visitor's own says `private = True`; the class of one that may turn a visitor away has `admit`, which
    is asked first and answers for it.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.kept = LRUCache(settings.PAGE_CACHE_BYTES, getsizeof=lambda page: len(page[1]))
        self.lock = threading.Lock()

    def __call__(self, request):
        with parts.page():
            response = self.at_once(request) or self.get_response(request)
        tag = getattr(request, "public_tag", None)
        if tag and response.status_code in (200, 304):
            response.headers.setdefault("ETag", tag)
            response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
            self.keep(request, response)
        return response

    def at_once(self, request):
        """The answer to who asks for a page that was given before, ahead of looking up its view; None where
        that is not sure. Pages in a language only: the API counts its visitors first."""
        if request.method not in PAGE or not get_language_from_path(request.path_info):
            return None
        return self.again(request)

    def process_view(self, request, view, args, kwargs):
        admit = getattr(getattr(view, "cls", None), "admit", None)
        if admit and (refusal := admit(request)):
            return refusal
        public = request.resolver_match.app_name in PUBLIC and not getattr(view, "private", False)
        if request.method not in PAGE or not public:
            return None
        parts.under(*state_of(request))
        request.public_tag = tag_of(request)
        return self.again(request)

    def again(self, request):
        """That the page the visitor has still stands, or the page as it was kept; None where neither is.

        Only `If-None-Match` is read: other conditions are for the views whose answers have dates and
        checksums of their own. "Any version" (`*`) is answered for pages alone that are known to exist.
        """
        tag = tag_of(request)
        had = parse_etags(request.headers.get("If-None-Match", ""))
        with self.lock:
            page = self.kept.get(tag)
        if tag in had or (page and "*" in had):
            request.public_tag = tag
            response = HttpResponseNotModified()
            if page and (vary := page[0].get("Vary")):
                response.headers["Vary"] = vary
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        if not page:
            return None
        request.public_tag, request.unkept = tag, True
        return self.answer(request, *page)

    def answer(self, request, headers, content):
        """A page that was kept; compressed once for all who take it so, not once for each."""
        if len(content) < LEAST_COMPRESSED or "gzip" not in request.headers.get("Accept-Encoding", ""):
            return HttpResponse(content, headers=headers)
        tag = f"{request.public_tag} gzip"
        with self.lock:
            page = self.kept.get(tag)
        if not page:
            page = self.put(tag, {**headers, "Content-Encoding": "gzip"}, compress_string(content))
        response = HttpResponse(page[1], headers=page[0])
        patch_vary_headers(response, ("Accept-Encoding",))
        return response

    def keep(self, request, response):
        """Keep a whole page for whoever asks next, with the headers its view gave it; nothing with a cookie,
        nothing that streams, nothing with a tag of its own, and nothing that is `unkept`: it is kept already,
        or another visitor would be given another answer at this address."""
        if request.method != "GET" or response.status_code != 200 or response.streaming or response.cookies:
            return
        if response.headers["ETag"] != request.public_tag or getattr(request, "unkept", False):
            return
        self.put(request.public_tag, dict(response.headers), response.content)

    def put(self, tag, *page):
        """Keep (headers, content), and give it back."""
        if len(page[1]) <= self.kept.maxsize // 8:  # no single page may drive all others out
            with self.lock:
                self.kept[tag] = page
        return page


def state_of(request):
    """The catalogue's edition and the day, as this request finds them."""
    if not hasattr(request, "state"):
        request.state = (editions.current(), timezone.localdate().isoformat())
    return request.state


def tag_of(request):
    """The ETag of the page that `request` asks for, should it be a public one."""
    if not hasattr(request, "page_tag"):
        address = (request.scheme, request.get_host(), request.get_full_path())
        # The API words notices as the browser prefers: its language is not in the address.
        made_of = (*state_of(request), *address, get_language(), BUILD)
        # Weak: compressed or not, it is the same page.
        digest = hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:24]
        request.page_tag = "W/" + quote_etag(digest)
    return request.page_tag


class OpenToOthersMiddleware:
    """Lets scripts of any other site read the API: what it says is public, and it knows no users, so no
    cookie either: one with the language of the admin would change what shared caches hand on."""

    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(views.API):
            return self.get_response(request)
        request.COOKIES = {}
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers[name] = value
        return response


class RateMiddleware:
    """Lets the public pages know by which rate the visitor reads sums in rials (`?rate=market`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not get_language_from_path(request.path_info):
            return self.get_response(request)
        with visitor_rate.chosen(request.GET):
            return self.get_response(request)
