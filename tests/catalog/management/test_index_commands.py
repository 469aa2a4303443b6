from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import make_company, make_engagement, make_product


@pytest.fixture
def world(db):
    """A product with another name, and a company that works on it."""
    pump = make_product(name_en="Pump", name_fa="پمپ")
    pump.aliases.create(text="Impeller machine")
    make_engagement(product=pump, company=make_company(name_en="Arak Works"))


def check():
    call_command("check_index", verbosity=0, stdout=StringIO())


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE catalog_product SET name_en = 'Lifter' WHERE name_en = 'Pump'", "stale in the index"),
        ("UPDATE catalog_product SET state = 'draft' WHERE name_en = 'Pump'", "left over in the index"),
        ("UPDATE catalog_productalias SET text = 'Rotor'", "stale in the index"),
        ("UPDATE catalog_company SET name_en = 'Tabriz'", "sort_en is stale"),
        ("UPDATE catalog_engagement SET state = 'draft'", "maker_count is stale"),
        ("UPDATE catalog_product SET sort_fa = ''", "sort_fa is stale"),
        ("DELETE FROM catalog_productalias", "stale in the index"),
        ("DELETE FROM catalog_search", "missing in the index"),
        ("DELETE FROM catalog_search_word", "word impeller: missing in the vocabulary"),
        ("UPDATE catalog_search_word SET word = 'zebra' WHERE word = 'impeller'", "word zebra: left over"),
        ("DELETE FROM catalog_search_form", "word impeller: stale in the vocabulary"),
        ("DELETE FROM catalog_suggestion WHERE noun = 'p'", "missing in the suggestions"),
        ("DELETE FROM catalog_suggestion_start WHERE noun = 's'", "stale in the suggestions"),
        ("UPDATE catalog_company SET state = 'draft'", "left over in the suggestions"),
        ("UPDATE catalog_sector SET name_fa = 'دیگر'", "stale in the suggestions"),
    ],
)
@pytest.mark.whole
def test_raw_sql_is_reported_and_mended(world, statement, fault):
    check()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    out = StringIO()
    with pytest.raises(CommandError, match="reindex"):
        call_command("check_index", stdout=out)
    assert fault in out.getvalue()
    call_command("reindex", stdout=(out := StringIO()))
    assert "public and indexed" in out.getvalue()
    check()


def test_check_index_says_when_all_is_well(world):
    call_command("check_index", stdout=(out := StringIO()))
    assert "as they should be" in out.getvalue()
