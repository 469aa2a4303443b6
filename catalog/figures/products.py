"""What the page of one product says in numbers: its imports, its promises, its makers."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from catalog.formats.calendar import is_gregorian, year_order, year_standing
from catalog.models import Commitment, Currency, EngagementStage

FIRM = (Commitment.BUDGETED, Commitment.TENDERED, Commitment.OFFTAKE, Commitment.SIGNED)
LEVEL = 0.02
"""A change of less than this share of the earlier figure is called no change."""


@dataclass(frozen=True)
class AmountChange:
    """From `before` to `after` (whole units of one currency); `since` is the year of `before`."""

    since: int
    before: int
    after: int

    @property
    def difference(self):
        return abs(self.after - self.before)

    @property
    def direction(self):
        """ "up", "down", or "level" where the change is too small to speak of."""
        if self.difference <= LEVEL * self.before:
            return "level"
        return "up" if self.after > self.before else "down"


@dataclass(frozen=True)
class PricedImport:
    """One import record with what one unit of it cost."""

    record: object

    @property
    def unit_value(self):
        """Value of one unit in the record's currency, to the cent below 100; None without a quantity."""
        if not self.record.quantity:
            return None
        each = Decimal(self.record.value) / self.record.quantity
        return each.quantize(Decimal("0.01") if each < 100 else Decimal(1))


@dataclass(frozen=True)
class ImportSeries:
    """The import records of one product that count, in one currency, oldest first, of both calendars;
    `others` are those in further currencies, and those beside which another source's figure counts.
    """

    records: tuple = ()
    others: tuple = ()

    @property
    def latest(self):
        """The record that stands for the product in lists too."""
        return latest_record(self.records)

    @cached_property
    def comparable(self):
        """The records of the latest one's calendar: of two that overlap nothing is told as a change."""
        return [one for one in self.records if is_gregorian(one.year) == is_gregorian(self.latest.year)]

    @property
    def latest_quantity(self):
        """The quantity of the latest record, None where it is not known."""
        return self.latest.quantity if self.records else None

    @property
    def currency(self):
        return self.latest.currency if self.records else ""

    @cached_property
    def table(self):
        """Every record as a PricedImport, newest first, of one year the one that counts first."""
        ordered = sorted(
            (*self.records, *self.others),
            key=lambda record: (-year_order(record.year), record.currency, not record.counts),
        )
        return tuple(PricedImport(record) for record in ordered)

    @cached_property
    def clashes(self):
        """Lists of the figures of one year that differ from source to source, the newest year and the one
        that counts first. A sample contradicts nothing that is real."""
        groups = defaultdict(list)
        for row in self.table:
            groups[row.record.year, row.record.currency, row.record.is_sample].append(row.record)
        return [
            records
            for records in groups.values()
            if records[0].counts and len({record.value for record in records}) > 1
        ]

    @property
    def since_before(self):
        """Change from the record before the latest, or None."""
        return self._change(-2) if len(self.comparable) > 1 else None

    @property
    def since_first(self):
        """Change from the first record, where that is not the one before the latest; or None."""
        return self._change(0) if len(self.comparable) > 2 else None

    @property
    def has_quantities(self):
        return any(row.record.quantity for row in self.table)

    @property
    def has_countries(self):
        return any(row.record.countries for row in self.table)

    @property
    def calculated(self):
        """The records that are shares of whole tariff lines, newest first."""
        return [row.record for row in self.table if row.record.calculated_from]

    @property
    def has_sample(self):
        """Whether one that counts is a sample."""
        return any(record.is_sample for record in self.records)

    @property
    def all_sample(self):
        return all(row.record.is_sample for row in self.table)

    def _change(self, place):
        before = self.comparable[place]
        return AmountChange(before.year, before.value, self.latest.value) if before.value else None


def latest_record(records):
    """The import record of these that stands for its product, None for none."""
    return max(records, key=lambda record: (year_standing(record.year), record.counts), default=None)


