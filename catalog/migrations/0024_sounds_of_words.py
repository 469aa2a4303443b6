"""Lets words of the index be found by their sound; an index over names and texts without makers' names."""

import re

from django.db import migrations

INDEX = """
CREATE INDEX catalog_search_tokens_{} ON catalog_search USING gin (ts_filter(tokens, '{{{}}}'::"char"[]))
"""
SHORTEST = 4

_LATIN = [
    (re.compile(pattern), by)
    for pattern, by in [
        ("sh", "S"),
        ("ch", "C"),
        ("kh", "X"),
        ("gh", "Q"),
        ("ph", "f"),
        ("ck|qu", "k"),
        ("zh|g", "j"),
        ("x", "ks"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("q", "Q"),
        ("[aeiouyhwv]", ""),
    ]
]
_PERSIAN = str.maketrans(
    "بپتطثسصجژگچخدذزضظرشغقفکلمن",
    "bpttsssjjjCXdzzzzrSQQfklmn",
    "اویعهح",
)


def sound(word):
    key = word
    if key.isascii():
        for pattern, by in _LATIN:
            key = pattern.sub(by, key)
    else:
        key = key.translate(_PERSIAN)
    key = re.sub(r"(.)\1+", r"\1", key)
    return key if len(key) >= SHORTEST and key.isascii() else ""


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX catalog_search_tokens_abc")
        schema_editor.execute(INDEX.format("abd", "a,b,d"))
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT word FROM catalog_search_word")
        sounds = [("~" + sound(word), word) for (word,) in cursor.fetchall() if sound(word)]
        cursor.executemany(
            "INSERT INTO catalog_search_form (form, word) VALUES (%s, %s) ON CONFLICT DO NOTHING", sounds
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX catalog_search_tokens_abd")
        schema_editor.execute(INDEX.format("abc", "a,b,c"))
    schema_editor.execute("DELETE FROM catalog_search_form WHERE form LIKE '~%'", params=None)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0023_sums_by_year_and_sector")]

    operations = [migrations.RunPython(add, drop)]
