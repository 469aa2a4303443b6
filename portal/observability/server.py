"""Answers Prometheus at METRICS_ADDRESS from a thread of the first of gunicorn's processes.

Whatever ends that process, gunicorn puts another one in its place, and the metrics come back with it.
"""

import logging
import os
import threading
import time
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.multiprocess import MultiProcessCollector

from .collector import SiteCollector

FIRST_SLOT = 1
"""The slot of the process that answers; see metrics.py."""
PAUSE = 2  # seconds until the address is tried again
logger = logging.getLogger(__name__)


class Handler(WSGIRequestHandler):
    timeout = 5  # seconds for who asks and then says nothing

    def log_message(self, *_arguments):
        pass


def begin_answering(slot):
    """Answer from now on, where the processes count and this is the first of them."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if slot == FIRST_SLOT and settings.METRICS_ADDRESS and folder:
        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)
        registry.register(SiteCollector())
        application = make_wsgi_app(registry)
        threading.Thread(target=serve_for_ever, args=(application,), name="metrics", daemon=True).start()


def serve_for_ever(application):
    """Serve, and begin again after whatever goes wrong: at an upgrade the old one still has the address."""
    said = ""
    while True:
        try:
            serve(application)
        except Exception as error:
            if said != (said := str(error)):
                logger.warning("Metrics cannot be served at %s: %s", settings.METRICS_ADDRESS, error)
            time.sleep(PAUSE)


def serve(application):
    host, _colon, port = settings.METRICS_ADDRESS.rpartition(":")
    with make_server(host, int(port), application, handler_class=Handler) as server:
        server.serve_forever()
