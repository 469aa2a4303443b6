"""Who may not publish proposes changes of what is public; the public sees them when they are accepted."""

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType

from catalog.caching import editions
from catalog.models import Demand, ImportRecord, Office, Revision
from tests import factories as make

from .forms import errors_of, fields_of, send

LIST = "/admin/catalog/revision/"


def change_url(record, step="change"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/{step}/"


def page_of(revision):
    kind = revision.content_type.model
    page = f"{revision.record_id}/change" if revision.record_id else "add"
    return f"/admin/catalog/{kind}/{page}/?revision={revision.pk}"


@pytest.fixture
def reviewer(staff):
    return staff("reviewer")


@pytest.fixture
def product(db):
    return make.make_product(name_en="Slurry pump", name_fa="پمپ دوغاب")


@pytest.fixture
def proposed(editor, product):
    """The Revision by which an editor renames a product and adds an import to it."""
    rows = {
        "imports-TOTAL_FORMS": "1",
        "imports-0-year": "1404",
        "imports-0-value": "۵٬۰۰۰",
        "imports-0-currency": "USD",
    }
    answer = send(
        editor,
        change_url(product),
        {"name_en": "Pump for slurry", "_reason": "Its trade name.", **rows},
        "_propose",
    )
    assert (answer.status_code, answer.url) == (302, LIST)
    return Revision.objects.get()


def test_a_writer_proposes_and_the_public_sees_the_old(client, product, proposed):
    product.refresh_from_db()
    assert product.name_en == "Slurry pump"
    assert not ImportRecord.objects.exists()
    assert "Pump for slurry" not in client.get(product.get_absolute_url()).text
    assert (proposed.state, proposed.author.username, proposed.reason) == (
        "open",
        "editor",
        "Its trade name.",
    )


def test_it_is_called_as_its_record_is_in_the_language_of_the_reader(product, proposed, editor, reviewer):
    for client, address in ((reviewer, LIST), (editor, "/admin/")):
        assert "Slurry pump" in client.get(address).text
        page = client.get(address, headers={"accept-language": "fa"}).text
        assert "پمپ دوغاب" in page
        assert "slurry" not in page.lower()


def test_a_proposal_writes_no_history_and_moves_no_edition(product, editor):
    before = (product.history.count(), editions.current())
    send(editor, change_url(product), {"name_en": "Other"}, "_propose")
    assert (product.history.count(), editions.current()) == before


def test_a_reviewer_sees_what_differs_and_accepts_it(client, product, proposed, reviewer):
    page = reviewer.get(page_of(proposed))
    told = [(one.label, one.before, one.after) for one in page.context["differences"]]
    assert ("Name, in English", "Slurry pump", "Pump for slurry") in told
    assert any(after == "5,000" for _label, _before, after in told)
    assert "Its trade name." in page.text
    answer = reviewer.post(page_of(proposed), {**fields_of(page), "_accept": "1"})
    assert answer.status_code == 302, errors_of(answer)
    product.refresh_from_db()
    proposed.refresh_from_db()
    assert (product.name_en, product.imports.get().value) == ("Pump for slurry", 5000)
    assert (proposed.state, proposed.decided_by) == ("accepted", reviewer.user)
    assert "Pump for slurry" in client.get(product.get_absolute_url()).text
    assert product.history.first().history_user == reviewer.user


def test_a_reviewer_corrects_what_is_accepted(product, proposed, reviewer):
    send(reviewer, page_of(proposed), {"name_en": "Slurry pump, centrifugal"}, "_accept")
    product.refresh_from_db()
    assert product.name_en == "Slurry pump, centrifugal"


def test_it_goes_back_with_a_word_and_comes_again(product, proposed, reviewer, editor):
    page = send(reviewer, page_of(proposed), {"_comment": ""}, "_send_back")
    proposed.refresh_from_db()
    assert (page.status_code, proposed.state) == (302, "open"), "without a word it is not sent back"
    send(reviewer, page_of(proposed), {"_comment": "Which source says so?"}, "_send_back")
    proposed.refresh_from_db()
    assert (proposed.state, proposed.comment) == ("sent_back", "Which source says so?")
    assert "Which source says so?" in editor.get(page_of(proposed)).text
    assert "_accept" not in reviewer.get(page_of(proposed)).text
    send(editor, page_of(proposed), {"name_en": "Pump, slurry"}, "_propose")
    proposed.refresh_from_db()
    assert (proposed.state, proposed.proposed["name_en"]) == ("open", ["Pump, slurry"])
    assert Revision.objects.count() == 1


def test_it_is_refused_with_a_reason(product, proposed, reviewer, editor):
    send(reviewer, page_of(proposed), {"_comment": "No."}, "_refuse")
    proposed.refresh_from_db()
    product.refresh_from_db()
    assert (proposed.state, proposed.comment, product.name_en) == ("refused", "No.", "Slurry pump")
    page = editor.get(page_of(proposed))
    assert "_propose" not in page.text
    assert editor.post(page_of(proposed), {**fields_of(page), "_propose": "1"}).status_code == 403


def test_its_author_takes_it_back_mends_or_drops_it(product, proposed, reviewer, editor):
    page = editor.get(page_of(proposed))
    assert "_take_back" in page.text
    assert '"_propose"' not in page.text, "what waits for a decision is not written to"
    editor.post(page_of(proposed), {**fields_of(page), "_take_back": "1"})
    proposed.refresh_from_db()
    assert proposed.state == "taken_back"
    answer = reviewer.post(page_of(proposed), {**fields_of(page), "_accept": "1"})
    product.refresh_from_db()
    assert product.name_en == "Slurry pump", answer
    editor.post(page_of(proposed), {**fields_of(page), "_drop": "1"})
    assert not Revision.objects.exists()


def test_the_record_leads_its_author_to_what_is_under_way(product, proposed, editor, reviewer):
    assert editor.get(change_url(product)).url == page_of(proposed)
    assert page_of(proposed).replace("&", "&amp;") in reviewer.get(change_url(product)).text


def test_an_author_accepts_nothing_of_their_own(product, proposed, editor):
    page = editor.get(page_of(proposed))
    for button in ("_accept", "_save", "_send_back", "_refuse", "_publish", "_to_review", "_continue"):
        editor.post(page_of(proposed), {**fields_of(page), "_comment": "x", button: "1"})
        product.refresh_from_db()
        proposed.refresh_from_db()
        assert (product.name_en, product.state) == ("Slurry pump", "published"), button
        assert proposed.state == "open", button


def test_nobody_else_sees_it_who_does_not_decide(proposed, officer, product):
    assert officer.get(page_of(proposed)).status_code in {403, 404}
    assert "Slurry" not in officer.get(LIST).text


def test_what_moved_meanwhile_is_shown_with_what_is_proposed(product, proposed, reviewer):
    product.name_en = "Heavy slurry pump"
    product.save()
    page = reviewer.get(page_of(proposed))
    held = page.context["held"]
    assert [(one.mine, one.theirs) for one in held.asked] == [("Pump for slurry", "Heavy slurry pump")]
    reviewer.post(page_of(proposed), {**fields_of(page), "_take-name_en": "theirs", "_accept": "1"})
    product.refresh_from_db()
    assert product.name_en == "Heavy slurry pump"
    assert product.imports.count() == 1, "what only the proposal changed is taken"


@pytest.mark.parametrize("kind", ["importrecord", "demand"])
def test_a_row_is_proposed_from_its_own_page(editor, reviewer, product, kind):
    values = {
        "importrecord": {"year": "1404", "value": "5", "currency": "USD"},
        "demand": {"buyer": make.make_company().pk, "year": "1405", "commitment": "named"},
    }[kind]
    model = {"importrecord": ImportRecord, "demand": Demand}[kind]
    answer = send(editor, f"/admin/catalog/{kind}/add/", {"product": product.pk, **values})
    assert answer.url == LIST
    assert not model.objects.exists()
    revision = Revision.objects.get()
    assert revision.record_id is None
    assert "_accept" in reviewer.get(page_of(revision)).text
    send(reviewer, page_of(revision), {}, "_accept")
    assert model.objects.get().product == product
    revision.refresh_from_db()
    assert revision.state == "accepted"


def test_which_figure_counts_is_proposed_on_the_products_page(editor, reviewer, product):
    old, new = (
        make.make_import(product=product, year=1403, value=n, source=make.make_source()) for n in (5, 7)
    )
    rows = [record.value for record in product.imports.all()]
    chosen = f"imports-{rows.index(5)}-chosen"
    send(editor, change_url(product), {chosen: "on"}, "_propose")
    old.refresh_from_db()
    assert (old.chosen, old.counts) == (False, False)
    revision = Revision.objects.get()
    (difference,) = reviewer.get(page_of(revision)).context["differences"]
    assert difference.label == "Chosen for sums"
    assert str(old.source) in difference.about, "the rows of both sources are of one product and year"
    send(reviewer, page_of(revision), {}, "_accept")
    for record, counts in ((old, True), (new, False)):
        record.refresh_from_db()
        assert record.counts is counts
    both = {f"imports-{place}-chosen": "on" for place in (0, 1)}
    page = send(editor, change_url(product), both, "_propose")
    assert "One figure of a year counts in sums: choose one." in str(errors_of(page))


def test_a_row_proposed_in_a_window_of_its_own_is_refused_with_a_word(editor, product):
    values = {"product": product.pk, "year": "1404", "value": "5", "currency": "USD", "_popup": "1"}
    page = send(editor, "/admin/catalog/importrecord/add/", values)
    assert "product" in errors_of(page)
    assert not ImportRecord.objects.exists()
    assert not Revision.objects.exists()


def test_nouns_without_a_state_are_proposed_too(editor, reviewer):
    office = make.make_office(name_en="Office of pumps")
    send(editor, change_url(office), {"phone": "+98 21 1"}, "_propose")
    office.refresh_from_db()
    assert office.phone != "+98 21 1"
    send(reviewer, page_of(Revision.objects.get()), {}, "_accept")
    office.refresh_from_db()
    assert office.phone == "+98 21 1"
    send(editor, "/admin/catalog/office/add/", {"name_en": "New office", "name_fa": "دفتر نو"})
    assert Office.objects.count() == 1
    assert Revision.objects.filter(record_id=None).count() == 1


def test_a_deleted_row_is_proposed(editor, reviewer, product):
    record = make.make_import(product=product)
    send(editor, change_url(product), {"imports-0-DELETE": "on"}, "_propose")
    assert ImportRecord.objects.filter(pk=record.pk).exists()
    revision = Revision.objects.get()
    assert any(one.after == "deleted" for one in reviewer.get(page_of(revision)).context["differences"])
    send(reviewer, page_of(revision), {}, "_accept")
    assert not ImportRecord.objects.exists()


def test_what_is_wrong_is_not_proposed(editor, product):
    page = send(editor, change_url(product), {"hs_code": "12"}, "_propose")
    assert "hs_code" in errors_of(page)
    assert not Revision.objects.exists()


@pytest.mark.parametrize("number", ["0", "x", "999", str(2**70), ""])
def test_a_revision_that_is_none_is_answered_plainly(editor, product, number):
    assert editor.get(f"{change_url(product)}?revision={number}").status_code == 404


def test_a_revision_opens_on_no_other_record(reviewer, proposed):
    other = make.make_product()
    assert reviewer.get(f"{change_url(other)}?revision={proposed.pk}").status_code == 404


def test_the_own_work_is_accepted_only_while_nobody_else_can(product, proposed, editor, staff):
    editor.user.groups.set([Group.objects.get(name="reviewer")])
    boss = User.objects.create_superuser("boss")
    page = editor.get(page_of(proposed))
    assert "_accept" not in page.text
    editor.post(page_of(proposed), {**fields_of(page), "_accept": "1"})
    proposed.refresh_from_db()
    assert proposed.state == "open"
    boss.is_active = False
    boss.save()
    send(editor, page_of(proposed), {}, "_accept")
    proposed.refresh_from_db()
    assert (proposed.state, proposed.accepted_alone) == ("accepted", True)


def test_author_and_reviewer_may_read_different_languages(product, editor, reviewer):
    make.make_import(product=product, value=12_345_678, year=1403)
    make.make_demand(product=product, year=1405, quantity=1200, confirmed_on=date(2026, 3, 21))
    persian = {"headers": {"accept-language": "fa"}}
    page = editor.get(change_url(product), **persian)
    assert "۱۲٬۳۴۵٬۶۷۸" in page.text
    form = fields_of(page) | {"demands-0-quantity": "۱٬۳۰۰"}
    editor.post(change_url(product), {**form, "_propose": "1"}, **persian)
    page = reviewer.get(page_of(Revision.objects.get()))
    assert page.context["held"] is None
    told = [(one.label, one.before, one.after) for one in page.context["differences"]]
    assert told == [("Quantity", "1,200", "1,300")]
    reviewer.post(page_of(Revision.objects.get()), {**fields_of(page), "_accept": "1"})
    demand = product.demands.get()
    assert (demand.quantity, demand.confirmed_on) == (1300, date(2026, 3, 21))
    assert product.imports.get().value == 12_345_678


def test_the_first_page_says_what_waits_and_what_became_of_the_own(proposed, editor, reviewer):
    assert "Waiting for your decision" in reviewer.get("/admin/").text
    send(reviewer, page_of(proposed), {"_comment": "Why?"}, "_send_back")
    assert "Waiting for your decision" not in reviewer.get("/admin/").text
    page = editor.get("/admin/").text
    assert page_of(proposed) in page
    assert "Sent back" in page


def test_signs_that_no_database_keeps_are_left_out(editor, reviewer, product):
    make.make_import(product=product)
    sent = {"name_en": "Pu\0mp", "_reason": "A\0b", "imports-0-DELETE": "o\0n"}
    assert send(editor, change_url(product), sent, "_propose").status_code == 302
    revision = Revision.objects.get()
    assert (revision.proposed["name_en"], revision.reason) == (["Pump"], "Ab")
    send(reviewer, page_of(revision), {"_comment": "N\0o"}, "_refuse")
    revision.refresh_from_db()
    assert revision.comment == "No"


def test_only_inputs_of_the_own_form_are_proposed(officer, reviewer):
    desk = make.make_desk(origin="ministry")
    desk.sectors.add(make.make_sector())
    forged = {"origin": "press", "slug": "other", "state": "draft", "x": "y", "imports-0-year": "1404"}
    answer = send(officer, change_url(desk), {"name_en": "Pump desk", **forged}, "_propose")
    assert answer.status_code == 302, errors_of(answer)
    revision = Revision.objects.get()
    assert revision.proposed["name_en"] == ["Pump desk"]
    assert not set(forged) & set(revision.proposed)


def test_a_proposal_of_a_model_that_is_gone_is_left_out(product, proposed, editor, reviewer):
    gone = ContentType.objects.create(app_label="catalog", model="gone")
    Revision.objects.create(content_type=gone, record_id=1, title="Old", author=editor.user)
    for each in (editor, reviewer):
        assert each.get("/admin/").status_code == 200
        page = each.get(LIST)
        assert (page.status_code, "Slurry pump" in page.text, "Old" in page.text) == (200, True, False)


def test_a_proposal_for_a_record_that_is_gone_waits_no_longer(editor, reviewer):
    office = make.make_office()
    send(editor, change_url(office), {"phone": "+98 21 1"}, "_propose")
    revision = Revision.objects.get()
    office.delete()
    assert reviewer.get(page_of(revision), follow=True).status_code == 410
    revision.refresh_from_db()
    assert (revision.state, revision.comment) == ("refused", "The record was deleted.")
    assert "Waiting for your decision" not in reviewer.get("/admin/").text


def test_who_may_accept_by_a_right_of_their_own_counts(product, proposed, editor, staff):
    editor.user.groups.set([Group.objects.get(name="reviewer")])
    other = User.objects.create(username="other", is_staff=True)
    right = Permission.objects.get(codename="publish_product")
    other.user_permissions.add(right)
    assert "_accept" not in editor.get(page_of(proposed)).text


def test_the_history_says_who_proposed(product, proposed, reviewer):
    send(reviewer, page_of(proposed), {}, "_accept")
    page = reviewer.get(change_url(product, "history"))
    told = [(one.who, one.proposed_by) for one in page.context["page"]]
    assert told.count(("reviewer", "editor")) == 2, "the record and its new row"
    assert "Proposed by editor" in page.text


@pytest.mark.parametrize("state", ["published", "draft"])
def test_what_comes_with_a_proposal_is_public_with_it_unless_it_needs_more(editor, reviewer, product, state):
    company = make.make_company(state=state)
    rows = {
        "engagements-TOTAL_FORMS": "1",
        "engagements-0-company": company.pk,
        "engagements-0-stage": "named",
    }
    send(editor, change_url(product), rows, "_propose")
    send(reviewer, page_of(Revision.objects.get()), {}, "_accept")
    engagement = product.engagements.get()
    page = reviewer.get(LIST).text
    assert engagement.state == state
    assert f'href="{product.get_absolute_url()}"' in page
    leads = f"/admin/catalog/engagement/publish/?ids={engagement.pk}" in page
    assert leads == (state == "draft"), "what stays a draft is named with the way to publish it"


def test_differences_are_in_words_and_only_where_something_differs(editor, reviewer, product):
    product.imports.add(make.make_import(product=product, countries="DE"), bulk=False)
    sectors = [make.make_sector(), make.make_sector()]
    desk = make.make_desk(name_fa="میز")
    desk.sectors.set(sectors)
    persian = {"headers": {"accept-language": "fa"}}
    form = fields_of(editor.get(change_url(product), **persian))
    changes = {"imports-0-countries": "TR, CN", "target_year": "1407", "_propose": "1"}
    editor.post(change_url(product), {**form, **changes}, **persian)
    page = reviewer.get(page_of(Revision.objects.get()), **persian)
    told = [(one.before, one.after) for one in page.context["differences"]]
    assert told == [("(خالی)", "۱۴۰۷"), ("آلمان", "ترکیه، چین")]
    form = fields_of(editor.get(change_url(desk)))
    turned = {"sectors": list(reversed(form["sectors"])), "name_en": "Pump desk", "_propose": "1"}
    editor.post(change_url(desk), {**form, **turned})
    page = reviewer.get(page_of(Revision.objects.get(title="Pump desk")))
    assert [one.label for one in page.context["differences"]] == ["Name, in English"]


def test_a_reviewer_proposes_too_while_somebody_else_can_accept(product, reviewer, administrator):
    answer = send(reviewer, change_url(product), {"name_en": "Other"}, "_propose")
    assert answer.url == LIST
    product.refresh_from_db()
    assert product.name_en == "Slurry pump"
    page = reviewer.get(page_of(Revision.objects.get()))
    assert '"_accept"' not in page.text
    assert (
        reviewer.post(page_of(Revision.objects.get()), {**fields_of(page), "_accept": "1"}).status_code != 200
    )
    product.refresh_from_db()
    assert product.name_en == "Slurry pump"
    send(administrator, page_of(Revision.objects.get()), {}, "_accept")
    product.refresh_from_db()
    assert product.name_en == "Other"


def test_who_alone_can_accept_saves_at_once_and_is_recorded_so(product, administrator):
    send(administrator, change_url(product), {"name_en": "Other"})
    product.refresh_from_db()
    assert product.name_en == "Other"
    revision = Revision.objects.get()
    assert (revision.state, revision.accepted_alone, revision.author) == (
        "accepted",
        True,
        administrator.user,
    )
    send(administrator, change_url(product), {})
    assert Revision.objects.count() == 1, "nothing changed, nothing is recorded"


def test_a_form_that_says_what_is_there_proposes_nothing(editor):
    product = make.make_product()
    answer = send(editor, change_url(product), {}, "_propose")
    assert answer.url == change_url(product)
    assert "Nothing was proposed" in editor.get(answer.url).text
    assert not Revision.objects.exists()
