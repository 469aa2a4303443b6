"""At 20:42 UTC it is 00:12 of the next day in Tehran, and that is the day readers and staff see."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from catalog.models import Company, Product
from tests.factories import make_company, make_engagement, make_product

pytestmark = pytest.mark.django_db

MOMENT = datetime.datetime(2026, 5, 10, 20, 42, tzinfo=datetime.UTC)  # 21 Ordibehesht 1405, 00:12


@pytest.fixture
def pump():
    product = make_product(slug="pump", name_en="Slurry pump")
    make_engagement(product=product, company=make_company(slug="maker"))
    moments = {"updated_at": MOMENT, "published_at": MOMENT}
    Product.objects.update(**moments)
    Company.objects.update(**moments)
    return product


@pytest.fixture
def administrator(settings):
    user = User.objects.create_superuser("boss", last_login=MOMENT)
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(last_login=MOMENT)
    return client


def text_of(response):
    assert response.status_code == 200
    return b"".join(response).decode()


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("/en/products/pump/", "11 May 2026"),
        ("/fa/products/pump/", "۲۱ اردیبهشت ۱۴۰۵"),
        ("/en/data/", "11 May 2026"),
        ("/en/products/export.csv", "2026-05-11"),
        ("/en/products/export.json", "2026-05-11"),
        ("/en/companies/export.csv", "2026-05-11"),
        ("/en/products/feed.atom", "2026-05-11T00:12:00+03:30"),
        ("/api/v1/products/", "2026-05-11"),
        ("/sitemap-products.xml", "<lastmod>2026-05-11</lastmod>"),
    ],
)
def test_the_public_sees_the_day_of_tehran(client, pump, address, day):
    text = text_of(client.get(address))
    assert day in re.sub(r"<[^>]+>", "", text) or day in text
    assert "2026-05-10" not in text
    assert "10 May 2026" not in text


@pytest.mark.parametrize("address", ["/admin/catalog/product/", "/admin/auth/user/"])
def test_staff_see_the_day_of_tehran(administrator, pump, address):
    text = text_of(administrator.get(address))
    assert "2026-05-11" in text
    assert "2026-05-10" not in text


def test_the_history_of_a_record_has_the_day_of_tehran(administrator, pump):
    pump.history.update(history_date=MOMENT)
    text = text_of(administrator.get(f"/admin/catalog/product/{pump.pk}/history/"))
    assert "2026-05-11" in text
    assert "00:12" in text
    assert "2026-05-10" not in text
