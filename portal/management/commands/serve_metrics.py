import os
import time
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.multiprocess import MultiProcessCollector

from portal.database import sqlite_file
from portal.observability.collector import SiteCollector

LOOK_EVERY = 2  # seconds: whether gunicorn still lives


class Handler(WSGIRequestHandler):
    timeout = 5  # seconds for who asks and then says nothing

    def log_message(self, *_arguments):
        pass


class Command(BaseCommand):
    help = "Serve metrics for Prometheus at METRICS_ADDRESS; gunicorn starts it, and it ends with gunicorn."

    def handle(self, **options):
        folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
        if not (settings.METRICS_ADDRESS and folder):
            raise CommandError("Set METRICS_ADDRESS and start the portal: it starts this itself.")
        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)
        registry.register(SiteCollector())
        parent = os.getppid()
        server = self.bound(make_wsgi_app(registry), parent)
        with sqlite_file.must_exist():
            while os.getppid() == parent:
                server.handle_request()

    def bound(self, application, parent):
        """A server at the address, as soon as that is free: at an upgrade the old one may still be there."""
        host, _colon, port = settings.METRICS_ADDRESS.rpartition(":")
        while os.getppid() == parent:
            try:
                server = make_server(host, int(port), application, handler_class=Handler)
            except OSError as error:
                self.stderr.write(f"Metrics cannot be served at {settings.METRICS_ADDRESS}: {error}")
                time.sleep(LOOK_EVERY)
            else:
                server.timeout = LOOK_EVERY
                return server
        raise SystemExit
