"""The pages of spreadsheets: who brings what in, mending cells, one review for a whole file, undoing it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import Company, Import, ImportRecord, RememberedName, Revision
from catalog.staff import todo
from tests import factories as make

ADD = "/admin/catalog/import/add/"
HEAD = "product,year,value,currency\n"


def bring(client, text, noun="import_records", name="file.csv"):
    file = SimpleUploadedFile(name, text.encode())
    return client.post(ADD, {"noun": noun, "file": file})


def page_of(brought):
    return f"/admin/catalog/import/{brought.pk}/change/"


def press(client, brought, button, **values):
    return client.post(page_of(brought), {button: "1", **values})


@pytest.fixture
def product(db):
    return make.make_product(slug="slurry-pump", name_en="Slurry pump", name_fa="پمپ دوغاب")


@pytest.fixture
def reviewer(staff):
    return staff("reviewer")


def test_an_editor_mends_and_proposes_a_file_and_a_reviewer_accepts_it(client, editor, reviewer, product):
    lines = [f"slurry-pump,{1370 + n},{n + 1}000,USD" for n in range(30)]
    lines[3] = "slurry-pump,137x,4000,USD"
    lines[7] = "slury pump,1377,8000,USD"
    lines[11] = "slurry-pump,1381,many,USD"
    lines[20] = "slurry-pump,1390,21000,pounds"
    answer = bring(editor, HEAD + "\n".join(lines))
    one = Import.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(one))
    (waiting,) = (row for part in todo.sections(editor.user) for row in part.rows if "import/" in row.url)
    assert waiting.count == editor.get(waiting.url).context["cl"].result_count == 1
    page = editor.get(page_of(one))
    inputs = {cell.typed: cell.name for row in page.context["rows"] for cell in row.faulty}
    assert set(inputs) == {"137x", "slury pump", "many", "pounds"}
    assert press(editor, one, "_send").status_code == 302
    assert not Revision.objects.exists()

    (name, _label, text, near) = page.context["unknown"][0]
    assert (text, near[0][0]) == ("slury pump", product.pk)
    mended = {inputs["137x"]: "1373", inputs["many"]: "۱۲ هزار", inputs["pounds"]: "دلار"}
    press(editor, one, "_check", **mended, **{name: product.pk, inputs["slury pump"]: "slury pump"})
    one.refresh_from_db()
    assert one.counts == {"c_new": 30}
    assert RememberedName.objects.get().record_id == product.pk

    press(editor, one, "_send", _reason="Figures of the customs office")
    assert not ImportRecord.objects.exists()
    revision = Revision.objects.get()
    assert reviewer.get("/admin/catalog/revision/").text.count("file.csv") == 1
    press(reviewer, one, "_send_back", _comment="Which edition?")
    assert "Which edition?" in editor.get(page_of(one)).text
    press(editor, one, "_send", _reason="The second")
    public = client.get(product.get_absolute_url())
    press(reviewer, one, "_accept", _comment="Thank you")
    revision.refresh_from_db()
    assert (revision.state, ImportRecord.objects.count()) == ("accepted", 30)
    assert client.get(product.get_absolute_url()).text != public.text
    assert ImportRecord.objects.first().history.first().history_user == reviewer.user

    told = reviewer.get(f"/admin/changes/?file={one.pk}").context["page"].events
    assert {event.file for event in told} == {"file.csv"}
    assert len(told) == 30

    assert press(editor, one, "_undo").status_code == 403
    every = [row.pk for row in one.rows.all()]
    press(reviewer, one, "_undo", undo=every)
    assert not ImportRecord.objects.exists()
    told = {
        kind: reviewer.get(f"/admin/changes/?file={one.pk}&kind={kind}").context["page"].events
        for kind in ("%2B", "-")
    }
    found = {
        kind: {(event.proposed_by, event.file, event.undone_file) for event in some}
        for kind, some in told.items()
    }
    assert found == {"%2B": {("editor", "file.csv", "")}, "-": {("", "", "file.csv")}}


@pytest.mark.parametrize(
    ("typed", "said"), [("4000", ""), ("۴٬۰۰۰", ""), ("4,000", ""), ("۴ هزار", "۴ هزار"), ("12.5", "12.5")]
)
def test_a_row_says_what_was_typed_where_that_is_more_than_grouping(editor, product, typed, said):
    bring(editor, f'{HEAD}slurry-pump,1403,"{typed}",USD\n')
    (row,) = editor.get(page_of(Import.objects.get())).context["rows"]
    texts = {cell.label: cell.typed for cell in row.cells} | {cell.label: cell.typed for cell in row.faulty}
    assert texts["Value"] == said


def test_the_author_cannot_accept_the_own_file_while_others_can(editor, reviewer, product, staff):
    staff("administrator")
    bring(reviewer, f"{HEAD}slurry-pump,1403,5,USD\n")
    one = Import.objects.get()
    assert press(reviewer, one, "_bring_in").status_code == 403
    press(reviewer, one, "_send")
    assert press(reviewer, one, "_accept").status_code == 403
    assert not ImportRecord.objects.exists()


def test_drafts_are_written_at_once(editor):
    bring(editor, "name_en,name_fa\nAcme,اکمه\n", noun="companies")
    press(editor, Import.objects.get(), "_bring_in")
    assert Company.objects.get().state == "draft"


def test_what_waits_is_locked_for_its_author(editor, product):
    bring(editor, f"{HEAD}slurry-pump,1403,5,USD\n")
    one = Import.objects.get()
    press(editor, one, "_send")
    assert press(editor, one, "_check").status_code == 403
    press(editor, one, "_take_back")
    assert press(editor, one, "_check").status_code == 302


def test_others_see_no_file_of_mine(editor, officer, product):
    bring(editor, f"{HEAD}slurry-pump,1403,5,USD\n")
    assert officer.get(page_of(Import.objects.get())).status_code == 404


@pytest.mark.parametrize(
    ("role", "nouns"),
    [
        ("desk officer", {"contracts"}),
        ("editor", {"import_records", "companies", "contracts", "products", "exchange_rates"}),
    ],
)
def test_who_may_bring_in_what(staff, role, nouns):
    client = staff(role)
    choices = {name for name, _title in client.get(ADD).context["form"].fields["noun"].choices}
    assert nouns <= choices
    if role == "desk officer":
        assert not {"products", "exchange_rates"} & choices
        assert client.get("/admin/catalog/import/template/products.csv").status_code == 403
        assert bring(client, "slug\nx\n", noun="products").status_code == 200
    assert not Import.objects.exists()


def test_a_list_goes_out_as_it_is_shown(editor, product):
    make.make_import(product=product, year=1402, value=100, currency="USD")
    make.make_import(product=product, year=1403, value=200, currency="USD")
    answer = editor.get("/admin/catalog/importrecord/export.csv?year=1403")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("slurry-pump,Slurry pump,1403,Iranian,200,US dollars")
    page = editor.get("/admin/catalog/importrecord/?year=1403").text
    assert "/admin/catalog/importrecord/export.xlsx?year=1403" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_templates_are_downloaded(editor, kind):
    answer = editor.get(f"/admin/catalog/import/template/contracts.{kind}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]


def test_a_page_of_a_file_asks_a_constant_number_of_questions(editor, product, django_assert_max_num_queries):
    counts = []
    for size in (3, 60):
        Import.objects.all().delete()
        bring(editor, HEAD + "".join(f"slurry-pump,{1340 + n},{n},USD\n" for n in range(size)))
        with django_assert_max_num_queries(60) as asked:
            editor.get(page_of(Import.objects.get()))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_history_names_the_file_and_a_second_time_is_told(staff):
    editor = staff("editor")
    text = "name_en,name_fa\nAcme,اکمه\n"
    bring(editor, text, noun="companies", name="acme.csv")
    press(editor, Import.objects.get(), "_bring_in")
    company = Company.objects.get()
    assert "acme.csv" in editor.get(f"/admin/catalog/company/{company.pk}/history/").text
    answer = bring(editor, text, noun="companies", name="again.csv")
    assert "brought in before" in editor.get(answer.url).text


@pytest.mark.parametrize("noun", ["import", "customsfile"])
@pytest.mark.parametrize("query", ["q=%00", "q=%22((AND*", "state__exact=%00", "p=abc", "o=9.-8"])
def test_odd_queries_are_no_errors(administrator, noun, query):
    assert administrator.get(f"/admin/catalog/{noun}/?{query}").status_code in (200, 302)


@pytest.mark.parametrize("path", ["import/abc/change/", "import/9/change/", "customsfile/9/change/"])
def test_pages_that_are_not_there(administrator, path):
    assert administrator.get(f"/admin/catalog/{path}").status_code == 404


def test_what_came_in_is_called_in_the_language_of_the_reader(editor, product):
    product.state = "draft"
    product.save()
    bring(editor, f"{HEAD}slurry-pump,1403,5,USD\n")
    one = Import.objects.get()
    press(editor, one, "_bring_in")
    page = editor.get(page_of(one)).text
    assert page.count("Slurry pump 1403") == 2  # the row, and what can be undone of it
    page = editor.get(page_of(one), headers={"accept-language": "fa"}).text
    assert page.count("پمپ دوغاب ۱۴۰۳") == 2
    assert "Slurry" not in page
