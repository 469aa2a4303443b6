"""Pages of one visitor alone: stored by nobody, in no search engine, leading nowhere with their address."""

from functools import wraps


def private(view):
    """The view, whose answers no cache stores and no search engine lists."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return guarded
