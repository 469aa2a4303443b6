"""The portal as gunicorn serves it, and at /bare the hello-world view without any middleware."""

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from portal.wsgi import application as portal
from tests.bench.paths import BARE

with override_settings(MIDDLEWARE=[]):
    bare = WSGIHandler()


def application(environ, start_response):
    return (bare if environ["PATH_INFO"] == BARE else portal)(environ, start_response)
