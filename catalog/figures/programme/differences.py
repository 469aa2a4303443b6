"""How stated figures differ, as far as their qualifiers allow. Pure: rows in, dataclasses out.

Sums in different currencies are never subtracted, and a rate that two sums imply is called implied.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from catalog.figures.amounts import ORDER
from catalog.formats.calendar import year_bounds
from catalog.models import Currency, Origin, Statement

OPEN_ENDED = (Statement.Qualifier.MORE_THAN, Statement.Qualifier.AT_LEAST)
ROUGH = (Statement.Qualifier.ABOUT, Statement.Qualifier.NEARLY)
NEAR = Decimal("0.01")
"""Share of a sum within which a rate on record explains it: sources round the sums, the record the rate."""


def bound(growing, shrinking):
    """How well a result is known that grows with the figure qualified `growing` and shrinks with the one
    qualified `shrinking`: "exact", "at_least", "at_most", or "open" where both may be any amount larger.
    """
    up, down = growing in OPEN_ENDED, shrinking in OPEN_ENDED
    return "open" if up and down else "at_least" if up else "at_most" if down else "exact"


@dataclass(frozen=True)
class Ratio:
    """`part` of `whole` (ints or Decimals of one unit); see `bound`; `rough`: one of them is "about" so
    much."""

    part: object
    whole: object
    bound: str
    rough: bool


def ratio(part, whole):
    """The Ratio of two statements in the same unit and currency."""
    return Ratio(part.figure, whole.figure, bound(part.qualifier, whole.qualifier), _rough(part, whole))


def _rough(*statements):
    return any(statement.qualifier in ROUGH for statement in statements)


@dataclass(frozen=True)
class CurrencyPair:
    """One sum that one source gives twice: in rials and in `foreign`, a statement in another currency."""

    rials: Statement
    foreign: Statement

    @property
    def rate(self):
        """Rials for one unit of the other currency, as the two sums imply, to the whole rial."""
        return implied_by_sums(self.rials, self.foreign)


def implied_by_sums(rials, foreign):
    return int((Decimal(rials.value) / foreign.value).quantize(Decimal(1), ROUND_HALF_UP))


def pairs(statements):
    """{statement's pk: Pair} of those that one source gives in rials and in another currency, for the same
    scope, kind and period. Two sums in one currency leave open which belongs to which: no pair.
    """
    same = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        if statement.source_id and statement.currency and statement.value:
            same[_fact(statement)][statement.currency].append(statement)
    found = {}
    for by_currency in same.values():
        singles = {currency: rows[0] for currency, rows in by_currency.items() if len(rows) == 1}
        rials = singles.pop(Currency.IRR, None)
        for foreign in singles.values() if rials else ():
            pair = CurrencyPair(rials, foreign)
            found[foreign.pk] = pair
            found.setdefault(rials.pk, pair)
    return found


def _fact(one):
    """What two statements share that give one fact in two currencies."""
    return (one.indicator_id, one.source_id, _scope(one), one.kind, _dates(one))


def _scope(one):
    return one.sector_id, one.desk_id, one.product_id


def _dates(one):
    return one.year_from, one.year_to, one.period_from, one.period_to


def parts_of(total, statements):
    """The statements of one source that add up to `total`: of its indicator, kind, currency and period, exact
    and summed here; an empty tuple where no source's do. Largest first.
    """
    by_source = defaultdict(list)
    for one in statements:
        if (
            one.indicator_id == total.indicator_id  # few are: the rest is asked of those
            and one.pk != total.pk
            and (one.kind, one.unit, one.currency, one.decimals)
            == (total.kind, total.unit, total.currency, total.decimals)
            and _dates(one) == _dates(total)
            and one.qualifier == Statement.Qualifier.EXACT
        ):
            by_source[one.source_id].append(one)
    for parts in by_source.values():
        if len(parts) > 1 and sum(part.value for part in parts) == total.value:
            return tuple(sorted(parts, key=lambda part: (-part.value, part.pk)))
    return ()


@dataclass(frozen=True)
class StatementDifference:
    """How `statement` differs from `other`. `kind` is one of

    more, less   `amount` (in the unit of both) more or less; see `bound`; `rough`: "about" so much
    same         the same number
    same_number  the same number in another currency
    currency     another currency and another number: nothing is subtracted
    rate         the same rials (`rials`, a statement) at another rate; `rates` are the two implied ones
    ordinal      another place in a sequence
    scope        said of something else, such as a total and one of its parts: nothing is subtracted
    unit         counted in something else

    `period` says that `statement` speaks of a "shorter", "longer" or "other" time; "" where the times are
    the same or not known.
    """

    kind: str
    statement: Statement
    other: Statement
    amount: object = None
    bound: str = "exact"
    rough: bool = False
    period: str = ""
    rials: Statement | None = None
    rates: tuple = ()


def difference(one, other, pairs=None, rates=()):
    """The StatementDifference of two statements. `pairs` (see there) and the ExchangeRates on record tell
    where two sums are the same rials at two rates.
    """
    period = _period(one, other)
    if kind := _incomparable(one, other):
        return StatementDifference(kind, one, other, period="" if kind == "ordinal" else period)
    if rials := _same_rials(one, other, pairs or {}, rates):
        implied = (implied_by_sums(rials, one), implied_by_sums(rials, other))
        return StatementDifference("rate", one, other, rials=rials, rates=implied)
    more = one.figure > other.figure
    larger, smaller = (one, other) if more else (other, one)
    return StatementDifference(
        "more" if more else "less",
        one,
        other,
        amount=larger.figure - smaller.figure,
        bound=bound(larger.qualifier, smaller.qualifier),
        rough=_rough(one, other),
        period=period,
    )


def _incomparable(one, other):
    """The kind of difference of two figures between which nothing is subtracted, or ""."""
    if one.unit != other.unit:
        return "unit"
    if one.currency != other.currency:
        return "same_number" if one.value == other.value else "currency"
    if _scope(one) != _scope(other):
        return "scope"
    if one.unit == "ordinal":
        return "ordinal"
    return "same" if one.figure == other.figure else ""


def _same_rials(one, other, pairs, rates):
    """The statement in rials that one of the two converts by its own source, and the other at the rate its
    source is on record with; or None.
    """
    for known, unknown in ((one, other), (other, one)):
        pair = pairs.get(known.pk)
        if pair is None or pair.foreign.pk != known.pk:
            continue
        for rate in rates:
            explained = (rate.source_id, rate.currency) == (unknown.source_id, unknown.currency)
            if explained and abs(rate.rials * unknown.value - pair.rials.value) <= NEAR * pair.rials.value:
                return pair.rials
    return None


def _period(one, other):
    first, second = span(one), span(other)
    if first is None or second is None or first == second:
        return ""
    if second[0] <= first[0] and first[1] <= second[1]:
        return "shorter"
    return "longer" if first[0] <= second[0] and second[1] <= first[1] else "other"


def span(statement):
    """First and last day a statement speaks of, as far as recorded; None where one of them is not."""
    first, last = statement.period_from, statement.period_to
    if statement.year_from:
        first = first or year_bounds(statement.year_from)[0]
        last = last or year_bounds(statement.year_to or statement.year_from)[1]
    return (first, last) if first and last else None


@dataclass(frozen=True)
class Disagreement:
    """Statements that contradict the first of them, with the first; `why` says what differs: rate,
    same_number, currency, ordinal, scope, period or source (only the source).
    """

    statements: tuple
    why: str

    @property
    def lead(self):
        return self.statements[0]


def disagreements(statements, pairs=None, rates=()):
    """Disagreements that name every contradiction among these statements (each with `others`) once: the
    programme's headlines lead, then the article's figures, then by key.
    """
    found, told = [], set()
    for lead in sorted(statements, key=importance):
        others = [other for other in lead.others if frozenset((lead.pk, other.pk)) not in told]
        if not others:
            continue
        members = (lead, *sorted(others, key=lambda other: _beside(lead, other)))
        told |= {frozenset((a.pk, b.pk)) for a in members for b in members}
        differences = [difference(lead, other, pairs, rates) for other in members[1:]]
        found.append(Disagreement(members, _why(differences)))
    return found


def _beside(lead, other):
    """What can be held against the lead comes first, then currency by currency, the largest first."""
    return other.currency != lead.currency, ORDER.get(other.currency, 9), -other.value, other.pk


def importance(statement):
    """Sort key: headlines in their order, then the article, then what is said of the whole, then by key."""
    place = (statement.headline is None, statement.headline or 0)
    return (*place, statement.origin != Origin.ARTICLE, any(_scope(statement)), statement.pk)


def _why(differences):
    kinds = {one.kind for one in differences}
    if kinds in ({"rate"}, {"same_number"}, {"ordinal"}):
        return kinds.pop()
    if kinds & {"currency", "same_number"}:
        return "currency"
    if "scope" in kinds:
        return "scope"
    return "period" if any(one.period for one in differences) else "source"
