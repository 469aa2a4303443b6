"""The open data page: downloads, numbers, licence, dictionary, and itself for machines."""

import json
import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from catalog.models import Contract
from catalog.models.base import not_public
from catalog.open_data import holdings as held
from catalog.open_data.datasets import Distribution, datasets
from catalog.open_data.holdings import holdings, stocks
from catalog.open_data.schema_org import json_ld
from tests.catalog.test_visibility import NOUNS as HIDDEN
from tests.catalog.test_visibility import World
from tests.factories import (
    make_company,
    make_contract,
    make_desk,
    make_import,
    make_product,
    make_sector,
    make_source,
    make_unit,
)

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page(client, language="en"):
    response = client.get(f"/{language}/data/")
    assert response.status_code == 200
    return response.content.decode()


def catalogue(client, language="en"):
    (block,) = BLOCK.findall(page(client, language))
    return json.loads(block)


def test_the_packages_are_offered_with_number_and_last_change(client):
    for kind in ("contract", "offtake", "memorandum"):
        make_contract(kind=kind)
    make_contract(origin="sample")
    Contract.objects.update(updated_at=datetime(2026, 11, 22, 21, 0, tzinfo=UTC))  # the 23rd in Tehran
    text = page(client)
    assert 'href="/ocds/releases.json"' in text
    assert 'href="/ocds/records.json"' in text
    assert "2 records, last changed 2 Azar 1405 (23 November 2026)" in text
    assert "۲ مورد، آخرین تغییر در ۲ آذر ۱۴۰۵" in page(client, "fa")


def test_nothing_is_offered_that_is_not_there(client):
    make_desk()
    assert "/ocds/releases.json" not in page(client).partition("<footer")[0]
    assert [stock.dataset.key for stock in stocks(holdings())] == (["desks"] if desk_calendar() else [])


def desk_calendar():
    try:
        return reverse("catalog:desk_calendar")
    except NoReverseMatch:
        return None


def test_a_distribution_without_an_address_is_none_yet():
    assert Distribution("catalog:no_such_page", "Nothing", "CSV", "text/csv").path is None
    keys = [dataset.key for dataset in datasets()]
    assert len(keys) == len(set(keys))


def test_records_are_counted_by_origin_and_only_public_ones():
    make_product(origin="illustrative", sector=make_sector(origin="press", source=make_source()))
    make_product(state="draft", sector=make_sector(state="draft"))
    for origin in ("sample", "sample", "ministry"):
        make_import(origin=origin)
    found = {str(holding.label): holding for holding in holdings()}
    assert dict(found["products"].counts) == {
        "article": None, "press": None, "ministry": 3, "company": None, "illustrative": 1, "sample": None,
    }  # fmt: skip
    assert found["products"].total == 4
    assert dict(found["import records"].counts)["sample"] == 2
    assert dict(found["sectors"].counts)["press"] == 1
    assert (found["desks"].total, found["desks"].day) == (0, None)


def test_the_counts_are_those_of_the_public_rows_whatever_is_hidden(monkeypatch):
    world = World()
    make_import(product=world.product, origin="press", source=make_source(), year=1390)
    for number, hide in enumerate(HIDDEN.values()):
        with transaction.atomic():
            hide(world, ["draft", "in_review", "withdrawn"][number % 3])
            for most_frequent in ("sample", "ministry"):
                monkeypatch.setattr(held, "_most_frequent", dict.fromkeys(apps.get_models(), most_frequent))
                for holding in holdings():
                    rows = list(holding.noun.rows().values_list("origin", flat=True))
                    assert Counter(rows) == +Counter(holding.by_origin), holding.noun.name
                    hidden = holding.noun.model.objects.filter(not_public(holding.noun.model)).count()
                    assert hidden + len(rows) == holding.noun.model.objects.count(), holding.noun.name
                    changes = holding.noun.rows().order_by("-updated_at").values_list("updated_at", flat=True)
                    assert holding.changed == changes.first()
            transaction.set_rollback(True)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_machines_read_the_same_as_people(client, language):
    make_contract()
    found = catalogue(client, language)
    assert found["@type"] == "dcat:Catalog"
    assert found["@id"] == f"http://testserver/{language}/data/#catalogue"
    contracts = next(one for one in found["dcat:dataset"] if one["dct:identifier"] == "contracts")
    titles = {title["@language"]: title["@value"] for title in contracts["dct:title"]}
    assert titles["en"] == "Contracts as open contracting data (OCDS)"
    assert titles["fa"] == "قراردادها به‌صورت دادهٔ باز قرارداد (OCDS)"
    addresses = [one["dcat:downloadURL"]["@id"] for one in contracts["dcat:distribution"]]
    assert addresses == ["http://testserver/ocds/releases.json", "http://testserver/ocds/records.json"]
    for address in addresses:
        assert client.get(address).status_code == 200
    assert found["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}


def test_no_name_breaks_out_of_the_block_for_machines(client, settings):
    evil = '</script><script>alert(1)</script><!-- & "'
    settings.SITE_OWNER = {"en": evil, "fa": ""}
    names = {name["@language"]: name["@value"] for name in catalogue(client)["dct:publisher"]["foaf:name"]}
    assert names == {"en": evil, "fa": evil}
    block = str(json_ld({"name": evil}))
    assert block.count("<") == block.count(">") == 2
    assert "&" not in block


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["CC BY 4.0", "ODC-PDDL", "MIT", "Mehr News Agency, <bdi", "read on", "never without their mark"],
        ),
        ("fa", ["CC BY 4.0", "ODC-PDDL", "MIT", "«خبرگزاری مهر، <bdi", "دیده‌شده در", "هرگز بدون نشان"]),
    ],
)
def test_the_licence_says_what_it_covers_and_what_not(client, language, words):
    text = page(client, language)
    for word in words:
        assert word in text
    assert f"http://testserver/{language}/data/</bdi>" in text  # how to cite it


