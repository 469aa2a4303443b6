"""A row that cannot be loaded is named, and nothing is loaded."""

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Company, LoadedRow, LoadRun, Product, Source
from catalog.seed.loading import LoadError


def refused(folder):
    """What the load says; it must have written nothing."""
    with pytest.raises(LoadError) as caught:
        folder.load()
    for model in (Source, Product, Company, LoadedRow, LoadRun):
        assert not model.objects.exists()
    return str(caught.value)


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ("facts/import_records.csv 2 value", "5m", "not a whole number: '5m'"),
        ("facts/import_records.csv 2 value", "5000000.5", "not a whole number: '5000000.5'"),
        ("facts/import_records.csv 2 value", "-1", "greater than or equal to 0"),
        ("facts/import_records.csv 2 value", "9223372036854775808", "less than or equal to"),
        ("facts/import_records.csv 2 value", "", "empty"),
        ("facts/import_records.csv 2 year", "2020", "no year of that calendar"),
        ("facts/import_records.csv 2 year", "۱۳۹۹", "not a whole number: '۱۳۹۹'"),
        ("facts/import_records.csv 2 product", "", "empty"),
        ("facts/import_records.csv 2 product", "no-such", "unknown product: no-such"),
        ("facts/desks.csv 3 sectors", "pumps;no-such", "unknown sector: no-such"),
        ("facts/products.csv 3 hs_code", "841399", "841399 is not in the HS 2017 list"),
        ("facts/products.csv 3 hs_code", "84137", "An HS code has 6 to 8 digits"),
        ("facts/products.csv 3 source", "", "Name the source"),
        ("facts/products.csv 3 source", "no-such", "unknown source: no-such"),
        ("facts/products.csv 3 origin", "rumour", "'rumour' is not a valid choice"),
        ("facts/products.csv 3 origin", "sample", "samples stand in data/sample"),
        ("facts/products.csv 2 name_en", "", "cannot be blank"),
        ("facts/products.csv 3 slug", "slurry-pump", "the same row as line 2: slurry-pump"),
        ("facts/sources.csv 2 published_on", "1399-07-10x", "not a date"),
        ("facts/companies.csv 2 founded", "30", "greater than or equal to 1300"),
        ("facts/engagements.csv 2 company", "no-such", "unknown company: no-such"),
        ("sample/import_records.csv 2 countries", "CN,QQ", "QQ"),
        ("sample/engagements.csv 2 free_capacity", "51", "The free capacity is more than the capacity."),
        ("sample/engagements.csv 2 company", "real-pumps", "is real; a sample cannot belong to it"),
        ("sample/demands.csv 2 buyer", "real-pumps", "is real; a sample cannot belong to it"),
        ("sample/contract_lines.csv 2 delivered_amount", "300001", "More was delivered"),
        ("sample/contracts.csv 2 desk", "desk-one", "is real; a sample cannot belong to it"),
        ("sample/companies.csv 2 slug", "real-pumps", "the facts have it: real-pumps"),
        ("sample/companies.csv 2 verified_on", "today+x", "not a date"),
        ("sample/product_terms.csv 2 slug", "mud-pump", "only illustrative products"),
        ("sample/product_terms.csv 2 specification", "secret", "'secret' is not a valid choice"),
    ],
)
def test_a_bad_cell_is_named_by_file_line_column_and_reason(folder, cell, value, reason):
    file, line, column = cell.split()
    folder.change(cell, value)
    message = refused(folder)
    assert f"{file} line {line}" in message
    assert reason in message
    if column not in {"free_capacity", "delivered_amount", "year"}:  # these break a rule of the whole row
        assert f"{file} line {line}, {column}: " in message


def test_an_unknown_column_is_named(folder):
    folder.change("facts/companies.csv 1 kind", "colour")
    assert "facts/companies.csv line 1, colour: unknown column" in refused(folder)


def test_a_missing_column_is_named(folder):
    folder.change("facts/companies.csv 1 slug", "name_en")
    message = refused(folder)
    assert "facts/companies.csv line 1, slug: the column is missing" in message
    assert "facts/companies.csv line 1, name_en: the column occurs twice" in message


def test_a_sample_cannot_name_an_origin(folder):
    folder.change("sample/companies.csv 1 province", "origin")
    assert "sample/companies.csv line 1, origin: samples have no other origin" in refused(folder)


def test_a_row_of_another_length_is_named(folder):
    folder.append("facts/companies.csv", "short,row")
    assert "facts/companies.csv line 3: 2 cells where the header has 7" in refused(folder)


def test_a_file_in_another_encoding_is_named(folder):
    path = folder.path / "facts" / "companies.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1256", "replace"))
    assert "facts/companies.csv line 1: not a CSV file in UTF-8" in refused(folder)


def test_the_line_of_a_row_is_counted_past_breaks_inside_cells(folder):
    folder.append("facts/companies.csv", 'two-lines,"Two\nlines",دو,firm,1390,press,daily-1')
    folder.append("facts/companies.csv", "bad-year,Bad,بد,firm,soon,press,daily-1")
    assert "facts/companies.csv line 5, founded: not a whole number: 'soon'" in refused(folder)


def test_rows_that_point_to_each_other_in_a_circle_are_named(folder):
    folder.change("facts/desks.csv 3 continues", "desk-two")
    assert "facts/desks.csv line 2: these rows point to each other in a circle" in refused(folder)


def test_several_faults_are_told_at_once(folder):
    folder.change("facts/import_records.csv 2 value", "much")
    folder.change("facts/companies.csv 2 founded", "soon")
    folder.change("sample/milestones.csv 2 due", "late")
    assert len(refused(folder).splitlines()) == 3


def test_unknown_keys_are_told_from_all_files_at_once(folder):
    folder.change("facts/engagements.csv 2 company", "no-such")
    folder.change("sample/parties.csv 2 company", "no-such")
    assert len(refused(folder).splitlines()) == 2


def test_a_fault_in_an_update_changes_nothing(folder):
    folder.load()
    folder.change("facts/companies.csv 2 name_en", "New name")
    folder.change("sample/engagements.csv 2 free_capacity", "51")
    with pytest.raises(LoadError, match=r"sample/engagements\.csv line 2"):
        folder.load()
    assert Company.objects.get(slug="real-pumps").name_en == "Real Pumps"


def test_a_folder_without_facts_is_refused(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    folder.path = tmp_path / "empty"
    assert "no such folder" in refused(folder)


def test_the_command_fails_with_the_faults(folder, monkeypatch):
    folder.change("facts/companies.csv 2 founded", "soon")
    monkeypatch.setattr("catalog.management.commands.load_data.load", folder.load)
    with pytest.raises(CommandError, match=r"Nothing was loaded\.\nfacts/companies\.csv line 2, founded"):
        call_command("load_data")
