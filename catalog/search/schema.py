"""The tables of the index, for migrations: `RunPython(create, drop)` with `atomic` left as it is."""

from catalog.search import suggestions, vocabulary
from catalog.search.engines import engine_of


def create(schema_editor):
    """Make the empty table of the documents, in the migration's transaction on both engines."""
    _run(schema_editor, engine_of(schema_editor.connection).CREATE)


def drop(schema_editor):
    schema_editor.execute("DROP TABLE catalog_search")


def create_words(schema_editor):
    """Make the empty tables of the words and of the suggestions, and the further indexes of the documents."""
    engine = engine_of(schema_editor.connection)
    if engine.INDEXES:
        _run(schema_editor, engine.INDEXES)
    for statements in (vocabulary.CREATE, suggestions.CREATE):
        _run(schema_editor, statements.format(text=engine.TEXT, ends=engine.ROWLESS))


def drop_words(schema_editor):
    for table in ("suggestion_start", "suggestion", "search_form", "search_word"):
        schema_editor.execute(f"DROP TABLE catalog_{table}")
    if schema_editor.connection.vendor == "postgresql":
        for fields in ("a", "ab", "abc"):
            schema_editor.execute(f"DROP INDEX catalog_search_tokens_{fields}")


def _run(schema_editor, statements):
    for statement in statements.split(";"):
        schema_editor.execute(statement.strip())
