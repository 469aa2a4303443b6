"""The inbox and the page of one enquiry: what they show, and what their buttons do."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.utils import timezone

from catalog.admin.columns import isolated_file_name
from catalog.models import Outbox, Scope
from catalog.staff import mail
from contact import inbox
from contact.models import Proof
from tests import factories as make
from tests.catalog.admin.conftest import staff  # noqa: F401, a fixture

LIST = "/admin/contact/enquiry/"


def page_of(enquiry, step="change"):
    return f"{LIST}{enquiry.pk}/{step}/"


@pytest.fixture
def officer(staff):  # noqa: F811
    return staff("desk officer")


def take(client, enquiry, name, **values):
    seen = client.get(page_of(enquiry)).context["seen"]
    return client.post(page_of(enquiry), {"step": name, "seen": seen, **values})


def fresh(enquiry):
    return type(enquiry).objects.get(pk=enquiry.pk)


def test_the_inbox_has_who_waits_longest_first_and_what_is_closed_last(officer):
    now = timezone.now()
    days = {"answered": 30, "received": 2, "asked_back": 40}
    for state, ago in days.items():
        make.make_enquiry(reference=state, state=state, received_at=now - timedelta(days=ago))
    make.make_enquiry(reference="late", received_at=now - timedelta(days=20))
    text = officer.get(LIST).text
    order = sorted(("late", "received", "asked_back", "answered"), key=lambda name: text.index(f">{name}<"))
    assert order == ["late", "received", "asked_back", "answered"]
    late = officer.get(f"{LIST}?waits=late").text
    assert (">late<" in late, ">received<" in late) == (True, False)
    home = officer.get("/admin/").text
    assert "Enquiries of visitors" in home
    assert f"{LIST}?waits=late" in home


def test_the_filters_of_the_inbox_name_whom_it_waits_for_and_the_administrators(officer):
    make.make_enquiry(office=make.make_office())
    make.make_enquiry()
    page = " ".join(officer.get(LIST).text.split())
    assert "By whom it waits for" in page
    assert '?office__isnull=True">administrators</a>' in page


def test_the_inbox_is_searched_by_reference_and_product(officer):
    product = make.make_product(name_en="Slurry pump")
    make.make_enquiry(reference="Q-A", products=[product])
    make.make_enquiry(reference="Q-B")
    found = officer.get(f"{LIST}?q=slurry").text
    assert ("Q-A" in found, "Q-B" in found) == (True, False)
    assert "Q-B" in officer.get(f"{LIST}?q=Q-B").text


def test_how_many_queries_the_inbox_takes_does_not_grow(officer, django_assert_max_num_queries):
    for _number in range(8):
        make.make_enquiry(products=[make.make_product()], office=make.make_office())
    officer.get(LIST)
    with django_assert_max_num_queries(22):
        officer.get(LIST)


def test_working_days_leave_out_weekends_closed_days_and_pauses(db):
    saturday = timezone.make_aware(timezone.datetime(2026, 11, 7, 10))
    made = _received(saturday)
    made.answered_at = saturday + timedelta(days=9)  # Monday of the next week
    assert inbox.waited(made) == 7
    assert inbox.waited(made, frozenset({(saturday + timedelta(days=1)).date()})) == 6


def _received(when):
    return make.make_enquiry(received_at=when)


def test_the_page_shows_the_letter_the_contact_and_what_it_is_about(officer):
    product = make.make_product(name_en="Slurry pump")
    enquiry = make.make_enquiry(
        products=[product], name="Mina <b>Rad", text="Hello\n<script>1</script>", phone="021"
    )
    text = officer.get(page_of(enquiry)).text
    assert "Mina &lt;b&gt;Rad" in text
    assert "<script>1" not in text
    assert f"/products/{product.slug}/" in text
    assert enquiry.email in text


def test_an_answer_goes_to_the_visitor_and_the_message_of_the_page_names_nobody(officer):
    enquiry = make.make_enquiry(name="Parvaneh Najafi", text="Najafi Works asks")
    answer = take(officer, enquiry, "answer", text="Dear Parvaneh Najafi, come.")
    assert answer.status_code == 302
    page = officer.get(page_of(enquiry))
    assert [str(one) for one in page.context["messages"]] == ["The answer is kept."]
    assert "Dear Parvaneh Najafi, come." in page.text
    assert Outbox.objects.get().to == enquiry.email


def test_the_page_says_that_mail_does_not_reach_the_sender(officer):
    enquiry = make.make_enquiry(email="gone@example.org")
    letter = mail.put(enquiry.email, "Hello", "Text", language="en")
    assert "cannot be delivered" not in officer.get(page_of(enquiry)).text
    letter.undeliverable_at = timezone.now()
    letter.save()
    assert "cannot be delivered" in officer.get(page_of(enquiry)).text
    mail.put(enquiry.email, "Hello", "Text", language="en", sent_at=timezone.now())
    assert "cannot be delivered" not in officer.get(page_of(enquiry)).text


def test_who_has_no_e_mail_is_to_be_called(officer):
    enquiry = make.make_enquiry(email="", phone="02188")
    assert "call them at" in officer.get(page_of(enquiry)).text
    take(officer, enquiry, "answer", text="Told.")
    page = officer.get(page_of(enquiry))
    said = " ".join(str(one) for one in page.context["messages"])
    assert "No mail was sent" in said
    assert "02188" not in said


def test_an_empty_answer_is_refused_and_an_overtaken_one_comes_back_with_what_happened(officer):
    enquiry = make.make_enquiry()
    seen = officer.get(page_of(enquiry)).context["seen"]
    assert "Write a text first." in take(officer, enquiry, "answer", text=" \0 ").text
    take(officer, enquiry, "note", text="I call them.")
    page = officer.post(page_of(enquiry), {"step": "answer", "seen": seen, "text": "Second thoughts"})
    assert "somebody was faster" in page.text
    assert "wrote a note" in page.text
    assert "Second thoughts</textarea>" in page.text
    assert not Outbox.objects.exists()


@pytest.mark.parametrize("step", ["", "accept", "withdraw", "erase", "__class__"])
def test_a_step_that_is_none_changes_nothing(officer, step):
    enquiry = make.make_enquiry()
    officer.post(page_of(enquiry), {"step": step, "seen": "", "state": "answered", "text": "x"})
    assert fresh(enquiry).state == "received"
    assert not LogEntry.objects.exists()


def test_a_refused_claim_says_why_in_both_languages(officer):
    enquiry = make.make_enquiry(kind="claim", role="makes", language="fa")
    page = take(officer, enquiry, "close", reason="not_proved", text_en="No proof.")
    assert "Say why, in both languages" in page.text
    assert "No proof.</textarea>" in page.text
    take(officer, enquiry, "close", reason="not_proved", text_en="No proof.", text_fa="مدرکی نبود.")
    assert fresh(enquiry).state == "refused"
    assert "مدرکی نبود." in Outbox.objects.get().text


def test_it_is_given_to_somebody_who_may_read_it_alone(officer, staff):  # noqa: F811
    enquiry = make.make_enquiry()
    editor = staff("editor").user
    assert "Select a valid choice" in take(officer, enquiry, "assign", to=editor.pk).text
    take(officer, enquiry, "assign", to=officer.user.pk)
    assert fresh(enquiry).assigned_to == officer.user
    assert enquiry.reference in officer.get(f"{LIST}?waits=own").text


@pytest.fixture
def proof():
    enquiry = make.make_enquiry(office=make.make_office())
    return Proof.objects.create(enquiry=enquiry, file=ContentFile(b"<script>", "a.pdf"), name='in"v\r\n.html')


def test_a_proof_is_a_download_for_those_who_read_the_enquiry(officer, staff, client, proof):  # noqa: F811
    address = page_of(proof.enquiry, f"proof/{proof.pk}")
    answer = officer.get(address)
    assert (answer.status_code, b"".join(answer)) == (200, b"<script>")
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )
    assert "no-store" in answer["Cache-Control"]
    assert officer.get(page_of(make.make_enquiry(), f"proof/{proof.pk}")).status_code == 404
    assert client.get(address).status_code == 302
    assert staff("editor").get(address).status_code == 403
    Scope.objects.create(user=officer.user).offices.set([make.make_office()])
    assert officer.get(address).status_code == 404


def test_a_persian_name_of_a_file_keeps_the_order_of_its_digits_and_ending():
    assert isolated_file_name("فاکتور 1405-12.pdf") == '<bdi>فاکتور <bdi dir="ltr">1405-12.pdf</bdi></bdi>'
    assert isolated_file_name("گواهی <۱۲>.pdf") == (
        '<bdi>گواهی &lt;<bdi dir="ltr">۱۲</bdi>&gt;.<bdi dir="ltr">pdf</bdi></bdi>'
    )


def test_an_account_of_another_office_sees_nothing_and_does_nothing(officer):
    mine, foreign = make.make_office(), make.make_office()
    Scope.objects.create(user=officer.user).offices.set([mine])
    here, there, nowhere = (make.make_enquiry(office=office) for office in (mine, foreign, None))
    text = officer.get(LIST).text
    assert here.reference in text
    for other in (there, nowhere):
        assert other.reference not in text
        assert officer.get(page_of(other)).status_code == 404
        sent = {"step": "answer", "seen": "received.0.0", "text": "x"}
        assert officer.post(page_of(other), sent).status_code == 404
    assert not Outbox.objects.exists()


def test_an_account_of_a_sector_sees_what_is_about_its_products(officer):
    product = make.make_product()
    Scope.objects.create(user=officer.user).sectors.set([product.sector])
    here = make.make_enquiry(products=[product], office=make.make_office())
    there = make.make_enquiry(products=[make.make_product()])
    text = officer.get(LIST).text
    assert (here.reference in text, there.reference in text) == (True, False)


def test_an_editor_reads_no_enquiry(staff):  # noqa: F811
    editor, enquiry = staff("editor"), make.make_enquiry()
    assert {editor.get(url).status_code for url in (LIST, page_of(enquiry))} == {403}
    assert editor.post(page_of(enquiry), {"step": "spam", "seen": ""}).status_code == 403
    assert "contact/enquiry" not in editor.get("/admin/").text
