"""Financing: what was approved and what was paid of it, by kind and currency, and to whom.

Kinds stay apart in every sum: a guarantee is no money paid out.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from catalog.models import Company, Facility, Origin
from catalog.models.prepared import Keys, OneOf, PreparedQuery

from .amounts import Apart, apart, by_currency
from .sectors import public_sectors

SUMMED_COLUMNS = ("kind", "company_id", "approved_amount", "paid", "currency", "origin")
"""What sums read of a facility, or of a row of `values_list`."""


@dataclass(frozen=True)
class KindSum:
    """Facilities of one kind: how many, to how many companies, and what was `approved` and `paid`, as Amounts
    by currency (`paid` leaves out currencies in which nothing was paid). `sample`: one of them is a sample.
    """

    kind: str
    facilities: int
    companies: int
    approved: tuple
    paid: tuple
    sample: bool

    @property
    def label(self):
        return Facility.Kind(self.kind).label

    @property
    def pays_out(self):
        return self.kind in Facility.PAYS_OUT


def kind_sums(rows):
    """A KindSum for each kind that occurs among rows (see SUMMED_COLUMNS), in the order of Facility.Kind."""
    of_kind = defaultdict(list)
    for row in rows:
        of_kind[row.kind].append(row)
    return tuple(_kind_sum(kind, of_kind[kind]) for kind in Facility.Kind.values if of_kind[kind])


def _kind_sum(kind, rows):
    return KindSum(
        kind=kind,
        facilities=len(rows),
        companies=len({row.company_id for row in rows}),
        approved=by_currency((row.approved_amount, row.currency) for row in rows),
        paid=by_currency((row.paid or None, row.currency) for row in rows),
        sample=any(row.origin == Origin.SAMPLE for row in rows),
    )


@dataclass(frozen=True)
class PaidOut:
    """What was paid of loans and grants, as Amounts by currency, and to how many companies."""

    amounts: tuple
    companies: int


def paid_out(rows):
    """The PaidOut of rows (see SUMMED_COLUMNS)."""
    paid = [row for row in rows if row.kind in Facility.PAYS_OUT and row.paid]
    return PaidOut(
        by_currency((row.paid, row.currency) for row in paid), len({row.company_id for row in paid})
    )


@dataclass(frozen=True)
class CompanyFinancing:
    """Public facilities of one company, latest first: those `given` to it, and those it `lent` to others."""

    given: tuple
    lent: tuple

    @property
    def given_sums(self):
        return kind_sums(self.given)

    @property
    def lent_sums(self):
        return kind_sums(self.lent)


def company_financing(company):
    """The CompanyFinancing of a company, payments at hand; two queries."""
    rows = _facilities().filter(Q(company=company) | Q(lender=company)).prefetch_related("payments")
    return CompanyFinancing(
        tuple(row for row in rows if row.company_id == company.pk),
        tuple(row for row in rows if row.lender_id == company.pk),
    )


def resting_on(contract):
    """Public facilities that rest on a contract, latest first, as a list; one query."""
    return list(_facilities().filter(contract=contract))


@dataclass(frozen=True)
class ProductFinancing:
    """Public facilities near one product, each once and latest first: those that rest `on_contracts` whose
    lines name it, and the `others` of companies that work on it, whatever they are for.
    """

    on_contracts: tuple = ()
    others: tuple = ()

    @property
    def facilities(self):
        return self.on_contracts + self.others

    @property
    def sums(self):
        """KindSums of both together."""
        return kind_sums(self.facilities)

    @property
    def paid_out(self):
        """The PaidOut of loans and grants of both together."""
        return paid_out(self.facilities)

    @property
    def companies(self):
        """How many companies these facilities were given to."""
        return len({facility.company_id for facility in self.facilities})

    @property
    def has_sample(self):
        return any(facility.is_sample for facility in self.facilities)

    @property
    def all_sample(self):
        return all(facility.is_sample for facility in self.facilities)


def product_financing(contracts, makers):
    """The ProductFinancing for the keys of public `contracts` whose lines name a product, and its `makers`,
    companies; one query.
    """
    rows = FACILITIES_NEAR(contracts=contracts, companies={company.pk for company in makers})
    return ProductFinancing(
        tuple(row for row in rows if row.contract_id in contracts),
        tuple(row for row in rows if row.contract_id not in contracts),
    )


def _facilities_near(contracts, companies):
    rows = Facility.objects.with_public_company().filter(
        Q(OneOf("contract", contracts)) | Q(OneOf("company", companies))
    )
    return rows.select_related("company", "lender", "contract")


FACILITIES_NEAR = PreparedQuery(_facilities_near, contracts=Keys(), companies=Keys())


def _facilities():
    return Facility.objects.published().select_related("company", "lender", "contract", "source")


@dataclass(frozen=True)
class PaidTo:
    """What was paid of loans and grants: PaidOuts to `all` companies, and to the `knowledge_based` ones."""

    all: PaidOut
    knowledge_based: PaidOut


@dataclass(frozen=True)
class Alike:
    """What companies of one size, kind or sector were given: `who` is that in words or the Sector, empty
    where it is not known; `cells` has a KindSum or None for each of Facility.Kind, in that order.
    """

    who: object
    cells: tuple


@dataclass(frozen=True)
class Overview:
    """What is publicly recorded of financing. `sums` are KindSums; `by_size`, `by_kind` (of the company) and
    `by_sector` hold Alikes.
    """

    sums: tuple
    paid: PaidTo
    by_size: tuple
    by_kind: tuple
    by_sector: tuple

    @property
    def of_kind(self):
        """{kind: its KindSum}, for the kinds that occur."""
        return {one.kind: one for one in self.sums}

    @property
    def facilities(self):
        return sum(one.facilities for one in self.sums)


OF_COMPANY = ("company__size", "company__kind", "company__sector", "company__knowledge_based")
public_facilities = PreparedQuery(
    lambda: Facility.objects.published().order_by().values_list(*SUMMED_COLUMNS, *OF_COMPANY, named=True)
)


def overview(sectors=None):
    """Apart with the Overviews of public facilities; two queries, one with the public `sectors` at hand."""
    rows, sectors = apart(public_facilities()), public_sectors() if sectors is None else sectors
    return Apart(_overview(rows.real, sectors), _overview(rows.samples, sectors))


def _overview(rows, sectors):
    return Overview(
        sums=kind_sums(rows),
        paid=_paid_to(rows),
        by_size=_alike(rows, "company__size", _choices(Company.Size)),
        by_kind=_alike(rows, "company__kind", _choices(Company.Kind)),
        by_sector=_alike(rows, "company__sector", [*((one.pk, one) for one in sectors), (None, None)]),
    )


LISTED = 20


@dataclass(frozen=True)
class FinancingGiven:
    """What some companies were given: KindSums of real facilities and of samples, and the LISTED latest of
    them all, of `count`."""

    real: tuple
    samples: tuple
    latest: list
    count: int


def financing_given(facilities):
    """The FinancingGiven of a queryset of public facilities; two queries."""
    rows = list(facilities.order_by().values_list(*SUMMED_COLUMNS, named=True))
    found = apart(rows)
    latest = facilities.select_related("company", "lender", "contract")[:LISTED]
    return FinancingGiven(kind_sums(found.real), kind_sums(found.samples), list(latest), len(rows))


def _choices(kind):
    """(value, words) of each of these TextChoices, and of none."""
    return [*((one.value, one.label) for one in kind), ("", "")]


def paid_to_companies():
    """Apart with the PaidTos of public facilities; one query."""
    rows = apart(public_facilities())
    return Apart(_paid_to(rows.real), _paid_to(rows.samples))


def _paid_to(rows):
    return PaidTo(paid_out(rows), paid_out(row for row in rows if row.company__knowledge_based))


def _alike(rows, field, groups):
    """An Alike for each of `groups`, pairs of a value of `field` and whom it stands for, that has rows; what
    stands for none of them counts with the last.
    """
    values = [value for value, _who in groups]
    of_group = defaultdict(list)
    for row in rows:
        value = getattr(row, field)
        of_group[value if value in values else values[-1]].append(row)
    return tuple(Alike(who, _cells(of_group[value])) for value, who in groups if of_group[value])


def _cells(rows):
    sums = {one.kind: one for one in kind_sums(rows)}
    return tuple(sums.get(kind) for kind in Facility.Kind.values)


@dataclass(frozen=True)
class StatedFinancing:
    """What the article states of financing: Statements of what was `paid`, to how many `companies`, and of
    the `projects` defined for such companies.
    """

    paid: tuple
    companies: tuple
    projects: tuple


INDICATORS = {
    "paid": "knowledge-based-facilities",
    "companies": "knowledge-based-companies",
    "projects": "project-value",
}

BY_THE_ARTICLE = Q(origin=Origin.ARTICLE, indicator__slug__in=INDICATORS.values())
"""Condition: a statement of the article on financing."""


def stated_among(statements):
    """The StatedFinancing among statements, their indicators at hand."""
    of_indicator = defaultdict(list)
    for one in sorted(statements, key=lambda statement: statement.pk):
        if one.origin == Origin.ARTICLE:
            of_indicator[one.indicator.slug].append(one)
    return StatedFinancing(**{name: tuple(of_indicator[slug]) for name, slug in INDICATORS.items()})
