"""Customs tables: codes meet products, sums become import records, and what no product covers is ranked."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from catalog.admin.spreadsheets import customs
from catalog.admin.spreadsheets.applying import undo
from catalog.models import CustomsFile, Import, ImportRecord, Product, ProductCode
from catalog.seed.loading.removing import remove_samples
from tests import factories as make

DATA = Path(customs.__file__).parents[2] / "seed/data/customs"
ADD = "/admin/catalog/customsfile/add/"
HEAD = "code,description,country,year,weight,rials,dollars\n"


def brought(client, text, name="customs.csv", origin="ministry", **chosen):
    """The table of a file after its columns were chosen as the page offers them."""
    data = text if isinstance(text, bytes) else (HEAD + text).encode()
    answer = client.post(ADD, {"file": SimpleUploadedFile(name, data), "origin": origin})
    assert answer.status_code == 302, answer.context["form"].errors
    page = client.get(answer.url)
    places = {each: place for each, _label, _needed, place in page.context["columns"] if place is not None}
    client.post(answer.url, {"_read": "1", **places, **chosen})
    return CustomsFile.objects.latest("pk")


@pytest.fixture
def pump(db):
    return make.make_product(slug="pump", hs_code="841370", unit="kg")


def figures(table):
    return {(each.product.slug, each.year): each.dollars for each in customs.sums(table).own}


def test_a_code_meets_the_product_of_its_longest_beginning(editor, pump):
    make.make_product(slug="special", hs_code="84137012")
    table = brought(editor, "84137011,,CN,1403,1,,5\n84137012,,CN,1403,1,,7\n8413.70.19,,CN,1403,1,,11\n")
    assert figures(table) == {("pump", 1403): 16, ("special", 1403): 7}


def test_a_line_that_several_products_share_is_never_summed(editor, pump):
    other = make.make_product(slug="other", hs_code="841370")
    table = brought(editor, "84137011,,CN,1403,1,,5\n")
    found = customs.sums(table)
    assert (found.own, found.shared) == ([], {"84137011": [pump, other]})


def test_of_a_shared_line_each_stated_share_is_summed(editor, pump):
    other = make.make_product(slug="other", hs_code="841370")
    third = make.make_product(slug="third", hs_code="999999")
    source = make.make_source()
    ProductCode.objects.create(product=pump, code="841370", share=25, source=source)
    ProductCode.objects.create(product=third, code="841370", share="10.5", source=source)
    table = brought(editor, "84137011,,CN,1403,40,,1000\n84137019,,DE,1403,1,,3\n")
    found = customs.sums(table)
    assert figures(table) == {("pump", 1403): 251, ("third", 1403): 105}
    assert found.own[0].largest == ["CN", "DE"]
    assert found.shared == {"84137011": [other], "84137019": [other]}


def test_a_stated_share_is_one_of_all_lines_below_its_code(editor, pump):
    fine = make.make_product(slug="fine", hs_code="84137090")
    ProductCode.objects.create(product=pump, code="841370", share=80, source=make.make_source(key="trade"))
    table = brought(editor, "84137090,,CN,1403,1,,100\n84137010,,CN,1403,1,,50\n")
    found = customs.sums(table)
    assert figures(table) == {("pump", 1403): 120}
    assert found.shared == {"84137090": [fine], "84137010": []}
    address = f"/admin/catalog/customsfile/{table.pk}/change/"
    editor.post(address, {"_bring": "1"})
    assert Import.objects.get().rows.get().cells["calculated_from"] == "841370 80 trade"
    page = editor.get(address).text
    assert "Tariff lines of which nobody stated whose they are" in page
    assert "the rest, beside the stated shares" in page


def test_shares_of_samples_make_no_real_figures(editor, pump):
    make.make_product(slug="other", hs_code="841370")
    ProductCode.objects.create(product=pump, code="841370", share=25, origin="sample")
    line = "84137011,,CN,1403,40,,1000\n"
    assert figures(brought(editor, line)) == {}
    assert figures(brought(editor, line, origin="sample")) == {("pump", 1403): 250}


def test_a_further_code_is_the_product_s_and_covered(editor, pump):
    ProductCode.objects.create(product=pump, code="841381")
    table = brought(editor, "84137011,,CN,1403,1,,5\n84138110,,CN,1403,1,,7\n")
    assert figures(table) == {("pump", 1403): 12}
    assert customs.uncovered(table, 1403) == []


def test_sums_become_records_and_end_the_sample_series(editor, staff, pump):
    make.make_import(product=pump, year=1400, value=9, currency="USD", origin="sample")
    make.make_import(product=pump, year=1403, value=9, currency="USD", origin="sample")
    table = brought(editor, "84137011,,چین,۱۴۰۳,40,,5\n84137019,,Germany,1403,60,,7\n")
    editor.post(f"/admin/catalog/customsfile/{table.pk}/change/", {"_bring": "1"})
    one = Import.objects.get()
    assert {str(row.faults) for row in one.rows.all()} == {"{}"}
    page = f"/admin/catalog/import/{one.pk}/change/"
    editor.post(page, {"_send": "1"})
    staff("reviewer").post(page, {"_accept": "1"})
    record = ImportRecord.objects.get()
    kept = (record.year, record.value, record.quantity, record.countries, record.origin)
    assert kept == (1403, 12, 100, "DE,CN", "ministry")


def test_a_table_of_another_source_adds_its_sums_beside(editor, staff, pump):
    text = "84137011,,CN,1403,1,,5\n"
    for value, key in ((5, "first"), (7, "second")):
        table = brought(editor, text.replace(",5\n", f",{value}\n"))
        CustomsFile.objects.filter(pk=table.pk).update(source=make.make_source(key=key))
        accepted(editor, staff, CustomsFile.objects.get(pk=table.pk))
    assert list(pump.imports.order_by("pk").values_list("value", "counts")) == [(5, False), (7, True)]
    pump.refresh_from_db()
    assert pump.import_usd == 7


def test_what_a_file_held_is_read_only_to_make_its_lines(editor, pump, django_assert_max_num_queries):
    """20,000 rows are some megabytes: as one of the columns that are grouped by they took a minute."""
    table = brought(editor, "84137011,,CN,1402,1,,5\n84137011,,CN,1403,1,,5\n")
    for address in ("", f"{table.pk}/change/", f"{table.pk}/uncovered/"):
        with django_assert_max_num_queries(40) as asked:
            editor.get(f"/admin/catalog/customsfile/{address}")
        assert not [
            query for query in asked.captured_queries if '"catalog_customsfile"."table"' in query["sql"]
        ]


def accepted(editor, staff, table):
    """The Import of a table that was brought in."""
    editor.post(f"/admin/catalog/customsfile/{table.pk}/change/", {"_bring": "1"})
    one = Import.objects.latest("pk")
    editor.post(f"/admin/catalog/import/{one.pk}/change/", {"_send": "1"})
    staff("reviewer").post(f"/admin/catalog/import/{one.pk}/change/", {"_accept": "1"})
    return one


def undone(one, **rows):
    """Take out the rows of an Import that these conditions choose."""
    keys = {str(row.pk) for row in one.rows.filter(**rows)}
    return undo(one, User.objects.create_superuser(f"root{User.objects.count()}"), keys)


def series(product):
    """(year, value, origin) of its figures, by time."""
    return list(product.imports.in_time().values_list("year", "value", "origin"))


SAMPLES = [(1400, 9, "sample"), (1403, 9, "sample")]


@pytest.fixture
def invented(pump):
    for year, value, origin in SAMPLES:
        make.make_import(product=pump, year=year, value=value, currency="USD", origin=origin, countries="CN")
    return pump


def test_undoing_brings_the_sample_series_back(editor, staff, invented):
    keys = set(invented.imports.values_list("pk", flat=True))
    one = accepted(editor, staff, brought(editor, "841370,,CN,1402,1,,5\n841370,,CN,1403,1,,7\n"))
    assert series(invented) == [(1402, 5, "ministry"), (1403, 7, "ministry")]
    assert undone(one, cells__year="1402") == []
    assert series(invented) == [(1403, 7, "ministry")]
    assert undone(one, cells__year="1403") == []
    assert series(invented) == SAMPLES
    assert set(invented.imports.values_list("pk", flat=True)) == keys
    assert {each.countries for each in invented.imports.all()} == {"CN"}
    told = invented.imports.earliest("year").history.first()
    assert told.history_change_reason == f"undoing {one.pk}"


def test_a_series_stays_away_while_a_later_table_has_figures_of_its_product(editor, staff, invented):
    first = accepted(editor, staff, brought(editor, "841370,,CN,1401,1,,5\n"))
    second = accepted(editor, staff, brought(editor, "841370,,CN,1402,1,,6\n"))
    undone(first)
    assert series(invented) == [(1402, 6, "ministry")]
    undone(second)
    assert series(invented) == SAMPLES


def test_removed_samples_are_not_brought_back(editor, staff, invented):
    one = accepted(editor, staff, brought(editor, "841370,,CN,1402,1,,5\n"))
    remove_samples()
    undone(one)
    assert series(invented) == []


def test_a_sample_table_makes_samples_and_replaces_no_real_figure(editor, pump):
    make.make_import(product=pump, year=1402, value=9, currency="USD")
    table = brought(editor, "84137011,,CN,1402,1,,5\n84137011,,CN,1403,1,,7\n", origin="sample")
    editor.post(f"/admin/catalog/customsfile/{table.pk}/change/", {"_bring": "1"})
    rows = {row.cells["year"]: row for row in Import.objects.get().rows.all()}
    assert "origin" in rows["1402"].faults
    assert rows["1403"].after["origin"] == "sample"


def test_years_stay_in_the_calendar_of_the_file(editor, staff, pump):
    table = brought(editor, "841370,,CN,2024,1,,5.4\n841370,,CN,2024,1,,7\n841370,,CN,1403,1,,9\n")
    assert figures(table) == {("pump", 2024): 12, ("pump", 1403): 9}
    assert customs.latest_year(table) == 1403
    page = editor.get(f"/admin/catalog/customsfile/{table.pk}/change/").text
    assert "2024 (Gregorian)" in page
    editor.post(f"/admin/catalog/customsfile/{table.pk}/change/", {"_bring": "1"})
    page = f"/admin/catalog/import/{Import.objects.get().pk}/change/"
    editor.post(page, {"_send": "1"})
    staff("reviewer").post(page, {"_accept": "1"})
    kept = ImportRecord.objects.in_time().values_list("year", "calendar", "value")
    assert list(kept) == [(2024, "gregorian", 12), (1403, "iranian", 9)]


def test_sums_equal_a_recount_by_sql(editor, pump):
    make.make_product(slug="valve", hs_code="848180")
    lines = [
        f"{('84137011', '84818099', '30049099')[n % 3]},,{('CN', 'DE')[n % 2]},{1400 + n % 4},{n},,{n * 7}\n"
        for n in range(600)
    ]
    table = brought(editor, "".join(lines))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.slug, l.year, SUM(l.dollars) FROM catalog_customsline l JOIN catalog_product p"
            " ON substr(l.code, 1, 6) = p.hs_code WHERE l.file_id = %s GROUP BY p.slug, l.year",
            [table.pk],
        )
        recounted = {(slug, year): int(total) for slug, year, total in cursor.fetchall()}
    assert figures(table) == recounted
    assert sum(recounted.values()) == sum(n * 7 for n in range(600) if n % 3 != 2)


def test_what_no_product_covers_is_ranked(editor, pump):
    text = (
        "84137011,,CN,1403,1,,900\n30049010,Medicine,IN,1402,1,,50\n30049010,Medicine,IN,1403,1,,60\n"
        "30049020,Medicine,DE,1403,1,,15\n30049020,,CH,1403,1,,15\n30049020,,CN,1403,1,,10\n"
        "85171300,Telephone,CN,1403,1,,70\n"
    )
    table = brought(editor, text)
    found = customs.uncovered(table, 1403)
    assert [(each.heading, each.dollars, each.growth, each.share) for each in found] == [
        ("300490", 100, 100, 90),
        ("851713", 70, None, 100),
    ]
    assert found[0].countries == ["IN", "CH", "DE"]


def test_one_click_makes_a_draft(editor, pump):
    table = brought(editor, "30049010,Medicine,IN,1403,1,,60\n")
    page = f"/admin/catalog/customsfile/{table.pk}/uncovered/"
    assert "3004.90" in editor.get(page).text
    answer = editor.post(page, {"heading": "300490", "description-300490": "Medicine"})
    draft = Product.objects.get(hs_code="300490")
    assert (draft.name_en, draft.state, draft.origin) == ("Medicine", "draft", "ministry")
    assert answer.url == f"/admin/catalog/product/{draft.pk}/change/"


def test_columns_are_remembered_for_files_of_the_same_kind(editor, pump):
    data = b"a,b,c\n84137011,9,1403\n"
    chosen = {"code": 0, "dollars": 1, "year": 2}
    brought(editor, data, **chosen)
    table = brought(editor, data)
    assert figures(table) == {("pump", 1403): 9}


def test_the_tables_that_are_shipped_are_read(editor, pump):
    for name in ("customs-sample.csv", "comtrade-sample.csv"):
        table = brought(editor, (DATA / name).read_bytes(), name, origin="sample")
        assert table.lines.exists()
        assert table.wrong == []
        assert customs.uncovered(table, customs.latest_year(table))[0].growth is not None


def test_desk_officers_have_no_customs_tables(officer):
    assert officer.get(ADD).status_code == 403
