"""What a page costs the worker: right after an edit ("cold"), and unchanged ("kept" and "304").

Each is stated as a multiple of the hello-world view, which is asked before and after: other programs use the
machine too, and slow both.
"""

import time
from dataclasses import dataclass

from tests.bench.paths import BARE, HELLO

HELLOS = 25  # requests on either side of a measurement
SECONDS = 0.6  # of answering, at least, after which a page was asked often enough
MOST = 24  # requests for a page of which nothing is kept
BLOCKS, BLOCK = 6, 10  # requests for one that has not changed


@dataclass
class Cost:
    """Of one request in one start: CPU in ms of it, of the hello-world view and of the one without
    middleware; latency in ms, bytes of the answer, MiB the worker holds."""

    cpu: float
    hello: float
    bare: float
    latency: float
    bytes: int
    memory: float

    @property
    def ratio(self):
        return self.cpu / self.hello


def cold(server, page, write):
    """The Cost of a page when `write` commits an edit before each request."""
    tags = {path: get(server, path, page.status).tag for path in page.paths}  # the process is warm then
    hello, bare = [cost_of(server, HELLO)], cost_of(server, BARE)
    waits, database = [], 0
    worker = server.cpu()
    while sum(waits) < SECONDS and len(waits) < MOST:
        for path in page.paths:
            write()
            before, begun = server.database_cpu(), time.perf_counter()
            answer = get(server, path, page.status)
            waits.append(time.perf_counter() - begun)
            database += server.database_cpu() - before
            if answer.tag and answer.tag == tags[path] and page.tag_moves:
                raise RuntimeError(f"{path} has the same ETag after an edit.")
            tags[path] = answer.tag
    spent = (server.cpu() - worker + database) / len(waits) * 1000
    hello.append(cost_of(server, HELLO))
    latency = sorted(waits)[len(waits) // 2] * 1000
    return Cost(spent, sum(hello) / 2, bare, latency, answer.size, server.memory())


def warm(server, pages):
    """Ask for every page once: a new process still loads, and works out what it keeps while it runs."""
    for page in pages:
        get(server, page.paths[0], page.status)


def unchanged(server, page, way):
    """The ratio of a page that was asked for before: "kept" asks for it again, "304" whether it changed."""
    path = page.paths[0]
    tag = get(server, path, page.status).tag
    if way == "304" and tag is None:
        raise RuntimeError(f"{path} has no ETag.")
    status, tag = (304, tag) if way == "304" else (page.status, None)
    get(server, path, status, tag)
    hello = spent = 0
    begun = time.perf_counter()
    for _ in range(BLOCKS):  # in turns: what slows the machine for a moment slows both
        hello += cost_of(server, HELLO, BLOCK)
        spent += cost_of(server, path, BLOCK, status, tag)
        if time.perf_counter() - begun > 5 * SECONDS:
            break
    return spent / hello


def cost_of(server, path, count=HELLOS, status=200, tag=None):
    """Milliseconds of CPU of one request, the database's with it, when it is asked so many times."""
    begun = server.cpu() + server.database_cpu()
    for _ in range(count):
        get(server, path, status, tag)
    return (server.cpu() + server.database_cpu() - begun) / count * 1000


def get(server, path, status=200, tag=None):
    """The Answer, which must have that status."""
    answer = server.get(path, tag)
    if answer.status != status:
        raise RuntimeError(f"{path} answered {answer.status}.")
    return answer
