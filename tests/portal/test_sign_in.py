"""Who guesses passwords waits: by account, by address, in words."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import Client

from catalog.models import AccountEvent

pytestmark = pytest.mark.django_db
PASSWORD = "a long password"
LIMIT = 10


@pytest.fixture
def account():
    return User.objects.create_superuser("someone", password=PASSWORD)


def sign_in(username="someone", password="wrong", address="192.0.2.1", **headers):
    sent = {"username": username, "password": password}
    return Client().post("/admin/login/", sent, REMOTE_ADDR=address, headers=headers)


def passed(response):
    return response.status_code == 302


@pytest.mark.parametrize(
    ("username", "address", "passes"),
    [
        ("someone", "192.0.2.99", False),
        ("another", "192.0.2.99", True),
    ],
)
def test_an_account_waits_wherever_the_failures_came_from(account, username, address, passes):
    User.objects.create_superuser("another", password=PASSWORD)
    for place in range(LIMIT):
        assert not passed(sign_in(address=f"192.0.2.{place}"))
    answer = sign_in(username, PASSWORD, address)
    assert (passed(answer), answer.status_code) == (passes, 302 if passes else 429)


@pytest.mark.parametrize(("address", "passes"), [("192.0.2.1", False), ("192.0.2.2", True)])
def test_an_address_waits_whatever_accounts_it_tried(account, address, passes):
    for number in range(LIMIT):
        sign_in(f"account-{number}", user_agent=f"browser {number}")
    assert passed(sign_in(password=PASSWORD, address=address)) is passes


def test_a_few_failures_stop_nobody(account):
    for _failure in range(LIMIT - 1):
        assert sign_in().status_code == 200
    assert passed(sign_in(password=PASSWORD))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Too many attempts to sign in failed. Wait 15 minutes, then try again."),
        ("fa", "۱۵"),
    ],
)
def test_the_page_says_how_long_to_wait_in_both_languages(account, language, words):
    for _failure in range(LIMIT):
        answer = sign_in(accept_language=language)
    answer = sign_in(password=PASSWORD, accept_language=language)
    assert answer.status_code == 429
    assert words in answer.text
    assert f'lang="{language}"' in answer.text
    assert 'name="password"' not in answer.text
    assert 0 < int(answer["Retry-After"]) <= 900
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "<style" not in answer.text


def test_the_wait_ends_and_is_not_drawn_out_by_trying(account):
    for _failure in range(LIMIT):
        sign_in()
    assert sign_in(password=PASSWORD).status_code == 429
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=attempt.attempt_time - timedelta(minutes=14, seconds=30)
        )
    answer = sign_in(password=PASSWORD)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 30
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert passed(sign_in(password=PASSWORD))


def test_an_own_account_does_not_forgive_what_was_tried_on_another(account):
    User.objects.create_superuser("insider", password=PASSWORD)
    for _failure in range(LIMIT // 2):
        sign_in()
    assert passed(sign_in("insider", PASSWORD))
    for _failure in range(LIMIT // 2):
        sign_in()
    assert sign_in(password=PASSWORD).status_code == 429


def test_behind_a_proxy_the_address_is_what_the_proxy_saw(account, settings):
    settings.FORWARDED_ALLOW_IPS = ["10.0.0.1"]
    for number in range(LIMIT):
        sign_in(f"a{number}", address="10.0.0.1", x_forwarded_for=f"203.0.113.{number}, 198.51.100.7")
    assert sign_in(password=PASSWORD, address="10.0.0.1", x_forwarded_for="198.51.100.7").status_code == 429
    assert passed(sign_in(password=PASSWORD, address="10.0.0.1", x_forwarded_for="198.51.100.8"))


def test_without_that_proxy_the_header_says_nothing(account):
    for number in range(LIMIT):
        sign_in(f"a{number}", x_forwarded_for=f"203.0.113.{number}", x_real_ip=f"203.0.113.{number}")
    assert sign_in(password=PASSWORD, x_forwarded_for="198.51.100.8").status_code == 429


@pytest.mark.parametrize("address", ["", "2001:db8::1"])
def test_a_socket_and_a_network_of_ipv6_are_addresses_too(account, address):
    for number in range(LIMIT):
        sign_in(f"a{number}", address=address and f"{address}{number}")
    assert sign_in(password=PASSWORD, address=address).status_code == 429


@pytest.mark.parametrize("proxy", ["127.0.0.1", ""], ids=["by TCP", "by the socket of this machine"])
def test_what_happens_to_accounts_is_written_down_with_the_visitors_address_behind_a_proxy(account, proxy):
    sign_in(address=proxy, X_Forwarded_For="192.0.2.7")
    event = AccountEvent.objects.get(account=account)
    assert (event.kind, event.address) == (AccountEvent.Kind.REFUSED, "192.0.2.7")
