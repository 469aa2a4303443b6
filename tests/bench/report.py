"""The lines of the benchmark's result, and the table they make."""

import statistics
from dataclasses import dataclass

from tests.bench.pages import POSTGRES_FACTOR

HEAD = {  # column -> whether it holds numbers
    "engine": False,
    "products": True,
    "page": False,
    "cold": True,
    "spread": False,
    "at most": False,
    "× bare": True,
    "CPU ms": True,
    "latency ms": True,
    "queries": True,
    "KB": True,
    "kept (spread)": False,
    "304 (spread)": False,
    "MiB": True,
}


@dataclass
class Spread:
    """The median of several starts, and the least and most of them."""

    median: float
    least: float
    most: float

    def __str__(self):
        return f"{self.median} ({self.least}–{self.most})"


def spread(values):
    values = [round(value, 1) for value in values]
    return Spread(round(statistics.median(values), 1), min(values), max(values))


@dataclass
class Line:
    """One page on one catalogue: ratios to the hello-world view. `limit` is for a page of which nothing is
    kept, `unchanged_limit` for the others; `bare` is the ratio to the view without middleware."""

    engine: str
    size: int
    page: str
    cold: Spread
    limit: float | None
    unchanged: dict  # "kept" and "304" -> Spread
    unchanged_limit: float | None
    bare: float
    hello: float
    cpu: float
    latency: float
    queries: int
    bytes: int
    memory: float

    @property
    def misses(self):
        """What is above its limit: "cold", "kept", "304"."""
        ratios = {"cold": (self.cold, self.limit)}
        ratios |= {way: (ratio, self.unchanged_limit) for way, ratio in self.unchanged.items()}
        return [way for way, (ratio, limit) in ratios.items() if limit and ratio.median > limit]


def line(engine, size, page, costs, queries):
    """The Line of a page; `costs` has the Costs of all starts as "cold", ratios as "kept" and "304"."""
    factor = 1 if engine == "sqlite" else POSTGRES_FACTOR
    cold = costs["cold"]
    limit = page.limits.get(size)
    return Line(
        engine,
        size,
        page.name,
        cold=spread(cost.ratio for cost in cold),
        limit=limit and limit * factor,
        unchanged={way: spread(costs[way]) for way in page.unchanged},
        unchanged_limit=page.unchanged_limit and page.unchanged_limit * factor,
        bare=round(statistics.median(cost.cpu / cost.bare for cost in cold), 1),
        hello=round(statistics.median(cost.hello for cost in cold), 2),
        cpu=round(statistics.median(cost.cpu for cost in cold), 2),
        latency=round(statistics.median(cost.latency for cost in cold), 1),
        queries=queries,
        bytes=cold[-1].bytes,
        memory=round(max(cost.memory for cost in cold)),
    )


def table(lines):
    """The Lines as a table of Markdown."""
    rules = ["---:" if numeric else "---" for numeric in HEAD.values()]
    rows = [list(HEAD), rules, *(cells(one) for one in lines)]
    return "\n".join(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)


def cells(one):
    limit = "say" if one.limit is None else f"{one.limit} {'misses' if 'cold' in one.misses else 'within'}"
    return [
        one.engine,
        f"{one.size:,}",
        one.page,
        one.cold.median,
        f"{one.cold.least}–{one.cold.most}",
        limit,
        one.bare,
        one.cpu,
        one.latency,
        one.queries,
        f"{one.bytes / 1000:.1f}",
        *(unchanged_cell(one, way) for way in ("kept", "304")),
        one.memory,
    ]


def unchanged_cell(one, way):
    ratio = one.unchanged.get(way)
    return f"{ratio or ''}{' misses' if way in one.misses else ''}"


def missing(lines):
    """A sentence for each line that is above a limit."""
    return [f"{one.engine}, {one.size:,}, {one.page}: {', '.join(one.misses)}" for one in lines if one.misses]
