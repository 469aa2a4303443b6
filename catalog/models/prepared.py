"""Queries that are compiled once a process and then run often.

Django takes several times as long to build a queryset and its SQL as a small query takes to run, and that was
most of what a page with twenty queries cost. A PreparedQuery builds once:

    in_sector = PreparedQuery(
        lambda sector: Product.objects.filter(sector=sector).values_list("slug", "stage", named=True),
        sector=models.BigIntegerField(),
    )
    rows = in_sector(sector=sector.pk)

The queryset may depend on its parameters and on nothing else: not on the language, nor on the day. Of several
keys, it is asked `.filter(OneOf("pk", keys))` with `keys=Keys()`.
"""

import json
from collections import namedtuple

from django.db import connections, models
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators


class QueryParameter(models.Expression):
    """Stands in a queryset for a value that is given when the query runs."""

    def __init__(self, name, output_field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


KEY = models.BigIntegerField()
"""The type of a parameter that is the key of a record."""


class Keys(models.Field):
    """The type of a parameter that is a list of whole numbers or of texts: for `OneOf`."""

    def get_db_prep_value(self, value, connection, prepared=False):
        return json.dumps(list(value)) if connection.vendor == "sqlite" else list(value)


class OneOf(models.Func):
    """Condition: a field is one of the Keys of a parameter, as OneOf("product", keys).

    However many they are, it is the same query.
    """

    output_field = models.BooleanField()

    def as_sqlite(self, compiler, connection, **context):
        template, joiner = "(%(expressions)s)))", " IN (SELECT value FROM json_each("
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)

    def as_postgresql(self, compiler, connection, **context):
        template, joiner = "(%(expressions)s))", " = ANY ("
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)


class PreparedQuery:
    """A query that is compiled at its first use.

    `build` takes a QueryParameter for each of `parameters` (name=model field that says its type) and
    returns a queryset: of records, with `select_related` and annotations, or made with `values_list`.
    `prefetch_related` is not followed.
    """

    def __init__(self, build, **parameters):
        self.build = build
        self.parameters = {name: QueryParameter(name, field) for name, field in parameters.items()}
        self.compiled = {}

    def __call__(self, using="default", **values):
        """What the queryset would give, as a list: records, named tuples, or bare values where it is `flat`;
        one query. `values`: one for each parameter."""
        connection = connections[using]
        if connection.vendor not in self.compiled:
            self.compiled[connection.vendor] = _Compiled(self.build(**self.parameters), connection)
        return self.compiled[connection.vendor].run(connection, values)

    def first(self, using="default", **values):
        """The first of them, or None."""
        return next(iter(self(using, **values)), None)


class _Compiled:
    """The SQL of a queryset on one engine, and how its rows are read."""

    def __init__(self, queryset, connection):
        self.compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = self.compiler.as_sql(with_col_aliases=False)
        self.related = {}  # what fills in the records of select_related, for each alias
        self.converters = self.compiler.get_converters([column for column, *_rest in self.compiler.select])
        if queryset._iterable_class is ModelIterable:
            self.read = self._records
        elif queryset._iterable_class is FlatValuesListIterable:
            self.read = self._bare_values
        else:
            self.row = namedtuple("Row", [str(name) for name in queryset._fields])
            self.read = self._named_tuples

    def run(self, connection, values):
        params = [self._value(param, connection, values) for param in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return self.read(rows, connection.alias)

    @staticmethod
    def _value(param, connection, values):
        if not isinstance(param, QueryParameter):
            return param
        return param.output_field.get_db_prep_value(values[param.name], connection)

    @staticmethod
    def _bare_values(rows, _using):
        return [row[0] for row in rows]

    def _named_tuples(self, rows, _using):
        return [self.row._make(row) for row in rows]

    def _records(self, rows, using):
        """As django.db.models.query.ModelIterable makes them."""
        info, select = self.compiler.klass_info, self.compiler.select
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, *_rest in select[first:last]]
        if using not in self.related:
            self.related[using] = get_related_populators(info, select, using)
        related = self.related[using]
        annotated = self.compiler.annotation_col_map.items()
        records = []
        for row in rows:
            record = info["model"].from_db(using, names, row[first:last])
            for populator in related:
                populator.populate(row, record)
            for name, position in annotated:
                setattr(record, name, row[position])
            records.append(record)
        return records
