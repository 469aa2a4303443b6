"""The page about the API, and the request that can be tried on it."""

import random

import pytest

from catalog.api.nouns import viewsets
from tests.catalog.test_hostile_queries import LISTS, hostile
from tests.factories import make_product, make_sector

pytestmark = pytest.mark.django_db


def page(client, language="en", **query):
    response = client.get(f"/{language}/data/api/", query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_page_shows_a_real_answer_and_every_field(client, language):
    make_product(slug="pump", name_en="Slurry pump", name_fa="پمپ دوغاب")
    text = page(client, language)
    assert "Slurry pump" in text
    assert "پمپ دوغاب" in text
    assert "curl" in text
    for viewset in viewsets():
        for name in viewset.serializer_class.names():
            assert f'<bdi class="code" dir="ltr">{name}</bdi>' in text
    assert 'href="/api/v1/schema/"' in text
    assert f'href="/{language}/data/api/"' in client.get(f"/{language}/about/").content.decode()


def test_what_is_tried_is_answered_or_refused_as_the_api_does(client):
    make_sector(slug="cars")
    assert "&#34;cars&#34;" in page(client, of="sectors", query="fields=slug")
    assert "There is no such field." in page(client, of="sectors", query="?fields=zz")
    assert "چنین فیلدی نیست." in page(client, "fa", of="sectors", query="fields=zz")
    assert "of=zz" in page(client, of="zz")
    command = page(client, of="products", query="q='; rm").partition("/api/v1/products/?")[2]
    assert command.startswith("q=%27%3B%20rm'</pre>")
    dice = random.Random(1)
    for _ in range(10):
        page(client, of="products", query=hostile(dice, LISTS["products"]))
