"""Who does not publish changes nothing the public sees, by no road of the admin."""

import pytest
from django.contrib import admin

from catalog.models import (
    Company,
    Contract,
    Demand,
    Desk,
    ImportRecord,
    Parameter,
    Product,
    Revision,
    Source,
)
from catalog.nouns import noun_of
from catalog.staff import roles
from tests import factories as make

from .forms import errors_of, fields_of, send
from .test_pages import LISTS_ALONE


def change_url(record, step="change"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/{step}/"


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_a_public_record_opens_to_propose_and_is_not_saved(editor, administrator, state):
    product = make.make_product(state=state)
    page = editor.get(change_url(product))
    assert "What you change is proposed" in page.text
    assert "_save" not in page.text
    form = fields_of(administrator.get(change_url(product)))
    for button in ("_save", "_continue", "_addanother", "_saveasnew", "_publish", "_to_review", "_accept"):
        editor.post(change_url(product), {**form, "name_en": "Changed", button: "1"})
        stored = type(product).objects.get()
        assert (stored.name_en, stored.state) == (product.name_en, state), button


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_a_public_record_opens_to_read_for_who_does_not_write_its_noun(officer, administrator, state):
    product = make.make_product(state=state)
    page = officer.get(change_url(product))
    assert "Ask an editor" in page.text
    assert "_propose" not in page.text
    form = fields_of(administrator.get(change_url(product)))
    assert officer.post(change_url(product), {**form, "name_en": "Changed"}).status_code == 403
    assert not Revision.objects.exists()


def test_rows_of_a_public_product_are_proposed_with_its_form(editor, administrator):
    product = make.make_product()
    rows = {
        "imports-TOTAL_FORMS": "1",
        "imports-0-year": "1404",
        "imports-0-value": "5",
        "imports-0-currency": "USD",
    }
    form = fields_of(administrator.get(change_url(product)))
    assert editor.post(change_url(product), {**form, **rows}).status_code == 302
    assert Revision.objects.get().record == product
    assert not ImportRecord.objects.exists()


def test_rows_of_a_public_product_are_proposed_from_their_own_pages(editor):
    product, buyer = make.make_product(), make.make_company()
    for noun, values in (
        ("importrecord", {"year": "1404", "value": "5", "currency": "USD"}),
        ("demand", {"buyer": buyer.pk, "year": "1405", "commitment": "named"}),
        (
            "parameter",
            {"name_en": "a", "name_fa": "ب", "operator": "min", "value": "1", "weight": "must", "order": "0"},
        ),
    ):
        sent = {"product": product.pk, **values}
        page = send(editor, f"/admin/catalog/{noun}/add/", {**sent, "_popup": "1"})
        assert "only a reviewer" in errors_of(page)["product"][0]
        assert send(editor, f"/admin/catalog/{noun}/add/", sent).status_code == 302
    assert Revision.objects.count() == 3
    assert not ImportRecord.objects.exists()
    assert not Demand.objects.exists()
    assert not Parameter.objects.exists()


def test_a_row_is_not_moved_to_a_public_product_but_proposed_there(editor):
    record = make.make_import(product=make.make_product(state="draft"))
    public = make.make_product()
    assert send(editor, change_url(record), {"product": public.pk}).status_code == 302
    assert Revision.objects.get().record == record
    record.refresh_from_db()
    assert record.product != public


def test_rows_of_a_public_product_are_neither_changed_nor_deleted(editor):
    record = make.make_import()
    send(editor, change_url(record), {"year": "1403", "value": "1"})
    assert editor.post(change_url(record, "delete"), {"post": "yes"}).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [record.pk], "post": "yes"}
    editor.post("/admin/catalog/importrecord/", data)
    assert ImportRecord.objects.filter(pk=record.pk, value=record.value).exists()


def test_a_row_in_an_open_form_that_is_public_itself_is_left_alone(editor):
    product = make.make_product(state="draft")
    engagement = make.make_engagement(product=product, stage="design")
    data = {"name_en": "Changed", "engagements-0-stage": "production", "engagements-0-DELETE": "on"}
    page = send(editor, change_url(product), data)
    assert page.status_code == 302, errors_of(page)
    engagement.refresh_from_db()
    product.refresh_from_db()
    assert (engagement.stage, product.name_en) == ("design", "Changed")


