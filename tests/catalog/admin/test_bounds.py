"""What is sent is bounded, read without what nobody sees, and never ends in an error of the server."""

import pytest
from django.contrib import admin
from django.forms.models import BaseInlineFormSet

from catalog.models import Company, Contract, Indicator
from tests import factories as make

from .forms import errors_of, fields_of, send
from .test_pages import LISTS_ALONE

TOO_LARGE = ["9223372036854775808", "9" * 30]  # 2**63
NOUNS = [
    model for model in admin.site._registry if model not in LISTS_ALONE and model._meta.app_label != "contact"
]
ADD_CONTRACT = "/admin/catalog/contract/add/"


def add_url(model):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/"


@pytest.mark.whole
@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_key_of_more_than_64_bits_is_no_choice(admin_client, model, number):
    names = [field.name for field in (*model._meta.fields, *model._meta.many_to_many)]
    page = admin_client.get(add_url(model), dict.fromkeys(names, number))
    assert page.status_code == 200
    sent = {name: number for name in fields_of(page) if not name.endswith("_FORMS")}
    answer = admin_client.post(add_url(model), {**fields_of(page), **sent})
    assert answer.status_code == 302 if model is Indicator else errors_of(answer), "it has text fields alone"


@pytest.mark.parametrize("number", TOO_LARGE)
def test_an_account_has_no_role_of_more_than_64_bits(admin_client, editor, number):
    url = f"/admin/auth/user/{editor.user.pk}/change/"
    assert "groups" in errors_of(send(admin_client, url, {"groups": [number]}))


@pytest.mark.parametrize("number", TOO_LARGE)
@pytest.mark.parametrize("noun", ["catalog/product", "catalog/statement", "auth/user"])
def test_lists_answer_keys_of_more_than_64_bits(admin_client, noun, number):
    for name in ("id__exact", "id__in", "sector__id__exact", "sector__id__in", "groups__id__in", "p", "q"):
        answer = admin_client.get(f"/admin/{noun}/?{name}=1,{number}")
        assert answer.status_code in (200, 302, 400), name
        assert admin_client.get(f"/admin/{noun}/?{name}={number}").status_code in (200, 302, 400), name
    term = f"app_label=catalog&model_name=engagement&field_name=product&term={number}"
    assert admin_client.get(f"/admin/autocomplete/?{term}").status_code == 200


@pytest.mark.parametrize("total", ["100000", "9" * 30])
def test_a_form_has_the_rows_that_were_sent_whatever_number_it_says(administrator, monkeypatch, total):
    built = []
    construct = BaseInlineFormSet._construct_form
    monkeypatch.setattr(
        BaseInlineFormSet,
        "_construct_form",
        lambda rows, i, **more: built.append(i) or construct(rows, i, **more),
    )
    form = fields_of(administrator.get(ADD_CONTRACT))
    built.clear()
    numbers = {name: total for name in form if name.endswith("TOTAL_FORMS")}
    answer = administrator.post(ADD_CONTRACT, {**form, **numbers, "title_en": "Valves", "_save": "1"})
    assert answer.status_code == 200
    assert "500" in errors_of(answer)["lines"][0]
    assert len(built) < 50
    assert not Contract.objects.exists()


def test_text_is_read_without_what_nobody_sees(administrator):
    values = {"name_en": "\u202ePump\u200f Works\ue000\x07", "name_fa": "كارخانه\u200cي پمپ\u200e"}
    send(administrator, "/admin/catalog/company/add/", {**values, "summary_en": "One\r\n\u2066two"})
    company = Company.objects.get()
    assert (company.name_en, company.name_fa) == ("Pump Works", "کارخانه\u200cی پمپ")
    assert company.summary_en == "One\r\ntwo"


def test_rows_and_reasons_are_read_so_too(administrator):
    contract = make.make_contract([5], state="draft")
    send(
        administrator,
        f"/admin/catalog/contract/{contract.pk}/change/",
        {"lines-0-description_fa": "شير\u202e"},
    )
    assert contract.lines.get().description_fa == "شیر"
    company = make.make_company()
    url = f"/admin/catalog/company/withdraw/?ids={company.pk}"
    administrator.post(url, {"reason_en": "\u202eClosed.", "reason_fa": "تعطيل شد."})
    company.refresh_from_db()
    assert (company.withdrawn_reason_en, company.withdrawn_reason_fa) == ("Closed.", "تعطیل شد.")
