"""Subscribers are told what entered, left or changed, each once, and never of a sample."""

import re
from datetime import timedelta
from email.header import decode_header, make_header

import pytest
from django.core import mail as sent_mail
from django.utils import timezone

from catalog.models import Change, Outbox
from catalog.staff import mail
from contact import bitmaps, sending
from contact.models import Subscription
from tests.factories import make_company, make_contract, make_desk, make_engagement, make_product, make_sector

pytestmark = pytest.mark.django_db
WITHDRAWN = ("Listed by mistake.", "به اشتباه ثبت شده بود.")


def watcher(what, key="", language="en", frequency="daily", email="ali@example.com"):
    """A confirmed subscription."""
    one = Subscription(email=email, language=language, what=what, key=str(key), frequency=frequency)
    sending.recording.record()
    sending.begin_subscription(one, timezone.now())
    return one


def letters_after(days=1):
    """The texts of the letters written by a run so many days from now."""
    before = set(Outbox.objects.values_list("pk", flat=True))
    sending.send_due(timezone.now() + timedelta(days=days, minutes=1))
    return [row.text for row in Outbox.objects.exclude(pk__in=before).order_by("pk")]


def test_a_product_s_watcher_reads_from_what_to_what():
    product, company = make_product(name_en="Pump"), make_company(name_en="Mapna")
    engagement = make_engagement(product=product, company=company, stage="design")
    watcher("product", product.pk)
    engagement.stage = "prototype"
    engagement.save()
    [text] = letters_after()
    assert "Pump: Stage: from Design to Prototype" in text
    assert "Pump: Mapna, Stage: from Design to Prototype" in text
    assert f"http://127.0.0.1:8000/en/products/{product.slug}/" in text
    assert letters_after(days=2) == []


def test_a_list_s_watcher_reads_what_entered_what_left_and_what_changed():
    sector = make_sector()
    leaves, stays = (make_product(sector=sector, name_en=name) for name in ("Leaver", "Stayer"))
    withdrawn = make_product(sector=sector, name_en="Secret name", slug="was-here")
    watcher("products", f"sector={sector.slug}")
    leaves.sector = make_sector()
    leaves.save()
    withdrawn.withdraw(*WITHDRAWN)
    make_engagement(product=stays, company=make_company(name_en="Mapna"))
    make_product(sector=sector, name_en="Newcomer")
    [text] = letters_after()
    _head, entered, left = re.split("New in this list|No longer in this list", text)
    assert "Newcomer" in entered
    assert "Stayer" not in entered
    assert "Leaver" in left
    assert "Stayer: a maker on record: Mapna, Prototype" in text
    assert "Secret name" not in text
    assert "A product\nhttp://127.0.0.1:8000/en/products/was-here/" in text
    assert Outbox.objects.get().subject.startswith("5 changes: Products: Sector:")


def test_nobody_is_mailed_about_a_sample():
    product = make_product()
    watcher("products")
    watcher("product", product.pk)
    make_product(origin="sample")
    make_engagement(product=product, company=make_company(origin="sample"), origin="sample")
    assert letters_after() == []
    assert Change.objects.filter(is_sample=True).exists()


def test_a_company_and_a_desk_hear_of_their_contracts():
    desk, company = make_desk(), make_company()
    watcher("company", company.pk)
    watcher("desk", desk.pk)
    contract = make_contract([100], desk=desk, title_en="Big order")
    contract.parties.create(company=company, role="supplier")
    assert [("Big order: new on record, Contract" in text) for text in letters_after()] == [True, True]


def test_a_weekly_one_is_told_after_a_week_and_an_unconfirmed_one_never():
    product = make_product()
    watcher("product", product.pk, frequency="weekly")
    Subscription.objects.create(email="eve@example.com", language="en", what="product", key=product.pk)
    make_engagement(product=product)
    assert letters_after(days=1) == []
    assert len(letters_after(days=7)) == 1


def test_two_runs_write_one_letter_and_its_name_follows_from_the_subscription():
    product = make_product()
    one = watcher("product", product.pk)
    make_engagement(product=product)
    later = timezone.now() + timedelta(days=1, minutes=1)
    assert sending.send_due(later) == 1
    assert sending.send_due(later) == 0
    one.refresh_from_db()
    assert Outbox.objects.get().message_id == sending.message_id(one)
    assert one.letters == 1
    assert one.due_at > later


def test_a_letter_that_cannot_be_written_leaves_its_changes_for_the_next_run(monkeypatch):
    product = make_product()
    watcher("product", product.pk)
    make_engagement(product=product)

    def broken(*_args, **_kwargs):
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(sending.letters, "write_letter", broken)
        with pytest.raises(RuntimeError):
            letters_after()
    assert len(letters_after()) == 1


def test_mail_is_in_the_language_of_the_reader_and_ends_with_one_click():
    product = make_product(name_fa="پمپ", name_en="Pump")
    one = watcher("product", product.pk, language="fa")
    make_engagement(product=product, company=make_company(name_en="Mapna", name_fa=""))
    letters_after()
    mail.send_waiting()
    [message] = sent_mail.outbox
    raw = message.message()
    assert raw["Auto-Submitted"] == "auto-generated"
    assert raw["List-Unsubscribe"] == f"<http://127.0.0.1:8000/fa/watch/{one.token}/end/>"
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["Date"]
    assert "=?utf-8?" in str(raw["Subject"])
    assert "پمپ" in message.subject
    assert str(make_header(decode_header(raw["From"]))).startswith("درگاه ساخت داخل <portal@")
    html = message.alternatives[0][0]
    assert 'dir="rtl"' in html
    assert '<bdi dir="ltr">Mapna</bdi>' in html
    assert "\N{LEFT-TO-RIGHT ISOLATE}Mapna\N{POP DIRECTIONAL ISOLATE}" in message.body
    row = Outbox.objects.get()
    assert (row.text, row.html, row.headers) == ("", "", {})


def test_the_keys_of_a_list_are_kept_in_few_bytes():
    keys = [*range(1, 100_000, 3), 5]
    data = bitmaps.packed(keys)
    assert len(data) < 2000
    assert bitmaps.keys_of(bitmaps.number_of(data)) == sorted(keys)
    assert bitmaps.number_of(None) == 0
    assert bitmaps.keys_of(bitmaps.number_of(bitmaps.packed([]))) == []
