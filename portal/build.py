"""Which build this is: a digest of everything a page is made from besides the data."""

import hashlib

from django.conf import settings

MADE_FROM = ("portal", "catalog", "contact", "templates", "static")
FILE_KINDS = {".py", ".html", ".mo", ".css", ".js", ".svg", ".woff2", ".txt"}


def digest():
    """24 hexadecimal digits, the same on every host that runs the same files with the same site's names."""
    found = hashlib.sha256(repr((settings.SITE_NAME, settings.SITE_OWNER)).encode())
    for folder in MADE_FROM:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in FILE_KINDS:
                found.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
                found.update(path.read_bytes())
    found.update((settings.BASE_DIR / "requirements.txt").read_bytes())
    return found.hexdigest()[:24]


BUILD = digest()
