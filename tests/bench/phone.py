"""How long the main pages take on a slow phone: a Chromium at a quarter of its speed, 1.6 Mbit/s and 150 ms.

    python -m tests.bench.phone
    python -m tests.bench.phone --runs 9 /fa/products/
    python -m tests.bench.phone --address http://127.0.0.1:8001 --address http://127.0.0.1:8002 /fa/products/

Without --address a site of its own is loaded and served as `manage.py start` does; several addresses are
asked in turn, so that a busy machine is unfair to none. Every visit is a first one, 360 px wide. Stated are
medians, in ms: first contentful paint, largest contentful paint (at most 1,400), total blocking time (at
most 100) and the same with what ran before the first paint, and what the largest thing was.

Total blocking time as its authors define it (https://web.dev/articles/tbt): of every task over 50 ms, what is
above 50 ms; only what runs after the first contentful paint counts, since nobody touches a page that is not
there.
"""

import argparse
import os
import statistics
import tempfile
from collections import defaultdict
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.machine import FLAGS, chromium
from tests.serve import serving

PAGES = ("", "products/", "products/graphite-electrode/", "programme/")
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SLOWER = 4
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
QUIET = 1_000  # ms before a visit: a Chromium that opened a window loads parts of its own
SETTLED = 2_500  # ms after the page was loaded: nothing more is painted or run

WATCH = """
window.seen = { fcp: 0, lcp: 0, what: "", tasks: [] };
const each = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
  .observe({ type, buffered: true });
each("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.fcp = entry.startTime; });
each("largest-contentful-paint", (entry) => {
  seen.lcp = entry.startTime;
  const { tagName, className } = entry.element || {};
  seen.what = `${tagName}.${className} ${entry.size}`;
});
each("longtask", (entry) => { seen.tasks.push([entry.startTime, entry.startTime + entry.duration]); });
"""


def main():
    chosen = arguments()
    with addresses(chosen) as all_addresses, browser() as one:
        found = defaultdict(list)
        for address in all_addresses:
            visit(one, address + chosen.paths[0])  # the browser's own first steps, and the site's
        for _ in range(chosen.runs):
            for path in chosen.paths:
                for address in all_addresses:
                    found[address, path].append(visit(one, address + path))
    print("   FCP    LCP    TBT   from start  address, largest")
    for (address, path), visits in found.items():
        figures = (
            statistics.median(visit[name] for visit in visits) for name in ("fcp", "lcp", "tbt", "blocked")
        )
        print(
            "{:6,.0f} {:6,.0f} {:6,.0f} {:12,.0f}".format(*figures), f" {address}{path}", visits[-1]["what"]
        )


def arguments():
    parser = argparse.ArgumentParser(prog="tests.bench.phone", description=__doc__.partition("\n")[0])
    parser.add_argument("--address", action="append", help="a running portal; several are compared")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "paths", nargs="*", default=[f"/{code}/{page}" for code in ("en", "fa") for page in PAGES]
    )
    return parser.parse_args()


@contextmanager
def addresses(chosen):
    if chosen.address:
        yield chosen.address
        return
    with tempfile.TemporaryDirectory() as folder, serving(folder) as site:
        yield [site.address]


@contextmanager
def browser():
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM") or chromium(), args=FLAGS)
        yield one
        one.close()


def visit(one, url):
    """What WATCH saw of a first visit."""
    context = one.new_context(**PHONE)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.wait_for_timeout(QUIET)
    page.goto(url, wait_until="load")
    page.wait_for_timeout(SETTLED)
    seen = page.evaluate("seen")
    context.close()
    return seen | {"tbt": blocked(seen["tasks"], since=seen["fcp"]), "blocked": blocked(seen["tasks"])}


def blocked(tasks, since=0):
    """Milliseconds above 50 of each of the (start, end) tasks, of what runs after `since`."""
    return sum(max(0, end - max(start, since) - 50) for start, end in tasks)


if __name__ == "__main__":
    main()
