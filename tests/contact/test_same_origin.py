"""Forms of visitors are taken from this site's own pages alone, without a cookie or a token."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from contact.same_origin import same_origin_posts
from portal import urls

SENT = {"text": "two\nlines", "p": ["a", "b"]}


@same_origin_posts
def echo(request):
    return HttpResponse("|".join(request.POST.getlist("p")))


urlpatterns = [path("en/", include(([path("echo/", echo)], "echo"))), *urls.urlpatterns]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}])
def test_a_form_of_this_site_is_taken_without_a_token(client, headers):
    answer = client.post("/en/echo/", SENT, headers=headers)
    assert answer.content == b"a|b"
    assert not answer.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_is_refused(client, headers):
    answer = client.post("/en/echo/", SENT | {"confirmed": "1"}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.content.decode()


def test_who_does_not_say_confirms_with_a_token_and_loses_nothing(client):
    asked = client.post("/en/echo/", SENT)
    page = asked.content.decode()
    assert "Please confirm" in page
    assert "two\nlines" in page
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    sent = SENT | {"confirmed": "1", "csrfmiddlewaretoken": token}
    assert client.post("/en/echo/", sent).content == b"a|b"
    assert "Please confirm" in client.post("/en/echo/", SENT | {"confirmed": "1"}).content.decode()
