"""The nouns of the API, in the order of the site's menu: what rows each has, and what a row shows."""

from .companies import CompanyViewSet
from .contracts import ContractViewSet
from .desks import DeskViewSet
from .products import ProductViewSet
from .sectors import SectorViewSet
from .units import UnitViewSet

NOUNS = (ProductViewSet, SectorViewSet, CompanyViewSet, DeskViewSet, ContractViewSet, UnitViewSet)
