"""What every request and answer passes through besides Django's own middleware."""

from django.http import Http404

from . import views

NUL = "\x00"
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
