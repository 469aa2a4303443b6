"""How gunicorn serves the portal. GUNICORN_CMD_ARGS overrides, as `--bind 0.0.0.0:8000` in a container."""

import gc
import itertools
import os
import shutil
import tempfile

from gunicorn.glogging import Logger

from portal import processes
from portal.database import sqlite_file
from portal.observability.log_masking import Masked

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
if os.environ.get("METRICS_ADDRESS"):
    # Of this start alone, and set before anything imports prometheus_client.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="portal-metrics-")


class PortalLogger(Logger):
    """gunicorn's logger, whose lines look like the site's own and hold nothing that log_masking blots out.

    Its access log stays off: portal.requests writes a line a request.
    """

    def setup(self, cfg):
        super().setup(cfg)
        from django.conf import settings  # noqa: PLC0415, missing ones end the process, which is for the start

        from portal.observability.logs import JsonLines  # noqa: PLC0415, it reads the settings

        for logger in (self.access_log, self.error_log):
            logger.addFilter(Masked())
            for handler in logger.handlers if settings.LOG_FORMAT == "json" else ():
                handler.setFormatter(JsonLines())


STATEMENT_SECONDS = 20
"""After so long PostgreSQL ends a statement of a web process: nobody waits for it any more. Commands may take
longer. On SQLite a writer waits as long for its turn."""

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
wsgi_app = "portal.wsgi"
preload_app = True  # a missing setting ends the start; workers that fail one by one would be started for ever
workers, threads = processes.WORKERS, processes.THREADS
raw_env = [f"PGOPTIONS={os.environ.get('PGOPTIONS', '')} -c statement_timeout={STATEMENT_SECONDS}s"]
timeout = 60  # seconds
graceful_timeout = 10
max_requests = 10_000
max_requests_jitter = 1_000
limit_request_line = 8190  # a listing's query with every facet chosen is longer than the usual 4094
loglevel = "warning"
logger_class = PortalLogger
control_socket_disable = True
forwarder_headers = ""  # no header moves the site into a folder: links are kept for all visitors


def when_ready(server):
    """Print the address once it answers; a service manager that passes a socket knows it already."""
    freeze()
    if not server.systemd:
        print(f"The portal is at http://{bind}/ (Ctrl-C ends it).", flush=True)


def freeze():
    """Let no garbage collector of the workers look through what was loaded before they began: it held up all
    threads of one for a tenth of a second now and then."""
    gc.collect()
    gc.freeze()


def pre_fork(server, worker):
    """Give the process that begins the lowest number that no other one has (observability/metrics.py)."""
    taken = {getattr(other, "slot", 0) for other in server.WORKERS.values()}
    worker.slot = next(number for number in itertools.count(1) if number not in taken)


def post_fork(server, worker):
    from portal.observability import metrics  # noqa: PLC0415, the settings are ready only now

    metrics.slot = worker.slot
    sqlite_file.MustExist.now = True


def post_worker_init(worker):
    from portal.observability import server  # noqa: PLC0415, as above

    server.begin_answering(worker.slot)


def on_exit(server):
    if counted := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        shutil.rmtree(counted, ignore_errors=True)
