"""A draft is written in one language, what is public in both."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from catalog.models import Product, State
from tests import factories as make

from .forms import errors_of, fields_of, send
from .test_workflow import change_url, publish_url

pytestmark = pytest.mark.django_db

ADD = "/admin/catalog/product/add/"


def add(client, **changes):
    page = client.get(ADD)
    names = {"name_en": "", "name_fa": "", "hs_code": "841480", "sector": make.make_sector().pk}
    return client.post(ADD, {**fields_of(page), **names, **changes, "_save": "1"})


def test_a_draft_in_persian_alone_is_saved_under_an_address_for_the_time_being(editor):
    add(editor, name_fa="پمپ بخار")
    add(editor, name_fa="پمپ آب")
    assert list(Product.objects.order_by("pk").values_list("slug", "name_fa", "name_en")) == [
        ("product-draft", "پمپ بخار", ""),
        ("product-draft-2", "پمپ آب", ""),
    ]
    product = Product.objects.first()
    send(editor, change_url(product), {"name_en": "Steam pump"})
    product.refresh_from_db()
    assert product.slug == "steam-pump"


def test_an_address_that_staff_wrote_stays(editor):
    add(editor, name_fa="پمپ بخار", slug="steam")
    product = Product.objects.get()
    send(editor, change_url(product), {"name_en": "Steam pump"})
    product.refresh_from_db()
    assert product.slug == "steam"


@pytest.mark.parametrize(("language", "field"), [("en", "name_en"), ("fa", "name_fa")])
def test_a_draft_without_any_name_is_asked_for_one_in_the_language_of_the_page(editor, language, field):
    editor.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = add(editor)
    with translation.override(language):
        assert list(errors_of(page)) == [field]


@pytest.mark.parametrize("field", ["name_en", "name_fa", "summary_fa"])
def test_what_is_public_is_written_in_both(administrator, field):
    product = make.make_product(summary_en="Pumps", summary_fa="پمپ")
    page = send(administrator, change_url(product), {field: ""})
    assert list(errors_of(page)) == [field]


def test_publishing_says_what_is_missing_and_does_nothing(administrator):
    product = make.make_product(state="draft", name_fa="", summary_en="Pumps")
    product.parameters.create(name_fa="دبی", value=1)
    missing = ["name, in Persian", "summary, in Persian", "Parameter “دبی”: name, in English"]
    text = administrator.get(publish_url(product)).text
    assert f"{product}: {'; '.join(missing)}" in text
    with pytest.raises(ValidationError, match="; ".join(missing)):
        product.publish()
    product.refresh_from_db()
    assert product.state == State.DRAFT


def test_the_button_of_the_form_says_it_too(administrator):
    product = make.make_product(state="draft", name_fa="")
    page = send(administrator, change_url(product), {}, "_publish")
    assert "still to be written: name, in Persian" in administrator.get(page.url).text
    product.refresh_from_db()
    assert product.state == State.DRAFT


def test_a_company_is_public_with_its_latin_name_alone():
    company = make.make_company(state="draft", name_fa="")
    company.publish()
    assert company.is_public


def test_a_line_of_a_draft_is_described_in_one_language():
    contract = make.make_contract(state="draft")
    contract.lines.create(description_fa="لوله", amount=1)
    with pytest.raises(ValidationError, match="description, in English"):
        contract.publish()


def test_a_draft_in_one_language_stands_in_the_alphabet_of_both():
    product = make.make_product(state="draft", name_en="", name_fa="آب‌شیرین‌کن")
    product.refresh_from_db()
    assert product.sort_en == product.sort_fa != ""


def test_choosing_every_page_of_a_list_is_offered_in_the_digits_of_the_page(editor):
    sector = make.make_sector()
    for _number in range(26):
        make.make_product(sector=sector)
    page = editor.get("/admin/catalog/product/", headers={"accept-language": "fa"}).text
    assert "انتخاب هر ۲۶ مورد" in page
    assert "هر ۲۶ مورد انتخاب شده است" in page
    assert 'data-actions-icnt="25"' in page  # the script reads it
    assert "Select all 26" in editor.get("/admin/catalog/product/").text
