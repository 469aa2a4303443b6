"""Deletion leaves no trace of a person: of the whole database, the files and what pages are kept."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from catalog.models import Outbox
from contact import erasing, receiving
from contact.models import Enquiry, Erased, Message, Pause, Proof, Subscription
from tests.contact.test_ask import picture
from tests.factories import make_product

pytestmark = pytest.mark.django_db
PERSON = ("Zhale", "Karimipour", "zhale@", "8888 1234", "unmistakable words")


def dump():
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(found)


def proofs_storage():
    """The one that the rows use: what `storages` hands out is made anew after a test with other settings."""
    return Proof._meta.get_field("file").storage


def stored_files():
    _folders, names = proofs_storage().listdir("")
    return names


def traces(text):
    return [word for word in PERSON if word in text]


@pytest.fixture
def full(send, visitor):
    """An enquiry with everything that can hang on one; yields it and its page."""
    product = make_product()
    answer = send(
        phone="021 8888 1234", text="unmistakable words", p=product.slug, proofs=picture("Zhale.png")
    )
    enquiry = Enquiry.objects.get()
    enquiry.page = answer["Location"].partition("?")[0]
    Pause.objects.create(enquiry=enquiry)
    enquiry.messages.create(direction=Message.Direction.OFFICE, text="Dear Zhale Karimipour")
    visitor.post(enquiry.page, {"action": "add", "text": "unmistakable words", "proofs": picture()})
    return enquiry


def test_the_visitor_has_everything_deleted(full, visitor, django_capture_on_commit_callbacks, settings):
    before = len(stored_files())
    assert traces(dump()) == list(PERSON)
    asked = visitor.post(full.page, {"action": "erase"})
    assert "Delete everything?" in asked.content.decode()
    assert Enquiry.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        done = visitor.post(full.page, {"action": "erase", "sure": "1"})
    assert "Everything is deleted" in done.content.decode()
    assert traces(dump()) == []
    assert len(stored_files()) == before - 2
    assert visitor.get(full.page).status_code == 404
    erased = Erased.objects.get()
    assert (erased.kind, erased.key, erased.reference) == ("enquiry", full.pk, full.reference)


def test_mail_about_it_goes_and_mail_about_another_stays(full, send):
    send(text="Another", email="other@example.org")
    longer = f"{full.reference}1"
    Outbox.objects.create(
        to="a@b.example", subject=f"About {longer}", text="x", language="en", message_id="<1>"
    )
    erasing.erase(full)
    assert {mail.to for mail in Outbox.objects.all()} == {"other@example.org", "a@b.example"}


def test_its_reference_is_given_to_no_other(full, send):
    erasing.erase(full)
    send(text="Next")
    assert Enquiry.objects.get().reference > full.reference


def test_deleting_twice_is_deleting_once(full):
    erasing.erase(full)
    erasing.erase(full)
    assert Erased.objects.count() == 1


def test_what_was_closed_two_years_ago_goes_and_what_is_open_stays(send, capsys):
    for number in range(4):
        send(text=f"Letter {number}", email=f"{number}@example.org")
    long_ago = timezone.now() - timedelta(days=3 * 365)
    first, second, third, fourth = Enquiry.objects.order_by("pk")
    Enquiry.objects.update(received_at=long_ago)
    Enquiry.objects.filter(pk=first.pk).update(state="refused", decided_at=long_ago)
    Enquiry.objects.filter(pk=second.pk).update(state="refused", decided_at=timezone.now())
    Enquiry.objects.filter(pk=third.pk).update(state="answered", answered_at=long_ago)
    receiving.visitor_adds(third, "One more thing", [])
    Outbox.objects.create(
        to="x@y.example", subject="Old", text="", language="en", message_id="<2>", sent_at=long_ago
    )
    call_command("erase_old")
    assert list(Enquiry.objects.order_by("pk")) == [second, third, fourth]
    assert not Outbox.objects.filter(subject="Old").exists()
    assert "1 enquiries, 1 sent mails" in capsys.readouterr().out


def test_a_restored_backup_is_cleaned_again(full, send, tmp_path, capsys):
    kept = Enquiry.objects.filter(pk=full.pk).values().get()
    erasing.erase(full)
    call_command("erased", "--save", tmp_path / "erased.json")
    Erased.objects.all().delete()  # the backup is older
    Enquiry.objects.create(**kept)
    call_command("erased", "--reapply", tmp_path / "erased.json")
    assert not Enquiry.objects.exists()
    assert "1 erased again" in capsys.readouterr().out
    Enquiry.objects.create(**kept | {"received_at": timezone.now()})  # another one with the same key
    assert erasing.reapply() == 0
    saved = json.loads((tmp_path / "erased.json").read_text())
    assert traces(json.dumps(saved)) == []


def test_a_subscription_that_came_back_with_a_backup_goes_again():
    old = Subscription.objects.create(email="a@b.example", language="en", what="calls")
    Erased.objects.create(kind="subscription", key=old.pk)
    new = Subscription.objects.create(email="c@d.example", language="en", what="calls")
    assert erasing.reapply() == 1
    assert list(Subscription.objects.all()) == [new]


def test_files_of_nobody_are_swept(full, monkeypatch):
    lost = proofs_storage().save("lost.png", picture())
    assert erasing.sweep_files() == 0
    monkeypatch.setattr(erasing, "SETTLED", timedelta(days=-1))
    known = set(stored_files()) - {lost}
    assert erasing.sweep_files() >= 1
    assert full.proofs.count() == 2
    assert {proof.file.name for proof in full.proofs.all()} <= known & set(stored_files())


def test_a_failure_leaves_no_file_behind(send, monkeypatch):
    before = stored_files()
    monkeypatch.setattr(receiving, "_tell_visitor", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send(proofs=picture())
    assert stored_files() == before
    assert not Enquiry.objects.exists()
