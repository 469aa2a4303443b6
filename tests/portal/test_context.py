"""What every page knows of the site."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from portal.templating.context import NAVIGATION, has_samples, menu, navigation, other_language, site
from tests.factories import make_company, make_product


@pytest.mark.parametrize(
    ("address", "language", "other"),
    [
        ("/en/products/?q=pump&sector=a&sector=b", "en", "/fa/products/?q=pump&sector=a&sector=b"),
        ("/fa/", "fa", "/en/"),
        ("/fa/products/?q=%D9%BE%D9%85%D9%BE", "fa", "/en/products/?q=%D9%BE%D9%85%D9%BE"),
        ("/nowhere", "en", "/fa/"),
        ("/en/en/", "en", "/fa/en/"),
    ],
)
def test_the_other_language_is_the_same_page_with_another_prefix(rf, address, language, other):
    assert other_language(rf.get(address), language)["url"] == other


def test_the_menu_shows_only_pages_that_exist_and_where_one_stands(monkeypatch):
    monkeypatch.setattr("portal.templating.context.NAVIGATION", [*NAVIGATION, ("catalog:moon", "Moon")])
    menu.cache_clear()
    entries = {entry["label"]: entry["current"] for entry in navigation("/en/products/pump/")}
    assert entries["Products"]
    assert not entries["Companies"]
    assert not entries["Programme"]
    assert "Moon" not in entries


def test_the_menu_is_in_the_language_of_the_page():
    with override("fa"):
        assert navigation("/fa/")[0] == {"url": "/fa/products/", "label": "کالاها", "current": False}
    assert navigation("/en/")[0] == {"url": "/en/products/", "label": "Products", "current": False}


def test_an_owner_in_one_language_stands_for_both(rf, settings):
    settings.SITE_OWNER = {"en": "A ministry", "fa": ""}
    request = rf.get("/fa/")
    assert site(request)["site_owner"] == "A ministry"


@pytest.mark.django_db
def test_samples_are_there_once_the_public_sees_one():
    make_product(origin="illustrative")
    make_company(origin="sample", state="draft")
    assert not has_samples()
    make_company(origin="sample")
    with CaptureQueriesContext(connection) as queries:
        assert has_samples()
    assert len(queries) == 1


@pytest.mark.django_db
def test_the_footer_says_demonstration_until_the_site_has_an_owner(client, settings):
    assert "A demonstration." in client.get("/en/about/").content.decode()
    settings.SITE_OWNER = {"en": "A ministry", "fa": "یک وزارت"}
    page = client.get("/en/about/").content.decode()
    assert "A demonstration." not in page
    assert "A ministry" in page
