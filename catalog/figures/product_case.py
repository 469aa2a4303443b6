"""Everything public about one product, gathered for its page, and the sources it rests on.

The product is known to be public, so its rows are asked for their other parents only.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.formats.calendar import iranian_year_of
from catalog.models import (
    ContractLine,
    Document,
    ImportRecord,
    Parameter,
    Party,
    Product,
    ProductCode,
    ProductMaker,
    ProductPromise,
    Source,
    Statement,
)
from catalog.models.base import where_published
from catalog.models.makers import stage_of_line
from catalog.models.prepared import KEY, Keys, OneOf, PreparedQuery

from .financing import BY_THE_ARTICLE, ProductFinancing, StatedFinancing, product_financing, stated_among
from .product_plants import IdlePlants, idle_plants
from .products import (
    ImportSeries,
    MakersOnRecord,
    Promises,
    import_series,
    makers_of_rows,
    promises_of_product,
    promises_of_rows,
)
from .programme.statements import and_others, with_others
from .whom_to_ask import ask_about

CASE_PARTS = frozenset(
    ("specification", "imports", "demand", "makers", "units", "financing", "ask", "documents")
)
"""What a product's page tells where it is on record."""


@dataclass(frozen=True)
class SourceUse:
    """A source and the kinds of record that name it, in the order of the page."""

    source: Source
    uses: tuple


@dataclass(frozen=True)
class ProductCase:
    """The case for making a product; every row in it is public."""

    product: Product
    codes: list
    imports: ImportSeries
    promises: Promises
    makers: MakersOnRecord
    plants: IdlePlants
    lines: list
    financing: ProductFinancing
    parameters: list
    statements: list
    stated: StatedFinancing
    documents: list
    desks: list
    offices: list
    earlier_desks: list

    @property
    def last_confirmed(self):
        """The latest day on which the product, a maker or a demand was confirmed, or None."""
        days = [self.product.confirmed_on, self.makers.last_confirmed]
        days += [demand.confirmed_on for demand in self.promises.demands]
        return max((day for day in days if day), default=None)

    @property
    def share_rests_on_sample(self):
        """Whether what is promised, or the imports it is held against, is a sample."""
        latest = self.imports.latest
        return self.promises.has_sample or bool(self.promises.years and latest and latest.is_sample)

    @property
    def all_sample(self):
        """Whether every figure and company of the case is a sample; desks and offices to ask, documents and
        what the article says of all products do not count."""
        rows = (
            *self.parameters,
            *(row.record for row in self.imports.table),
            *self.promises.demands,
            *self.makers.listed,
            *self.plants.first_naming,
            *self.contracts,
            *self.financing.facilities,
            *self.statements,
        )
        return bool(rows) and not self.product.made_by_report and all(row.is_sample for row in rows)

    @property
    def parameters_all_sample(self):
        return all(parameter.is_sample for parameter in self.parameters)

    @cached_property
    def known(self):
        """Which of CASE_PARTS are on record: these stand on the page, the others in a list at its end."""
        product, makers = self.product, self.makers.listed or self.product.made_by_report
        there = {
            "specification": product.specification,
            "imports": self.imports.records or self.statements,
            "demand": self.promises.demands or self.promises.bought,
            "makers": makers or self.lines,
            "units": self.plants.first_naming,
            "financing": self.financing.facilities,
            "ask": self.desks or self.offices or self.earlier_desks,
            "documents": self.documents,
        }
        return frozenset(part for part, records in there.items() if records)

    @property
    def unknown(self):
        """Which of CASE_PARTS are not on record."""
        return CASE_PARTS - self.known

    @property
    def changed_on(self):
        """The day of the last change of the product's own record."""
        return timezone.localdate(self.product.updated_at)

    @property
    def published_on(self):
        """The day it was first published, or None."""
        return timezone.localdate(self.product.published_at) if self.product.published_at else None

    @property
    def contracts(self):
        """The contracts whose lines name the product, each once."""
        return contracts_of_lines(self.lines)

    @property
    def records(self):
        """(kind of record, the records of that kind) for all that may name a source, in the order of the
        page."""
        return (
            (_("this record"), [self.product]),
            (_("customs codes"), self.codes),
            (_("requirements"), self.parameters),
            (_("imports"), [row.record for row in self.imports.table]),
            (_("demand"), [one.demand for one in self.promises.demands if one.demand]),
            (_("companies"), self.makers.engagements),
            (_("idle plants"), self.plants.first_naming),
            (_("contracts"), self.contracts),
            (_("financing"), self.financing.facilities),
            (_("stated figures"), self.statements),
            (_("documents"), self.documents),
        )

    @property
    def sources(self):
        """SourceUses, the latest published first, undated ones last; needs the records' sources at hand."""
        named = {}
        for use, records in self.records:
            for record in records:
                if record.source_id:
                    named.setdefault(record.source, {})[use] = None
        return sorted((SourceUse(source, tuple(uses)) for source, uses in named.items()), key=_latest_first)


def contracts_of_lines(lines):
    """The contracts of these lines, each once."""
    return list({line.contract_id: line.contract for line in lines}.values())


