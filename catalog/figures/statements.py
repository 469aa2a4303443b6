"""Stated figures together with the ones that differ from them (rule 3: both stay visible, linked)."""

from catalog.models import Statement


def with_others(statements):
    """The statements as a list, each with `others`: the public statements that contradict it. Three queries;
    give it a queryset of published ones.
    """
    statements = list(statements.select_related("source", "indicator"))
    links = Statement.contradicts.through.objects.filter(from_statement__in=statements)
    pairs = list(links.order_by("pk").values_list("from_statement_id", "to_statement_id"))
    found = Statement.objects.published().select_related("source").in_bulk([other for _, other in pairs])
    for statement in statements:
        statement.others = [found[other] for one, other in pairs if one == statement.pk and other in found]
    return statements
