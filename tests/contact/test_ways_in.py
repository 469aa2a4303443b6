"""Every page of a record leads to the front door, with what it is about."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from tests.factories import make_company, make_contract, make_desk, make_product, make_unit

pytestmark = pytest.mark.django_db


def ways(client, address):
    """The queries with which a page leads to the front door, and its text."""
    text = client.get(address).content.decode()
    return set(unescape(" ".join(re.findall(r'href="/en/ask/\?([^"]*)"', text))).split()), text


def test_a_product_leads_there_though_nobody_is_named_to_ask(client):
    product = make_product()
    found, text = ways(client, product.get_absolute_url())
    p = f"p={product.slug}"
    assert {f"kind=ask&{p}", f"kind=interest&{p}"} <= found
    roles = ("makes", "could_make", "buys", "wrong", "plant_could")
    assert {f"kind=claim&{p}&role={role}" for role in roles} <= found
    assert '<li id="ask">' in text


@pytest.mark.parametrize(
    ("make", "name"),
    [(make_company, "company"), (make_desk, "desk"), (make_contract, "contract"), (make_unit, "unit")],
)
def test_other_records_lead_there(client, make, name):
    record = make()
    key = record.reference if name == "contract" else record.slug
    found, _text = ways(client, record.get_absolute_url())
    wrong = "&".join(sorted(("kind=claim", f"{name}={key}", "role=wrong")))
    assert wrong in found
    assert len(found) > 1


def test_a_desk_ahead_takes_interest_and_one_of_the_past_does_not(client):
    today = timezone.localdate()
    ahead = make_desk(opens=today + timedelta(days=5), closes=today + timedelta(days=9))
    past = make_desk(year=1399, held_on=today - timedelta(days=900))
    assert f"desk={ahead.slug}&kind=interest" in ways(client, ahead.get_absolute_url())[0]
    assert f"desk={past.slug}&kind=interest" not in ways(client, past.get_absolute_url())[0]


def test_a_sample_company_is_not_claimed(client):
    sample = make_company(origin="sample")
    found, text = ways(client, sample.get_absolute_url())
    assert found == {f"company={sample.slug}&kind=ask"}
    assert "Is this your company?" not in text


def test_home_and_the_head_of_every_page_lead_there(client):
    found, text = ways(client, "/en/")
    assert {"kind=ask", "kind=claim&role=makes"} <= found
    assert text.count('href="/en/ask/"') == 2