def import_series(records):
    """The ImportSeries of one product's records (any iterable): US dollars if there are any, else the
    currency with the most years.
    """
    records = sorted(records, key=lambda record: year_order(record.year))
    if not records:
        return ImportSeries()
    years = Counter(record.currency for record in records if record.counts)
    currency = max(years, key=lambda c: (c == Currency.USD, years[c]))
    parts = {True: [], False: []}
    for record in records:
        parts[record.counts and record.currency == currency].append(record)
    return ImportSeries(tuple(parts[True]), tuple(parts[False]))


@dataclass(frozen=True)
class YearOfPromises:
    """What buyers want in one Iranian year, in the product's unit; `imported` is the quantity of the latest
    year of imports, None where unknown; `parts` are (commitment, quantity), strongest first.
    """

    year: int
    imported: int | None
    parts: tuple

    @property
    def firm(self):
        """Quantity that is budgeted, tendered or bought ahead."""
        return sum(quantity for commitment, quantity in self.parts if commitment in FIRM)

    @property
    def hoped(self):
        """Quantity that is named or indicated only."""
        return sum(quantity for commitment, quantity in self.parts if commitment not in FIRM)

    @property
    def total(self):
        return self.firm + self.hoped

    @property
    def left(self):
        """Imports nobody has promised to replace, or None."""
        return max(0, self.imported - self.total) if self.imported else None


@dataclass(frozen=True)
class PromiseOnRecord:
    """A promise to buy a product, by a `demand`, or by a line of a `contract` (the other is None). `buyers`
    are public companies or Parties that are only printed; see ProductPromise for the rest."""

    commitment: str
    year: int | None
    quantity: int | None
    value: int | None
    currency: str
    is_sample: bool
    bought: bool
    buyers: tuple
    demand: object = None
    contract: object = None

    @property
    def record(self):
        """The demand or the contract that says so."""
        return self.demand or self.contract

    @property
    def source_id(self):
        return self.record.source_id

    @property
    def confirmed_on(self):
        return self.demand.confirmed_on if self.demand else None

    @property
    def companies(self):
        """The public companies among the buyers."""
        return tuple(buyer for buyer in self.buyers if hasattr(buyer, "slug"))


def promises_of_rows(rows, contracts):
    """The Promises of rows of ProductPromise with their buyer, party and demand at hand, in their order;
    `contracts` are {key: contract}."""
    shared = defaultdict(list)
    for row in rows:
        shared[row.demand_id, row.line_id].append(row)
    return [_promise(of_one, contracts) for of_one in shared.values()]


def _promise(rows, contracts):
    first = next((row for row in rows if row.counted), rows[0])
    return PromiseOnRecord(
        *(first.commitment, first.year, first.quantity, first.value, first.currency),
        is_sample=first.is_sample,
        bought=first.bought,
        buyers=tuple(row.buyer or row.party for row in rows),
        demand=first.demand,
        contract=contracts.get(first.contract_id),
    )


@dataclass(frozen=True)
class Promises:
    """The promises to buy one product (PromiseOnRecord), strongest first; `years` only where quantities are
    known; `bought` are those that were kept: all was delivered."""

    demands: tuple = ()
    years: tuple = ()
    this_year: int = 0
    bought: tuple = ()

    @property
    def strongest(self):
        """A Commitment value, or an empty string."""
        return self.demands[0].commitment if self.demands else ""

    @property
    def buyers(self):
        """Number of different buyers."""
        return len({buyer for demand in self.demands for buyer in demand.buyers})

    @property
    def next_year(self):
        """The year of promises to speak of first: the nearest that is not over, else the last; or None."""
        ahead = [year for year in self.years if year.year >= self.this_year]
        return ahead[0] if ahead else self.years[-1] if self.years else None

    @property
    def has_sample(self):
        return any(demand.is_sample for demand in self.demands)


