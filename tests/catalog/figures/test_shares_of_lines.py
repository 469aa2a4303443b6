"""A figure that is a stated share of a whole tariff line says so wherever it is shown."""

import json

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def pump():
    make.make_source(key="trade", publisher_en="Trade Office", publisher_fa="دفتر تجارت")
    pump = make.make_product(slug="pump", name_en="Pump", hs_code="841370")
    make.make_import(product=pump, year=1404, value=9, calculated_from="841370 12.5 trade; 841381 10 sample")
    return pump


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/products/pump/", ["Calculated", "12.5% of", "8413.70", "Trade Office", "an invented share"]),
        ("/fa/products/pump/", ["محاسبه‌شده", "دفتر تجارت", "سهمی ساختگی"]),
        ("/en/products/", [">Calculated<"]),
        ("/fa/products/", [">محاسبه‌شده<"]),
        ("/en/compare/?p=pump", [">Calculated<"]),
        ("/en/", [">Calculated<"]),
        ("/en/products/other/", [">Calculated<"]),
    ],
)
def test_pages_mark_it(client, pump, address, words):
    make.make_product(slug="other", sector=pump.sector)
    page = client.get(address).text
    assert [word for word in words if word not in page] == []


def test_what_is_stated_itself_is_not_marked(client):
    make.make_import(product=make.make_product(slug="pump"), year=1404, value=9)
    for address in ("/en/products/pump/", "/en/products/", "/en/"):
        assert "Calculated" not in client.get(address).text


def test_the_api_and_downloads_say_it(client, pump):
    (found,) = client.get("/api/v1/products/pump/").json()["imports"]
    assert found["calculated_from"] == [
        {"code": "841370", "percent": 12.5, "source": "trade"},
        {"code": "841381", "percent": 10.0, "source": "sample"},
    ]
    body = b"".join(client.get("/en/products/export.json").streaming_content)
    (row,) = json.loads(body)["products"]
    assert (row["import_calculated"], row["import_shares"]) == (True, "841370 12.5 trade; 841381 10 sample")
