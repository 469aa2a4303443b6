"""Two people save one record: the later save is held back, and nothing that either typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.admin import form_values
from catalog.models import ContractLine
from tests import factories as make

from .forms import fields_of


@pytest.fixture
def contract(db):
    """A draft contract with two lines."""
    contract = make.make_contract(amounts=(100, 200), state="draft", title_en="Valves", title_fa="شیر")
    contract.lines.update(description_en="Valve", description_fa="شیر")
    return contract


def address(record):
    return reverse(f"admin:catalog_{record._meta.model_name}_change", args=[record.pk])


def open_page(client, record):
    return fields_of(client.get(address(record)))


def save(client, record, sent, **changes):
    return client.post(address(record), {**sent, **changes, "_save": "1"})


def line(contract, number):
    return contract.lines.order_by("pk")[number]


def test_what_each_changed_alone_is_kept_of_both(officer, administrator, contract):
    mine = open_page(officer, contract)
    theirs = open_page(administrator, contract)
    assert save(administrator, contract, theirs, title_fa="شیرها").status_code == 302

    held = save(officer, contract, mine, title_en="Gate valves")
    assert held.status_code == 200
    text = held.content.decode()
    assert "Not saved yet: administrator saved this on" in text
    assert '<ins dir="auto">شیرها</ins>' in text
    assert not held.context["held"].asked
    contract.refresh_from_db()
    assert (contract.title_en, contract.title_fa) == ("Valves", "شیرها")

    assert save(officer, contract, fields_of(held)).status_code == 302
    contract.refresh_from_db()
    assert (contract.title_en, contract.title_fa) == ("Gate valves", "شیرها")


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, ("Gate valves", "شیر من")),
        ({"_take-title_en": "theirs"}, ("Ball valves", "شیر من")),
        ({"_take": "theirs"}, ("Ball valves", "شیر آنها")),
        ({"_take": "mine", "_take-title_en": "theirs"}, ("Gate valves", "شیر من")),
    ],
)
def test_what_both_changed_is_asked(officer, administrator, contract, choices, expected):
    mine = open_page(officer, contract)
    save(
        administrator,
        contract,
        open_page(administrator, contract),
        title_en="Ball valves",
        title_fa="شیر آنها",
    )

    held = save(officer, contract, mine, title_en="Gate valves", title_fa="شیر من")
    asked = held.context["held"].asked
    assert [(one.name, one.mine, one.theirs) for one in asked] == [
        ("title_en", "Gate valves", "Ball valves"),
        ("title_fa", "شیر من", "شیر آنها"),
    ]
    assert fields_of(held)["title_en"] == "Gate valves"
    sides = {f"_take-{one.name}": "mine" for one in asked} | {"_take": "each"}
    assert save(officer, contract, fields_of(held), **{**sides, **choices}).status_code == 302
    contract.refresh_from_db()
    assert (contract.title_en, contract.title_fa) == expected


def test_rows_changed_and_added_by_either_stand_together(officer, administrator, contract):
    mine, theirs = open_page(officer, contract), open_page(administrator, contract)
    new = {"description_fa": "لوله", "amount": "7"}
    theirs_new = {f"lines-2-{name}": value for name, value in new.items()} | {
        "lines-2-description_en": "Their pipe"
    }
    save(administrator, contract, theirs, **{"lines-0-amount": "111", "lines-TOTAL_FORMS": "3"}, **theirs_new)
    assert contract.lines.count() == 3

    mine_new = {f"lines-2-{name}": value for name, value in new.items()} | {
        "lines-2-description_en": "My pipe"
    }
    held = save(officer, contract, mine, **{"lines-1-amount": "222", "lines-TOTAL_FORMS": "3"}, **mine_new)
    assert [(one.label, one.theirs, one.asked) for one in held.context["held"].differences] == [
        ("Amount", "111", False),
        ("", "They added this row.", False),
    ]
    assert save(officer, contract, fields_of(held)).status_code == 302
    lines = contract.lines.order_by("pk").values_list("description_en", "amount")
    assert list(lines) == [("Valve", 111), ("Valve", 222), ("Their pipe", 7), ("My pipe", 7)]


def test_one_cell_of_a_row_changed_by_both_is_asked(officer, administrator, contract):
    mine = open_page(officer, contract)
    save(administrator, contract, open_page(administrator, contract), **{"lines-1-amount": "111"})
    held = save(officer, contract, mine, **{"lines-1-amount": "222"})
    (asked,) = held.context["held"].asked
    assert (asked.name, asked.mine, asked.theirs) == ("lines-1-amount", "222", "111")
    save(officer, contract, fields_of(held), **{"_take-lines-1-amount": "theirs"})
    assert line(contract, 1).amount == 111


@pytest.mark.parametrize(("choice", "amounts"), [("mine", [200, 333]), ("theirs", [200])])
def test_a_row_that_they_deleted_and_the_visitor_changed_is_asked(
    officer, administrator, contract, choice, amounts
):
    mine = open_page(officer, contract)
    save(administrator, contract, open_page(administrator, contract), **{"lines-0-DELETE": "on"})
    assert contract.lines.count() == 1
    held = save(officer, contract, mine, **{"lines-0-amount": "333"})
    (asked,) = held.context["held"].asked
    assert "They deleted this row." in held.content.decode()
    assert save(officer, contract, fields_of(held), **{f"_take-{asked.name}": choice}).status_code == 302
    assert list(contract.lines.order_by("pk").values_list("amount", flat=True)) == amounts


def test_a_row_that_they_deleted_and_nobody_changed_goes_with_a_word(officer, administrator, contract):
    mine = open_page(officer, contract)
    save(administrator, contract, open_page(administrator, contract), **{"lines-0-DELETE": "on"})
    held = save(officer, contract, mine, title_en="Gate valves")
    assert [one.theirs for one in held.context["held"].taken] == ["They deleted this row."]
    assert save(officer, contract, fields_of(held)).status_code == 302
    assert contract.lines.count() == 1


def test_a_save_overtaken_twice_is_held_back_twice(officer, administrator, contract):
    mine = open_page(officer, contract)
    save(administrator, contract, open_page(administrator, contract), title_fa="یک")
    held = save(officer, contract, mine, title_en="Gate valves")
    save(administrator, contract, open_page(administrator, contract), title_fa="دو")
    again = save(officer, contract, fields_of(held))
    assert [one.theirs for one in again.context["held"].taken] == ["دو"]
    assert save(officer, contract, fields_of(again)).status_code == 302
    contract.refresh_from_db()
    assert (contract.title_en, contract.title_fa) == ("Gate valves", "دو")


def test_own_errors_do_not_hide_that_somebody_was_faster(officer, administrator, contract):
    mine = open_page(officer, contract)
    wrong = save(officer, contract, mine, title_en="", title_fa="")
    assert wrong.context.get("held") is None
    save(administrator, contract, open_page(administrator, contract), title_fa="شیرها")
    held = save(officer, contract, fields_of(wrong), title_en="Gate valves", title_fa="شیر")
    assert [one.theirs for one in held.context["held"].taken] == ["شیرها"]


def test_what_a_page_showed_is_taken_of_its_own_record_alone(officer, contract):
    other = make.make_contract(state="draft")
    sent = open_page(officer, contract)
    assert form_values.read_values(sent["_opened"], contract).fields["title_en"] == "Valves"
    assert form_values.read_values(sent["_opened"], other) is None
    assert form_values.read_values(sent["_opened"] + "x", contract) is None


@pytest.mark.parametrize("sent", [{"lines-TOTAL_FORMS": "9" * 5000}, {"desk": "9" * 30}, {"desk": "x"}])
def test_what_no_page_sends_is_held_back_like_anything_else(officer, administrator, contract, sent):
    mine = open_page(officer, contract)
    desk = make.make_desk()
    save(administrator, contract, open_page(administrator, contract), desk=desk.pk)
    assert save(officer, contract, mine, **sent).status_code == 200


def test_the_page_says_it_in_persian(officer, administrator, contract):
    mine = open_page(officer, contract)
    save(administrator, contract, open_page(administrator, contract), title_en="Ball valves")
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = "fa"
    text = save(officer, contract, mine, title_en="Gate valves").content.decode()
    assert "هنوز ذخیره نشده" in text


def test_looking_for_what_changed_costs_the_same_for_many_rows(officer, contract):
    def cost():
        sent = open_page(officer, contract)
        with CaptureQueriesContext(connection) as compared:
            save(officer, contract, sent, title_en="", title_fa="")
        with CaptureQueriesContext(connection) as trusted:
            save(officer, contract, {**sent, "_opened": ""}, title_en="", title_fa="")
        return len(compared) - len(trusted)

    few = cost()
    rows = [
        ContractLine(contract=contract, description_en=f"Valve {n}", description_fa="شیر") for n in range(40)
    ]
    ContractLine.objects.bulk_create(rows)
    assert cost() == few <= 12


def test_what_is_wrong_stands_at_the_top_with_links_to_the_fields(officer, contract):
    wrong = save(
        officer, contract, open_page(officer, contract), title_en="", title_fa="", **{"lines-1-amount": "-5"}
    )
    links = {one.target: one.label for one in wrong.context["error_links"]}
    assert links.keys() >= {"id_title_en", "id_lines-1-amount"}
    text = wrong.content.decode()
    for target, label in links.items():
        assert f'<a href="#{target}">{label}</a>' in text
        assert f'id="{target}"' in text
