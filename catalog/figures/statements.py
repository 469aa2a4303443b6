"""Stated figures together with the ones that differ from them (rule 3: both stay visible, linked), and with
what their own source says in another currency (rule 1: a stated pair is shown as stated)."""

from collections import defaultdict
from dataclasses import dataclass

from catalog.conversion import implied_rate
from catalog.models import Currency, Statement


@dataclass(frozen=True)
class StatedPair:
    """The `statement` that says a sum in rials in another currency, and the whole rials for one unit of it
    that the two imply."""

    statement: Statement
    rate: int


def with_others(statements):
    """The statements as a list, each with `others`, the public statements that contradict it; `pair`, the
    StatedPair of its sum in rials or None; and `sum_sources`, the keys of the sources that give a figure for
    this very sum, its own first: what contradicts the pair contradicts the sum. Four queries at most; give it
    a queryset of published ones.
    """
    statements = list(statements.select_related("source", "indicator"))
    pairs = stated_pairs(statements)
    asked = {statement.pk for statement in statements} | {pair.statement.pk for pair in pairs.values()}
    links = Statement.contradicts.through.objects.filter(from_statement__in=asked)
    links = list(links.order_by("pk").values_list("from_statement_id", "to_statement_id"))
    found = Statement.objects.published().select_related("source").in_bulk([other for _, other in links])
    others = defaultdict(list)
    for one, other in links:
        if other in found:
            others[one].append(found[other])
    for statement in statements:
        statement.others = others[statement.pk]
        statement.pair = pairs.get(statement.pk)
        same_sum = [statement, *statement.others]
        if statement.pair:
            same_sum += others[statement.pair.statement.pk]
        statement.sum_sources = tuple(dict.fromkeys(one.source_id for one in same_sum if one.source_id))
    return statements


def and_others(statements):
    """These statements (with `others`) and the ones that differ from them."""
    return [one for statement in statements for one in (statement, *statement.others)]


def stated_pairs(statements):
    """{pk: StatedPair} of those of these statements that are in rials; one query where there are any.

    A pair is one sum in rials and one in another currency that a source says of the same thing and time.
    Where it says two of either, nobody knows which belong together.
    """
    rials = [s for s in statements if s.currency == Currency.IRR and s.value and s.source_id]
    if not rials:
        return {}
    said = Statement.objects.published().exclude(currency="")
    said = said.filter(source__in={s.source_id for s in rials}, indicator__in={s.indicator_id for s in rials})
    groups = defaultdict(lambda: defaultdict(list))
    for statement in said.order_by("pk"):
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
