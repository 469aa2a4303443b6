"""Keeps the character NUL out of queries, cookies and paths."""

from django.http import Http404

NUL = "\x00"
REPLACEMENT = "%EF%BF%BD"  # U+FFFD, what the HTML standard puts in the place of NUL


class NoNulMiddleware:
    """PostgreSQL refuses NUL in text: `/admin/…?q=%00` would be a 500.

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
