"""Leaves only the encodings that a visitor takes in Accept-Encoding."""

import re

REFUSED_ENCODING = re.compile(r"[^,;]*;\s*q\s*=\s*0(?:\.0*)?\s*(?=,|$)", re.IGNORECASE)


class EncodingsMiddleware:
    """`gzip;q=0` refuses gzip; what compresses below looks for the word alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if ";" in accepted:
            kept = (part.strip() for part in REFUSED_ENCODING.sub("", accepted).split(","))
            request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(part for part in kept if part)
        return self.get_response(request)
