"""The desks of an Iranian year: what is on record of them, beside what was stated of the year as a whole.

Statements are found by their indicator, year and scope: those on a single desk, product or sector say
nothing of the whole year, unless they are the parts of a figure that is.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Q, Sum

from catalog.models import Contract, Origin, Statement
from catalog.models.base import where_published
from catalog.models.prepared import PreparedQuery

from .amounts import Amount, by_currency
from .programme.statements import RELATED, with_others

# Indicators that speak of desks, in the order of their figures, and the kinds wanted of each. What the
# programme saved is told with the desks where it is a result: targets of saving go far beyond them.
OF_DESKS = {
    "desks": Statement.Kind.values,
    "deal-value": Statement.Kind.values,
    "foreign-currency-saving": [Statement.Kind.RESULT],
    "makers": Statement.Kind.values,
    "items-under-contract": Statement.Kind.values,
}


@dataclass(frozen=True)
class StatedTarget:
    """A figure stated of a year (a Statement with `others`), the counts it replaced, latest first, and the
    parts one source gave of it, with their sum."""

    statement: object
    earlier: tuple = ()
    parts: tuple = ()

    @property
    def sum(self):
        """The parts added up here, an Amount; None without parts."""
        if not self.parts:
            return None
        return Amount(sum(part.value for part in self.parts), self.parts[0].currency)

    @property
    def agrees(self):
        """Whether the parts add up to the figure."""
        return self.sum == Amount(self.statement.value, self.statement.currency)


@dataclass(frozen=True)
class DeskYear:
    """The desks of a year, the real ones or the samples: how many are on record, `with_target` of them have
    one; the sums of their targets and of what was signed as contracts, by currency. `stated` is a tuple of
    StatedTarget; nothing was stated of samples."""

    year: int
    sample: bool
    desks: int
    with_target: int
    targets: tuple
    contracts: tuple
    stated: tuple

    @property
    def stated_targets(self):
        """What was stated as the target of the year's desks together: of deals not yet made."""
        return tuple(
            one
            for one in self.stated
            if one.statement.indicator.slug == "deal-value" and one.statement.kind != Statement.Kind.RESULT
        )

    @property
    def targets_agree(self):
        """Whether the targets on record add up to a stated total; None where there is nothing to compare."""
        totals = {Amount(one.statement.value, one.statement.currency) for one in self.stated_targets}
        if not totals or not self.targets:
            return None
        return bool(totals & set(self.targets))


def desk_years(desks):
    """A DeskYear for every year that a desk or a stated figure is of, latest first; the real ones of a year
    before its samples. `desks` are plain values of all public ones: year, origin and target. Four queries."""
    stated, signed = stated_by_year(), amounts_by_year()
    of_year = defaultdict(list)
    for desk in desks:
        of_year[desk.year, desk.origin == Origin.SAMPLE].append(desk)
    keys = {key for key in of_year if key[0]} | {(year, False) for year in stated}
    return [
        _desk_year(key, of_year[key], signed.get(key, ()), () if key[1] else stated.get(key[0], ()))
        for key in sorted(keys, key=lambda key: (-key[0], key[1]))
    ]


def _desk_year(key, desks, contracts, stated):
    year, sample = key
    targets = [(desk.target_amount, desk.target_currency) for desk in desks]
    return DeskYear(
        year=year,
        sample=sample,
        desks=len(desks),
        with_target=sum(amount is not None for amount, _currency in targets),
        targets=by_currency(targets),
        contracts=by_currency(contracts),
        stated=tuple(stated),
    )


sums_of_years = PreparedQuery(
    lambda: (
        Contract.objects.published()
        .counted()
        .filter(where_published("desk"), amount__gt=0)
        .order_by()
        .values("desk__year", "desk__origin", "currency")
        .annotate(amounts=Sum("amount"))
        .values_list("desk__year", "desk__origin", "currency", "amounts")
    )
)


def amounts_by_year():
    """{(Iranian year, whether the desks are samples): (amount, currency) pairs of what was signed as
    contracts at public desks}; one query."""
    found = defaultdict(list)
    for year, origin, currency, amount in sums_of_years():
        found[year, origin == Origin.SAMPLE].append((amount, currency))
    return found


def _of_whole_years():
    """What was stated of whole years, on the indicators of OF_DESKS."""
    wanted = Q()
    for slug, kinds in OF_DESKS.items():
        wanted |= Q(indicator__slug=slug, kind__in=kinds)
    one_year = Q(year_to=F("year_from")) | Q(year_to__isnull=True, year_from__isnull=False)
    public = Statement.objects.published().filter(wanted, one_year, desk=None, product=None)
    return public.select_related(*RELATED).order_by("pk")


stated_of_years = PreparedQuery(_of_whole_years)


def stated_by_year():
    """{Iranian year: [StatedTarget]}, in the order of OF_DESKS; three queries."""
    groups = defaultdict(list)
    for statement in with_others(stated_of_years()):
        place = list(OF_DESKS).index(statement.indicator.slug)
        groups[place, statement.year_from, statement.kind, statement.currency].append(statement)
    found = defaultdict(list)
    for (_place, year, *_), statements in sorted(groups.items(), key=lambda item: item[0][0]):
        found[year] += _stated(statements)
    return {year: stated for year, stated in found.items() if stated}


def _stated(statements):
    """The StatedTarget of one indicator, year, kind and currency."""
    parts = _parts(statements)
    of_key = {statement.pk: statement for statement in statements}
    replaced = {statement.supersedes_id for statement in statements}
    told, found, untold = set(), [], parts
    for statement in statements:
        whole = statement.sector_id is None and statement not in parts
        if not whole or statement.pk in replaced or statement.pk in told:
            continue
        told.update(other.pk for other in statement.others)  # they stand below this one
        own = untold if untold and _span(statement) == _span(untold[0]) else []
        found.append(StatedTarget(statement, tuple(_earlier(statement, of_key)), tuple(own)))
        untold = [] if own else untold
    return found


def _parts(statements):
    """The parts of a figure: three sums or more that one source gave of the same time, and that nothing
    contradicts or replaces; a sum as large as the others together is their whole."""
    of_source = defaultdict(list)
    for statement in statements:
        if statement.currency and not statement.others and not statement.supersedes_id:
            of_source[statement.source_id, *_span(statement)].append(statement)
    for own in of_source.values():
        total = sum(statement.value for statement in own)
        parts = [statement for statement in own if statement.value * 2 != total]
        if len(parts) > 2:
            return parts
    return []


def _span(statement):
    return statement.period_from, statement.period_to


def _earlier(statement, of_key):
    while statement := of_key.get(statement.supersedes_id):
        yield statement
