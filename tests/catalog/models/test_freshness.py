"""What was never confirmed is "unconfirmed" on every road to the public and in the admin."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Demand, Engagement, IdleUnit, Product
from catalog.models.freshness import Freshness, conditions, last_days, to_confirm
from tests.factories import make_company, make_demand, make_engagement, make_product, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return make_product(slug="gear", origin="ministry", state="published")


def downloaded(client, address):
    return b"".join(client.get(address).streaming_content).decode("utf-8-sig")


def row(client, address):
    return next(csv.DictReader(io.StringIO(downloaded(client, address))))


def test_one_answer_on_page_and_in_files(client, product):
    assert "not confirmed yet" in client.get("/en/products/gear/").content.decode()
    assert "not confirmed yet" in row(client, "/en/products/export.csv").values()
    assert "هنوز تأیید نشده" in row(client, "/fa/products/export.csv").values()
    assert '"unconfirmed"' in downloaded(client, "/en/products/export.json")


def test_one_answer_in_the_api(client, product):
    assert client.get("/api/v1/products/gear/").json()["freshness"] == "unconfirmed"
    schema = client.get("/api/v1/schema/").content.decode()
    assert '"unconfirmed"' in schema


def test_the_condition_of_each_freshness_finds_the_records_that_say_so(product):
    today = timezone.localdate()
    for days in (0, 180, 181, 365, 366):
        day = today - timedelta(days=days)
        made = make_product(origin="ministry", confirmed_on=day)
        make_engagement(product=made, company=make_company(), confirmed_on=day)
        make_demand(product=made, confirmed_on=day)
        make_unit(confirmed_on=day)
    for model in (Product, Engagement, Demand, IdleUnit):
        for freshness, condition in conditions(*last_days()).items():
            found = model.objects.filter(to_confirm(model), condition)
            assert set(found) == {record for record in model.objects.all() if record.freshness == freshness}
    assert product.freshness == Freshness.UNCONFIRMED


def test_what_only_shows_its_date_has_no_freshness(product):
    assert make_product(origin="illustrative").freshness is None
    assert not Product.objects.filter(to_confirm(Product), origin="illustrative").exists()
