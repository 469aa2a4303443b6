"""Settings: the portal as it runs, with a record of the views it runs, a line "process path" for each."""

import os

from portal.settings import *  # noqa: F403

RECORD = VAR_DIR / "views"  # noqa: F405
MIDDLEWARE = [*MIDDLEWARE, "tests.counted.CountViewsMiddleware"]  # noqa: F405


class CountViewsMiddleware:
    """The innermost: it hears of a view only where no middleware has answered before."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        with RECORD.open("a") as record:
            record.write(f"{os.getpid()} {request.get_full_path()}\n")
