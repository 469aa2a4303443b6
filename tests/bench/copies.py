"""A catalogue of more products than are worth writing one by one, on SQLite: copies of its generated rows.

    multiply(10)   # the project's own records stay as they are; of the others there are ten times as many

To write a million products and what is derived of them takes hours, to copy rows inside the database takes
minutes. A copy has the key of its original and a multiple of STEP. Keys of copied rows that it holds are
moved likewise, and its address gets the number of the copy at its end. Of copies the digests of suggestions
are stale, and products count for the desks of their originals.
"""

from django.db import connection, transaction
from django.db.models import Min

from catalog.models import (
    Company,
    Contract,
    ContractLine,
    CountedProduct,
    Demand,
    Desk,
    DeskBuyer,
    DeskProduct,
    Engagement,
    IdleUnit,
    ImportRecord,
    Milestone,
    Party,
    Product,
    ProductCount,
    ProductMaker,
    ProductPromise,
    UnitMatch,
)
from catalog.models.product_counts import sums_of
from tests.bench.rows import enlarge_cache

STEP = 10_000_000  # more than any table has rows
ADDRESSES = {  # generated records with addresses: the column of it, and what finds the first of them
    Company: ("slug", {"slug__startswith": "firm-"}),
    Product: ("slug", {"slug__startswith": "product-"}),
    Desk: ("slug", {"slug": "desk-1"}),
    Contract: ("reference", {"reference__startswith": "B-"}),
    IdleUnit: ("slug", {"slug__startswith": "plant-"}),
}
OTHERS = (  # each after those whose keys it holds
    *(Desk.sectors.through, DeskBuyer, DeskProduct, IdleUnit.products.through),
    *(Party, ContractLine, Milestone, Engagement, ImportRecord, Demand, ProductMaker, ProductPromise),
)
KEYS = {  # tables without foreign keys: column -> of what it is the key
    UnitMatch._meta.db_table: {"product": Product, "unit": IdleUnit},
    CountedProduct._meta.db_table: {"product": Product},
    "catalog_search": {"rowid": Product},
}
BY_NOUN = {"product": Product, "company": Company}  # in the tables of suggestions
SUGGESTIONS = ("catalog_suggestion", "catalog_suggestion_start")


def multiply(times):
    """Copy the generated rows until there are `times` as many. For SQLite, in one transaction."""
    enlarge_cache()
    first = {
        model: model._base_manager.filter(**generated).aggregate(key=Min("pk"))["key"]
        for model, (_column, generated) in ADDRESSES.items()
    }
    statements = [*of_records(first), *of_other_rows(first), *of_tables(first), *of_suggestions(first)]
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(1, times):
            for table, values, condition in statements:
                copied = ", ".join(values.values()).replace("{moved}", str(number * STEP))
                cursor.execute(
                    f"INSERT INTO {table} ({', '.join(values)})"
                    f" SELECT {copied.replace('{number}', str(number))} FROM {table} WHERE {condition}"
                )
        kinds = CountedProduct.objects.filter(product__gte=first[Product], product__lt=STEP)
        added = sums_of((times - 1, kind) for kind in kinds.values_list("kind", flat=True).iterator())
        ProductCount.objects.bulk_create(added, batch_size=500)
        cursor.execute("ANALYZE")


def of_records(first):
    """(table, {column: expression}, condition) of each table of records with addresses."""
    for model, (address, _generated) in ADDRESSES.items():
        values = moved_keys(model, first) | {address: f"{address} || '-{{number}}'"}
        yield model._meta.db_table, values, between("id", first[model])


def of_other_rows(first):
    """The same of the rows that belong to them; their own first keys are added to `first`."""
    for model in OTHERS:
        roots = [field for field in model._meta.concrete_fields if field.related_model in ADDRESSES]
        condition = " OR ".join(between(field.column, first[field.related_model]) for field in roots)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT MIN(id) FROM {model._meta.db_table} WHERE {condition}")
            first[model] = cursor.fetchone()[0]
        yield model._meta.db_table, moved_keys(model, first), condition


def of_tables(first):
    """The same of tables whose keys are known to nobody but us."""
    for table, keys in KEYS.items():
        values = dict.fromkeys(columns(table)) | {
            column: moved(column, first[model]) for column, model in keys.items()
        }
        values = {column: value or column for column, value in values.items() if column != "id"}
        yield table, values, " OR ".join(between(column, first[model]) for column, model in keys.items())


def of_suggestions(first):
    """The same of the tables of suggestions, which hold several nouns."""
    for table in SUGGESTIONS:
        for noun, model in BY_NOUN.items():
            values = {column: column for column in columns(table)} | {"id": moved("id", first[model])}
            if "slug" in values:
                values["slug"] = "slug || '-{number}'"
            yield table, values, f"noun = '{noun}' AND {between('id', first[model])}"


def moved_keys(model, first):
    """{column: expression} of all columns of a model, where keys of copied rows are those of their copies."""
    values = {}
    for field in model._meta.concrete_fields:
        source = model if field.primary_key else field.related_model
        values[field.column] = "id + {moved}" if field.primary_key else field.column
        if not field.primary_key and source in first:
            values[field.column] = moved(field.column, first[source])
    return values


def moved(column, first):
    return f"CASE WHEN {column} >= {first} THEN {column} + {{moved}} ELSE {column} END"


def between(column, first):
    """Condition: it is the key of an original that is copied."""
    return f"({column} >= {first} AND {column} < {STEP})"


def columns(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        names = [column[0] for column in cursor.description]
    return ["rowid", *names] if table == "catalog_search" else names
