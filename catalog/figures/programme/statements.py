"""Stated figures together with the ones that differ from them (rule 3: both stay visible, linked), and with
what their own source says in another currency (rule 1: a stated pair is shown as stated)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from catalog.currency.conversion import implied_rate
from catalog.formats.calendar import iranian_year_of
from catalog.models import Currency, Source, Statement
from catalog.models.prepared import Keys, OneOf, PreparedQuery

from . import differences
from .differences import CurrencyPair, StatementDifference, difference, span

RELATED = ("source", "indicator", "sector", "desk", "product")
UNREAD = ("note", "updated_at")
"""Columns of a statement and of a source that no page reads."""


@dataclass(frozen=True)
class StatedPair:
    """The `statement` that says a sum in rials in another currency, and the whole rials for one unit of it
    that the two imply."""

    statement: Statement
    rate: int


links_from = PreparedQuery(
    lambda keys: (
        Statement.contradicts.through.objects.filter(OneOf("from_statement", keys))
        .order_by("to_statement_id")
        .values_list("from_statement_id", "to_statement_id")
    ),
    keys=Keys(),
)
linked_statements = PreparedQuery(
    lambda linked, replaced: (
        Statement.objects.published()
        .filter(Q(OneOf("pk", linked)) | Q(OneOf("supersedes", replaced)))
        .select_related(*RELATED)
    ),
    linked=Keys(),
    replaced=Keys(),
)
sums_by_source = PreparedQuery(
    lambda sources, indicators: (
        Statement.objects.published()
        .filter(OneOf("source", sources), OneOf("indicator", indicators))
        .exclude(currency="")
        .order_by("pk")
    ),
    sources=Keys(),
    indicators=Keys(),
)


statements_alone = PreparedQuery(lambda: Statement.objects.published().order_by("pk").defer(*UNREAD))
sources_named = PreparedQuery(lambda keys: Source.objects.filter(OneOf("pk", keys)), keys=Keys())


def public_statements(indicators):
    """Every public statement, each with its indicator, one of these, and its source at hand; two queries.

    Statements share these objects: to make one for each of them, as a join does, takes ten times as long.
    """
    statements = statements_alone()
    by_key = {indicator.pk: indicator for indicator in indicators}
    statements = [statement for statement in statements if statement.indicator_id in by_key]
    sources = sources_named(keys={one.source_id for one in statements if one.source_id})
    sources = {source.pk: source for source in sources}
    for statement in statements:
        statement.indicator = by_key[statement.indicator_id]
        statement.source = sources.get(statement.source_id)
    return statements


def with_others(statements, public=None):
    """The statements as a list, each with the public ones linked to it: `others` that contradict it, the
    `earlier` count it replaces (or None) and the `later` ones that replace it; with `pair`, the StatedPair of
    its sum in rials or None; and with `sum_sources`, the keys of the sources that give a figure for this very
    sum, its own first: what contradicts the pair contradicts the sum. Four queries at most, one without any;
    give it a queryset of published ones, or a list of them with their RELATED records. Where all `public`
    statements are at hand, their links are the only query.
    """
    if isinstance(statements, QuerySet):
        statements = list(statements.select_related(*RELATED))
    if not statements:
        return []
    pairs = stated_pairs(statements, public)
    own = {statement.pk for statement in statements}
    links = links_from(keys=own | {pair.statement.pk for pair in pairs.values()})
    by_key = {one.pk: one for one in public or _linked(statements, own, links)}
    others, later = defaultdict(list), defaultdict(list)
    for one, other in links:
        if other in by_key:
            others[one].append(by_key[other])
    for one in by_key.values():
        later[one.supersedes_id].append(one)
    for statement in statements:
        statement.others = others[statement.pk]
        statement.earlier = by_key.get(statement.supersedes_id)
        statement.later = later[statement.pk]
        statement.pair = pairs.get(statement.pk)
        same_sum = [statement, *statement.others]
        if statement.pair:
            same_sum += others[statement.pair.statement.pk]
        statement.sum_sources = tuple(dict.fromkeys(one.source_id for one in same_sum if one.source_id))
    return statements


def _linked(statements, own, links):
    """The public statements that these (their keys are `own`) are linked to; one query."""
    linked = {other for _, other in links} | {one.supersedes_id for one in statements if one.supersedes_id}
    return linked_statements(linked=linked, replaced=own)


def and_others(statements):
    """These statements (with `others`) and the ones that differ from them."""
    return [one for statement in statements for one in (statement, *statement.others)]


@dataclass(frozen=True)
class Missing:
    """What is not known of where statements come from: `addresses` are the names of the sources without one,
    `days` says that of some statement no date is known, not even about when."""

    addresses: tuple
    days: bool


def missing_of(statements):
    """What is Missing of these statements."""
    sources = {one.source_id: one.source for one in statements if one.source}
    names = {_named(source) for source in sources.values() if not source.address}
    undated = any(not (one.said_on or _dated(one.source)) for one in statements)
    return Missing(tuple(sorted(names)), undated)


def _dated(source):
    return source is not None and (source.published_on or source.published_about)


def _named(source):
    about = source.published_about
    return f"{source.publisher} ({about})" if about else source.publisher


def stated_pairs(statements, public=None):
    """{pk: StatedPair} of those of these statements that are in rials; one query where there are any and not
    all `public` statements are at hand.

    A pair is one sum in rials and one in another currency that a source says of the same thing and time.
    Where it says two of either, nobody knows which belong together.
    """
    rials = [s for s in statements if s.currency == Currency.IRR and s.value and s.source_id]
    if not rials:
        return {}
    if public is None:
        sources, indicators = {s.source_id for s in rials}, {s.indicator_id for s in rials}
        public = sums_by_source(sources=sources, indicators=indicators)
    groups = defaultdict(lambda: defaultdict(list))
    for statement in public:
        if statement.currency:
            groups[_said_of(statement)][statement.currency].append(statement)
    pairs = {}
    for statement in rials:
        group = groups[_said_of(statement)]
        other = next((group[c][0] for c in (Currency.USD, Currency.EUR) if len(group[c]) == 1), None)
        if other and other.value and len(group[Currency.IRR]) == 1:
            pairs[statement.pk] = StatedPair(other, implied_rate(statement.value, other.value))
    return pairs


def _said_of(statement):
    """What tells one sum of a source from the next: of what and of when it is said."""
    said_of = (statement.source_id, statement.indicator_id, statement.kind, statement.is_sample)
    scope = (statement.sector_id, statement.desk_id, statement.product_id)
    return (
        *said_of,
        *scope,
        statement.year_from,
        statement.year_to,
        statement.period_from,
        statement.period_to,
    )


@dataclass(frozen=True)
class StatementEntry:
    """A statement (from `with_others`) with what it says beside others: `pair`, the same sum in another
    currency by the same source, or None; `differences` from the figures that contradict it.
    """

    statement: Statement
    pair: CurrencyPair | None
    differences: tuple[StatementDifference, ...]

    @property
    def partner(self):
        """The other statement of its pair, or None."""
        if self.pair is None:
            return None
        return self.pair.foreign if self.statement.pk == self.pair.rials.pk else self.pair.rials


def entries(statements, rates):
    """A StatementEntry for each of these statements (from `with_others`), in their order; `rates`:
    ExchangeRates."""
    known = differences.pairs(statements)
    return [
        StatementEntry(
            one, known.get(one.pk), tuple(difference(one, other, known, rates) for other in one.others)
        )
        for one in statements
    ]


@dataclass(frozen=True)
class StatementScope:
    """What a group of statements speaks of: `record` is a Sector, Desk or Product, None for the whole."""

    kind: str
    record: object
    entries: tuple[StatementEntry, ...]


def by_scope(entries):
    """Scopes of these entries: the whole first, then sectors in their order, desks by year, products by
    address; within each the oldest period first, and last what has none."""
    groups = {}
    for entry in sorted(entries, key=_by_period):
        groups.setdefault(_scope(entry.statement), []).append(entry)
    ordered = sorted(groups.items(), key=lambda group: _place(*group[0]))
    return [StatementScope(kind, record, tuple(members)) for (kind, record), members in ordered]


def _scope(statement):
    for kind in ("desk", "product", "sector"):
        if record := getattr(statement, kind):
            return kind, record
    return "whole", None


def _place(kind, record):
    if kind == "whole":
        return (0,)
    if kind == "sector":
        return (1, record.order, record.pk)
    if kind == "desk":
        return (2, record.year or 9999, record.pk)
    return (3, record.slug)


def _by_period(entry):
    one = entry.statement
    days = span(one)
    year = one.year_from or (iranian_year_of(one.period_to) if one.period_to else 9999)
    return year, days[1] if days else date.max, one.pk
