"""How many processes and threads serve the site on this host."""

import os

WORKERS = int(os.environ.get("WEB_CONCURRENCY") or min(4, os.cpu_count() or 1))
THREADS = 4
"""Of each process."""
