"""Spreadsheets of staff: what goes out comes back unchanged, and what is brought in is checked first."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalog.admin.spreadsheets import reviewing, writing
from catalog.admin.spreadsheets.applying import NotAppliedError, apply, may_apply, undo, undoings
from catalog.admin.spreadsheets.books import BOOKS
from catalog.admin.spreadsheets.bringing import bring
from catalog.admin.spreadsheets.columns import WordsColumn
from catalog.admin.spreadsheets.constraints import check_constraints
from catalog.admin.spreadsheets.names import remember
from catalog.models import Company, Contract, ImportRecord, Product, RowOutcome, Scope
from tests import factories as make


def sent(data, name="file.csv"):
    return SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())


@pytest.fixture
def user(db):
    return User.objects.create_superuser("root")


def brought(user, noun, text, name="file.csv"):
    return bring(BOOKS[noun], sent(text, name), user)


def outcomes(one):
    return [row.outcome for row in one.rows.order_by("pk")]


@pytest.mark.parametrize(("kind", "language"), [("csv", "fa"), ("xlsx", "en")])
@pytest.mark.parametrize("noun", BOOKS)
def test_what_goes_out_comes_back_unchanged(loaded, noun, kind, language):
    user = User.objects.create_superuser("root")
    book = BOOKS[noun]
    with override(language):
        data = writing.listed(book, book.model.objects.order_by("-pk")[:30], kind)
        one = bring(book, sent(data, f"list.{kind}"), user)
    assert {(row.outcome, str(row.faults)) for row in one.rows.all()} == {(RowOutcome.SAME, "{}")}
    assert one.left_out.get("columns", []) == []


@pytest.mark.parametrize(
    ("noun", "sheet"), [(book.name, sheet.name) for book in BOOKS.values() for sheet in book.further]
)
def test_rows_under_a_record_go_out_and_come_back_as_a_csv_of_their_own(loaded, noun, sheet):
    user = User.objects.create_superuser("root")
    book = BOOKS[noun]
    records = book.model.objects.order_by("-pk")[:30]
    one = bring(book, sent(writing.listed(book, records, "csv", sheet), "list.csv"), user)
    found = {(row.sheet, row.outcome, str(row.faults)) for row in one.rows.all()}
    assert found == {(sheet, RowOutcome.SAME, "{}")}
    own = book.sheet(sheet)
    assert one.rows.count() == own.model.objects.filter(**{f"{own.parent}__in": list(records)}).count()


def test_deliveries_are_amounts_of_lines(user):
    contract = make.make_contract(amounts=(100, 50), reference="M-1")
    one = brought(user, "contracts", "contract,n,delivered_amount\nM-1,1,60\nM-1,2,51\n")
    assert outcomes(one) == [RowOutcome.CHANGED, RowOutcome.WRONG]
    one = brought(user, "contracts", "contract,n,delivered_amount\nM-1,1,60\nM-1,2,50\n")
    apply(one, user)
    assert list(contract.lines.order_by("pk").values_list("delivered_amount", flat=True)) == [60, 50]
    undo(one, user, {str(row.pk) for row in one.rows.all()})
    assert list(contract.lines.order_by("pk").values_list("delivered_amount", flat=True)) == [None, None]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("contract,n,kind,done\nM-1,,payment,2090-01-01\n", "done"),
        ("contract,n,kind,done\nM-2,,payment,2025-01-01\n", "contract"),
        ("contract,n,description_en,description_fa,amount\nM-1,,Part,قطعه,5\n", "amount"),
    ],
)
def test_what_only_the_form_of_a_row_forbids_is_told_beside_its_cell(user, text, column):
    make.make_contract(reference="M-1")
    one = brought(user, "contracts", text)
    assert set(one.rows.get().faults) == {column}


PAID = "facility,n,paid_on,amount\n"


def paid(facility):
    facility.refresh_from_db()
    return facility.paid, list(facility.payments.order_by("pk").values_list("amount", flat=True))


def test_payments_come_in_and_are_undone(user):
    facility = make.make_facility(reference="F-1", approved_amount=100, currency="IRR")
    facility.payments.create(paid_on="2025-01-01", amount=10)
    text = f"{PAID}F-1,1,2025-01-01,20\nF-1,,1404/05/01,۳ تومان\n"
    one = brought(user, "facilities", text)
    assert outcomes(one) == [RowOutcome.CHANGED, RowOutcome.NEW]
    apply(one, user)
    assert paid(facility) == (50, [20, 30])
    undo(one, user, {str(row.pk) for row in one.rows.all()})
    assert paid(facility) == (10, [10])


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("F-1,,2025-01-02,91\n", {3: "amount"}),
        ("F-1,,2025-01-02,45\nF-1,,2025-01-03,46\n", {2: "amount", 3: "amount"}),
        ("F-1,1,2025-01-01,60\nF-1,,2025-01-03,41\n", {2: "amount", 3: "amount"}),
        ("F-1,,2025-01-02,5 euros\n", {2: "amount"}),
        ("F-1,,2090-01-02,5\n", {2: "paid_on"}),
        ("F-2,,2025-01-02,5\n", {2: "facility"}),
    ],
)
def test_payments_beyond_what_was_approved_are_wrong(user, rows, wrong):
    facility = make.make_facility(reference="F-1", approved_amount=100, currency="IRR")
    facility.payments.create(paid_on="2025-01-01", amount=10)
    one = brought(user, "facilities", PAID + rows)
    found = {row.number: next(iter(row.faults)) for row in one.rows.all()}
    assert list(found.values()) == list(wrong.values())
    with pytest.raises(NotAppliedError):
        apply(one, user)


HEAD = "product,year,value,currency\n"


@pytest.fixture
def product(db):
    return make.make_product(slug="slurry-pump", name_en="Slurry pump", name_fa="پمپ دوغاب", hs_code="841370")


def row_of(one):
    return one.rows.get()


@pytest.mark.parametrize("named", ["slurry-pump", "8413.70", "پمپ  دوغاب", "SLURRY PUMP", "پمپ دوغاب\u200f"])
def test_a_product_is_found_by_key_code_and_folded_name(user, product, named):
    one = brought(user, "import_records", f"{HEAD}{named},1403,100,USD\n")
    assert row_of(one).after["product"] == product.pk


def test_a_name_is_found_however_its_words_are_parted(user):
    loader = make.make_product(slug="loader", name_en="Wheel loader", name_fa="لودر چرخ\u200cلاستیکی")
    spellings = ["لودر چرخ\u200cلاستیکی", "لودر چرخ لاستیکی", "لودر چرخ\u200cلاستيكی\u200f"]
    one = brought(
        user,
        "import_records",
        HEAD + "".join(f"{each},{1400 + year},100,USD\n" for year, each in enumerate(spellings)),
    )
    assert [row.after.get("product") for row in one.rows.all()] == [loader.pk] * 3


def test_a_choice_for_an_unknown_name_is_remembered_with_its_joiners(user, product):
    remember(type(product), "پمپ\u200cلجن", product.pk)
    one = brought(user, "import_records", f"{HEAD}پمپ\u200cلجن,1403,100,USD\n")
    assert row_of(one).after["product"] == product.pk


@pytest.mark.parametrize(
    ("cells", "stored"),
    [
        ("۱۴۰۳,۴۴ میلیارد تومان,", (1403, 440_000_000_000, "IRR")),
        ("2024,1٬250٬000,دلار", (2024, 1_250_000, "USD")),
        ("2024/25,۱٫۵ میلیون,یورو", (1403, 1_500_000, "EUR")),
        ("1403,44000,تومان", (1403, 440_000, "IRR")),
        ("١٤٠٣,1 میلیارد و 200 میلیون ریال,Rials", (1403, 1_200_000_000, "IRR")),
    ],
)
def test_amounts_and_years_are_understood(user, product, cells, stored):
    one = brought(user, "import_records", f"{HEAD}slurry-pump,{cells}\n")
    apply(one, user)
    record = ImportRecord.objects.get()
    assert (record.year, record.value, record.currency) == stored


@pytest.mark.parametrize("cells", ["44 billion toman,USD", "1250000 euros,Rials", "5 dollars,toman"])
def test_an_amount_that_names_another_currency_is_wrong(user, product, cells):
    one = brought(user, "import_records", f"{HEAD}slurry-pump,1403,{cells}\n")
    assert set(row_of(one).faults) == {"value"}


def test_only_who_chooses_origins_brings_them(officer, user):
    text = "reference,title_en,title_fa,origin\nM-1405-9,Pumps,پمپ,Illustrative\n"
    assert set(row_of(brought(officer.user, "contracts", text)).faults) == {"origin"}
    assert row_of(brought(user, "contracts", text)).faults == {}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("2018,", (2018, "gregorian")),
        ("۲۰۱۸,میلادی", (2018, "gregorian")),
        ("2018,Gregorian", (2018, "gregorian")),
        ("1397,", (1397, "iranian")),
        ("2018/19,Iranian", (1397, "iranian")),
    ],
)
def test_a_year_stays_in_its_calendar(user, product, cells, found):
    one = brought(
        user, "import_records", f"product,year,calendar,value,currency\nslurry-pump,{cells},5,USD\n"
    )
    assert [row.faults for row in one.rows.all()] == [{}]
    apply(one, user)
    record = ImportRecord.objects.get()
    assert (record.year, record.calendar) == found
    again = brought(user, "import_records", f"{HEAD}slurry-pump,{record.year},5,USD\n")
    assert outcomes(again) == [RowOutcome.SAME]


@pytest.mark.parametrize("cells", ["2018,Iranian", "1397,Gregorian"])
def test_a_year_of_the_other_calendar_is_wrong(user, product, cells):
    one = brought(
        user, "import_records", f"product,year,calendar,value,currency\nslurry-pump,{cells},5,USD\n"
    )
    assert row_of(one).faults["year"] == ["This is no year of that calendar."]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_gregorian_years_go_out_and_come_back(user, product, kind):
    make.make_import(product=product, year=2018, calendar="gregorian")
    book = BOOKS["import_records"]
    data = writing.listed(book, ImportRecord.objects.all(), kind)
    assert outcomes(bring(book, sent(data, f"x.{kind}"), user)) == [RowOutcome.SAME]


def test_a_corrected_figure_is_no_share_of_a_tariff_line_any_more(user, product):
    record = make.make_import(product=product, year=1403, value=9, calculated_from="841370 25 trade")
    same = brought(user, "import_records", f"{HEAD}slurry-pump,1403,9,USD\n")
    assert outcomes(same) == [RowOutcome.SAME]
    one = brought(user, "import_records", f"{HEAD}slurry-pump,1403,10,USD\n")
    apply(one, user)
    record.refresh_from_db()
    assert (record.value, record.calculated_from) == (10, "")
    undo(one, user, {str(one.rows.get().pk)})
    record.refresh_from_db()
    assert (record.value, record.calculated_from) == (9, "841370 25 trade")


def test_each_row_says_what_it_does(user, product):
    make.make_import(product=product, year=1401, value=100, currency="USD")
    make.make_import(product=product, year=1402, value=100, currency="USD")
    text = "".join(
        f"slurry-pump,{year},{value},USD\n" for year, value in ((1401, 100), (1402, 200), (1403, 5))
    )
    one = brought(user, "import_records", f"{HEAD}{text}slurry-pump,13,x,USD\nslurry-pump,1403,6,USD\n")
    assert outcomes(one) == [
        RowOutcome.SAME,
        RowOutcome.CHANGED,
        RowOutcome.NEW,
        RowOutcome.WRONG,
        RowOutcome.WRONG,
    ]
    changed = one.rows.get(outcome=RowOutcome.CHANGED)
    assert (changed.before, changed.after) == ({"value": 100}, {"value": 200})
    wrong = one.rows.get(number=5).faults
    assert set(wrong) == {"year", "value"}
    assert "row 4" in one.rows.get(number=6).faults[""][0]


def test_all_or_nothing(user, product):
    one = brought(user, "import_records", f"{HEAD}slurry-pump,1403,5,USD\nslurry-pump,1404,x,USD\n")
    with pytest.raises(NotAppliedError):
        apply(one, user)
    assert not ImportRecord.objects.exists()


def test_nothing_comes_in_where_a_record_moved_since(user, product):
    record = make.make_import(product=product, year=1402, value=100, currency="USD")
    one = brought(user, "import_records", f"{HEAD}slurry-pump,1402,200,USD\n")
    ImportRecord.objects.filter(pk=record.pk).update(value=150)
    with pytest.raises(NotAppliedError):
        apply(one, user)
    row = row_of(one)
    assert (row.moved, row.before, row.after) == ({"value": 100}, {"value": 150}, {"value": 200})
    apply(one, user)
    record.refresh_from_db()
    assert record.value == 200


def test_a_sample_figure_gives_way_to_what_is_brought(user, product):
    make.make_import(product=product, year=1402, value=100, currency="USD", origin="sample")
    apply(brought(user, "import_records", f"{HEAD}slurry-pump,1402,100,USD\n"), user)
    assert ImportRecord.objects.get().origin == "ministry"


SOURCED = "product,year,value,currency,source\n"


@pytest.fixture
def papers(db):
    """The keys of two sources."""
    return [make.make_source(key=key).key for key in ("paper", "customs")]


def test_a_file_of_another_source_adds_its_figures_beside(user, product, papers):
    first = f"{SOURCED}slurry-pump,1403,5,USD,paper\n"
    apply(brought(user, "import_records", first), user)
    other = brought(user, "import_records", f"{SOURCED}slurry-pump,1403,7,USD,customs\n")
    assert outcomes(other) == [RowOutcome.NEW]
    apply(other, user)
    assert outcomes(brought(user, "import_records", first)) == [RowOutcome.SAME]
    mended = brought(user, "import_records", f"{SOURCED}slurry-pump,1403,6,USD,paper\n")
    assert outcomes(mended) == [RowOutcome.CHANGED]
    apply(mended, user)
    assert set(ImportRecord.objects.values_list("source__key", "value")) == {("paper", 6), ("customs", 7)}
    undo(other, user, {str(other.rows.get().pk)})
    assert list(ImportRecord.objects.values_list("value", "counts")) == [(6, True)]


def test_a_file_names_two_sources_at_once_and_chooses_one_of_them(user, product, papers):
    head = "product,year,value,currency,chosen,source\n"
    rows = "slurry-pump,1403,5,USD,yes,paper\nslurry-pump,1403,7,USD,,customs\n"
    apply(brought(user, "import_records", head + rows), user)
    assert list(ImportRecord.objects.filter(counts=True).values_list("value", flat=True)) == [5]
    both = brought(user, "import_records", head + rows.replace("USD,,", "USD,yes,"))
    assert "Another figure of that year is chosen" in both.rows.get(number=3).faults["chosen"][0]
    other = "slurry-pump,1403,7,USD,yes,customs\n"
    apply(brought(user, "import_records", head + other), user)
    assert list(ImportRecord.objects.filter(chosen=True).values_list("value", flat=True)) == [7]


def test_a_file_without_sources_means_the_one_figure_there_is(user, product, papers):
    for number, key in enumerate(papers, start=5):
        apply(brought(user, "import_records", f"{SOURCED}slurry-pump,1402,{number},USD,{key}\n"), user)
    apply(brought(user, "import_records", f"{SOURCED}slurry-pump,1403,9,USD,paper\n"), user)
    one = brought(user, "import_records", f"{HEAD}slurry-pump,1403,8,USD\nslurry-pump,1402,8,USD\n")
    assert outcomes(one) == [RowOutcome.CHANGED, RowOutcome.WRONG]
    assert "names the source" in one.rows.get(number=3).faults["value"][0]


def test_without_a_source_there_is_one_more_figure(user, product, papers):
    apply(brought(user, "import_records", f"{SOURCED}slurry-pump,1403,9,USD,paper\n"), user)
    one = brought(user, "import_records", f"{SOURCED}slurry-pump,1403,8,USD,\n")
    assert outcomes(one) == [RowOutcome.NEW]
    apply(one, user)
    again = brought(user, "import_records", f"{SOURCED}slurry-pump,1403,7,USD,\n")
    assert outcomes(again) == [RowOutcome.CHANGED]


def test_a_sample_gives_way_to_a_figure_with_a_source(user, product, papers):
    make.make_import(product=product, year=1403, value=9, currency="USD", origin="sample")
    apply(brought(user, "import_records", f"{SOURCED}slurry-pump,1403,8,USD,paper\n"), user)
    record = ImportRecord.objects.get()
    assert (record.value, record.origin, record.source.key) == (8, "ministry", "paper")


@pytest.mark.parametrize("column", ["", "paper", "customs"])
def test_more_rows_ask_no_more_queries(user, product, papers, column):
    head = SOURCED if column else HEAD
    asked = []
    for years in (range(1390, 1392), range(1360, 1390)):
        rows = "".join(f"slurry-pump,{year},5,USD{',' * bool(column)}{column}\n" for year in years)
        with CaptureQueriesContext(connection) as queries:
            one = brought(user, "import_records", head + rows)
        assert set(outcomes(one)) == {RowOutcome.NEW}
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_figures_of_several_sources_go_out_and_come_back(user, product, papers, kind):
    for key in papers:
        apply(brought(user, "import_records", f"{SOURCED}slurry-pump,1403,9,USD,{key}\n"), user)
    make.make_import(product=product, year=1403, value=3, currency="USD")
    make.make_import(product=product, year=1403, value=2, currency="USD", origin="sample")
    data = writing.listed(BOOKS["import_records"], ImportRecord.objects.all(), kind)
    one = bring(BOOKS["import_records"], sent(data, f"x.{kind}"), user)
    assert outcomes(one) == [RowOutcome.SAME] * 4


def test_undo_takes_out_what_is_untouched_and_names_the_rest(user, product):
    record = make.make_import(product=product, year=1402, value=100, currency="USD")
    one = brought(user, "import_records", f"{HEAD}slurry-pump,1402,200,USD\nslurry-pump,1403,5,USD\n")
    apply(one, user)
    ImportRecord.objects.filter(year=1403).update(value=7)
    found = undoings(one, user)
    assert [(each.row.number, each.untouched) for each in found] == [(3, False), (2, True)]
    assert [(column.name, said, now) for column, said, now in found[0].since] == [("value", 5, 7)]
    undo(one, user, {str(found[1].row.pk)})
    record.refresh_from_db()
    one.refresh_from_db()
    assert (record.value, one.state) == (100, "partly_undone")
    undo(one, user, {str(found[0].row.pk)})
    one.refresh_from_db()
    assert (ImportRecord.objects.count(), one.state) == (1, "undone")


CHOOSING = "product,year,value,currency,chosen,source\n"


@pytest.fixture
def choosing(user, product, papers):
    """Brings in a file with these rows, and gives it back."""

    def bring_in(rows):
        one = brought(user, "import_records", CHOOSING + rows)
        apply(one, user)
        return one

    return bring_in


def chosen_values():
    return list(ImportRecord.objects.filter(chosen=True).values_list("value", flat=True))


def undo_all(one, user):
    assert undo(one, user, {str(row.pk) for row in one.rows.all()}) == []


PAPER, CUSTOMS = "slurry-pump,1403,5,USD,yes,paper\n", "slurry-pump,1403,7,USD,yes,customs\n"


@pytest.mark.parametrize(
    "rows",
    [
        CUSTOMS,
        CUSTOMS + "slurry-pump,1402,1,USD,,customs\n",  # several new rows are written together
        CUSTOMS + "slurry-pump,1403,6,USD,,paper\n",
    ],
)
def test_undo_brings_back_the_choice_that_the_file_ended(user, choosing, rows):
    choosing(PAPER)
    second = choosing(rows)
    assert chosen_values() == [7]
    undo_all(second, user)
    assert ImportRecord.objects.values_list("value", "chosen", "counts").get() == (5, True, True)


def test_undo_brings_back_the_choice_that_a_changed_row_ended(user, choosing):
    choosing(PAPER + CUSTOMS.replace("yes", ""))
    undo_all(choosing(CUSTOMS), user)
    assert chosen_values() == [5]


def test_undo_leaves_what_staff_chose_since(user, choosing):
    choosing(PAPER)
    second = choosing(CUSTOMS)
    third = make.make_import(product=Product.objects.get(), year=1403, value=9, currency="USD", chosen=True)
    undo_all(second, user)
    assert chosen_values() == [9]
    third.chosen = False
    third.save()
    assert chosen_values() == []


@pytest.mark.parametrize("order", [(2, 1), (1, 2)])
def test_files_that_chose_one_after_the_other_are_undone_in_either_order(user, choosing, order):
    make.make_source(key="daily")
    choosing(PAPER)
    files = {1: choosing(CUSTOMS), 2: choosing("slurry-pump,1403,9,USD,yes,daily\n")}
    for number in order:
        undo_all(files[number], user)
    assert chosen_values() == [5]


def test_the_history_says_which_file_ended_a_choice(user, choosing):
    choosing(PAPER)
    second = choosing(CUSTOMS)
    ended = ImportRecord.objects.get(value=5).history.first()
    assert (ended.chosen, ended.history_change_reason) == (False, f"import {second.pk}")


def test_undo_withdraws_what_was_published_since(user):
    one = brought(user, "companies", "name_en,name_fa\nAcme,اکمه\nBeta,بتا\n")
    apply(one, user)
    acme, beta = Company.objects.order_by("pk")
    acme.publish()
    undo(one, user, {str(each.row.pk) for each in undoings(one, user)})
    acme.refresh_from_db()
    assert acme.state == "withdrawn"
    assert acme.withdrawn_reason_fa
    assert not Company.objects.filter(pk=beta.pk).exists()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝", "'"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_names_that_look_like_formulas_survive(user, sign, kind):
    company = make.make_company(name_en=f"{sign}1+1", name_fa=f"{sign}نام")
    book = BOOKS["companies"]
    data = writing.listed(book, Company.objects.filter(pk=company.pk), kind)
    assert outcomes(bring(book, sent(data, f"x.{kind}"), user)) == [RowOutcome.SAME]


def test_contracts_come_with_their_rows(user):
    make.make_company(slug="acme", name_en="Acme")
    workbook = openpyxl.Workbook()
    workbook.active.title = "contracts"
    for row in (["reference", "title_en", "title_fa", "currency"], ["M-1405-9", "Pumps", "پمپ", "EUR"]):
        workbook.active.append(row)
    for title, rows in {
        "parties": (["contract", "role", "company"], ["M-1405-9", "buyer", "acme"]),
        "contract_lines": (
            ["contract", "description_en", "description_fa", "amount"],
            ["M-1405-9", "Pump", "پمپ", "1.5 million"],
        ),
        "milestones": (["contract", "kind", "due"], ["M-1405-9", "payment", "1405/12/01"]),
    }.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    workbook.save(file)
    one = bring(BOOKS["contracts"], sent(file.getvalue(), "c.xlsx"), user)
    assert {str(row.faults) for row in one.rows.all()} == {"{}"}
    apply(one, user)
    contract = Contract.objects.get()
    assert (contract.amount, contract.parties.get().company.slug) == (1_500_000, "acme")
    assert contract.milestones.get().due.isoformat() == "2027-02-20"
    undo(one, user, {str(each.row.pk) for each in undoings(one, user)})
    assert not Contract.objects.exists()


def test_example_rows_are_left_out(user):
    data = writing.template(BOOKS["companies"], "csv").decode() + ",Acme,اکمه\n"
    one = brought(user, "companies", data)
    assert (one.left_out["examples"], outcomes(one)) == (2, [RowOutcome.NEW])


@pytest.mark.parametrize("noun", BOOKS)
def test_a_template_explains_every_column_in_both_languages(db, noun):
    for sheet in BOOKS[noun].sheets:
        for column in sheet.written:
            line = writing.explained(sheet, column)
            assert all(line[:4]), line
            assert line[4], (sheet.name, column.name)


@pytest.mark.parametrize("noun", BOOKS)
def test_examples_are_in_the_words_of_the_page_and_can_be_read(db, noun):
    for sheet in BOOKS[noun].sheets:
        for column in (one for one in sheet.written if isinstance(one, WordsColumn)):
            for place in (0, 1):
                with override("fa"):
                    text = column.example(place)
                assert not re.search("[A-Za-z]", text)
                with override("en"):
                    assert column.example(place) == column.examples[place]
                    assert not text or column.cell(column.read(text, None), None) == column.examples[place]


def test_constraints_that_plain_python_cannot_decide_are_asked_of_the_database(product):
    def figure(**values):
        return ImportRecord(**{"product": product, "year": 1403, "value": 5, "currency": "USD", **values})

    check_constraints(figure())
    make.make_company(legal_id="14001")
    figure().save()
    wrong = [figure(year=1299), figure(value=-1), figure(year=1402, origin="press"), figure(value=6)]
    for record in (*wrong, Company(slug="x", name_en="X", legal_id="14001")):
        with pytest.raises(ValidationError):
            check_constraints(record)


def test_rows_out_of_the_scope_of_an_account_are_wrong(product, staff):
    steel = make.make_sector(slug="steel-of-mine")
    mine = make.make_product(slug="mine", sector=steel, state="draft")
    editor = staff("editor").user
    Scope.objects.create(user=editor).sectors.set([steel])
    one = brought(editor, "import_records", f"{HEAD}mine,1403,100,USD\nslurry-pump,1403,100,USD\n")
    assert outcomes(one) == [RowOutcome.NEW, RowOutcome.WRONG]
    head = "slug,name_en,name_fa,sector,hs_code\n"
    moved = brought(editor, "products", f"{head}mine,Mine,مال من,{product.sector.slug},841370\n")
    assert outcomes(moved) == [RowOutcome.WRONG]
    ours = brought(editor, "products", f"{head}slurry-pump,Slurry pump,پمپ دوغاب,{steel.slug},841370\n")
    assert outcomes(ours) == [RowOutcome.WRONG]
    assert mine.sector == steel


def test_a_file_about_the_public_waits_for_who_decides_everywhere(product, staff):
    reviewer, limited = staff("reviewer").user, staff("administrator").user
    one = brought(reviewer, "import_records", f"{HEAD}slurry-pump,1403,100,USD\n")
    assert not may_apply(User.objects.get(pk=reviewer.pk), one)
    Scope.objects.create(user=limited).sectors.set([product.sector])
    assert may_apply(User.objects.get(pk=reviewer.pk), one)
    assert not reviewing.visible_to(User.objects.get(pk=limited.pk)).exists()
