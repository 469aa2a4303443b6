"""The nouns of the domain, one a file."""

from .accounts import AccountEvent, StaffSession
from .aliases import ProductAlias
from .base import Currency, Origin, State
from .calls import Call, CallState
from .changes import Change, ChangeKind, Did, Seen, SeenNoun
from .companies import Company
from .contract_parts import Amendment, ContractLine, Milestone, Party
from .contracts import Contract
from .customs import CustomsFile, CustomsLine, CustomsMapping
from .demands import Commitment, Demand
from .desks import Desk, DeskBuyer, DeskProduct, DeskStatus
from .documents import Document
from .engagements import Engagement, EngagementStage
from .exchange_rates import ExchangeRate
from .facilities import Facility, Payment
from .former_addresses import FormerAddress
from .guide_steps import GuideStep
from .holidays import Holiday
from .idle_units import Cause, IdleUnit, Need
from .import_records import ImportRecord
from .imports import Import, ImportRow, ImportState, RememberedName, RowOutcome
from .indicators import Indicator, Statement
from .loads import LoadedRow, LoadRun
from .makers import ProductMaker, ProductPromise
from .offices import Office
from .outbox import Outbox
from .parameters import Parameter
from .product_codes import ProductCode
from .product_counts import CountedProduct, ProductCount
from .products import Makers, Product, Stage
from .provinces import Province
from .questions import Question
from .revisions import Revision, RevisionKind, RevisionState
from .scopes import Scope
from .sectors import Sector
from .service import ServiceFigure
from .sources import Source
from .unit_matches import UnitMatch

__all__ = [
    "AccountEvent",
    "Amendment",
    "Call",
    "CallState",
    "Cause",
    "Change",
    "ChangeKind",
    "Commitment",
    "Company",
    "Contract",
    "ContractLine",
    "CountedProduct",
    "Currency",
    "CustomsFile",
    "CustomsLine",
    "CustomsMapping",
    "Demand",
    "Desk",
    "DeskBuyer",
    "DeskProduct",
    "DeskStatus",
    "Did",
    "Document",
    "Engagement",
    "EngagementStage",
    "ExchangeRate",
    "Facility",
    "FormerAddress",
    "GuideStep",
    "Holiday",
    "IdleUnit",
    "Import",
    "ImportRecord",
    "ImportRow",
    "ImportState",
    "Indicator",
    "LoadRun",
    "LoadedRow",
    "Makers",
    "Milestone",
    "Need",
    "Office",
    "Origin",
    "Outbox",
    "Parameter",
    "Party",
    "Payment",
    "Product",
    "ProductAlias",
    "ProductCode",
    "ProductCount",
    "ProductMaker",
    "ProductPromise",
    "Province",
    "Question",
    "RememberedName",
    "Revision",
    "RevisionKind",
    "RevisionState",
    "RowOutcome",
    "Scope",
    "Sector",
    "Seen",
    "SeenNoun",
    "ServiceFigure",
    "Source",
    "StaffSession",
    "Stage",
    "State",
    "Statement",
    "UnitMatch",
]
