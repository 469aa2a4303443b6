"""A file that was chosen need not be chosen again where something else of its form has to be mended."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.admin import stash
from catalog.models import Document, Revision
from tests import factories as make

from .forms import errors_of, fields_of

ADD = "/admin/catalog/document/add/"
PDF = b"%PDF-1.4 of the buyer"


@pytest.fixture(autouse=True)
def empty_stash(settings):
    """Each test has a stash of its own."""
    settings.STORAGES = {**settings.STORAGES}


@pytest.fixture
def product(db):
    return make.make_product(state="draft")


def pdf(content=PDF, name="spec.pdf"):
    return SimpleUploadedFile(name, content)


def filled(client, product, **changes):
    titles = {"title_en": "Specification", "title_fa": "مشخصات فنی", "product": product.pk}
    return {**fields_of(client.get(ADD)), **titles, "_save": "1", **changes}


def chosen(response):
    """What the page says of the file that was chosen: the StashedFile, or None."""
    return response.context["adminform"].form.fields["file"].widget.chosen


def again(response, **changes):
    """What a browser sends of a form that came back."""
    return {**fields_of(response), "file-chosen": chosen(response).text, "_save": "1", **changes}


def stashed(client):
    folder = f"{stash.FILES}/{client.user.pk}"
    return storages["stash"].listdir(folder)[1] if storages["stash"].exists(folder) else []


def stored():
    with Document.objects.get().file.open() as file:
        return file.read()


def test_it_is_taken_with_the_mended_form_and_erased(officer, product, django_capture_on_commit_callbacks):
    form = officer.post(
        ADD, filled(officer, product, title_en="", title_fa="", file=pdf(PDF + b"x" * 1_200_000))
    )
    assert list(errors_of(form)) == ["title_en"]
    text = " ".join(form.content.decode().split())
    assert 'Chosen: <bdi>spec.pdf</bdi> <span class="quiet">1.2 MB</span>' in text

    form = officer.post(ADD, again(form, title_fa=""))
    assert list(errors_of(form)) == ["title_en"]
    with django_capture_on_commit_callbacks(execute=True):
        done = officer.post(ADD, again(form, title_en="Specification", title_fa="مشخصات"))
    assert done.status_code == 302
    assert stored().startswith(PDF)
    assert Document.objects.get().file.name.endswith(".pdf")
    assert not stashed(officer)


def test_another_takes_its_place(officer, product):
    form = officer.post(ADD, filled(officer, product, title_en="", title_fa="", file=pdf()))
    sent = again(form, title_en="Specification", file=pdf(b"%PDF-1.4 of the maker"))
    assert officer.post(ADD, sent).status_code == 302
    assert stored() == b"%PDF-1.4 of the maker"


def test_it_may_be_left_out_after_all(officer, product):
    form = officer.post(ADD, filled(officer, product, title_en="", title_fa="", file=pdf()))
    done = officer.post(ADD, again(form, title_en="Specification", **{"file-left-out": "on"}))
    assert done.status_code == 302
    assert not Document.objects.get().file


def test_a_file_that_is_wrong_itself_is_not_kept(officer, product):
    form = officer.post(ADD, filled(officer, product, title_en="", title_fa="", file=pdf(b"<html>")))
    assert errors_of(form).keys() == {"title_en", "file"}
    assert chosen(form) is None
    assert not stashed(officer)


def test_somebody_else_does_not_get_it_by_its_token(officer, editor, product):
    form = officer.post(ADD, filled(officer, product, title_en="", title_fa="", file=pdf()))
    theirs = editor.post(ADD, filled(editor, product, **{"file-chosen": chosen(form).text}))
    assert errors_of(theirs) == {"file": ["The file that you had chosen is kept no longer: choose it again."]}
    assert not Document.objects.exists()


@pytest.mark.parametrize("text", ["x", ":", "../../secret_key:spec.pdf", "0" * 32 + ":spec.pdf"])
def test_a_made_up_token_is_told(officer, product, text):
    form = officer.post(ADD, filled(officer, product, **{"file-chosen": text}))
    assert list(errors_of(form)) == ["file"]


@pytest.mark.parametrize("name", ["spec.exe", "spec", "a/../../b.html"])
def test_its_name_is_asked_again_whatever_the_page_sends(officer, product, name):
    form = officer.post(ADD, filled(officer, product, title_en="", title_fa="", file=pdf()))
    token = chosen(form).token
    sent = again(form, title_en="Specification", **{"file-chosen": f"{token}:{name}"})
    assert list(errors_of(officer.post(ADD, sent))) == ["file"]


def test_after_an_hour_it_is_asked_for_again_and_nothing_is_saved_without_it(officer, product, monkeypatch):
    form = officer.post(ADD, filled(officer, product, title_en="", title_fa="", file=pdf()))
    monkeypatch.setattr(stash, "STASH_KEPT_FOR", timedelta(0))
    late = officer.post(ADD, again(form, title_en="Specification"))
    assert list(errors_of(late)) == ["file"]
    assert not Document.objects.exists()


def test_it_replaces_the_stored_file_of_a_record(officer, product):
    officer.post(ADD, filled(officer, product, file=pdf()))
    url = reverse("admin:catalog_document_change", args=[Document.objects.get().pk])
    sent = {
        **fields_of(officer.get(url)),
        "title_en": "",
        "title_fa": "",
        "file": pdf(b"%PDF-2.0 new"),
        "_save": "1",
    }
    form = officer.post(url, sent)
    assert officer.post(url, again(form, title_en="Specification")).status_code == 302
    assert stored() == b"%PDF-2.0 new"


def row_of(number, **cells):
    row = {"kind": "drawing", "title_en": "Drawing", "title_fa": "نقشه", "access": "on_request", **cells}
    return {f"documents-{number}-{name}": value for name, value in row.items()}


def test_the_file_of_a_row_is_kept_too(editor, product):
    url = reverse("admin:catalog_product_change", args=[product.pk])
    rows = {**row_of(0, file=pdf()), "documents-TOTAL_FORMS": "1"}
    form = editor.post(
        url, {**fields_of(editor.get(url)), **rows, "name_en": "", "name_fa": "", "_save": "1"}
    )
    assert list(errors_of(form)) == ["name_en"]
    (row,) = (
        formset for formset in form.context["inline_admin_formsets"] if formset.formset.model is Document
    )
    text = row.formset.forms[0].fields["file"].widget.chosen.text
    mended = {**fields_of(form), "documents-0-file-chosen": text, "name_en": "Pump", "_save": "1"}
    assert editor.post(url, mended).status_code == 302
    assert stored() == PDF


def test_a_save_that_is_held_back_keeps_each_file_with_its_row(editor, administrator, product):
    url = reverse("admin:catalog_product_change", args=[product.pk])
    mine = fields_of(editor.get(url))
    theirs = {**row_of(0, title_en="Theirs"), "documents-TOTAL_FORMS": "1", "_save": "1"}
    assert administrator.post(url, {**fields_of(administrator.get(url)), **theirs}).status_code == 302

    rows = {**row_of(0, title_en="Mine", file=pdf()), "documents-TOTAL_FORMS": "1"}
    held = editor.post(url, {**mine, **rows, "_save": "1"})
    assert held.context["held"]
    (inline,) = (each for each in held.context["inline_admin_formsets"] if each.formset.model is Document)
    names = {row["title_en"].value(): row.fields["file"].widget.chosen for row in inline.formset.forms}
    assert names["Theirs"] is None
    token = {"documents-1-file-chosen": names["Mine"].text}
    assert editor.post(url, {**fields_of(held), **token, "_save": "1"}).status_code == 302
    assert {(each.title_en, bool(each.file)) for each in Document.objects.all()} == {
        ("Theirs", False),
        ("Mine", True),
    }


def test_a_file_that_was_chosen_for_a_draft_is_proposed_once_it_is_public(editor, product):
    url = reverse("admin:catalog_product_change", args=[product.pk])
    rows = {**row_of(0, file=pdf()), "documents-TOTAL_FORMS": "1"}
    form = editor.post(
        url, {**fields_of(editor.get(url)), **rows, "name_en": "", "name_fa": "", "_save": "1"}
    )
    token = {"documents-0-file-chosen": f"{stashed(editor)[0]}:spec.pdf"}
    type(product).objects.filter(pk=product.pk).update(state="published")
    sent = {**fields_of(form), **token, "name_en": "Pump", "name_fa": "پمپ", "_propose": "1"}
    held = editor.post(url, sent)  # its address is fixed by now
    answer = editor.post(url, {**fields_of(held), **token, "_propose": "1"})
    assert answer.status_code == 302
    (text,) = Revision.objects.get().proposed["documents-0-file-chosen"]
    assert text.endswith(":spec.pdf")
    assert text not in token.values(), "it lies with the proposal now"


def test_an_account_keeps_its_last_twenty(officer, product):
    for _number in range(stash.MOST_STASHED[stash.FILES] + 2):
        stash.put(stash.FILES, officer.user.pk, pdf())
    assert len(stashed(officer)) == stash.MOST_STASHED[stash.FILES]
