"""What a hostile program sends to the forms of visitors on the running site: nothing comes of it."""

import http.client
import re
import secrets
import time
from urllib.parse import urlencode, urlsplit

import pytest

INJECTED = "x\r\nBcc: evil@example.org\r\nX-Injected: yes"
HERE = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
SENDER = "honest@visitor.example"
ASK = ("what", "months", "text", "may_be_published", "name", "organization", "email", "phone", "website")
FORMS = {
    "ask/": (*ASK, "stamp", "p", "company", "desk", "contract", "unit", "product"),
    "watch/": ("email", "frequency", "website", "products", "product", "company", "desk", "calls"),
    "shortlist/": ("add", "remove", "keep", "p"),
}
STOLEN = {"state": "answered", "office": "1", "assigned_to": "1", "reference": "Q-1", "kind": "claim"}
TRIES = 300


@pytest.fixture
def send(site):
    """send(method, path, fields): (status, headers, text) of the answer, as it came over the wire."""
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=60)

    def send(method, path, fields=None):
        body = urlencode(fields or {}, doseq=True).encode() if method == "POST" else None
        try:
            connection.request(method, path, body, HERE if body is not None else {})
            answer = connection.getresponse()
            result = answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        except (http.client.HTTPException, ConnectionError):  # closed by the server after an answer
            connection.close()
            connection.request(method, path, body, HERE if body is not None else {})
            answer = connection.getresponse()
            result = answer.status, answer.headers, answer.read().decode("utf-8", "replace")
        assert result[0] < 500, (method, path, result[0])
        assert {"Bcc", "X-Injected"}.isdisjoint(result[1].keys()), path
        return result

    yield send
    connection.close()


def letter(send, language="en"):
    """A good letter with the stamp of a form that was just shown."""
    _status, _headers, page = send("GET", f"/{language}/ask/")
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    return {"what": "ask", "text": "Who tests it?", "name": "Mina", "email": SENDER, "stamp": stamp}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_field_with_a_header_in_it_makes_none(send, site, language):
    for path, fields in FORMS.items():
        status, _headers, page = send("POST", f"/{language}/{path}", dict.fromkeys(fields, INJECTED))
        assert status < 300 or status in {302, 303, 404, 422}, path
        assert f'lang="{language}"' in page or status in {302, 303}
    good = letter(send, language)
    injected = {name: f"{good[name]}{INJECTED}" for name in ("text", "name")} | {"organization": INJECTED}
    time.sleep(2.1)  # nobody types faster
    sent = good | injected | STOLEN | {"email": f"{language}-{SENDER}"}
    status, headers, _page = send("POST", f"/{language}/ask/", sent)
    assert status == 303
    own = urlsplit(headers["Location"]).path
    send("POST", own, {"action": "add", "text": INJECTED} | STOLEN)
    (row,) = site.rows("SELECT * FROM contact_enquiry WHERE email = ?", sent["email"])
    assert (row["state"], row["kind"], row["office_id"], row["assigned_to_id"]) == (
        "received",
        "ask",
        None,
        None,
    )
    assert row["reference"].startswith("Q-14")
    assert "\n" not in row["name"] + row["organization"]
    mails = site.rows("SELECT * FROM catalog_outbox")
    assert not [mail for mail in mails if "evil" in mail["to"] + mail["headers"] or "\n" in mail["subject"]]
    _guess_at_tokens(send, own, language)


def _guess_at_tokens(send, own, language):
    """Many tries at addresses find nothing, and leave the real page open."""
    told = set()
    for number in range(TRIES // 2):
        kind = ("ask", "watch", "confirm")[number % 3]
        path = f"/{language}/{kind}/{secrets.token_urlsafe(32)}/"
        method = "POST" if number % 2 else "GET"
        told.add(send(method, path, {"action": "erase", "sure": "1", "seen": "x"})[0])
    assert told <= {404, 429}
    assert send("GET", own)[0] == 200
    for token in ("x", "a" * 3000, own.split("/")[-2][:-1] + "!"):
        assert send("GET", f"/{language}/ask/{token}/")[0] in {404, 414, 429}


def test_what_no_form_offers_is_refused_in_words(send, site):
    before = site.rows("SELECT count(*) AS n FROM contact_enquiry")[0]["n"]
    good = letter(send)
    for changes in ({"what": "sell"}, {"text": "x" * (10 * 2**20)}, {"email": f"a@b.example,{SENDER}"}):
        status, _headers, page = send("POST", "/en/ask/", good | changes)
        assert status in {413, 422}, changes.keys()
        assert "</html>" in page
    assert send("POST", "/en/watch/", {"email": SENDER, "frequency": "hourly", "products": ""})[0] == 422
    assert send("POST", "/en/watch/", {"email": SENDER, "frequency": "daily", "product": "none"})[0] == 404
    assert site.rows("SELECT count(*) AS n FROM contact_enquiry")[0]["n"] == before
