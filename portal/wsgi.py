"""The WSGI application gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from django.utils.http import parse_header_parameters

from portal import private_files

private_files.begin()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

django = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018, loads every view: the workers share them, and none begins with that


def application(environ, start_response):
    """Django, which raises before any middleware where it cannot read a Content-Type (`text/plain; x*=a''b`):
    such a one is left out."""
    try:
        parse_header_parameters(environ.get("CONTENT_TYPE", ""))
    except (LookupError, ValueError):
        environ["CONTENT_TYPE"] = ""
    return django(environ, start_response)
