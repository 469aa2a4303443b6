"""A visitor's shortlist: up to fifty products in a signed cookie, without an account.

Beside the signed cookie, which no script reads, stands one that says how many products it holds: by it the
script of the public pages knows, without asking, whether there is anything to ask for.
"""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from catalog.figures.chosen import LONGEST_KEY

MOST_LISTED = 50
ROOM = 3500  # bytes of the signed cookie; browsers drop one of more than 4096 with its name and attributes
LIST_KEPT_FOR = timedelta(days=365)  # from the last change
COOKIE = f"{settings.COOKIE_PREFIX}portal_shortlist"
COUNT_COOKIE = f"{settings.COOKIE_PREFIX}portal_shortlist_count"
LIST_SALT = "contact.shortlist"


class FullError(Exception):
    """The list holds as many products as it takes."""


def kept_keys(request):
    """The keys on the visitor's list, oldest first; a cookie that is forged, old or spoilt is no list."""
    try:
        keys = signing.loads(request.COOKIES.get(COOKIE, ""), salt=LIST_SALT, max_age=LIST_KEPT_FOR)
    except (signing.BadSignature, ValueError):  # a spoilt one may be no base64 or no JSON at all
        return []
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        return []
    return [key for key in dict.fromkeys(keys) if 0 < len(key) <= LONGEST_KEY][:MOST_LISTED]


def added(keys, key):
    """The list with a product more; raises FullError."""
    if key in keys:
        return keys
    longer = [*keys, key]
    if len(longer) > MOST_LISTED or len(_signed(longer)) > ROOM:
        raise FullError
    return longer


def write_list(response, keys):
    """Keep this list in the visitor's browser; an empty one leaves no cookie behind."""
    if not keys:
        for name in (COOKIE, COUNT_COOKIE):
            response.set_cookie(name, "", max_age=0, secure=settings.PRODUCTION, samesite="Lax")
        return
    options = {"max_age": LIST_KEPT_FOR, "secure": settings.PRODUCTION, "samesite": "Lax"}
    response.set_cookie(COOKIE, _signed(keys), httponly=True, **options)
    response.set_cookie(COUNT_COOKIE, str(len(keys)), **options)


def _signed(keys):
    return signing.dumps(keys, salt=LIST_SALT, compress=True)
