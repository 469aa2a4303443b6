"""That the fixture `loaded` gives every test the whole data, and leaves other tests their empty database."""

import pytest

from catalog.models import Product, Sector


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_finds_everything_loaded_and_spoils_it_for_nobody(loaded, turn):
    assert Product.objects.count() == 256
    assert not Sector.objects.filter(name_en="Changed").exists()
    Sector.objects.update(name_en="Changed")


@pytest.mark.django_db
def test_a_test_that_does_not_ask_finds_nothing():
    assert not Product.objects.exists()


def test_the_search_index_is_loaded_too(loaded, client):
    assert "polypropylene" in client.get("/en/products/?q=polypropylen").content.decode().lower()
