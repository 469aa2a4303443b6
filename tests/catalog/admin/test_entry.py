"""Adding desks and contracts: what is filled in, what is refused and where, what is read as a number."""

from datetime import date

import pytest
from django.utils import timezone

from catalog.admin.fields import DayField, WholeNumberField
from catalog.formats.calendar import iranian_year_of
from catalog.models import Contract, Desk, ExchangeRate, ImportRecord
from tests import factories as make

from .forms import errors_of, fields_of, send

ADD_CONTRACT, ADD_DESK = "/admin/catalog/contract/add/", "/admin/catalog/desk/add/"
MOST = 10**15 - 1


def contract(**changes):
    return {"title_en": "Valves", "title_fa": "شیر", "currency": "IRR", "signed_on": "1405/02/01", **changes}


def lines(*rows):
    values = {"lines-TOTAL_FORMS": str(len(rows))}
    for number, row in enumerate(rows):
        filled = {"description_en": "Valve", "description_fa": "شیر", **row}
        values |= {f"lines-{number}-{name}": value for name, value in filled.items()}
    return values


def test_a_contract_with_parties_lines_and_a_milestone(officer):
    product, company = make.make_product(), make.make_company()
    rows = {
        "parties-0-company": company.pk,
        "milestones-0-due": "۱۴۰۵/۰۶/۳۱",
        **lines({"product": product.pk, "quantity": "1 250", "amount": "۴۰٬۰۰۰"}, {"amount": "5,000"}),
    }
    assert send(officer, ADD_CONTRACT, contract(**rows)).status_code == 302
    made = Contract.objects.get()
    assert (made.amount, made.state, made.origin, made.signed_on) == (
        45_000,
        "draft",
        "ministry",
        date(2026, 4, 21),
    )
    assert made.lines.first().quantity == 1250
    assert made.parties.get().company == company
    assert made.milestones.get().due == date(2026, 9, 22)


def test_a_reference_is_given_when_the_record_is_saved(officer):
    page = officer.get(ADD_CONTRACT)
    assert page.context["adminform"].form["reference"].value() is None
    year = iranian_year_of(timezone.localdate())
    for number in ("001", "002"):
        rows = {"parties-0-company": make.make_company().pk, **lines({"amount": "1"})}
        send(officer, ADD_CONTRACT, contract(**rows))
        assert Contract.objects.latest("pk").reference == f"M-{year}-{number}"


@pytest.mark.walk
@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({}, "total_basis", "No line below has an amount"),
        ({"currency": "", **lines({"amount": "5"})}, "currency", "say in which currency"),
        (lines({"amount": "5", "delivered_amount": "6"}), "lines-0-delivered_amount", "More was delivered"),
        (lines({"amount": "5.5"}), "lines-0-amount", "without a fraction"),
        (lines({"amount": "-5"}), "lines-0-amount", "whole number"),
        (lines({"amount": "9" * 30}), "lines-0-amount", ""),
        (
            {"kind": "memorandum", **lines({"amount": "5", "delivered_amount": "1"})},
            "lines-0-delivered_amount",
            "Only",
        ),
        ({"due": "1404/01/01", **lines({"amount": "5"})}, "due", "before it was signed"),
        ({"signed_on": "1405/13/01", **lines({"amount": "5"})}, "signed_on", "no such day"),
        ({"signed_on": "spring", **lines({"amount": "5"})}, "signed_on", "as in the example"),
        ({"reference": "قرارداد", **lines({"amount": "5"})}, "reference", "Latin letters"),
        ({"stated_amount": "7", **lines({"amount": "5"})}, "stated_amount", ""),
        ({"milestones-0-done": "1450/01/01", **lines({"amount": "5"})}, "milestones-0-done", "still to come"),
        (
            {"parties-0-name_en": "A", "parties-0-company": "new", **lines({"amount": "5"})},
            "parties-0-company",
            "",
        ),
    ],
)
def test_a_mistake_in_a_contract_is_told_beside_its_field_and_nothing_is_lost(officer, changes, field, words):
    if changes.get("parties-0-company"):
        changes = {**changes, "parties-0-company": make.make_company().pk}
    data = contract(title_en="Kept as typed", **changes)
    page = send(officer, ADD_CONTRACT, data)
    assert page.status_code == 200
    assert words in " ".join(errors_of(page)[field])
    again = fields_of(page)
    assert {name: str(value) for name, value in again.items() if name in data} == {
        n: str(v) for n, v in data.items()
    }
    assert not Contract.objects.exists()


