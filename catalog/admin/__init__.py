"""The staff's pages, one noun a file."""

from . import (
    companies,
    contracts,
    demands,
    desks,
    documents,
    engagements,
    import_records,
    indicators,
    offices,
    parameters,
    products,
    sectors,
    sources,
    statements,
    users,
)

__all__ = [
    "companies",
    "contracts",
    "demands",
    "desks",
    "documents",
    "engagements",
    "import_records",
    "indicators",
    "offices",
    "parameters",
    "products",
    "sectors",
    "sources",
    "statements",
    "users",
]
