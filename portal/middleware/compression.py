"""Compresses answers that are text."""

from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Leaves alone what is compressed already, such as workbooks, and files that can be had in pieces: their
    bytes must stay the same, or the pieces would not fit together."""

    applications = ("/json", "/xml", "+json", "+xml")

    def process_response(self, request, response):
        kind = response.headers.get("Content-Type", "").split(";")[0]
        text = kind.startswith("text/") or kind.endswith(self.applications)
        if not text or response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)
