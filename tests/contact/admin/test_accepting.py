"""An accepted claim becomes a draft or a proposal, for review as any other; nothing personal goes along."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry

from catalog.models import Company, Demand, Engagement, IdleUnit, Product, Revision
from catalog.staff import merging
from contact.models import Enquiry, Keeper
from tests import factories as make
from tests.catalog.admin.conftest import staff  # noqa: F401, a fixture
from tests.catalog.admin.forms import send

from .test_enquiries import fresh, officer, page_of, take  # noqa: F401, a fixture

SECRETS = ("Parvaneh", "Najafi", "parvaneh@", "0912000")


def claim(role, products=(), **values):
    sender = {"name": "Parvaneh Najafi", "email": "parvaneh@najafi.example", "phone": "0912000"}
    return make.make_enquiry(products=products, kind="claim", role=role, **{**sender, **values})


def accept(client, enquiry, way="", **values):
    address = page_of(enquiry, "accept") + (f"?as={way}" if way else "")
    page = client.get(address)
    return client.post(address, {"seen": page.context["seen"], **values})


@pytest.fixture
def product():
    return make.make_product(name_en="Slurry pump")


def publish(client, record):
    """As the page of a step would do it."""
    address = f"/admin/catalog/{record._meta.model_name}/publish/?ids={record.pk}"
    page = client.get(address)
    return client.post(address, {"reviewed": page.context["reviewed"]})


def test_we_make_this_becomes_a_maker_when_a_reviewer_publishes_it(officer, staff, product):  # noqa: F811
    enquiry = claim("makes", [product])
    given = {"products": [product.pk], "name_en": "Alpha Works", "name_fa": "آلفا", "stage": "production"}
    answer = accept(officer, enquiry, **given)
    assert answer.status_code == 302
    work = Engagement.objects.get()
    assert (work.state, work.origin, work.stage) == ("in_review", "company", "production")
    assert enquiry.reference in work.evidence_en
    assert enquiry.reference in work.evidence_fa
    assert Company.objects.get().state == "in_review"
    assert Product.objects.get(pk=product.pk).stage == "open"
    assert fresh(enquiry).state == "accepted"
    publish(staff("reviewer"), work)
    assert (fresh(work).state, Company.objects.get().state) == ("published", "published")
    assert Product.objects.get(pk=product.pk).stage == "production"
    page = officer.get(page_of(enquiry)).text
    assert "What it became" in page
    assert "rec-published" in page


def test_a_plan_becomes_a_design_of_the_company_on_record(officer, product):  # noqa: F811
    company = make.make_company()
    enquiry = claim("could_make", [product], months=9)
    page = officer.get(page_of(enquiry, "accept"))
    stage = page.context["form"].fields["stage"].initial
    accept(officer, enquiry, products=[product.pk], company=company.pk, stage=stage, capacity="۱٬۲۰۰")
    work = Engagement.objects.get()
    assert (work.company, work.stage, work.capacity) == (company, "design", 1200)


def test_a_buyer_becomes_a_proposed_demand_that_a_reviewer_accepts(officer, staff, product):  # noqa: F811
    company, enquiry = make.make_company(), claim("buys", [product])
    given = {"products": [product.pk], "company": company.pk, "commitment": "indicative", "year": "1406"}
    accept(officer, enquiry, **given, quantity="40")
    assert not Demand.objects.exists()
    revision = Revision.objects.get(kind="change")
    assert enquiry.reference in revision.reason
    address = f"/admin/catalog/demand/add/?revision={revision.pk}"
    assert send(staff("reviewer"), address, {}, "_accept").status_code == 302
    demand = Demand.objects.get()
    assert (demand.buyer, demand.year, demand.quantity, demand.origin) == (company, 1406, 40, "company")
    assert "rec-accepted" in officer.get(page_of(enquiry)).text


def test_a_plant_is_proposed_to_name_the_product(staff, product):  # noqa: F811
    editor, reviewer = staff("administrator"), staff("reviewer")
    other, unit = make.make_product(), make.make_unit()
    unit.products.set([other])
    enquiry = claim("plant_could", [product], unit=unit)
    accept(editor, enquiry, products=[product.pk], unit=unit.pk)
    assert list(unit.products.all()) == [other]
    revision = Revision.objects.get()
    address = f"/admin/catalog/idleunit/{unit.pk}/change/?revision={revision.pk}"
    assert send(reviewer, address, {}, "_accept").status_code == 302
    assert set(IdleUnit.objects.get().products.all()) == {other, product}


def test_an_account_that_does_not_change_units_is_told_and_nothing_is_accepted(officer, product):  # noqa: F811
    unit = make.make_unit()
    enquiry = claim("plant_could", [product], unit=unit)
    page = accept(officer, enquiry, products=[product.pk], unit=unit.pk)
    assert "give the enquiry to one that does" in page.text
    assert fresh(enquiry).state == "received"
    assert not Revision.objects.exists()


def test_a_wrong_record_is_accepted_with_its_correction_and_not_before(staff, product):  # noqa: F811
    reviewer, other = staff("reviewer"), staff("administrator")
    enquiry, foreign = claim("wrong", [product]), claim("wrong", [make.make_product()])
    page = accept(reviewer, enquiry, record="0")["Location"]
    assert f"By the company, reference {enquiry.reference}</textarea>" in reviewer.get(page).text
    for address in (page, page.replace(f"claim={enquiry.pk}", f"claim={foreign.pk}")):
        send(reviewer, address, {})
        assert (fresh(enquiry).state, fresh(foreign).state) == ("received", "received")
    send(reviewer, page, {"name_en": "Sludge pump"})
    revision = Revision.objects.get()
    assert fresh(enquiry).state == "accepted"
    assert (enquiry.became.get().record, enquiry.became.get().revision) == (product, revision)
    again = claim("wrong", [product])
    page = accept(reviewer, again, record="0")["Location"]
    begun = reviewer.get(page)["Location"]
    take(other, again, "spam")
    assert "is “Spam”" in send(reviewer, begun, {"name_en": "Mud pump"}, follow=True).text
    assert (fresh(again).state, Revision.objects.get().proposed["name_en"]) == ("spam", ["Mud pump"])


def test_whoever_cannot_correct_a_record_is_told_before(officer, staff):  # noqa: F811
    unit = make.make_unit()
    enquiry = claim("wrong", unit=unit)
    assert "give the enquiry to one that does" in accept(officer, enquiry, record="0").text
    draft = claim("wrong", unit=make.make_unit(state="draft"))
    editor = staff("administrator")
    page = accept(editor, draft, record="0")["Location"]
    send(editor, page, {"name_en": "Old mill"})
    assert (fresh(draft).state, draft.became.get().revision) == ("accepted", None)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Choose a company on record, or write the name of a new one."),
        ({"name_en": "Alpha", "company": "{company}"}, "not both"),
        ({"name_fa": "آلفا"}, "Write the name in English too."),
        ({"company": "{sample}"}, "is a sample"),
        ({"company": "9" * 30}, "Select a valid choice"),
        ({"company": "x\0"}, "Null characters are not allowed"),
        ({"company": "{company}", "products": ["abc"]}, "is not a valid value"),
        ({"company": "{company}", "products": []}, "This field is required"),
        ({"company": "{company}", "stage": "sold"}, "Select a valid choice"),
        ({"company": "{company}", "capacity": "9" * 40}, "less than or equal to"),
    ],
)
def test_what_cannot_be_accepted_comes_back_and_nothing_is_made(officer, product, given, words):  # noqa: F811
    keys = {"{company}": make.make_company().pk, "{sample}": make.make_company(origin="sample").pk}
    enquiry = claim("makes", [product])
    sent = {
        name: keys.get(value, value) if isinstance(value, str) else value for name, value in given.items()
    }
    page = accept(officer, enquiry, **{"products": [product.pk], "stage": "testing", **sent})
    assert words in page.text
    assert fresh(enquiry).state == "received"
    assert (Engagement.objects.count(), Company.objects.count(), LogEntry.objects.count()) == (0, 2, 0)


def test_a_sample_product_and_work_on_record_already_are_refused(officer, product):  # noqa: F811
    work = make.make_engagement(product=product)
    enquiry = claim("makes", [product])
    page = accept(officer, enquiry, products=[product.pk], company=work.company.pk, stage="testing")
    assert "already recorded" in page.text
    sample = make.make_product(origin="sample")
    other = claim("makes", [sample])
    page = accept(officer, other, products=[sample.pk], company=work.company.pk, stage="testing")
    assert "is a sample" in page.text
    assert {fresh(enquiry).state, fresh(other).state} == {"received"}


def test_two_officers_accept_once(officer, staff, product):  # noqa: F811
    enquiry, company = claim("makes", [product]), make.make_company()
    seen = officer.get(page_of(enquiry, "accept")).context["seen"]
    take(staff("reviewer"), enquiry, "note", text="I call them.")
    sent = {"products": [product.pk], "company": company.pk, "stage": "testing", "seen": seen}
    assert "meanwhile" in officer.post(page_of(enquiry, "accept"), sent).text
    assert not Engagement.objects.exists()
    del sent["seen"]
    accept(officer, enquiry, **sent)
    assert Engagement.objects.count() == 1
    assert "can no longer be accepted" in officer.get(page_of(enquiry, "accept"), follow=True).text


def test_a_question_is_not_accepted(officer):  # noqa: F811
    enquiry = make.make_enquiry()
    assert page_of(enquiry, "accept") not in officer.get(page_of(enquiry)).text
    officer.post(page_of(enquiry, "accept"), {"seen": ""})
    assert fresh(enquiry).state == "received"


def test_nothing_of_the_sender_goes_into_the_catalogue_or_the_log(officer, staff, product):  # noqa: F811
    """What was done with two claims, read from every table but those of `contact` and the outbox."""
    first = claim("makes", [product], organization="Najafi Works", text="Parvaneh Najafi makes it")
    take(officer, first, "ask_back", text="Dear Parvaneh Najafi, send a photo.")
    take(officer, first, "note", text="Parvaneh Najafi called from 0912000.")
    take(officer, first, "assign", to=officer.user.pk)
    take(officer, first, "answer", text="Dear Parvaneh Najafi, thanks.")
    given = {"products": [product.pk], "name_en": "Alpha", "name_fa": "آلفا", "stage": "testing"}
    accept(officer, first, **given, text_en="Dear Parvaneh", text_fa="پروانه")
    second = claim("buys", [product])
    accept(officer, second, products=[product.pk], company=Company.objects.get().pk, commitment="named")
    found = []
    for model in apps.get_models():
        if model._meta.app_label == "contact" or model.__name__ in {"Outbox", "Session", "StaffSession"}:
            continue
        for row in model._base_manager.values():
            found += [(model.__name__, secret) for secret in SECRETS if secret in str(row)]
    assert found == []
    assert LogEntry.objects.filter(object_repr=first.reference).count() == 5


def test_a_keeper_is_named_with_proof_and_goes_with_the_enquiry(officer, product):  # noqa: F811
    company = make.make_company(website="https://www.najafi.example/")
    enquiry = claim("makes", [product])
    address = page_of(enquiry, "keeper")
    assert "Only who sent an accepted claim" in officer.get(address, follow=True).text
    accept(officer, enquiry, products=[product.pk], company=company.pk, stage="testing")
    form = officer.get(address).context["form"]
    assert form.fields["company"].initial == company.pk
    sent = {"company": company.pk, "proof": "domain"}
    assert "without proof nobody is named" in officer.post(address, sent).text
    sent["proof_details"] = "najafi.example, of the register"
    other = make.make_company(website="https://other.example")
    assert "not of the domain" in officer.post(address, {**sent, "company": other.pk}).text
    sample = make.make_company(origin="sample", website="https://najafi.example")
    assert "A sample has no keeper" in officer.post(address, {**sent, "company": sample.pk}).text
    assert not Keeper.objects.exists()
    assert officer.post(address, sent).status_code == 302
    keeper = Keeper.objects.get()
    assert (keeper.company, keeper.email, keeper.checked_by) == (company, enquiry.email, officer.user)
    assert "speaks for it already" in officer.post(address, sent).text
    assert str(company) in officer.get("/admin/contact/keeper/").text
    officer.post("/admin/contact/keeper/", {"action": "end_action", "_selected_action": [keeper.pk]})
    assert Keeper.objects.get().ended_at is not None
    Enquiry.objects.all().delete()
    assert not Keeper.objects.exists()


def test_merged_companies_keep_their_enquiries_and_their_keeper(db):
    kept, gone = make.make_company(), make.make_company()
    enquiry = claim("makes", [make.make_product()], company=gone)
    speaks = {"email": "a@example.org", "proof": "call_back", "language": "en"}
    keeper = Keeper.objects.create(enquiry=enquiry, company=gone, **speaks)
    merging.carry_out(kept, gone)
    assert (fresh(enquiry).company, fresh(keeper).company) == (kept, kept)
