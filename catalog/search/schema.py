"""The index's table, for a migration: `RunPython(create, drop)` with `atomic` left as it is."""

from catalog.search.engines import engine_of


def create(schema_editor):
    """Make the empty table, in the migration's transaction on both engines."""
    for statement in engine_of(schema_editor.connection).CREATE.split(";"):
        schema_editor.execute(statement.strip())


def drop(schema_editor):
    schema_editor.execute("DROP TABLE catalog_search")