def _latest_first(use):
    day = use.source.published_on
    return (day is None, -day.toordinal() if day else 0, use.source.key)


def product_case(product, today=None):
    """The ProductCase of a public product, each record with what it points to at hand; as many queries
    whatever it holds."""
    imports = import_series(IMPORTS_OF_PRODUCT(product=product.pk))
    key = {"product": product.pk}
    lines = LINES_OF_PRODUCT(**key)
    contracts = {contract.pk: contract for contract in contracts_of_lines(lines)}
    demands = promises_of_rows(PROMISES_OF_PRODUCT(**key), contracts)
    makers = _makers(product, lines, contracts)
    financing = product_financing(contracts.keys(), [maker.company for maker in makers.all])
    ask = ask_about(product, today)
    said = STATEMENTS(**key)
    statements = with_others([one for one in said if one.product_id])
    case = ProductCase(
        product=product,
        codes=CODES_OF_PRODUCT(**key),
        imports=imports,
        promises=promises_of_product(
            demands, imports.latest_quantity, iranian_year_of(today or timezone.localdate())
        ),
        makers=makers,
        plants=idle_plants(
            product,
            buyers=[buyer for demand in demands for buyer in demand.companies if not demand.bought],
            makers=[maker.company for maker in makers.all],
        ),
        lines=lines,
        financing=financing,
        parameters=PARAMETERS(**key),
        statements=statements,
        stated=stated_among(said),
        documents=DOCUMENTS(**key),
        desks=ask.desks,
        offices=ask.offices,
        earlier_desks=ask.earlier,
    )
    give_sources(*(records for _use, records in case.records), and_others(statements), said)
    give_shares([row.record for row in imports.table])
    return case


def give_shares(records):
    """Puts at hand who states the shares that import records were calculated from, as `stated_shares`: pairs
    of a Share and its source or None; at most one query."""
    calculated = [(record, record.shares) for record in records if record.calculated_from]
    keys = {share.source for _record, shares in calculated for share in shares}
    sources = {source.key: source for source in SOURCES_BY_KEY(keys=sorted(keys))} if keys else {}
    for record, shares in calculated:
        record.stated_shares = [(share, sources.get(share.source)) for share in shares]


def _makers(product, lines, contracts):
    """The MakersOnRecord of a product; two queries."""
    found = makers_of_rows(MAKERS(product=product.pk), contracts)
    saying = {line.contract_id for line in lines if stage_of_line(line)}
    printed = {(party.name_en, party.name_fa): party for party in PRINTED(contracts=saying)}
    return MakersOnRecord(
        tuple(maker for maker in found if maker.counts),
        tuple(maker for maker in found if not maker.counts),
        tuple(printed.values()),
    )


def give_sources(*groups):
    """Puts the source of each record of these groups at hand; one query."""
    records = [record for record in chain(*groups) if record.source_id]
    sources = {source.pk: source for source in SOURCES(keys={record.source_id for record in records})}
    for record in records:
        record.source = sources[record.source_id]


def _lines(product):
    """Lines of public contracts that name the product, newest contract first."""
    lines = ContractLine.objects.filter(where_published("contract"), product=product)
    return lines.select_related("contract").order_by(F("contract__signed_on").desc(nulls_last=True), "pk")


def _statements(product):
    """The statements of the product, and what the article states of financing."""
    rows = Statement.objects.filter(where_published("indicator"))
    for parent in ("sector", "desk"):
        rows = rows.filter(Q(**{parent: None}) | where_published(parent))
    return rows.filter(Q(product=product) | (BY_THE_ARTICLE & Q(product=None))).select_related("indicator")


def _promises(product):
    rows = ProductPromise.objects.filter(product=product).order_by("pk")
    return rows.select_related("buyer", "party", "demand")


def _makers_beside(product):
    rows = ProductMaker.objects.filter(product=product).furthest_first()
    return rows.select_related("company", "engagement")


IMPORTS_OF_PRODUCT = PreparedQuery(lambda product: ImportRecord.objects.filter(product=product), product=KEY)
PROMISES_OF_PRODUCT = PreparedQuery(_promises, product=KEY)
MAKERS = PreparedQuery(_makers_beside, product=KEY)
PRINTED = PreparedQuery(
    lambda contracts: Party.objects.filter(
        OneOf("contract", contracts), role=Party.Role.SUPPLIER, company=None
    ),
    contracts=Keys(),
)
LINES_OF_PRODUCT = PreparedQuery(_lines, product=KEY)
PARAMETERS = PreparedQuery(lambda product: Parameter.objects.filter(product=product), product=KEY)
CODES_OF_PRODUCT = PreparedQuery(lambda product: ProductCode.objects.filter(product=product), product=KEY)
STATEMENTS = PreparedQuery(_statements, product=KEY)
DOCUMENTS = PreparedQuery(
    lambda product: Document.objects.filter(where_published(), product=product), product=KEY
)
SOURCES = PreparedQuery(lambda keys: Source.objects.filter(OneOf("pk", keys)), keys=Keys())
SOURCES_BY_KEY = PreparedQuery(lambda keys: Source.objects.filter(OneOf("key", keys)), keys=Keys())
