"""Sent to review, published, withdrawn: by whom, and what is said."""

import pytest

from catalog.models import Contract, Desk, State
from tests import factories as make

from .forms import fields_of, send


def published(record):
    return type(record)._base_manager.get(pk=record.pk).state == State.PUBLISHED


def change_url(record, step="change"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/{step}/"


def confirm(client, url, **fields):
    """Open the page about publishing at `url` and press its button; the answer, which is not followed."""
    page = client.get(url)
    return client.post(url, {"reviewed": page.context["reviewed"], **fields})


def publish_url(*records):
    return f"/admin/catalog/{records[0]._meta.model_name}/publish/?ids={','.join(str(r.pk) for r in records)}"


def test_a_writer_sends_a_draft_to_review_from_its_page(officer):
    desk = make.make_desk(state="draft", sectors=[make.make_sector()])
    page = send(officer, change_url(desk), {}, "_to_review")
    assert page.status_code == 302
    desk.refresh_from_db()
    assert desk.state == State.IN_REVIEW
    assert desk.history.first().history_user == officer.user


def test_a_writer_sends_drafts_to_review_from_the_list(officer):
    desks = [make.make_desk(state="draft"), make.make_desk(state="draft"), make.make_desk()]
    data = {"action": "send_to_review_action", "_selected_action": [desk.pk for desk in desks]}
    page = officer.post("/admin/catalog/desk/", data, follow=True)
    assert "2 records were sent to review" in page.text
    assert "only a reviewer changes it" in page.text
    assert sorted(Desk.objects.values_list("state", flat=True)) == ["in_review", "in_review", "published"]


@pytest.mark.parametrize("role", ["editor", "desk officer"])
def test_who_may_not_publish_has_no_road_to_it(staff, role):
    client, desk = staff(role), make.make_desk(state="in_review", sectors=[make.make_sector()])
    assert client.get(publish_url(desk)).status_code == 403
    assert client.post(publish_url(desk)).status_code == 403
    client.post("/admin/catalog/desk/", {"action": "publish_action", "_selected_action": [desk.pk]})
    send(client, change_url(desk), {"state": "published"}, "_publish")
    assert not published(desk)
    assert "_publish" not in client.get(change_url(desk)).text


def test_the_state_is_never_taken_from_a_form(administrator):
    desk = make.make_desk(state="draft", sectors=[make.make_sector()])
    send(administrator, change_url(desk), {"state": "published", "published_at": "2026-01-01"})
    assert not published(desk)


def test_an_administrator_publishes_in_one_step_what_needs_nothing_else(administrator):
    desk = make.make_desk(state="in_review", sectors=[make.make_sector()])
    page = send(administrator, change_url(desk), {}, "_publish")
    assert page.status_code == 302
    assert published(desk)


def test_publishing_names_what_a_record_belongs_to_and_publishes_it_too(administrator):
    product = make.make_product(state="draft", sector=make.make_sector(state="draft"))
    engagement = make.make_engagement(state="in_review", product=product)
    page = send(administrator, change_url(engagement), {}, "_publish")
    assert page.url == publish_url(engagement).replace(",", "%2C")
    assert not published(engagement)
    text = administrator.get(page.url).text
    assert str(product) in text
    assert str(product.sector) in text
    confirm(administrator, page.url)
    assert published(engagement)
    assert published(product)
    assert published(product.sector)


def test_publishing_offers_links_that_would_be_left_out(administrator):
    draft, waiting = make.make_product(state="draft"), make.make_product(state="in_review")
    desk = make.make_desk(state="in_review", products=[draft, waiting])
    contract = make.make_contract([5], state="in_review", desk=desk)
    url = publish_url(contract)
    assert f'value="desk:{desk.pk}"' in administrator.get(url).text
    confirm(administrator, url, also=[f"desk:{desk.pk}", f"product:{draft.pk}"])
    assert published(contract)
    assert published(desk)
    assert not published(draft), "a link of a link was not offered, so it is not taken from a form"
    another = make.make_desk(state="draft", products=[waiting])
    confirm(administrator, publish_url(another), also=[f"product:{waiting.pk}"])
    assert published(waiting)


def test_several_are_published_from_the_list_at_once(administrator):
    contracts = [make.make_contract([1], state="draft") for _each in range(3)]
    data = {"action": "publish_action", "_selected_action": [c.pk for c in contracts]}
    page = administrator.post("/admin/catalog/contract/", data, follow=True)
    assert page.status_code == 200
    page = confirm(administrator, page.redirect_chain[-1][0])
    assert Contract.objects.published().count() == 3
    (message,) = administrator.get(page.url).context["messages"]
    assert str(message).startswith("3 records are public now: ")
    assert all(contract.get_absolute_url() in str(message) for contract in contracts)


def edit_field(contract, client):
    contract.title_en = "Something else"
    contract.save()


def edit_row(contract, client):
    contract.lines.update(amount=7)


def add_row(contract, client):
    contract.lines.create(description_en="More", description_fa="بیشتر", amount=1)


def delete_row(contract, client):
    contract.lines.first().delete()


def edit_in_a_form(contract, client):
    assert send(client, change_url(contract), {"title_fa": "چیز دیگر"}).status_code == 302


@pytest.mark.parametrize("edit", [edit_field, edit_row, add_row, delete_row, edit_in_a_form])
def test_only_what_was_reviewed_is_published(administrator, staff, edit):
    contract = make.make_contract([100, 5], state="in_review")
    url = publish_url(contract)
    page = administrator.get(url)
    edit(contract, staff("reviewer"))
    answer = administrator.post(url, {"reviewed": page.context["reviewed"]}, follow=True)
    assert not published(contract)
    assert "was changed since you opened the page" in answer.text
    confirm(administrator, url)
    assert published(contract)


def test_what_a_publication_takes_along_was_reviewed_too(administrator):
    product = make.make_product(state="draft")
    engagement = make.make_engagement(state="in_review", product=product)
    page = administrator.get(publish_url(engagement))
    product.summary_en = "Rewritten"
    product.save()
    administrator.post(publish_url(engagement), {"reviewed": page.context["reviewed"]})
    assert not published(engagement)
    assert not published(product)
    assert administrator.post(publish_url(engagement)).status_code == 302
    assert not published(engagement), "a form without what was reviewed publishes nothing"


def test_a_company_that_would_be_published_along_is_named(administrator):
    company = make.make_company(state="draft", name_en="Hidden Works")
    product = make.make_product(state="in_review")
    make.make_engagement(state="in_review", product=product, company=company)
    assert "“Hidden Works” would be published along." in administrator.get(publish_url(product)).text


def test_a_record_that_changed_outside_its_open_form_is_saved_and_not_published(administrator):
    product = make.make_product(state="in_review")
    requirement = product.parameters.create(name_en="Head", name_fa="هد", operator="min", value="5")
    page = administrator.get(change_url(product))
    requirement.test_method = "ISO 9906"  # not among the columns of the product's page
    requirement.save()
    fields = {**fields_of(page), "name_en": "Valve", "_publish": "1"}
    answer = administrator.post(change_url(product), fields, follow=True)
    product.refresh_from_db()
    assert (product.name_en, product.state) == ("Valve", "in_review")
    assert "Somebody else changed it while you had it open" in answer.text


def test_a_form_that_does_not_say_what_it_showed_is_saved_and_not_published(administrator):
    contract = make.make_contract([100], state="in_review")
    page = administrator.get(change_url(contract))
    fields = {**fields_of(page), "_opened": "", "title_en": "Valves", "_publish": "1"}
    administrator.post(change_url(contract), fields)
    contract.refresh_from_db()
    assert (contract.title_en, contract.state) == ("Valves", "in_review")


def test_an_editors_note_does_not_keep_a_record_from_being_published(administrator):
    contract = make.make_contract([100], state="in_review")
    page = administrator.get(publish_url(contract))
    contract.note = "Seen."
    contract.save()
    administrator.post(publish_url(contract), {"reviewed": page.context["reviewed"]})
    assert published(contract)


def test_withdrawing_asks_for_the_reason_in_both_languages_and_loses_nothing(administrator):
    company = make.make_company()
    url = f"/admin/catalog/company/withdraw/?ids={company.pk}"
    page = administrator.post(url, {"reason_en": "Closed down.", "reason_fa": " "})
    assert "Write the reason in Persian" in page.text
    assert "Closed down." in page.text
    assert published(company)
    administrator.post(url, {"reason_en": "Closed down.", "reason_fa": "تعطیل شد."})
    company.refresh_from_db()
    assert (company.state, company.withdrawn_reason_fa) == (State.WITHDRAWN, "تعطیل شد.")


def test_a_writer_withdraws_nothing(officer):
    company = make.make_company()
    url = f"/admin/catalog/company/withdraw/?ids={company.pk}"
    assert officer.post(url, {"reason_en": "a", "reason_fa": "b"}).status_code == 403
    assert published(company)


@pytest.mark.parametrize("ids", ["", "abc", "0", "99999999999999999999999", "1,,x"])
def test_odd_ids_lead_back_to_the_list(administrator, ids):
    for step in ("publish", "withdraw"):
        assert administrator.get(f"/admin/catalog/desk/{step}/?ids={ids}").status_code == 302


def test_only_published_records_link_to_their_public_page(administrator):
    desk, draft = make.make_desk(), make.make_desk(state="draft")
    assert f"/en/desks/{desk.slug}/" in administrator.get(change_url(desk)).text
    assert f"/en/desks/{draft.slug}/" not in administrator.get(change_url(draft)).text


def test_the_first_page_says_what_waits(administrator, officer):
    make.make_desk(state="in_review")
    assert "Waiting for review" in administrator.get("/admin/").text
    assert "Waiting for review" not in officer.get("/admin/").text


def test_history_tells_who_changed_what_also_in_the_rows(administrator):
    contract = make.make_contract([100], state="draft")
    send(administrator, change_url(contract), {"title_en": "Valves", "lines-0-amount": "250"})
    text = administrator.get(change_url(contract, "history")).text
    assert "administrator" in text
    assert "Valves" in text
    assert "250" in text


def test_no_old_version_can_be_sent_back(administrator):
    company = make.make_company(state="draft")
    url = f"/admin/catalog/company/{company.pk}/history/{company.history.first().pk}/"
    assert administrator.post(url, {"name_en": "x"}).status_code in (302, 404)
    company.refresh_from_db()
    assert company.name_en != "x"


def test_publishing_a_contract_says_who_becomes_a_maker(administrator):
    product, maker = make.make_product(name_en="Compressor"), make.make_company(name_en="Alamutin")
    contract = make.make_contract(state="draft", currency="EUR")
    contract.lines.create(product=product, amount=5)
    contract.parties.create(role="supplier", company=maker)
    contract.parties.create(role="supplier", name_en="Printed Works")
    says = "Alamutin becomes a maker of “Compressor”."
    assert says in administrator.get(publish_url(contract)).text
    page = administrator.get(confirm(administrator, publish_url(contract)).url)
    assert says in page.text
    assert "Printed Works is only printed, so “Compressor” gets no maker by it." in page.text
    product.refresh_from_db()
    assert (product.stage, product.maker_count) == ("contracted", 1)


def test_who_moves_a_public_desk_is_told_what_the_public_reads_now(administrator):
    desk = make.make_desk(sectors=[make.make_sector()], place_en="Tehran", place_fa="تهران")

    def told(place):
        send(administrator, change_url(desk), {"place_en": place})
        page = administrator.get("/admin/catalog/desk/").text
        return "it was to be held in Tehran" in page, "no longer reads that it moved" in page

    assert told("Qom") == (True, False)
    assert told("Qom") == (False, False)
    assert told("Tehran") == (False, True)
    Desk.objects.filter(pk=desk.pk).update(state="draft", published_at=None)
    assert told("Qom") == (False, False)
