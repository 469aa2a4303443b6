"""The nouns of the API, in the order of the site's menu: what rows each has, and what a row shows."""

from .companies import COMPANIES
from .contracts import CONTRACTS
from .desks import DESKS
from .products import PRODUCTS
from .sectors import SECTORS
from .units import UNITS

NOUNS = (PRODUCTS, SECTORS, COMPANIES, DESKS, CONTRACTS, UNITS)
