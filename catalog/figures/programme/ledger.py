"""What was said beside what is on record. The only place that knows addresses (slugs) of indicators: LEDGER
says what stands opposite what, PROGRESS what is measured against what. An indicator that is not public drops
its row.
"""

from collections import Counter
from dataclasses import dataclass

from .differences import Ratio, bound, importance, parts_of, ratio
from .recorded import Deals, deals_at
from .statements import StatementEntry


@dataclass(frozen=True)
class LedgerLine:
    """Statements of `indicator` and of that `kind`: the weightiest leads. `beside`: further (indicator, kind)
    for the same year. `record` names what stands opposite: a key of the records given to `ledger`, "deals"
    (contracts at the desks it speaks of), "desks" (those desks, for what they saved is not recorded), or what
    nothing here measures: "saving", "projects".
    """

    indicator: str
    kind: str
    record: str
    beside: tuple = ()


LEDGER = (
    LedgerLine("products-to-localise", "plan", "catalogue"),
    LedgerLine("foreign-currency-saving", "target", "saving"),
    LedgerLine("idle-units", "plan", "units", (("idle-units", "result"),)),
    LedgerLine("deal-value", "target", "deals", (("desks", "plan"),)),
    LedgerLine(
        "knowledge-based-facilities", "result", "financing", (("knowledge-based-companies", "result"),)
    ),
    LedgerLine("project-value", "plan", "projects"),
    LedgerLine("foreign-currency-saving", "result", "desks", (("desks", "result"),)),
)


@dataclass(frozen=True)
class LedgerRow:
    """`lead` and `beside` were said; `parts` are statements that add up to the lead; `recorded` is what
    stands opposite, Apart with the real records and the samples, None where nothing here measures it; `count`
    is how many statements its indicator has.
    """

    lead: StatementEntry
    beside: tuple
    parts: tuple
    record: str
    recorded: object
    count: int


def ledger(said, records, desks):
    """LedgerRows. `said` are all Entries, `records` is {name: Apart}, `desks` the rows of `public_desks`; one
    query for each line on desks."""
    rows, counts = [], Counter(entry.statement.indicator_id for entry in said)
    for line in LEDGER:
        lead = leading(said, line.indicator, line.kind)
        if lead is None:
            continue
        one = lead.statement
        parts = parts_of(one, [entry.statement for entry in said])
        beside = [leading(said, *other, year=one.year_from) for other in line.beside]
        of_desks = desks_meant(one, parts, desks) if line.record in ("deals", "desks") else []
        rows.append(
            LedgerRow(
                lead=lead,
                beside=tuple(entry for entry in beside if entry),
                parts=parts,
                record=line.record,
                recorded=deals_at(of_desks) if of_desks else records.get(line.record),
                count=counts[one.indicator_id],
            )
        )
    return rows


def leading(said, indicator, kind, year=None):
    """The weightiest Entry of that indicator, kind and (where given) Iranian year, or None."""
    found = [
        entry
        for entry in said
        if entry.statement.kind == kind
        and entry.statement.indicator.slug == indicator
        and year in (None, entry.statement.year_from)
        and not entry.statement.later
    ]
    return min(found, key=lambda entry: importance(entry.statement), default=None)


def desks_meant(statement, parts, desks):
    """The public desks a statement speaks of: those its parts name, else all of its year."""
    named = {part.desk_id for part in parts if part.desk_id}
    return [desk for desk in desks if (desk.pk in named if named else desk.year == statement.year_from)]


@dataclass(frozen=True)
class Progress:
    """How far a target is reached: `part`, a statement, or the `recorded` real Deals beside it, against the
    statement `whole`; `samples` are Deals too. `ratio` is None where they cannot be held against each other.
    """

    whole: object
    part: object = None
    recorded: Deals | None = None
    samples: Deals | None = None
    ratio: Ratio | None = None

    @property
    def value(self):
        """What is reached, in the unit of the target; None where nothing is on record."""
        return self.ratio.part if self.ratio else None


@dataclass(frozen=True)
class LedgerMeasure:
    """What was reached, `part` (indicator, kind), against the first figure of that `kind` of one of the
    indicators `wholes` in the same unit, currency, period and source: who gives both means one by the other.
    """

    part: tuple
    wholes: tuple
    kind: str


PROGRESS = (
    LedgerMeasure(("localised-value", "result"), ("localised-value", "foreign-currency-saving"), "target"),
    LedgerMeasure(("idle-units", "result"), ("idle-units",), "plan"),
)


def progress(said, rows):
    """Progress of what was said, then of the contracts on record in `rows` (LedgerRows), where there are
    any."""
    found = []
    for measure in PROGRESS:
        part = leading(said, *measure.part)
        whole = part and _measured_by(part.statement, measure, said)
        if whole:
            found.append(Progress(whole, part=part.statement, ratio=ratio(part.statement, whole)))
    for row in rows:
        if row.record == "deals" and row.recorded and _signed(row.recorded):
            found.append(_contracts_against(row.lead.statement, row.recorded))
    return found


def _signed(recorded):
    """Whether a contract is on record at these desks, real or sample."""
    return recorded.real.contracts or recorded.samples.contracts


COMPARABLE = ("unit", "currency", "source_id", "year_from", "year_to", "sector_id", "desk_id", "product_id")


def _measured_by(part, measure, said):
    for slug in measure.wholes:
        for whole in (entry.statement for entry in said):
            if (whole.indicator.slug, whole.kind) == (slug, measure.kind) and all(
                getattr(whole, name) == getattr(part, name) for name in COMPARABLE
            ):
                return whole
    return None


def _contracts_against(whole, recorded):
    amount = recorded.real.amount(whole.currency)
    share = amount and Ratio(amount, whole.value, bound("exact", whole.qualifier), False)
    return Progress(whole, recorded=recorded.real, samples=recorded.samples, ratio=share or None)
