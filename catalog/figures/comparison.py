"""Up to four products side by side: what each row of the comparison says of each, and whether they differ."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from catalog.models import Product

from .product_case import ProductCase, product_case
from .products import latest_record


@dataclass(frozen=True)
class Compared:
    """One product of a comparison and its case, real records and samples apart."""

    product: Product
    case: ProductCase

    @cached_property
    def imports(self):
        """(the latest real import record, the latest sample); either may be None."""
        records = [row.record for row in self.case.imports.table]
        return tuple(
            latest_record(one for one in records if one.is_sample == sample) for sample in (False, True)
        )

    @cached_property
    def seeks(self):
        """(what makers seek, whether a sample is meant), each once, in words."""
        found = {}
        for maker in self.case.makers.listed:
            if maker.seeks:
                words = maker.engagement.get_seeks_display()
                found[words] = found.get(words, True) and maker.is_sample
        return list(found.items())

    @cached_property
    def makers(self):
        """(number of real makers, of samples)."""
        samples = sum(maker.is_sample for maker in self.case.makers.all)
        return self.case.makers.count - samples, samples

    @cached_property
    def plants(self):
        """(number of real idle plants that name it, of samples)."""
        samples = sum(unit.is_sample for unit in self.case.plants.naming)
        return len(self.case.plants.naming) - samples, samples

    def value(self, row):
        """What two products have to have in common for a row to be the same."""
        product, case = self.product, self.case
        promised = case.promises.next_year
        return {
            "sector": lambda: product.sector_id,
            "hs": lambda: product.hs_code,
            "imports": lambda: tuple(one and (one.year, one.value, one.currency) for one in self.imports),
            "promises": lambda: (
                case.promises.strongest,
                promised and (promised.year, promised.parts),
                case.promises.buyers,
            ),
            "makers": lambda: (product.stage, self.makers),
            "seeks": lambda: frozenset(words for words, _sample in self.seeks),
            "specification": lambda: product.specification,
            "plants": lambda: self.plants,
            "financing": lambda: tuple((sum.kind, sum.approved, sum.paid) for sum in case.financing.sums),
            "desk": lambda: tuple(one.pk for one in case.desks or case.offices),
        }[row]()


ROWS = (
    ("sector", _("Sector")),
    ("hs", _("HS code")),
    ("imports", _("Imports, latest year")),
    ("promises", _("Promised by buyers")),
    ("makers", _("Makers and stage")),
    ("seeks", _("Makers seek")),
    ("specification", _("Specification")),
    ("plants", _("Idle plants")),
    ("financing", _("Financing")),
    ("desk", _("Whom to ask")),
)


@dataclass(frozen=True)
class ComparisonRow:
    """A row of the table; `differs` is None where there is nothing to compare. `others` are the places of the
    products that differ from what most have in common, empty where nothing is common."""

    name: str
    label: str
    differs: bool | None
    others: frozenset


def comparison(products):
    """(Compared products, ComparisonRows); some twenty queries for each product."""
    compared = [Compared(product, product_case(product)) for product in products]
    return compared, [_row(name, label, [one.value(name) for one in compared]) for name, label in ROWS]


def _row(name, label, values):
    if len(values) < 2:
        return ComparisonRow(name, label, None, frozenset())
    ((common, number),) = Counter(values).most_common(1)
    others = [place for place, value in enumerate(values) if value != common] if number > 1 else []
    return ComparisonRow(name, label, number < len(values), frozenset(others))
