"""Everything public about one product, gathered for its page, and the sources it rests on."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.formats.calendar import iranian_year_of
from catalog.models import Document, Product, Statement

from .financing import ProductFinancing, product_financing
from .product_links import desks_to_ask, lines_naming, offices_to_ask
from .products import ImportSeries, Makers, Promises, import_series, promises
from .programme.statements import with_others
from .units import IdlePlants, idle_plants


@dataclass(frozen=True)
class SourceUse:
    """A source and the kinds of record that name it, in the order of the page."""

    source: object
    uses: tuple


@dataclass(frozen=True)
class ProductCase:
    """The case for making a product; every row in it is public."""

    product: Product
    imports: ImportSeries
    promises: Promises
    makers: Makers
    plants: IdlePlants
    lines: list
    financing: ProductFinancing
    parameters: list
    statements: list
    documents: list
    desks: list
    offices: list

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
    def parameters_all_sample(self):
        return all(parameter.is_sample for parameter in self.parameters)

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
        return contracts_of(self.lines)

    @property
    def sources(self):
        """SourceUses, the latest published first, undated ones last."""
        uses = {
            _("this record"): [self.product],
            _("requirements"): self.parameters,
            _("imports"): [row.record for row in self.imports.table],
            _("demand"): self.promises.demands,
            _("companies"): self.makers.engagements,
            _("idle plants"): self.plants.shown,
            _("contracts"): self.contracts,
            _("financing"): self.financing.facilities,
            _("stated figures"): self.statements,
            _("documents"): self.documents,
        }
        named = {}
        for use, records in uses.items():
            for record in records:
                if record.source_id:
                    named.setdefault(record.source, {})[use] = None
        return sorted((SourceUse(source, tuple(found)) for source, found in named.items()), key=_latest_first)


def contracts_of(lines):
    """The contracts of these lines, each once."""
    return list({line.contract_id: line.contract for line in lines}.values())


def _latest_first(use):
    day = use.source.published_on
    return (day is None, -day.toordinal() if day else 0, use.source.key)


def product_case(product, today=None):
    """The ProductCase of a public product; thirteen queries, whatever it holds."""
    imports = import_series(product.imports.published().select_related("source"))
    demands = list(product.demands.published().select_related("buyer", "source"))
    engagements = tuple(product.engagements.published().furthest_first().select_related("company", "source"))
    lines = lines_naming(product)
    desks = desks_to_ask(product)
    return ProductCase(
        product=product,
        imports=imports,
        promises=promises(
            demands,
            imports.latest and imports.latest.quantity,
            iranian_year_of(today or timezone.localdate()),
        ),
        makers=Makers(engagements),
        plants=idle_plants(
            product,
            buyers=[demand.buyer for demand in demands],
            makers=[engagement.company for engagement in engagements],
        ),
        lines=lines,
        financing=product_financing(contracts_of(lines), engagements),
        parameters=list(product.parameters.select_related("source")),
        statements=with_others(Statement.objects.published().filter(product=product)),
        documents=list(Document.objects.published().filter(product=product).select_related("source")),
        desks=desks,
        offices=offices_to_ask(product, desks),
    )
