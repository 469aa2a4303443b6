"""The private page of an enquiry, and who may see it."""

import logging
import re

import pytest

from catalog.models import Outbox
from contact.models import Enquiry, Message, Pause
from contact.models.tokens import new_token
from portal.observability.log_masking import Masked
from tests.contact.conftest import token_of
from tests.contact.test_ask import picture
from tests.words import words

pytestmark = pytest.mark.django_db


def test_its_address_is_handed_to_nobody(visitor, enquiry):
    page = visitor.get(f"{enquiry.page}?sent=1")
    text = page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in text
    assert "ETag" not in page
    assert not page.cookies
    head = text.partition("</head>")[0]
    assert token_of(enquiry.page) not in head
    assert not re.search(r'(href|src|action)="(https?:|//|mailto:)', text)


def test_only_the_hash_of_its_address_is_stored(enquiry):
    token = token_of(enquiry.page)
    assert len(token) == len(new_token())
    stored = [value for row in Enquiry.objects.values() for value in row.values()]
    assert token not in map(str, stored)


def test_it_is_mailed_once_and_its_text_is_erased_after_sending(enquiry):
    mail = Outbox.objects.get()
    assert mail.to == enquiry.email
    assert mail.is_secret
    assert enquiry.reference in mail.subject
    assert enquiry.page in mail.text
    assert enquiry.name not in mail.text


def test_the_visitor_reads_what_the_office_wrote_and_no_note_of_staff(visitor, enquiry):
    enquiry.messages.create(direction=Message.Direction.OFFICE, text="It is on the desk page.")
    enquiry.messages.create(direction=Message.Direction.NOTE, text="Looks like a competitor.")
    page = words(visitor.get(enquiry.page).content.decode())
    assert "It is on the desk page." in page
    assert "competitor" not in page


def test_an_answer_ends_the_pause_and_goes_to_the_office(visitor, enquiry):
    Enquiry.objects.update(state="asked_back")
    Pause.objects.create(enquiry=enquiry)
    answer = visitor.post(enquiry.page, {"action": "add", "text": "Five hundred.", "proofs": picture()})
    assert answer.status_code == 303
    enquiry.refresh_from_db()
    assert enquiry.state == "received"
    assert enquiry.pauses.get().until is not None
    message = enquiry.messages.get()
    assert (message.direction, message.text) == ("visitor", "Five hundred.")
    proof = message.proofs.get()
    assert proof.name in visitor.get(enquiry.page).content.decode()
    proof.file.storage.delete(proof.file.name)
    visitor.post(enquiry.page, {"action": "add", "text": "Five hundred."})
    assert enquiry.messages.count() == 1


def test_an_empty_answer_is_refused_beside_its_field(visitor, enquiry):
    page = visitor.post(enquiry.page, {"action": "add", "text": ""})
    assert page.status_code == 422
    assert '<a href="#id_text">Write what you want to say.</a>' in page.content.decode()


def test_a_closed_one_keeps_its_state_when_something_is_added(visitor, enquiry):
    Enquiry.objects.update(state="answered")
    visitor.post(enquiry.page, {"action": "add", "text": "Thank you."})
    enquiry.refresh_from_db()
    assert enquiry.state == "answered"


def test_it_is_withdrawn_and_then_takes_no_more(visitor, enquiry):
    Enquiry.objects.update(state="asked_back")
    Pause.objects.create(enquiry=enquiry)
    visitor.post(enquiry.page, {"action": "withdraw"})
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.pauses.filter(until=None).count()) == ("withdrawn", 0)
    assert enquiry.decided_at
    visitor.post(enquiry.page, {"action": "add", "text": "Wait"})
    assert not enquiry.messages.exists()
    assert "You took it back" in words(visitor.get(enquiry.page).content.decode())


def test_an_answered_one_is_not_withdrawn(visitor, enquiry):
    Enquiry.objects.update(state="answered")
    visitor.post(enquiry.page, {"action": "withdraw"})
    enquiry.refresh_from_db()
    assert enquiry.state == "answered"


@pytest.mark.parametrize(
    "state", ["received", "asked_back", "answered", "accepted", "refused", "withdrawn", "spam"]
)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_state_has_its_words(visitor, enquiry, state, language):
    Enquiry.objects.update(state=state, reason="known" if state == "refused" else "")
    page = visitor.get(enquiry.page.replace("/en/", f"/{language}/"))
    assert page.status_code == 200
    if language == "en":
        assert "spam" not in words(page.content.decode()).lower()


def test_further_messages_are_throttled_and_kept_in_the_form(visitor, enquiry):
    answers = [visitor.post(enquiry.page, {"action": "add", "text": f"More {n}"}) for n in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert "More 10" in answers[-1].content.decode()


def test_three_hundred_guesses_find_nothing_and_the_right_address_still_opens(visitor, enquiry):
    tried = [visitor.get(f"/fa/ask/{new_token()}/").status_code for _ in range(40)]
    assert tried == [404] * 20 + [429] * 20
    refused = visitor.get("/en/ask/guess/")
    assert int(refused["Retry-After"]) > 0
    assert refused["Cache-Control"] == "no-store"
    assert visitor.get(enquiry.page).status_code == 200
    for strange in ("x" * 3000, "%00", "..", "a%2Fb"):
        assert visitor.get(f"/en/ask/{strange}/").status_code in (404, 429)


def test_a_wrong_address_changes_nothing(visitor, enquiry):
    assert visitor.post(f"/en/ask/{new_token()}/", {"action": "erase", "sure": "1"}).status_code == 404
    assert Enquiry.objects.exists()


@pytest.mark.parametrize("what", ["args", "message", "traceback"])
def test_logs_do_not_hold_its_address(enquiry, what):
    said = f"GET {enquiry.page}?sent=1 HTTP/1.1"
    record = logging.LogRecord("x", logging.ERROR, "", 0, said, (), None)
    if what == "args":
        record.msg, record.args = "%(r)s", ({"r": said},)
        record.args = record.args[0]
    if what == "traceback":
        try:
            raise ValueError(said)
        except ValueError as error:
            record.exc_info = (ValueError, error, error.__traceback__)
    Masked().filter(record)
    shown = logging.Formatter().format(record)
    assert token_of(enquiry.page) not in shown
    assert "/en/ask/…/?sent=1" in shown


def test_the_page_costs_the_same_however_many_messages_there_are(
    visitor, enquiry, django_assert_max_num_queries
):
    for n in range(5):
        enquiry.messages.create(direction=Message.Direction.OFFICE, text=f"Word {n}")
    visitor.get(enquiry.page)
    with django_assert_max_num_queries(6):
        visitor.get(enquiry.page)
