"""A visitor and a member of staff without a browser: they ask, fill in forms and send them."""

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from html.parser import HTMLParser
from http.cookiejar import CookieJar

ADD = "/admin/catalog/source/add/"
PATIENCE = 40  # seconds: longer than a writer waits for a lock


class Answer:
    """`status` 0: no answer at all."""

    def __init__(self, status=0, headers=None, text="", address=""):
        self.status, self.headers, self.text, self.address = status, headers or {}, text, address


class Form(HTMLParser):
    """The fields of the form that sends the record, as a browser would send them."""

    def __init__(self, text):
        super().__init__()
        self.fields, self.select, self.area = {}, None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        name = found.get("name")
        if tag == "input" and name and found.get("type") not in ("submit", "file", "button"):
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                self.fields[name] = found.get("value") or ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in found:
            self.fields[self.select] = found.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.fields[name] = ""

    def handle_data(self, data):
        if self.area:
            self.fields[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        elif tag == "select":
            self.select = None


class Person:
    """Somebody with a browser, who keeps cookies."""

    def __init__(self, site):
        self.site = site
        self.opened = {}
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), Stay())

    def ask(self, path, fields=None, patience=PATIENCE):
        data = None if fields is None else urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.site.address + path, data)
        request.add_header("Sec-Fetch-Site", "same-origin")
        try:
            with self.browser.open(request, timeout=patience) as found:
                return Answer(found.status, found.headers, found.read().decode(errors="replace"), found.url)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read().decode(errors="replace"))
        except OSError:
            return Answer()

    def sign_in(self, name="admin"):
        fields = Form(self.ask("/admin/login/").text).fields
        fields = {key: fields[key] for key in fields if key in ("csrfmiddlewaretoken", "next")}
        return self.ask(
            "/admin/login/", {**fields, "username": name, "password": self.site.passwords[name]}
        ).status

    def save(self, words):
        """The answer to a new source, a draft by the name of `words`. Where the form cannot be read,
        the one that was opened last is sent."""
        page = self.ask(ADD)
        if page.status == 200:
            self.opened = Form(page.text).fields
        elif not self.opened:
            return page
        new = {"publisher_en": words, "publisher_fa": words, "key": f"drill-{time.time_ns()}", "_save": "1"}
        answer = self.ask(ADD, self.opened | new)
        if answer.status == 302 and "/source/" not in answer.headers["Location"]:
            answer.status = 401
        return answer


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: 302 says that a form was taken."""

    def redirect_request(self, *args):
        return None


def outcome(answer, typed=""):
    """An answer in a few words; `typed`: what has to be in it still."""
    if answer.status == 0:
        return "no answer"
    if answer.status == 302:
        return "saved"
    words = [str(answer.status)]
    if found := re.search(r"As of [0-9:]+", answer.text):
        words.append(f"“{found[0]}”, {'no ETag' if 'ETag' not in answer.headers else 'ETAG'}")
    if found := re.search(r"Not saved: [^.<]+", answer.text):
        words.append(f"“{found[0]}”")
    if typed:
        words.append("filled" if typed in unescape(answer.text) else "FORM LOST")
    return ", ".join(words)
