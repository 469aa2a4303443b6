"""How gunicorn serves the portal. GUNICORN_CMD_ARGS overrides, as `--bind 0.0.0.0:8000` in a container."""

import os

from gunicorn.glogging import Logger

from portal.log_masking import Masked


class MaskingLogger(Logger):
    """gunicorn's logger, whose access log and errors hold no address of a visitor's private page."""

    def setup(self, cfg):
        super().setup(cfg)
        for logger in (self.access_log, self.error_log):
            logger.addFilter(Masked())


STATEMENT_SECONDS = 20
"""After so long PostgreSQL ends a statement of a web process: nobody waits for it any more. Commands may take
longer. On SQLite a writer waits as long for its turn."""

bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
wsgi_app = "portal.wsgi"
preload_app = True  # a missing setting ends the start; workers that fail one by one would be started for ever
workers = int(os.environ.get("WEB_CONCURRENCY") or min(4, os.cpu_count() or 1))
threads = 4
raw_env = [f"PGOPTIONS={os.environ.get('PGOPTIONS', '')} -c statement_timeout={STATEMENT_SECONDS}s"]
timeout = 60  # seconds
graceful_timeout = 10
max_requests = 10_000
max_requests_jitter = 1_000
limit_request_line = 8190  # a listing's query with every facet chosen is longer than the usual 4094
loglevel = "warning"
logger_class = MaskingLogger
control_socket_disable = True
forwarder_headers = ""  # no header moves the site into a folder: links are kept for all visitors


def when_ready(server):
    """Print the address once it answers; a service manager that passes a socket knows it already."""
    if not server.systemd:
        print(f"The portal is at http://{bind}/ (Ctrl-C ends it).", flush=True)