def test_a_source_is_open_until_a_public_record_names_it(editor, administrator):
    source = make.make_source()
    company = make.make_company(origin="press", source=source, state="draft")
    send(editor, change_url(source), {"publisher_en": "Daily News"})
    source.refresh_from_db()
    assert source.publisher_en == "Daily News"
    form = fields_of(editor.get(change_url(source)))
    company.publish()
    assert "What you change is proposed" in editor.get(change_url(source)).text
    editor.post(change_url(source), {**form, "publisher_en": "Evil"})
    source.refresh_from_db()
    assert source.publisher_en == "Daily News"
    send(administrator, change_url(source), {"publisher_en": "Mended Daily"})
    source.refresh_from_db()
    assert source.publisher_en == "Mended Daily"


@pytest.mark.parametrize("role", ["editor", "desk officer"])
def test_what_is_public_is_changed_by_nobody_who_may_not_publish(loaded, staff, rf, role):
    """Of every noun of the admin a record that the public sees, whatever kind of noun it is."""
    request = rf.get("/")
    request.user = staff(role).user
    cited = ImportRecord.objects.published().exclude(source=None).first().source
    make.make_office()
    make.make_call()
    make.make_question()
    make.make_holiday()
    looked_at = set()
    for model, noun_admin in admin.site._registry.items():
        if model._meta.app_label != "catalog" or model in LISTS_ALONE:
            continue
        public = cited if model is Source else noun_of(model).rows().first()
        if public is None:
            continue
        looked_at.add(model.__name__)
        assert not noun_admin.has_change_permission(request, public), public
        assert not noun_admin.has_delete_permission(request, public), public
        assert noun_admin.has_view_permission(request, public)
    registered = {model.__name__ for model in admin.site._registry if model._meta.app_label == "catalog"}
    rest = {"Document", *(model.__name__ for model in LISTS_ALONE)}
    assert registered - looked_at == rest, "there is no file among the data"


def test_a_writer_adds_drafts_that_point_to_public_records(editor):
    product, company = make.make_product(), make.make_company()
    page = send(editor, "/admin/catalog/engagement/add/", {"product": product.pk, "company": company.pk})
    assert page.status_code == 302
    assert product.engagements.get().state == "draft"


def test_what_waits_for_review_is_locked_for_its_writers(officer, administrator):
    company = make.make_company(state="in_review")
    form = fields_of(administrator.get(change_url(company)))
    assert "It is in review" in officer.get(change_url(company)).text
    assert officer.post(change_url(company), {**form, "name_en": "Better name"}).status_code == 403
    assert officer.post(change_url(company, "delete"), {"post": "yes"}).status_code == 403
    company.refresh_from_db()
    assert (company.name_en, company.state) == (form["name_en"], "in_review")


def test_writers_delete_their_own_drafts_only(officer, administrator):
    send(officer, "/admin/catalog/company/add/", {"name_en": "Mine", "name_fa": "من"})
    mine, other = Company.objects.get(), make.make_company(state="draft")
    assert officer.post(change_url(other, "delete"), {"post": "yes"}).status_code == 403
    assert officer.post(change_url(mine, "delete"), {"post": "yes"}).status_code == 302
    assert list(Company.objects.all()) == [other]


def test_what_was_published_is_not_deleted_even_by_an_administrator(administrator):
    company = make.make_company()
    page = administrator.post(change_url(company, "delete"), {"post": "yes"}, follow=True)
    assert "withdraw it instead" in page.text
    data = {"action": "delete_selected", "_selected_action": [company.pk], "post": "yes"}
    page = administrator.post("/admin/catalog/company/", data)
    assert page.status_code == 200
    assert "withdraw it instead" in page.text
    assert Company.objects.filter(pk=company.pk).exists()


@pytest.mark.parametrize("key", ["abc", "1e9", str(2**70), "۱", ""])
def test_a_key_no_page_of_ours_sends_is_answered_with_the_list(administrator, key):
    data = {"action": "delete_selected", "_selected_action": key}
    response = administrator.post("/admin/catalog/company/", data)
    assert (response.status_code, response.url) == (302, "/admin/catalog/company/")


