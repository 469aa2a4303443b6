"""The two addresses of the open contracting data."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_company, make_contract, make_desk, make_product, make_source

RELEASES, RECORDS = "/ocds/releases.json", "/ocds/records.json"
BOTH = pytest.mark.parametrize("address", [RELEASES, RECORDS])


@BOTH
def test_the_real_contracts_are_told_each_with_an_id_of_its_own_and_a_source(client, loaded, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    package = json.loads(response.content, parse_float=pytest.fail)
    rows = package.get("releases") or [record["compiledRelease"] for record in package["records"]]
    assert len(rows) == len({row["ocid"] for row in rows}) == len({row["id"] for row in rows}) == 20
    assert all(row["ocid"].startswith("ocds-demo00-P-") for row in rows)
    for row in rows:
        documents = {document["id"]: document for document in row["contracts"][0]["documents"]}
        assert documents["source"]["url"].startswith("http")
        ids = [party["id"] for party in row["parties"]]
        assert len(ids) == len(set(ids))


@pytest.mark.django_db
@BOTH
def test_whatever_language_the_browser_prefers_the_answer_is_the_same(client, address):
    make_contract(origin="press", source=make_source())
    english, persian = (client.get(address, headers={"accept-language": code}) for code in ("en", "fa"))
    assert english.content == persian.content
    assert english["Content-Language"] == persian["Content-Language"] == "en, fa"
    assert not english.cookies


@pytest.mark.django_db
@BOTH
def test_a_cache_asks_each_time_and_gets_it_only_when_it_changed(client, address):
    contract = make_contract()
    first = client.get(address)
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(address)["ETag"] == first["ETag"]
    contract.withdraw("Listed by mistake.", "به اشتباه ثبت شده بود.")
    make_contract()
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.django_db
@BOTH
def test_it_is_only_read(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.django_db
@BOTH
def test_there_is_no_package_without_a_contract(client, address):
    make_contract(origin="sample")
    make_contract(kind="memorandum")
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_publisher_says_that_it_is_a_demonstration_until_it_is_none(client, settings):
    make_contract()

    def publisher():
        return client.get(RELEASES).json()["publisher"]["name"]

    assert publisher() == (
        "Domestic Production Portal (a demonstration; the prefix ocds-demo00 is not registered)"
    )
    settings.SITE_OWNER = {"en": "The Ministry", "fa": "وزارت"}
    assert publisher() == "The Ministry (the prefix ocds-demo00 is not registered)"
    settings.OCDS_PREFIX = "ocds-a1b2c3"
    assert publisher() == "The Ministry"
    assert client.get(RELEASES).json()["releases"][0]["ocid"].startswith("ocds-a1b2c3-")


@pytest.mark.django_db
def test_the_policy_that_it_names_is_on_the_open_data_page(client):
    make_contract()
    package = client.get(RELEASES).json()
    assert package["publicationPolicy"] == "http://testserver/en/data/#ocds"
    assert 'id="ocds"' in client.get("/en/data/").content.decode()


@pytest.mark.django_db
@BOTH
def test_it_costs_the_same_for_many_contracts(client, address):
    def add(number):
        for _ in range(number):
            contract = make_contract(amounts=[5], origin="press", source=make_source(), desk=make_desk())
            contract.lines.create(product=make_product(), amount=6)
            contract.parties.create(company=make_company())
            contract.milestones.create(due=date(2030, 1, 1))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    add(1)
    few = queries()
    add(5)
    assert queries() == few <= 7


@pytest.mark.django_db
def test_contracts_link_to_the_data_that_hold_them_and_samples_do_not(client):
    sample = make_contract(origin="sample")
    assert RELEASES not in client.get("/en/contracts/").content.decode()
    for contract in (make_contract(), make_contract(kind="offtake")):
        page = client.get(contract.get_absolute_url()).content.decode()
        assert RELEASES in page
        assert RECORDS in page
    for contract in (sample, make_contract(kind="memorandum")):
        assert RELEASES not in client.get(contract.get_absolute_url()).content.decode()
    assert RELEASES in client.get("/fa/contracts/").content.decode()