def test_a_prefix_nobody_registered_is_called_so(client, settings):
    assert "This prefix is for demonstration" in page(client)
    settings.OCDS_PREFIX = "ocds-a1b2c3"
    text = page(client)
    assert "This prefix is for demonstration" not in text
    assert "ocds-a1b2c3" in text


def test_every_field_of_the_public_nouns_is_there(client):
    text = page(client, "fa")
    for key in (
        "product",
        "contract",
        "party",
        "contractline",
        "milestone",
        "amendment",
        "statement",
        "source",
    ):
        assert f'id="fields-{key}"' in text
    assert ">signed_precision<" in text
    assert ">offtake</bdi> تضمین خرید" in text


def test_it_costs_the_same_for_many_rows(client):
    def add(number):
        for _ in range(number):
            make_contract(desk=make_desk(), amounts=[5])
            make_import(product=make_product())

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(client)
        return len(captured)

    add(1)
    few = queries()
    add(5)
    assert queries() == few <= 20


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_page_leads_here(client, language):
    for path in ("about/", "sectors/"):
        assert f'href="/{language}/data/"' in client.get(f"/{language}/{path}").content.decode()


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.walk
def test_any_site_may_read_every_file_that_the_page_lists(client, settings, tmp_path, language):
    settings.BULK_ROOT = tmp_path / "bulk"
    make_contract(amounts=[5])
    make_desk(opens="2026-05-01", closes="2026-05-02")
    make_product()
    make_company()
    make_unit()
    call_command("write_bulk", stdout=StringIO())
    text = page(client, language)
    main = text[text.index("<main") : text.index("</main>")]
    addresses = {unescape(found) for found in re.findall(r'href="(/[^"#]+)"', main)}
    files = {address for address in addresses if not address.partition("?")[0].endswith("/")}
    assert len(files) > 60, files
    assert any(file.endswith(".jsonl") for file in files)
    assert any(file.startswith("/ocds/") for file in files)
    for file in files:
        client.get(file)
        stored = client.get(file)
        unchanged = client.get(file, headers={"if-none-match": stored.get("ETag", "*")})
        assert stored.status_code == 200, file
        for response in (stored, unchanged, client.head(file), client.options(file)):
            assert response["Access-Control-Allow-Origin"] == "*", file
            assert response["Cross-Origin-Resource-Policy"] == "cross-origin", file
            assert not response.cookies
            b"".join(response)  # reads it to its end, which closes it
        assert client.options(file)["Access-Control-Allow-Methods"].startswith("GET, HEAD")
    for other in ("", "api/"):
        assert not client.get(f"/{language}/data/{other}").has_header("Access-Control-Allow-Origin")


def test_the_catalogue_has_what_dcat_ap_requires(client):
    make_contract(amounts=[5])
    found = catalogue(client)
    for name in ("dct:title", "dct:description", "dct:publisher", "dcat:dataset"):
        assert found[name], name
    assert {text["@language"] for text in found["dct:description"]} == {"en", "fa"}
    assert found["dct:publisher"]["@type"] == "foaf:Agent"
    authority = "http://publications.europa.eu/resource/authority"
    for described in (found, *found["dcat:dataset"]):
        assert {language["@id"] for language in described["dct:language"]} == {
            f"{authority}/language/ENG",
            f"{authority}/language/FAS",
        }
        assert described["dct:modified"]["@type"] == "xsd:dateTime"
        assert described["dct:title"]
        assert described["dct:description"]
    assert found["dct:spatial"]["@id"] == f"{authority}/country/IRN"
