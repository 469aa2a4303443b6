"""The pages that are measured, and how much each may cost: CPU as a multiple of a hello-world view's.

`LIMITS` are for SQLite by catalogue size; a size that is not named is measured and stated. PostgreSQL, with
the CPU of its own processes counted in, may cost three times as much at 100,000.
"""

from dataclasses import dataclass, field

COMMON_TERM, RARE_TERM = "pump", "kiln"  # 16 and 1 of 100 products have them in their names
SIZES = (256, 10_000, 100_000, 1_000_000)
WRITTEN = 100_000  # products with names of their own; more are copies of them, on SQLite


@dataclass(frozen=True)
class Page:
    """`paths` are asked in turn, so that no answer is simply the one before; `limits` by catalogue size."""

    name: str
    paths: tuple
    limits: dict = field(default_factory=dict)
    revisit: str = ""  # "304" asks with the ETag it had, "kept" a second time; else pages are not kept


SECTORS = ("automotive", "refining", "steel-metals", "petrochemicals", "home-appliances", "medical-equipment")
COSTLY = f"q={COMMON_TERM}&sector=automotive&stage="


def pages(size):
    """The Pages of a catalogue with that many products."""
    middle = max(1, size // 48)
    return [
        Page(
            "listing or sector filter",
            ("/en/products/", *(f"/en/products/?sector={slug}" for slug in SECTORS)),
            {256: 8, 10_000: 9, 100_000: 9, 1_000_000: 12},
        ),
        Page(
            "numbered page in the middle",
            tuple(f"/en/products/?page={max(1, middle + step)}" for step in range(-3, 4)),
            {256: 8, 10_000: 10, 100_000: 10, 1_000_000: 16},
        ),
        Page(
            "search, term in 1 % of products",
            tuple(f"/{language}/products/?q={RARE_TERM}" for language in ("en", "fa")),
            {256: 9, 10_000: 14, 100_000: 14},
        ),
        Page(
            "search, term in 16 % of products, two facets",
            tuple(f"/en/products/?{COSTLY}{stage}" for stage in ("testing", "prototype", "design")),
            {256: 10, 10_000: 40, 100_000: 40},
        ),
        Page(
            "product page",
            tuple(f"/en/products/{slug}/" for slug in ("turbocharger", "slurry-pump", "fuel-injector")),
            {256: 8, 10_000: 8, 100_000: 8, 1_000_000: 9},
        ),
        Page(
            "suggestion",
            tuple(
                f"/en/products/suggest/?q={typed}" for typed in ("pu", "pump", "84", "%D9%BE", "kil", "st")
            ),
            {256: 2, 10_000: 3, 100_000: 3},
        ),
        Page("page not changed, kept", ("/en/products/",), dict.fromkeys(SIZES, 1.5), revisit="kept"),
        Page("page not changed, 304", ("/en/products/",), dict.fromkeys(SIZES, 1.5), revisit="304"),
    ]
