"""Keeps out of queries what nobody sees: signs that turn a sentence around, control characters."""

from urllib.parse import quote_plus, unquote_plus

from catalog.formats.cleaning import clean_line


class CleanQueryMiddleware:
    """Cleans a query where it comes in, for pages, feeds, files and the API alike. What is clean stays as it
    was."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "%" in query or not (query.isascii() and query.isprintable()):
            request.META["QUERY_STRING"] = "&".join(
                "=".join(map(cleaned, pair.split("=", 1))) for pair in query.split("&")
            )
        return self.get_response(request)


def cleaned(part):
    """A name or a value of a query, both of them quoted."""
    try:
        text = unquote_plus(part.encode("latin-1").decode(), errors="strict")
    except UnicodeError:  # no text in UTF-8: Django puts U+FFFD in its place
        return part
    clean = clean_line(text)
    return part if clean == text else quote_plus(clean)