def test_a_desk_with_products_and_buyers(officer):
    sector, products, company = (
        make.make_sector(),
        [make.make_product(), make.make_product()],
        make.make_company(),
    )
    rows = {
        "offers-0-product": products[0].pk,
        "offers-1-product": products[1].pk,
        "desk_buyers-0-company": company.pk,
    }
    data = {
        "name_en": "Pumps, spring",
        "name_fa": "پمپ",
        "sectors": [sector.pk],
        "opens": "2026-05-22",
        **rows,
    }
    assert send(officer, ADD_DESK, data).status_code == 302
    desk = Desk.objects.get()
    assert (desk.slug, desk.year, desk.offers.count()) == ("pumps-spring", 1405, 2)


@pytest.mark.walk
@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({}, "year", "Give the Iranian year"),
        ({"opens": "1405/03/01", "closes": "1405/02/01"}, "closes", "closes before"),
        ({"opens": "1405/03/01", "held_on": "1405/02/01"}, "held_on", "either"),
        ({"year": "1405", "target_amount": "5"}, "target_currency", "currency"),
        ({"year": "1405", "target_currency": "EUR"}, "target_amount", "Write the target"),
        ({"year": "85"}, "year", ""),
    ],
)
def test_a_mistake_in_a_desk_is_told_beside_its_field(officer, changes, field, words):
    data = {"name_en": "Kept", "name_fa": "ماند", "sectors": [make.make_sector().pk], **changes}
    page = send(officer, ADD_DESK, data)
    assert words in " ".join(errors_of(page)[field])
    assert fields_of(page)["name_en"] == "Kept"


def test_what_is_listed_twice_on_a_desk_is_told_at_the_second(officer):
    product, company = make.make_product(), make.make_company()
    rows = {
        "offers-0-product": product.pk,
        "offers-1-product": product.pk,
        "desk_buyers-TOTAL_FORMS": "2",
        "desk_buyers-0-company": company.pk,
        "desk_buyers-1-company": company.pk,
    }
    data = {"name_en": "A", "name_fa": "ب", "sectors": [make.make_sector().pk], "year": "1405", **rows}
    errors = errors_of(send(officer, ADD_DESK, data))
    assert "already" in errors["offers-1-product"][0]
    assert "already" in errors["desk_buyers-1-company"][0]


def test_the_key_of_a_rate_is_made_from_what_it_is(administrator):
    rate = {"currency": "EUR", "kind": "market", "rials": "۳۰۰٬۰۰۰", "year": "1402"}
    for _ in range(2):
        assert send(administrator, "/admin/catalog/exchangerate/add/", rate).status_code == 302
    keys = ExchangeRate.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["eur-market-1402", "eur-market-1402-2"]
    assert "euros" in str(ExchangeRate.objects.first()).lower()
    assert "300,000" in str(ExchangeRate.objects.first())


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_largest_amount_survives_saving_listing_and_editing(administrator, language):
    client = administrator
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    data = contract(total_basis="stated", stated_amount=f"{MOST:,}")
    assert send(client, ADD_CONTRACT, data).status_code == 302
    made = Contract.objects.get()
    assert made.stated_amount == MOST
    shown = "999,999,999,999,999" if language == "en" else "۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹٬۹۹۹"
    assert shown in client.get("/admin/catalog/contract/").text
    url = f"/admin/catalog/contract/{made.pk}/change/"
    assert shown in client.get(url).text
    assert send(client, url, {"title_en": "Changed"}).status_code == 302
    made.refresh_from_db()
    assert (made.title_en, made.stated_amount) == ("Changed", MOST)
    changed = made.history.first().diff_against(made.history.first().prev_record).changed_fields
    assert set(changed) == {"title_en"}


