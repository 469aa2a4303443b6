"""Counts the writes to the catalogue on PostgreSQL too; the triggers themselves are made after `migrate`."""

from django.db import migrations

POSTGRESQL_CREATE = """
CREATE TABLE catalog_edition (id bigint GENERATED ALWAYS AS IDENTITY, number bigint NOT NULL);
INSERT INTO catalog_edition (number) VALUES (1);

-- Puts one row with their sum in the place of all rows that are committed and not being folded by another.
-- In a stricter isolation a row that another fold has just removed would be an error.
CREATE FUNCTION catalog_edition_fold() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RETURN;
    END IF;
    WITH folded AS (
        DELETE FROM catalog_edition
        WHERE id IN (SELECT id FROM catalog_edition FOR UPDATE SKIP LOCKED)
        RETURNING number
    )
    INSERT INTO catalog_edition (number) SELECT sum(number) FROM folded HAVING count(*) > 0;
END $$;

CREATE FUNCTION catalog_edition_advance() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    added bigint;
BEGIN
    INSERT INTO catalog_edition (number) VALUES (1 + floor(random() * 1073741824)) RETURNING id INTO added;
    IF added % 500 = 0 THEN
        PERFORM catalog_edition_fold();
    END IF;
END $$;

CREATE FUNCTION catalog_edition_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM catalog_edition_advance();
    RETURN NULL;
END $$;
"""
POSTGRESQL_DROP = """
DROP FUNCTION catalog_edition_count() CASCADE;
DROP FUNCTION catalog_edition_advance();
DROP FUNCTION catalog_edition_fold();
DROP TABLE catalog_edition;
"""
SQLITE_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'edition\\_%' ESCAPE '\\'"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_CREATE, params=None)
    else:
        drop_sqlite_triggers(schema_editor)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_DROP, params=None)
    else:
        drop_sqlite_triggers(schema_editor)


def drop_sqlite_triggers(schema_editor):
    """They add another number in the version before; those of the running version come back after `migrate`."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(SQLITE_TRIGGERS, None)
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_product_counts")]

    operations = [migrations.RunPython(create, drop)]
