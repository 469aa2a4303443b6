"""The empty tables of the index's words and of the suggestions, and indexes over its first fields."""

from django.db import migrations

# {text}: the type of a column ordered by code points. {keyed}: keeps the rows in the order of the key.
TABLES = [
    "CREATE TABLE catalog_search_word (word {text} PRIMARY KEY, written text NOT NULL){keyed}",
    "CREATE TABLE catalog_search_form (form {text}, word {text}, PRIMARY KEY (form, word)){keyed}",
    """
    CREATE TABLE catalog_suggestion (
        noun {text} NOT NULL,
        id bigint NOT NULL,
        slug text NOT NULL,
        name_en text NOT NULL,
        name_fa text NOT NULL,
        code text NOT NULL,
        sample integer NOT NULL,
        digest char(32) NOT NULL,
        PRIMARY KEY (noun, id)
    ){keyed}
    """,
    """
    CREATE TABLE catalog_suggestion_start (
        start {text} NOT NULL,
        noun {text} NOT NULL,
        id bigint NOT NULL,
        part {text} NOT NULL,
        place integer NOT NULL,
        alias text NOT NULL,
        PRIMARY KEY (start, noun, id, part, place)
    ){keyed}
    """,
    "CREATE INDEX catalog_suggestion_start_of ON catalog_suggestion_start (noun, id)",
]
TYPES = {
    "sqlite": {"text": "text", "keyed": " WITHOUT ROWID"},
    "postgresql": {"text": 'text COLLATE "C"', "keyed": ""},
}
# On PostgreSQL the index over all tokens knows no weights: a word that half of the texts hold would be looked
# for in each of them to know whether it stands in the name, so the first fields have indexes of their own.
# The words of a row stay in the row: put aside they make the table look so small that the planner would
# rather read all of it.
TOKENS = {
    "sqlite": [],
    "postgresql": [
        "ALTER TABLE catalog_search ALTER COLUMN tokens SET STORAGE MAIN",
        """
        CREATE INDEX catalog_search_tokens_a ON catalog_search
        USING gin (ts_filter(tokens, '{a}'::"char"[]))
        """,
        """
        CREATE INDEX catalog_search_tokens_ab ON catalog_search
        USING gin (ts_filter(tokens, '{a,b}'::"char"[]))
        """,
        """
        CREATE INDEX catalog_search_tokens_abc ON catalog_search
        USING gin (ts_filter(tokens, '{a,b,c}'::"char"[]))
        """,
    ],
}


def create(apps, schema_editor):
    # What was indexed before holds no roots: the start of the site, or `reindex`, fills the empty index anew.
    schema_editor.execute("DELETE FROM catalog_search")
    vendor = schema_editor.connection.vendor
    for statement in TOKENS[vendor]:
        schema_editor.execute(statement)
    for statement in TABLES:
        schema_editor.execute(statement.format(**TYPES[vendor]))


def drop(apps, schema_editor):
    for table in ("suggestion_start", "suggestion", "search_form", "search_word"):
        schema_editor.execute(f"DROP TABLE catalog_{table}")
    if schema_editor.connection.vendor == "postgresql":
        for fields in ("a", "ab", "abc"):
            schema_editor.execute(f"DROP INDEX catalog_search_tokens_{fields}")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_edition")]

    operations = [migrations.RunPython(create, drop)]
