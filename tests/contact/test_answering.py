"""What the office does with an enquiry: each step once, as its state allows, told to the visitor, logged
without a word of theirs."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from catalog.models import Outbox
from contact import answering
from contact.answering import OvertakenError, seen_of
from contact.models import Enquiry
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return User.objects.create(username="officer", is_staff=True)


def fresh(enquiry):
    return Enquiry.objects.get(pk=enquiry.pk)


def claim(**values):
    return make.make_enquiry(kind="claim", role="makes", **values)


def test_an_answer_is_kept_mailed_and_stops_the_clock(user):
    enquiry = make.make_enquiry(language="fa")
    message = answering.write_answer(enquiry, user, "Come to the desk.")
    found = fresh(enquiry)
    assert (found.state, found.answered_at) == ("answered", message.at)
    mail = Outbox.objects.get(to=enquiry.email)
    assert (mail.language, mail.is_secret) == ("fa", True)
    assert "Come to the desk\u2069." in mail.text  # kept from turning around in a Persian letter
    answering.write_answer(enquiry, user, "One thing more.")
    assert fresh(enquiry).answered_at == message.at


def test_asking_back_stops_the_clock_until_the_answer(user):
    enquiry = make.make_enquiry()
    answering.ask_back(enquiry, user, "Which size?")
    assert fresh(enquiry).state == "asked_back"
    assert fresh(enquiry).answered_at is None
    assert enquiry.pauses.get().until is None
    with pytest.raises(ValidationError):
        answering.ask_back(enquiry, user, "Which size?")
    answering.write_answer(enquiry, user, "Any size.")
    assert enquiry.pauses.get().until == fresh(enquiry).answered_at


def test_a_reply_without_an_e_mail_is_kept_and_not_mailed(user):
    enquiry = make.make_enquiry(email="", phone="02112345678")
    answering.write_answer(enquiry, user, "Told by telephone.")
    assert enquiry.messages.get().text == "Told by telephone."
    assert not Outbox.objects.exists()


def test_what_cannot_be_is_refused_and_changes_nothing(user):
    question, asserted = make.make_enquiry(), claim()
    with pytest.raises(ValidationError):
        answering.accept_enquiry(question, user)
    with pytest.raises(ValidationError):
        answering.refuse(question, user, "not_proved")
    with pytest.raises(ValidationError):
        answering.close_enquiry(asserted, user, "answered")
    with pytest.raises(ValidationError):
        answering.refuse(asserted, user, "proved")
    answering.refuse(asserted, user, "not_proved", "No invoice.", "فاکتوری نبود.")
    for do in (answering.accept_enquiry, answering.mark_spam, lambda e, u: answering.ask_back(e, u, "?")):
        with pytest.raises(ValidationError):
            do(asserted, user)
    assert (fresh(asserted).state, fresh(question).state) == ("refused", "received")
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("state", ["withdrawn", "spam"])
def test_what_was_withdrawn_or_is_spam_gets_no_letter(user, state):
    enquiry = make.make_enquiry(state=state)
    for do in (answering.write_answer, answering.ask_back):
        with pytest.raises(ValidationError):
            do(enquiry, user, "Hello")
    assert not Outbox.objects.exists()


def test_spam_is_set_aside_without_a_letter_and_taken_back(user):
    enquiry = make.make_enquiry()
    answering.mark_spam(enquiry, user)
    assert fresh(enquiry).state == "spam"
    answering.reopen(enquiry, user)
    assert (fresh(enquiry).state, fresh(enquiry).decided_at) == ("received", None)
    assert not Outbox.objects.exists()


def test_the_second_of_two_officers_is_told_what_happened_and_nothing_is_sent(user):
    enquiry = make.make_enquiry()
    seen = seen_of(enquiry)
    answering.write_answer(enquiry, user, "First.", seen=seen)
    other = User.objects.create(username="other")
    for do in (answering.write_answer, answering.ask_back, answering.add_note):
        with pytest.raises(OvertakenError):
            do(enquiry, other, "Second.", seen=seen)
    steps, added = answering.since(fresh(enquiry), seen)
    assert ([str(step.words) for step in steps], added) == (["answered"], [])
    assert (enquiry.messages.count(), Outbox.objects.count()) == (1, 1)


def test_what_a_form_says_that_it_saw_may_be_anything(user):
    enquiry = make.make_enquiry()
    for seen in ("", "x", "a.b.c", "received.9" + "9" * 30 + ".0", "received.٣.1", "\0"):
        with pytest.raises(OvertakenError):
            answering.write_answer(enquiry, user, "First.", seen=seen)
        assert answering.since(enquiry, seen) == ([], [])


def test_a_claim_that_fails_to_become_a_record_stays_as_it_was(user):
    enquiry = claim()

    def fails(_enquiry):
        raise ValidationError("No company.")

    with pytest.raises(ValidationError):
        answering.accept_enquiry(enquiry, user, fails)
    assert (fresh(enquiry).state, LogEntry.objects.count(), Outbox.objects.count()) == ("received", 0, 0)


def test_the_log_names_the_reference_alone(user):
    enquiry = claim(name="Parvaneh Najafi", organization="Najafi Works", text="My secret", phone="0912")
    answering.ask_back(enquiry, user, "Dear Parvaneh Najafi?")
    answering.write_answer(enquiry, user, "Dear Parvaneh Najafi.")
    answering.add_note(enquiry, user, "Parvaneh Najafi called.")
    answering.assign(enquiry, user, user)
    answering.refuse(enquiry, user, "other", "Dear Parvaneh", "پروانهٔ عزیز")
    rows = list(LogEntry.objects.values_list("object_repr", "change_message"))
    steps = ("asked_back", "answered", "noted", "assigned", "refused")
    assert rows[::-1] == [(enquiry.reference, step) for step in steps]


def test_mails_lead_to_the_page_by_a_token_that_follows_from_the_secret_of_the_site(settings):
    enquiry = make.make_enquiry()
    found = fresh(enquiry)
    assert Enquiry.objects.by_token(found.token) == enquiry
    assert found.token not in [str(value) for value in vars(found).values()]
    assert found.token != make.make_enquiry().token
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert Enquiry.objects.by_token(fresh(enquiry).token) == enquiry
    settings.SECRET_KEY_FALLBACKS = []
    assert fresh(enquiry).token == ""
    for token in ("", "x", enquiry.nonce, found.token_hash):
        assert Enquiry.objects.by_token(token) is None
