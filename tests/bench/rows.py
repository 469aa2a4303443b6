"""Rows written in bulk, past the ORM: public samples, with the model's default where a row says nothing."""

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max
from django.utils import timezone


def next_id(model):
    return (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def insert(model, rows):
    """Write rows of {column: value}, all with the same columns, the key among them."""
    if not rows:
        return
    now = timezone.now()
    always = {"state": "published", "published_at": now, "updated_at": now, "origin": "sample"}
    fields = model._meta.concrete_fields
    blank = [f.get_db_prep_save(always.get(f.attname, _default(f)), connection) for f in fields]
    said = [  # of a million rows: a value is only prepared where there is one
        (place, f)
        for place, f in enumerate(fields)
        if f.attname not in always and any(f.attname in row for row in rows[:1])
    ]
    values = []
    for row in rows:
        value = list(blank)
        for place, f in said:
            value[place] = f.get_db_prep_save(row[f.attname], connection)
        values.append(value)
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


def enlarge_cache():
    """Let SQLite hold 2 GB of one large transaction, whose pages it would write again and again."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size = -2000000")
        cursor.execute("PRAGMA temp_store = MEMORY")


def finish(models):
    """Let the database choose keys after those written here, and count anew what its planner knows."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _default(field):
    return None if field.null and not field.has_default() else field.get_default()


class Bulk:
    """Rows of several models, written a batch at a time; each gets the next key of its model."""

    def __init__(self, batch=5000):
        self.batch = batch
        self.rows = {}
        self.keys = {}

    def add(self, model, **row):
        """Take a row, all of its model with the same columns; its key."""
        key = self.keys[model] = self.keys.get(model) or next_id(model)
        self.keys[model] += 1
        rows = self.rows.setdefault(model, [])
        rows.append({"id": key, **row})
        if len(rows) >= self.batch:
            insert(model, self.rows.pop(model))
        return key

    def close(self):
        """Write what is left; the models of all rows there were."""
        for model, rows in self.rows.items():
            insert(model, rows)
        self.rows.clear()
        return list(self.keys)
