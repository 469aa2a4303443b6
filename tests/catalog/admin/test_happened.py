"""The page of all changes, and taking one of them back."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Company, Demand, Engagement, Party, Product, Revision, Sector
from tests import factories as make

from .forms import errors_of, fields_of, send

PAGE = "/admin/changes/"


def url_of(record, step="change"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/{step}/"


def events(client, query=""):
    return client.get(f"{PAGE}{query}").context["page"].events


def revert_url(client, query="", place=0):
    return events(client, query)[place].revert_url


@pytest.fixture
def reviewer(staff):
    return staff("reviewer")


def test_it_tells_who_changed_which_field_from_what_to_what(editor, reviewer):
    draft = make.make_company(state="draft", town_en="Arak")
    send(editor, url_of(draft), {"town_en": "Ahvaz"})
    page = reviewer.get(PAGE)
    newest = page.context["page"].events[0]
    assert (newest.who, newest.kind, newest.name) == ("editor", "Changed", str(draft))
    assert [(c.field, c.old, c.new) for c in newest.changes] == [("Town, in English", "Arak", "Ahvaz")]
    persian = reviewer.get(PAGE, headers={"accept-language": "fa"}).context["page"].events[0]
    assert [c.field for c in persian.changes] == ["شهر به انگلیسی"]
    assert url_of(draft) in page.text


def test_it_names_the_steps_towards_the_public_and_who_proposed(editor, reviewer):
    company = make.make_company(state="draft")
    company.publish()
    send(editor, url_of(company), {"public_phone": "021 2"}, button="_propose")
    revision = Revision.objects.get()
    address = f"{url_of(company)}?revision={revision.pk}"
    page = reviewer.get(address)
    reviewer.post(address, {**fields_of(page), "_accept": "1"})
    accepted, published = events(reviewer, "?noun=company")[:2]
    assert (accepted.who, accepted.proposed_by) == ("reviewer", "editor")
    assert (published.kind, published.who) == ("Published", "the program")
    assert [one.kind for one in events(reviewer, "?kind=published")] == ["Published"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?person=program", 2),
        ("?noun=company", 2),
        ("?noun=sector", 0),
        ("?kind=%2B", 1),
        ("?kind=~", 1),
        ("?since=2020-01-01&until=1500/01/01", 2),
        ("?until=2020-01-01", 0),
        ("?since=%DB%B1%DB%B5%DB%B0%DB%B0/01/01", 0),
        ("?person=abc&noun=x&kind=9&since=never&before=x", 2),
    ],
)
def test_filters(reviewer, query, found):
    company = make.make_company(state="draft")
    company.town_en = "Arak"
    company.save()
    assert len(events(reviewer, query)) == found


@pytest.mark.parametrize("same_moment", [False, True])
def test_it_is_read_page_by_page_without_gap_or_twin(reviewer, monkeypatch, same_moment):
    monkeypatch.setattr("catalog.admin.happened.CHANGES_PER_PAGE", 4)
    for _n in range(3):
        make.make_engagement()
    if same_moment:
        for model in (Sector, Product, Company, Engagement):
            model.history.update(history_date=timezone.now().replace(microsecond=0))
    whole, query = [], ""
    while True:
        page = reviewer.get(f"{PAGE}{query}").context["page"]
        whole += [(one.noun, one.name, one.kind) for one in page.events]
        if not page.older:
            break
        query = f"?before={page.older}"
    assert len(whole) == 12
    assert {noun for noun, _name, _kind in whole} == {"Sector", "Product", "Company", "Engagement"}
    assert len(set(whole)) == 12


def test_queries_do_not_grow_with_what_happened(reviewer):
    def happen():
        product, company = make.make_product(), make.make_company()
        make.make_engagement(product=product, company=company)
        make.make_demand(product=product, buyer=company)
        make.make_contract([100], desk=make.make_desk(products=[product], sectors=[product.sector]))
        company.town_en = "Arak"
        company.save()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            reviewer.get(PAGE)
        return len(queries)

    happen()
    cost()
    before = cost()
    happen()
    happen()
    assert cost() == before


def test_nobody_sees_more_than_their_nouns(staff):
    user = User.objects.create(username="nobody", is_staff=True)
    client = staff("editor")
    client.force_login(user)
    assert client.get(PAGE).status_code == 403


def test_a_change_of_a_draft_is_taken_back_at_once(editor):
    draft = make.make_company(state="draft", town_en="Arak")
    send(editor, url_of(draft), {"town_en": "Ahvaz", "founded": "1390"})
    page = editor.get(revert_url(editor))
    assert page.context["reverted"].moved is False
    assert Company.objects.get().town_en == "Ahvaz"
    editor.post(revert_url(editor), {**fields_of(page), "_save": "1"})
    company = Company.objects.get()
    assert (company.town_en, company.founded) == ("Arak", None)


def test_a_change_of_what_is_public_is_taken_back_by_a_proposal(editor, reviewer):
    company = make.make_company(public_phone="021 1")
    company.public_phone = "021 2"
    company.save()
    address = revert_url(editor)
    page = editor.get(address)
    assert page.context["reason"].startswith("Takes back what the program did on")
    assert editor.post(address, {**fields_of(page), "_propose": "1"}).status_code == 302
    assert Company.objects.get().public_phone == "021 2"
    revision = Revision.objects.get()
    assert revision.proposed["public_phone"] == ["021 1"]
    address = f"{url_of(company)}?revision={revision.pk}"
    reviewer.post(address, {**fields_of(reviewer.get(address)), "_accept": "1"})
    assert Company.objects.get().public_phone == "021 1"


def test_what_was_changed_again_since_stays_and_shows_three_values(editor):
    company = make.make_company(state="draft", town_en="Arak", founded=1380)
    company.town_en, company.founded = "Ahvaz", 1390
    company.save()
    company.town_en = "Yazd"
    company.save()
    page = editor.get(revert_url(editor, place=1))
    found = {one.label: one for one in page.context["reverted"].fields}
    town = found["Town, in English"]
    assert (town.before, town.after, town.now, town.taken) == ("Arak", "Ahvaz", "Yazd", False)
    assert "It was changed again since" in page.text
    sent = fields_of(page)
    assert (sent["town_en"], sent["founded"]) == ("Yazd", "1380")


def test_rows_come_and_go_with_the_page_of_their_record(editor):
    contract = make.make_contract([100, 200], state="draft")
    company = make.make_company(name_en="Supplier")
    party = contract.parties.create(company=company, role="supplier")
    send(editor, revert_url(editor, "?noun=party"), {})
    assert not Party.objects.exists()
    send(editor, revert_url(editor, "?noun=party&kind=-"), {})
    assert Party.objects.get().company == company
    assert Party.objects.get().role == party.role
    line = contract.lines.first()
    line.amount = 150
    line.save()
    page = send(editor, revert_url(editor, "?noun=contractline"), {})
    assert page.status_code == 302, errors_of(page)
    line.refresh_from_db()
    assert line.amount == 100


def test_links_are_taken_back(editor):
    first, second = make.make_sector(), make.make_sector()
    desk = make.make_desk(state="draft", sectors=[first])
    desk.sectors.add(second)
    send(editor, revert_url(editor, "?noun=desk"), {})
    assert list(desk.sectors.all()) == [first]


def test_a_deleted_draft_keeps_its_history_and_comes_back(editor):
    make.make_sector()
    draft = make.make_company(state="draft", name_en="Gone", slug="gone", town_en="Arak")
    Demand.objects.create(product=make.make_product(state="draft"), buyer=draft).delete()
    address = url_of(draft, "history")
    gone = url_of(draft)
    draft.delete()
    page = editor.get(address)
    assert page.status_code == 200
    assert "Deleted" in page.text
    assert "Gone" in page.text
    assert address in editor.get(gone).text
    again = send(editor, revert_url(editor, "?noun=company&kind=-"), {})
    assert again.status_code == 302, errors_of(again)
    company = Company.objects.get()
    assert (company.slug, company.town_en, company.state) == ("gone", "Arak", "draft")


def test_only_entries_of_the_record_itself_are_taken_back_on_its_page(editor):
    one, other = make.make_company(state="draft"), make.make_company(state="draft")
    key = other.history.first().pk
    for text in (f"company.{key}", "company.99999", "user.1", "x", "company.abc", "party.1"):
        assert editor.get(f"{url_of(one)}?_revert={text}").status_code == 404, text


def test_who_may_not_change_the_record_takes_nothing_back(officer):
    product = make.make_product()
    product.unit = "kg"
    product.save()
    address = revert_url(officer, "?noun=product")
    assert officer.get(address).status_code == 403
    assert Product.objects.get().unit == "kg"


def test_a_save_that_changes_nothing_is_no_event(editor):
    draft = make.make_company(state="draft")
    before = len(events(editor))
    send(editor, url_of(draft), {})
    assert len(events(editor)) == before


def test_it_is_linked_from_the_first_page_and_each_history(editor):
    draft = make.make_company(state="draft")
    for address in ("/admin/", url_of(draft, "history")):
        assert re.search(r'href="/admin/changes/"', editor.get(address).text), address
