"""The charts of the programme page: from what figures/ counted to a drawing, the finding in words, and the
table that says the same. Every finding is worked out from the numbers drawn. Asks no database.
"""

from .marks import dots, freshness_bar, progress_bullet
from .rankings import imports_by_sector_chart, products_by_sector, units_by_province_chart
from .records import contracts_by_year, stages
from .stated import desk_targets, revived_units, saving_by_parts

__all__ = [
    "contracts_by_year",
    "desk_targets",
    "dots",
    "freshness_bar",
    "imports_by_sector_chart",
    "products_by_sector",
    "progress_bullet",
    "revived_units",
    "saving_by_parts",
    "stages",
    "units_by_province_chart",
]