def test_deleting_what_others_need_names_them(administrator):
    source = make.make_source()
    company = make.make_company(source=source, origin="press", state="draft")
    page = administrator.post(change_url(source, "delete"), {"post": "yes"})
    assert page.status_code == 200
    assert str(company) in page.text


def test_staff_never_make_samples(administrator):
    send(administrator, "/admin/catalog/company/add/", {"name_en": "Firm", "origin": "sample"})
    assert not Company.objects.filter(origin="sample").exists()


def test_what_an_officer_writes_is_the_ministrys(officer):
    values = {"name_en": "Firm", "origin": "press", "source": make.make_source().pk}
    send(officer, "/admin/catalog/company/add/", values)
    assert Company.objects.get().origin == "ministry"


def test_a_sample_stays_a_sample_and_is_marked(administrator):
    company = make.make_company(origin="sample", state="draft")
    assert "mark-sample" in administrator.get(change_url(company)).text
    assert "mark-sample" in administrator.get("/admin/catalog/company/").text
    send(administrator, change_url(company), {"origin": "ministry", "name_en": "Same"})
    company.refresh_from_db()
    assert (company.origin, company.name_en) == ("sample", "Same")


def test_nobody_becomes_more_than_an_administrator(administrator, django_user_model):
    url = f"/admin/auth/user/{administrator.user.pk}/change/"
    form = fields_of(administrator.get(url))
    administrator.post(url, {**form, "is_superuser": "on", "user_permissions": ["1"]})
    administrator.user.refresh_from_db()
    assert not administrator.user.is_superuser
    boss = django_user_model.objects.create_superuser("boss")
    assert administrator.post(f"/admin/auth/user/{boss.pk}/change/", {"username": "b"}).status_code == 403


def test_a_frozen_address_is_not_taken_from_a_form(administrator):
    desk = make.make_desk(sectors=[make.make_sector()])
    send(administrator, change_url(desk), {"slug": "moved"})
    assert not Desk.objects.filter(slug="moved").exists()
    contract = make.make_contract([1])
    send(administrator, change_url(contract), {"reference": "M-1"})
    assert not Contract.objects.filter(reference="M-1").exists()
    assert not Product.objects.filter(slug="moved").exists()


def test_an_account_is_closed_and_not_deleted_even_by_a_superuser(admin_client, staff, editor):
    company = make.make_company(state="draft")
    send(editor, change_url(company), {"name_en": "Renamed"})
    url = f"/admin/auth/user/{editor.user.pk}/"
    for client in (staff("administrator"), admin_client):
        assert client.post(f"{url}delete/", {"post": "yes"}).status_code == 403
        data = {"action": "delete_selected", "_selected_action": [editor.user.pk], "post": "yes"}
        client.post("/admin/auth/user/", data)
    answer = send(admin_client, f"{url}change/", {"is_active": ""})
    assert answer.status_code == 302
    assert editor.get("/admin/").status_code == 302, "a closed account is signed out"
    assert "editor" in admin_client.get(change_url(company, "history")).text


@pytest.mark.parametrize("change", [{"is_active": ""}, {"is_staff": ""}, {"groups": []}])
def test_the_last_administrator_cannot_close_the_own_account(administrator, staff, change):
    url = f"/admin/auth/user/{administrator.user.pk}/change/"
    editor = staff("editor").user
    page = send(administrator, url, change)
    (field,) = change
    assert "Nobody else is an administrator" in errors_of(page)[field][0]
    administrator.user.refresh_from_db()
    assert list(roles.administrators()) == [administrator.user]
    editor.groups.set(administrator.user.groups.all())
    assert send(administrator, url, change).status_code == 302
    assert list(roles.administrators()) == [editor]


def test_an_account_without_a_role_is_saved_with_a_word(administrator, staff):
    account = staff("editor").user
    url = f"/admin/auth/user/{account.pk}/change/"
    send(administrator, url, {"groups": []})
    assert "has no role yet" in administrator.get("/admin/").text