def promises_of_product(demands, imported, this_year):
    """The Promises of one product (`demands`: PromiseOnRecord); `imported` is the quantity of its latest
    year of imports or None.
    """
    strength = {value: place for place, value in enumerate(Commitment.values)}
    ordered = sorted(demands, key=lambda demand: (-strength[demand.commitment], demand.year or 9999))
    to_come = tuple(demand for demand in ordered if not demand.bought)
    quantities = Counter()
    for demand in to_come:
        if demand.year and demand.quantity:
            quantities[demand.year, demand.commitment] += demand.quantity
    years = []
    for year in sorted({year for year, _ in quantities}):
        parts = tuple((c, quantities[year, c]) for c in reversed(Commitment.values) if quantities[year, c])
        years.append(YearOfPromises(year, imported, parts))
    bought = tuple(demand for demand in ordered if demand.bought)
    return Promises(to_come, tuple(years), this_year, bought)


class Worked:
    """Mixin of what has an `engagement` or None: what that says of the work, None where nothing."""

    @property
    def since(self):
        return self.engagement and self.engagement.since

    @property
    def capacity(self):
        return self.engagement and self.engagement.capacity

    @property
    def free_capacity(self):
        return self.engagement and self.engagement.free_capacity

    @property
    def local_share(self):
        return self.engagement and self.engagement.local_share

    @property
    def seeks(self):
        return self.engagement and self.engagement.seeks


@dataclass(frozen=True)
class Maker(Worked):
    """A company beside a product: `stage` is how far it is, by its public `engagement` (or None), by
    `contracts`, or both. Without `counts` it is only named, by a memorandum, an agreement or a plan."""

    company: object
    stage: str
    engagement: object
    contracts: tuple
    is_sample: bool
    counts: bool


def makers_of_rows(rows, contracts):
    """The MakersOnRecord of rows of ProductMaker with their company and engagement at hand, in their order;
    `contracts` are {key: contract}."""
    of_company = defaultdict(list)
    for row in rows:
        of_company[row.company_id].append(row)
    return [_maker(of_one, contracts) for of_one in of_company.values()]


def _maker(rows, contracts):
    standing = next((row for row in rows if row.stands), None)
    signed = dict.fromkeys(row.contract_id for row in rows if row.contract_id)
    return Maker(
        company=rows[0].company,
        stage=(standing or rows[0]).stage,
        engagement=next((row.engagement for row in rows if row.engagement_id), None),
        contracts=tuple(contracts[key] for key in signed if key in contracts),
        is_sample=standing.rests_on_sample if standing else all(row.is_sample for row in rows),
        counts=standing is not None,
    )


@dataclass(frozen=True)
class MakersOnRecord:
    """The companies beside one product, the furthest first: `all` makers, those that are only `named` by a
    memorandum or a plan, and the suppliers of its contracts that are only `printed` (Party)."""

    all: tuple = field(default=())
    named: tuple = field(default=())
    printed: tuple = field(default=())

    @property
    def listed(self):
        return self.all + self.named

    @property
    def engagements(self):
        return tuple(one.engagement for one in self.all if one.engagement)

    @property
    def count(self):
        return len(self.all)

    @cached_property
    def working(self):
        """The makers past being named: somebody says how far the company is."""
        return tuple(one for one in self.all if one.stage != EngagementStage.NAMED)

    @property
    def furthest(self):
        return self.all[0] if self.all else None

    @property
    def free_capacity(self):
        """Sum of what is said to be free, in the product's unit, or None where nobody says."""
        known = [e.free_capacity for e in self.engagements if e.free_capacity is not None]
        return sum(known) if known else None

    @property
    def has_sample(self):
        return any(one.is_sample for one in self.all)

    @property
    def last_confirmed(self):
        """The latest day on which one of them was confirmed, or None."""
        return max((e.confirmed_on for e in self.engagements if e.confirmed_on), default=None)
