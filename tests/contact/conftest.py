"""A visitor who fills in the form of the front door."""

import re

import pytest
from django.test import Client

from contact import stamps
from contact.models import Enquiry

HERE = {"Sec-Fetch-Site": "same-origin"}
LETTER = {
    "what": "ask",
    "text": "Where is the specification?",
    "name": "Zhale Karimipour",
    "organization": "Karimipour Castings",
    "email": "zhale@karimipour.example",
    "phone": "",
}


@pytest.fixture
def visitor():
    """A browser on a page of this site: what it posts comes from here."""
    return Client(headers=HERE)


@pytest.fixture
def send(visitor, monkeypatch):
    """Send the letter with these changes; by `language` in the Persian or English form."""
    monkeypatch.setattr(stamps, "LEAST_SECONDS", 0)

    def post(language="en", **changes):
        sent = LETTER | {"stamp": stamps.new()} | changes
        address = f"/{language}/ask/"
        return visitor.post(address, {name: value for name, value in sent.items() if value is not None})

    return post


@pytest.fixture
def enquiry(send):
    """One enquiry; `page` is the address of its private page."""
    answer = send()
    found = Enquiry.objects.get()
    found.page = answer["Location"].partition("?")[0]
    return found


def token_of(address):
    return re.search(r"/ask/([\w-]+)/", address)[1]
