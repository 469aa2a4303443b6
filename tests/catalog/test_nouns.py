"""The registry: a noun that is declared there is found wherever the site goes noun by noun."""

import types

import pytest
from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.urls import include, path, reverse

from catalog import nouns
from catalog import urls as catalog_urls
from catalog.models import Office
from catalog.nouns import Noun
from catalog.open_data import datasets, dictionary, feeds, holdings
from catalog.open_data.bulk import records
from catalog.open_data.exports import views as exports
from catalog.open_data.exports.columns import Export, batches, field_columns, record_columns, records_reader
from catalog.open_data.feeds import Feed
from catalog.seed.loading import nouns as seed
from catalog.staff import roles
from catalog.views import sitemaps
from portal import urls as site_urls
from tests.factories import make_office

pytestmark = pytest.mark.django_db


class EveryOffice:
    """What the FilterSet of a list gives, of a list without filters."""

    notices, chosen_words, text = [], [], ""

    def __init__(self, query):
        self.chosen = query


def rows(offices):
    return [types.SimpleNamespace(record=office) for office in offices]


HALL_EXPORT = Export(
    dataset="List of halls",
    summary="Every hall.",
    read=EveryOffice,
    batches=lambda _: batches(Office.objects.all(), records_reader(Office.objects.published, "key"), rows),
    columns=lambda site, noun: (*field_columns(Office, "key"), *record_columns(site, noun)),
)
HALL_FEED = Feed(
    HALL_EXPORT,
    subtitle="Latest first.",
    result=lambda _: Office.objects.published(),
    facts=lambda office: [],
    summary=lambda office: "",
)
HALLS = Noun(
    Office, "halls", path="halls", stem="hall", menu=7, title="Halls", page=True,
    export=f"{__name__}.HALL_EXPORT",
    feed=f"{__name__}.HALL_FEED", api=f"{__name__}.HALL_EXPORT", suggestion="h", first_sample=True,
    desk_officer=True,
)  # fmt: skip


@pytest.fixture
def halls(monkeypatch, settings):
    """The registry with a noun more: offices under another name, with pages that stand empty."""
    others = tuple(noun for noun in nouns.NOUNS if noun.model is not Office)
    monkeypatch.setattr(nouns, "NOUNS", (*others, HALLS))
    pages = [
        path("halls/", empty, name="hall_list"),
        path("halls/<slug:key>/", empty, name="hall_detail"),
    ]
    catalogue = [*exports.export_addresses(), *feeds.feed_addresses(), *pages, *catalog_urls.urlpatterns]
    outside = site_urls.urlpatterns[:-1]  # the last are those of the catalogue
    module = types.ModuleType("site_with_halls")
    module.urlpatterns = [*outside, *i18n_patterns(path("", include((catalogue, "catalog"))))]
    settings.ROOT_URLCONF = module
    return make_office(key="tehran", name_en="Hall of Tehran")


def empty(request, key=""):
    return HttpResponse()


@pytest.mark.usefixtures("halls")
class TestANewNoun:
    def test_has_its_pages_in_a_sitemap(self, client):
        text = client.get("/sitemap-halls.xml").content.decode()
        assert "<loc>http://testserver/fa/halls/tehran/</loc>" in text
        assert "<loc>http://testserver/en/halls/</loc>" in client.get("/sitemap-pages.xml").content.decode()
        assert "sitemap-halls.xml" in client.get("/sitemap.xml").content.decode()
        assert list(sitemaps.sitemap_sections())[-2:] == ["halls", "indicators"]

    def test_can_be_taken_away_in_every_format(self, client):
        found = client.get("/en/halls/export.json")
        data = b"".join(found.streaming_content)
        assert b'"halls": [' in data
        assert b"http://testserver/en/halls/tehran/" in data
        for suffix in ("csv", "xlsx"):
            assert client.get(f"/en/halls/export.{suffix}").status_code == 200

    def test_can_be_followed(self, client, monkeypatch):
        monkeypatch.setattr(feeds, "newest", lambda feed, filterset: [])  # an office has no sector
        text = client.get("/fa/halls/feed.atom").content.decode()
        assert "http://testserver/fa/halls/feed.atom" in text

    def test_is_a_dataset_of_the_open_data_page(self):
        halls = next(one for one in datasets.datasets() if one.key == "hall-list")
        assert [one.path for one in halls.existing] == [
            *(f"/en/halls/export.{suffix}" for suffix in ("csv", "xlsx", "json")),
            "/en/halls/feed.atom",
        ]
        held = holdings.holdings()
        assert "offices" in {str(holding.label) for holding in held}
        assert "hall-list" in {stock.dataset.key for stock in holdings.stocks(held)}

    def test_is_explained_and_stands_in_the_bulk_files(self):
        assert "Office" in {entry.key for entry in dictionary.noun_entries()}
        assert {one.name: one.model for one in records.contents()}["halls"] is Office

    def test_is_offered_to_the_api_the_menu_the_search_and_the_check_for_samples(self):
        assert nouns.nouns_offering("api")[-1] == (HALLS, HALL_EXPORT)
        assert nouns.listed_nouns()[-1].list_address == "catalog:hall_list"
        assert HALLS in nouns.nouns("suggestion")
        assert not any(query.exists() for query in nouns.sample_queries())
        make_office(origin="sample")
        assert any(query.exists() for query in nouns.sample_queries())

    def test_has_a_data_file_read_after_what_it_points_to(self):
        names = [noun.name for noun in seed.loaded_nouns()]
        assert names.index("source") < names.index("office")
        assert next(noun for noun in seed.loaded_nouns() if noun.model is Office).file == "halls.csv"

    def test_is_written_by_the_staff_of_the_desks(self):
        roles.ensure_roles()
        codenames = Group.objects.get(name=roles.DESK_OFFICER).permissions.values_list("codename", flat=True)
        assert "change_office" in codenames


def test_every_model_with_pages_is_a_noun():
    paged = {model for model in apps.get_app_config("catalog").get_models() if has_page(model)}
    assert paged == {noun.model for noun in nouns.nouns("page")}


def has_page(model):
    return hasattr(model, "get_absolute_url") and model.__name__ not in {"Document", "Statement"}


def test_names_are_given_once_and_what_is_named_exists():
    for attribute in ("model", "name"):
        assert len({getattr(noun, attribute) for noun in nouns.NOUNS}) == len(nouns.NOUNS)
    for noun in nouns.nouns("page"):
        assert reverse(noun.page_address, args=["x"]) == f"{noun.page_prefix()}x/"
    for noun in nouns.listed_nouns():
        assert reverse(noun.list_address) == f"/en/{noun.path}/"
    for offer in ("export", "feed"):
        assert [noun.path for noun, _ in nouns.nouns_offering(offer)] == [
            "products",
            "companies",
            "contracts",
            "units",
        ]


def test_every_noun_says_what_it_belongs_to():
    for noun in nouns.nouns("bulk"):
        assert noun.rows().count() == 0
        assert all(noun.has(parent) for parent in noun.parents), noun.name
