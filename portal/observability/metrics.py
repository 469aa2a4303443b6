"""What the processes that serve count for Prometheus; portal/gunicorn.py says whether they do."""

import os

from prometheus_client import Counter, Histogram, values

slot = 0
"""Which of the processes this one is; see portal/gunicorn.py. One that takes another's place counts on in its
file, so that there are never more files than processes."""

COUNTING = "PROMETHEUS_MULTIPROC_DIR" in os.environ
if COUNTING:
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: slot)

REQUESTS = Histogram(
    "portal_request_seconds",
    "Requests by view and class of status, with the seconds until the answer began",
    ["view", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
PAGES_ANSWERED = Counter(
    "portal_kept_pages", "Public pages: kept (hit), made (miss), or known to the visitor", ["what"]
)


def count_answer(request, response, seconds):
    """Note one answer."""
    if COUNTING:
        REQUESTS.labels(view_of(request), f"{response.status_code // 100}xx").observe(seconds)
        if kept := _kept(request, response):
            PAGES_ANSWERED.labels(kept).inc()


def view_of(request):
    """The name of the view; `kept` where a page was at hand before one was looked up, else `none`."""
    match = getattr(request, "resolver_match", None)
    if match:
        return match.view_name or "unnamed"
    return "kept" if hasattr(request, "public_tag") else "none"


def _kept(request, response):
    if not hasattr(request, "public_tag"):
        return ""
    if response.status_code == 304:
        return "known"
    return "hit" if getattr(request, "stored", False) else "miss"
