"""Accounts that are limited to sectors, provinces and offices: chosen by administrators, said, and kept
to."""

import pytest
from django.contrib.auth.models import Group, User

from catalog.models import Engagement, Revision, Scope
from tests import factories as make

from .forms import errors_of, fields_of, send

PERSIAN = {"accept-language": "fa"}


def change_url(record, step="change"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/{step}/"


@pytest.fixture
def sectors(db):
    return make.make_sector(name_en="Pumps", name_fa="پمپ‌ها"), make.make_sector()


def limit(client, *sectors, provinces="", offices=()):
    scope, _made = Scope.objects.get_or_create(user=client.user)
    scope.sectors.set(sectors)
    scope.offices.set(offices)
    Scope.objects.update(provinces=provinces)


def test_an_administrator_chooses_them_and_the_list_shows_them(administrator, editor, sectors):
    office = make.make_office(name_en="Office of pumps")
    url = f"/admin/auth/user/{editor.user.pk}/change/"
    chosen = {
        "limit_sectors": [sectors[0].pk],
        "limit_provinces": ["yazd", "qom"],
        "limit_offices": [office.pk],
    }
    assert send(administrator, url, chosen).status_code == 302
    tags = {("sector", sectors[0].pk), ("province", "yazd"), ("province", "qom"), ("office", office.pk)}
    assert Scope.objects.get(user=editor.user).tags == tags
    text = administrator.get("/admin/auth/user/").text
    assert all(name in text for name in ("Pumps", "Yazd", "Office of pumps"))
    form = fields_of(administrator.get(url))
    assert (form["limit_sectors"], form["limit_offices"]) == ([str(sectors[0].pk)], [str(office.pk)])
    send(administrator, url, {"limit_sectors": [], "limit_provinces": [], "limit_offices": []})
    assert not Scope.objects.exists()


def test_a_new_account_is_limited_from_its_first_day(administrator, sectors):
    people = {"username": "new", "password1": "a-long-one-17", "password2": "a-long-one-17"}
    values = {**people, "usable_password": "true", "is_staff": "on", "limit_sectors": [sectors[0].pk]}
    answer = send(administrator, "/admin/auth/user/add/", values)
    assert answer.status_code == 302, errors_of(answer)
    assert Scope.objects.get(user__username="new").tags == {("sector", sectors[0].pk)}


@pytest.mark.parametrize("field", [{"limit_sectors": ["99999"]}, {"limit_provinces": ["atlantis"]}])
def test_what_is_none_is_refused(administrator, editor, field):
    page = send(administrator, f"/admin/auth/user/{editor.user.pk}/change/", field)
    assert list(errors_of(page)) == list(field)
    assert not Scope.objects.exists()


def test_the_page_says_what_one_may_do(editor, staff, officer, administrator, sectors):
    limit(editor, sectors[0])
    page = editor.get("/admin/what-i-may-do/", headers=PERSIAN)
    assert page.context["limits"] == ["پمپ‌ها"]
    page = editor.get("/admin/what-i-may-do/")
    assert "Pumps" in page.text
    rows = {row.noun: row for row in page.context["rows"]}
    assert "proposes changes" in rows["Products"].writes
    assert (rows["Products"].decides, rows["Sources"].writes, rows["Sources"].reads) == ("", "", "Yes")
    assert "you may not read them" in page.text
    assert "/admin/what-i-may-do/" in editor.get("/admin/").text
    assert {row.decides for row in officer.get("/admin/what-i-may-do/").context["rows"]} == {""}
    rows = {row.noun: row for row in staff("reviewer").get("/admin/what-i-may-do/").context["rows"]}
    assert rows["Products"].decides == "on the work of others"
    assert {row.reads for row in rows.values()} == {"Yes"}
    page = administrator.get("/admin/what-i-may-do/")
    assert page.context["keeps_accounts"]
    assert page.context["limits"] == []


def test_whoever_is_out_of_scope_is_told_why(editor, sectors):
    limit(editor, sectors[0])
    foreign = make.make_product(sector=sectors[1])
    text = editor.get(change_url(foreign)).text
    assert "not in the sectors, provinces and offices of your account" in text
    assert "_propose" not in text
    page = send(
        editor, "/admin/catalog/product/add/", {"name_en": "A", "name_fa": "آ", "sector": sectors[1].pk}
    )
    assert "Your account changes what belongs to Pumps alone." in errors_of(page)["sector"]


def test_rows_of_another_scope_are_neither_added_nor_changed_on_an_own_page(editor, sectors):
    limit(editor, sectors[0])
    company = make.make_company(state="draft", sector=sectors[0])
    foreign = make.make_product(sector=sectors[1])
    theirs = make.make_engagement(company=company, product=foreign, state="published", stage="design")
    hidden = make.make_engagement(
        company=company, product=make.make_product(sector=sectors[1]), state="draft"
    )
    page = editor.get(change_url(company))
    (rows,) = (
        each.formset for each in page.context["inline_admin_formsets"] if each.formset.model is Engagement
    )
    assert [row.instance for row in rows.initial_forms] == [theirs]
    assert str(hidden.product) not in page.text
    changed = send(editor, change_url(company), {"engagements-0-stage": "production"})
    assert changed.status_code == 302, errors_of(changed)
    theirs.refresh_from_db()
    assert theirs.stage == "design"
    other = make.make_product(sector=sectors[1])
    added = {
        "engagements-TOTAL_FORMS": "2",
        "engagements-1-product": other.pk,
        "engagements-1-stage": "named",
    }
    assert "engagements-1-product" in errors_of(send(editor, change_url(company), added))
    assert company.engagements.count() == 2


@pytest.mark.parametrize("reaches", [True, False])
def test_others_decide_only_where_their_scope_reaches(staff, sectors, reaches):
    reviewer = staff("reviewer")
    product = make.make_product(sector=sectors[0])
    other = User.objects.create(username="other", is_staff=True)
    other.groups.set([Group.objects.get(name="reviewer")])
    scope = Scope.objects.create(user=other)
    scope.sectors.set([sectors[0] if reaches else sectors[1]])
    send(reviewer, change_url(product), {"name_en": "Renamed"}, "_propose" if reaches else "_save")
    product.refresh_from_db()
    assert (product.name_en == "Renamed") == (not reaches)
    revision = Revision.objects.get()
    assert (revision.state, revision.accepted_alone) == (("open", False) if reaches else ("accepted", True))


def test_the_first_page_counts_what_is_in_scope(staff, sectors):
    reviewer = staff("reviewer")
    limit(reviewer, sectors[0])
    make.make_product(state="in_review", sector=sectors[1])
    assert "Waiting for review" not in reviewer.get("/admin/").text
    make.make_product(state="in_review", sector=sectors[0])
    assert "Waiting for review" in reviewer.get("/admin/").text


def test_publishing_takes_nothing_along_from_another_scope(staff, sectors):
    reviewer = staff("reviewer")
    limit(reviewer, provinces="yazd")
    unit = make.make_unit(state="in_review", sector=make.make_sector(state="draft"), province="yazd")
    url = f"/admin/catalog/idleunit/publish/?ids={unit.pk}"
    assert reviewer.get(url).status_code == 403
    assert reviewer.post(url).status_code == 403
    unit.refresh_from_db()
    assert unit.state == "in_review"
