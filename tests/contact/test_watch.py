"""Asking for mail, confirming, changing and ending it; the same answers for known and unknown addresses."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Outbox
from contact import asking_to_watch
from contact.models import Erased, Subscription
from tests.factories import make_company, make_product

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}
ADDRESS = "ali@example.com"


def ask(client, language="en", **fields):
    fields = {"products": "", "email": ADDRESS, "frequency": "daily", **fields}
    return client.post(f"/{language}/watch/", fields, headers=HERE)


def page_of(row):
    """The path of the private page that a mail names."""
    return re.search(r"http://127.0.0.1:8000(/\w\w/watch/[\w-]{43}/)", row.text)[1]


def confirmed(client, **fields):
    ask(client, **fields)
    page = page_of(Outbox.objects.latest("pk"))
    client.post(page, {"action": "confirm"}, headers=HERE)
    return page, Subscription.objects.latest("pk")


def test_the_link_changes_nothing_and_its_button_confirms(client):
    product = make_product()
    answer = ask(client, language="fa", products="sector=" + product.sector.slug)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/fa/watch/sent/")
    assert not answer.cookies
    page = page_of(Outbox.objects.get())
    assert page.startswith("/fa/")
    for _time in range(2):
        answer = client.get(page)
        assert 'value="confirm"' in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert Subscription.objects.get().confirmed_at is None
    client.post(page, {"action": "confirm"}, headers=HERE)
    one = Subscription.objects.get()
    assert one.confirmed_at
    assert one.due_at - one.confirmed_at == timedelta(days=1)
    assert one.seen
    assert 'value="change"' in client.get(page).content.decode()


def test_what_was_typed_stays_and_errors_stand_beside_their_fields(client):
    answer = ask(client, email="ali@nowhere<", frequency="hourly", products="q=pump")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ali@nowhere&lt;"' in page
    assert 'aria-invalid="true"' in page
    assert "This is no e-mail address" in page
    assert "Choose daily or weekly." in page
    assert 'name="products" value="q=pump"' in page
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(
    "email",
    ["a@example.com\nBcc: b@example.com", "a@example.com, b@example.com", "a\x00@example.com", "x" * 300, ""],
)
def test_no_second_address_or_header_comes_in(client, email):
    assert ask(client, email=email).status_code in (400, 422)
    assert not Outbox.objects.exists()


def test_the_answer_is_the_same_for_who_watches_already(client):
    confirmed(client)
    Outbox.objects.all().delete()
    first = ask(client, email="new@example.com")
    again = ask(client)
    assert (first.status_code, first.headers["Location"]) == (again.status_code, again.headers["Location"])
    assert Outbox.objects.count() == 1  # within the hour, nothing more to the one who knows
    assert Subscription.objects.count() == 2


def test_a_confirmation_is_sent_once_an_hour_and_kept_a_week(client):
    ask(client)
    ask(client)
    ask(client, products="hs=84")
    assert Outbox.objects.count() == 2
    assert asking_to_watch.forget_unconfirmed(timezone.now() + timedelta(days=6)) == 0
    assert asking_to_watch.forget_unconfirmed(timezone.now() + timedelta(days=8)) == 2
    assert not Subscription.objects.exists()
    assert not Outbox.objects.exists()


def test_who_asks_too_often_is_told_when_it_works_again(client):
    for n in range(10):
        assert ask(client, email=f"a{n}@example.com").status_code == 302
    refused = ask(client, email="b@example.com")
    assert refused.status_code == 429
    assert "in 60 minutes" in refused.content.decode()
    assert 'value="b@example.com"' in refused.content.decode()
    assert Subscription.objects.count() == 10


def test_programs_that_fill_every_field_are_thanked_and_forgotten(client):
    assert ask(client, website="https://spam.example").status_code == 302
    assert not Subscription.objects.exists()


def test_a_mail_program_ends_it_without_cookie_token_or_origin(client):
    page, _one = confirmed(client)
    assert client.get(page + "end/").headers["Location"] == page
    assert Subscription.objects.exists()
    answer = client.post(page + "end/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert not Subscription.objects.exists()
    assert client.post(page + "end/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.get(page).status_code == 404


def test_other_buttons_take_a_page_of_this_site_alone(client):
    page, _one = confirmed(client)
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(page, {"action": "end"}, headers=cross).status_code == 403
    assert Subscription.objects.exists()


def test_how_often_changes_and_nonsense_changes_nothing(client):
    page, one = confirmed(client)
    client.post(page, {"action": "change", "frequency": "weekly"}, headers=HERE)
    one.refresh_from_db()
    assert one.frequency == "weekly"
    assert one.due_at - one.confirmed_at == timedelta(days=7)
    answer = client.post(page, {"action": "change", "frequency": "never"}, headers=HERE)
    assert "Choose daily or weekly." in answer.content.decode()
    assert client.post(page, {"action": "drop"}, headers=HERE).status_code == 200


def test_all_about_somebody_goes_and_leaves_keys_alone(client):
    page, one = confirmed(client)
    confirmed(client, products="hs=84")
    confirmed(client, email="eve@example.com")
    client.post(page, {"action": "forget"}, headers=HERE)
    assert [row.email for row in Subscription.objects.all()] == ["eve@example.com"]
    assert one.pk in Erased.objects.filter(kind="subscription").values_list("key", flat=True)
    assert Erased.objects.count() == 2
    assert not Outbox.objects.filter(to=ADDRESS).exists()
    assert Outbox.objects.filter(to="eve@example.com").exists()


def test_a_sample_and_what_is_not_public_cannot_be_watched(client):
    sample, draft = make_product(origin="sample"), make_company(state="draft")
    answer = client.get(f"/en/watch/?product={sample.slug}")
    assert answer.status_code == 422
    assert "nobody is mailed about it" in answer.content.decode()
    assert client.get(f"/en/watch/?company={draft.slug}").status_code == 404


def test_mail_to_an_unconfirmed_address_repeats_no_word_of_the_visitor(client):
    ask(client, products="q=http://evil.example+win+money")
    row = Outbox.objects.get()
    assert "win" not in row.subject + re.sub(r"http://127\S+", "", row.text)
    assert "http://evil" not in row.text + row.html


def test_an_order_or_a_tracker_makes_no_other_watch(client):
    ask(client, products="?order=name&hs=84&utm_source=x&page=3&nosuch=1")
    assert Subscription.objects.get().key == "hs=84"


def test_foreign_tokens_open_nothing(client):
    _page, one = confirmed(client)
    for token in ("a" * 43, one.token_hash[:43], one.token[:-1] + "!", one.salt):
        assert client.get(f"/en/watch/{token}/").status_code == 404


def test_links_that_were_sent_outlive_a_change_of_the_secret(settings, db):
    one = Subscription.objects.create(email="a@b.example", language="en", what="calls")
    sent = one.token
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    one.save()
    assert Subscription.objects.by_token(sent) == one
    assert Subscription.objects.get().token == sent
    settings.SECRET_KEY_FALLBACKS = []
    one = Subscription.objects.get()
    one.save()
    assert Subscription.objects.by_token(one.token) == one
    assert one.token != sent
