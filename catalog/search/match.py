"""A question as Django expressions, which speak the language of the database they are compiled for."""

from dataclasses import dataclass

from django.db.models import Expression, F, Func, IntegerField

from catalog.search.engines import engine_of
from catalog.search.query import Question


class MatchingIds(Expression):
    """The ids of the products that answer a question: `products.filter(pk__in=MatchingIds(question))`."""

    def __init__(self, question):
        super().__init__(output_field=IntegerField())
        self.question = question

    def as_sql(self, compiler, connection):
        sql, parameters = engine_of(connection).ids_sql(self.question)
        return f"({sql})", parameters


class Tier(Func):
    """How well a product answers a question, 0 the best: `annotate(tier=Tier(F("pk"), question))`."""

    arity = 1

    def __init__(self, product_id, question):
        super().__init__(product_id, output_field=IntegerField())
        self.question = question

    def as_sql(self, compiler, connection, **_):
        id_sql, id_parameters = compiler.compile(self.source_expressions[0])
        if id_parameters:
            raise ValueError("Tier takes a column, not a value.")
        return engine_of(connection).tier_sql(self.question, id_sql)


@dataclass(frozen=True)
class Match:
    """The answer to a question, not yet read from the database.

    `products.filter(pk__in=match.ids).annotate(tier=match.tier).order_by("tier", ..., "pk")` is one
    query, whatever is filtered, counted or sliced besides.
    """

    question: Question

    @property
    def ids(self):
        """For `pk__in`."""
        return MatchingIds(self.question)

    @property
    def tier(self):
        """For `annotate`, on products in `ids`: an int from 0 to 9, see `Question`."""
        return Tier(F("pk"), self.question)