@pytest.mark.parametrize(
    "text", ["1250000", "1,250,000", "۱٬۲۵۰٬۰۰۰", "۱۲۵۰۰۰۰", "1 250 000", "١٢٥٠٠٠٠", "\u200f۱،۲۵۰،۰۰۰ "]
)
def test_numbers_are_read_as_people_write_them(text):
    assert WholeNumberField().clean(text) == 1_250_000


@pytest.mark.parametrize("text", ["2026-05-22", "1405/03/01", "۱۴۰۵/۳/۱", "1405-3-1", " ۱۴۰۵/۰۳/۰۱\u200f"])
def test_days_are_read_in_both_calendars(text):
    assert DayField().clean(text) == date(2026, 5, 22)


@pytest.mark.parametrize("public", [False, True])
def test_the_next_of_a_table_begins_with_what_the_last_one_said(editor, public):
    product = make.make_product(state="published" if public else "draft")
    source, page = make.make_source(), editor.get("/admin/catalog/importrecord/add/")
    sent = {"product": product.pk, "year": "۱۴۰۳", "value": "5", "currency": "USD", "source": source.pk}
    answer = editor.post(
        "/admin/catalog/importrecord/add/",
        {**fields_of(page), **sent, "origin": "press", "_addanother": "1"},
    )
    assert ImportRecord.objects.exists() is not public
    form = editor.get(answer.url).context["adminform"].form
    begun = {name: str(form[name].value() or "") for name in sent}
    assert begun == {**dict.fromkeys(sent, ""), "year": "1403", "currency": "USD", "source": str(source.pk)}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"year": "۲۰۱۸"}, (2018, "gregorian")),
        ({"year": "2018", "calendar": "gregorian"}, (2018, "gregorian")),
        ({"year": "1397"}, (1397, "iranian")),
        ({"year": "1397", "calendar": "gregorian"}, None),
        ({"year": "1700"}, None),
    ],
)
def test_the_calendar_of_an_import_follows_from_its_year_unless_it_is_chosen(editor, sent, kept):
    product = make.make_product(state="draft")
    answer = send(editor, "/admin/catalog/importrecord/add/", {"product": product.pk, "value": "5", **sent})
    if kept is None:
        assert errors_of(answer)["year"] == ["This is no year of that calendar."]
    assert list(ImportRecord.objects.values_list("year", "calendar")) == ([kept] if kept else [])


def test_a_figure_that_is_corrected_is_no_share_of_a_tariff_line_any_more(editor):
    product = make.make_product(state="draft")
    record = make.make_import(product=product, value=9, calculated_from="841370 25 trade")
    address = f"/admin/catalog/importrecord/{record.pk}/change/"
    send(editor, address, {"quantity": "4"})
    record.refresh_from_db()
    assert (record.quantity, record.calculated_from) == (4, "841370 25 trade")
    send(editor, address, {"value": "10"})
    record.refresh_from_db()
    assert (record.value, record.calculated_from) == (10, "")


def test_an_amount_may_be_written_in_words_and_is_said_back(editor):
    product = make.make_product(state="draft")
    values = {"product": product.pk, "year": "1403", "value": "۴۴ میلیارد تومان", "currency": "IRR"}
    send(editor, "/admin/catalog/importrecord/add/", values)
    record = ImportRecord.objects.get()
    assert record.value == 440_000_000_000
    page = editor.get(f"/admin/catalog/importrecord/{record.pk}/change/").text
    assert "440 billion rials = 44 billion toman" in page


def test_an_amount_that_names_another_currency_is_asked_about(editor):
    product = make.make_product(state="draft")
    values = {"product": product.pk, "year": "1403", "value": "۴۴ میلیارد تومان", "currency": "USD"}
    answer = send(editor, "/admin/catalog/importrecord/add/", values)
    assert "Rials" in errors_of(answer)["value"][0]
