"""A facility and its payments in the admin: never more paid than approved, never before the day has come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Facility, Payment
from tests import factories as make

from .forms import errors_of, fields_of, send

ADD = "/admin/catalog/facility/add/"


def facility(**changes):
    values = {"reference": "F-1405-900", "lender_en": "A bank", "lender_fa": "یک بانک", "currency": "IRR"}
    return {**values, "company": make.make_company().pk, "approved_amount": "1,000", **changes}


def payments(*amounts, day="1405/02/01"):
    values = {"payments-TOTAL_FORMS": str(len(amounts))}
    for row, amount in enumerate(amounts):
        values |= {f"payments-{row}-paid_on": day, f"payments-{row}-amount": amount}
    return values


def change(found, *amounts, **changes):
    """The address of a facility with payments, and what was changed in their amounts and in its fields."""
    rows = {f"payments-{row}-amount": amount for row, amount in enumerate(amounts)}
    return f"/admin/catalog/facility/{found.pk}/change/", {**rows, **changes}


def recorded(found):
    found.refresh_from_db()
    amounts = tuple(found.payments.order_by("pk").values_list("amount", flat=True))
    return found.approved_amount, found.paid, amounts


def test_an_editor_writes_a_facility_with_its_payments(editor):
    assert send(editor, ADD, facility(**payments("600", "۴۰۰"))).status_code == 302
    assert recorded(Facility.objects.get()) == (1000, 1000, (600, 400))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Together these payments come to 1,001: more than the 1,000 approved."),
        ("fa", "جمع این پرداخت‌ها ۱٬۰۰۱ است: بیش از مبلغ تصویب‌شده که ۱٬۰۰۰ است."),
    ],
)
def test_payments_beyond_the_approval_are_told_and_nothing_is_lost_or_saved(editor, language, words):
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    data = facility(purpose_en="Kept as typed", **payments("600", "401"))
    page = send(editor, ADD, data)
    assert page.status_code == 200
    assert errors_of(page)["payments"] == [words]
    assert words in page.text
    again = fields_of(page)
    assert {name: str(again[name]) for name in data} == {name: str(value) for name, value in data.items()}
    assert not Facility.objects.exists()
    assert not Payment.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "still to come"), ("fa", "هنوز نیامده است")])
def test_a_payment_of_a_day_to_come_is_refused_beside_its_day(editor, language, words):
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = send(editor, ADD, facility(**payments("600", day=tomorrow)))
    assert words in errors_of(page)["payments-0-paid_on"][0]
    assert fields_of(page)["payments-0-amount"] == "600"
    assert not Facility.objects.exists()
    page = send(editor, ADD, facility(**payments("1001", day=tomorrow)))
    assert {"payments", "payments-0-paid_on"} <= set(errors_of(page)), "both mistakes are told at once"
    today = timezone.localdate().isoformat()
    assert send(editor, ADD, facility(**payments("600", day=today))).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"lender_en": "", "lender_fa": ""}, "lender", "one of the two"),
        ({"approved_amount": "-5"}, "approved_amount", "whole number"),
        ({"approved_amount": "9" * 30}, "approved_amount", ""),
        (payments("0"), "payments-0-amount", ""),
        (payments("12.5"), "payments-0-amount", "without a fraction"),
        (payments("5", day=""), "payments-0-paid_on", "required"),
        ({"reference": "F 1"}, "reference", "Latin letters"),
    ],
)
def test_a_mistake_is_told_beside_its_field(editor, changes, field, words):
    page = send(editor, ADD, facility(**changes))
    assert words in " ".join(errors_of(page)[field])
    assert not Facility.objects.exists()


def test_a_facility_rests_on_no_memorandum(editor):
    memorandum = make.make_contract(kind="memorandum")
    page = send(editor, ADD, facility(contract=memorandum.pk))
    assert "memorandum or a plan" in errors_of(page)["contract"][0]


class TestChanges:
    @pytest.fixture
    def found(self):
        return make.make_facility(approved_amount=1000, payments=[600, 400], state="draft")

    def test_payments_are_mended_in_any_order_within_the_approval(self, editor, found):
        """Row by row the first one alone would be too much; together they are not."""
        assert send(editor, *change(found, "900", "100")).status_code == 302
        assert recorded(found) == (1000, 1000, (900, 100))

    def test_a_zero_too_many_is_mended_in_the_approval_and_its_payments_at_once(self, editor, found):
        assert send(editor, *change(found, "60", "40", approved_amount="100")).status_code == 302
        assert recorded(found) == (100, 100, (60, 40))

    def test_one_payment_takes_the_place_of_another(self, editor, found):
        rows = {
            "payments-TOTAL_FORMS": "3",
            "payments-1-DELETE": "on",
            "payments-2-paid_on": "1405/02/02",
            "payments-2-amount": "300",
        }
        assert send(editor, *change(found, **rows)).status_code == 302
        assert recorded(found) == (1000, 900, (600, 300))

    @pytest.mark.parametrize("changes", [{"approved_amount": "999"}, {"payments-0-amount": "601"}])
    def test_what_is_too_much_changes_nothing(self, editor, found, changes):
        page = send(editor, *change(found, **changes))
        assert "Together these payments come to" in errors_of(page)["payments"][0]
        assert recorded(found) == (1000, 1000, (600, 400))

    def test_an_editor_changes_no_payment_of_a_public_facility(self, editor, administrator):
        found = make.make_facility(approved_amount=1000, payments=[600])
        address = f"/admin/catalog/facility/{found.pk}/change/"
        assert send(editor, *change(found, "700")).status_code == 302
        assert recorded(found) == (1000, 600, (600,))
        assert editor.post(address, {"payments-0-amount": "700"}).status_code == 200
        assert send(administrator, *change(found, "700")).status_code == 302
        assert recorded(found) == (1000, 700, (700,))
