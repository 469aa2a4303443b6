"""Once the samples are gone every page still reads well: the unknown is said, nothing invented is left."""

import pytest
from django.core.management import call_command

from catalog.models import Company, Contract, Desk, IdleUnit, Indicator, LoadRun, Product, Sector
from catalog.seed.loading import mixed_links

LISTS = [
    *("", "products/", "sectors/", "companies/", "desks/", "contracts/", "units/", "programme/"),
    *("data/", "about/", "accessibility/"),
]


@pytest.fixture
def facts(loaded):
    assert mixed_links() == []  # rule 8, over all relations, before and after
    call_command("remove_sample", verbosity=0)
    assert mixed_links() == []


@pytest.mark.walk
@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_page_reads_without_samples(client, facts, language):
    details = [
        record.get_absolute_url().split("/", 2)[2]
        for noun in (Sector, Company, Desk, Contract, Product, Indicator)
        for record in noun.objects.published()[:60]
    ]
    for path in [*LISTS, *details]:
        response = client.get(f"/{language}/{path}")
        assert response.status_code == 200, path
        page = response.content.decode()
        assert path == "about/" or "badge-sample" not in page, path  # that page explains every mark
        assert ">None<" not in page, path
    assert len(details) == 20 + 43 + 13 + 28 + 60 + 27


def test_removed_samples_do_not_come_back_by_themselves(facts):
    assert LoadRun.objects.last().what == LoadRun.What.SAMPLES_REMOVED
    call_command("load_data", verbosity=0)
    for noun in (Company, Desk, Contract, IdleUnit):
        assert not noun.objects.filter(origin="sample").exists()


def test_an_empty_database_reads_well(client, db):
    for language in ("en", "fa"):
        for path in LISTS:
            response = client.get(f"/{language}/{path}")
            assert response.status_code == 200, path
            assert ">None<" not in response.content.decode(), path


def test_without_units_their_list_says_what_was_stated_and_draws_no_map(client, facts):
    assert not IdleUnit.objects.exists()
    for language, total, bound in (("en", "2,200", "34.5%"), ("fa", "۲٬۲۰۰", "۳۴٫۵")):
        page = client.get(f"/{language}/units/?province=yazd").content.decode()
        assert total in page
        assert bound in page
        assert "tilemap" not in page
        assert 'id="filters"' not in page
        assert ">0<" not in page
        assert ">۰<" not in page


def test_without_units_other_pages_count_none(client, facts):
    home = client.get("/en/").content.decode()
    assert ">Idle plants</span>" in home.split('id="missing"')[1]
    sector = client.get("/en/sectors/automotive/").content.decode()
    assert "Jobs at a standstill" not in home + sector
    product = client.get("/en/products/turbocharger/").content.decode()
    line = product.split('<li id="units">')[1].split("</li>")[0]
    assert "Idle plants that could make it" in line
    assert "<table" not in line
