"""The API: what it shows and never shows, its filters, pages, fields, faults, limits and copies."""

import json
import random
from datetime import date
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openapi_spec_validator import validate

from catalog.api.client_address import address_of
from catalog.api.nouns import viewsets
from catalog.api.pagination import Cursor
from catalog.api.throttling import AddressThrottle
from catalog.models import Contract, Product
from tests.catalog.test_hostile_queries import LISTS, hostile
from tests.catalog.test_visibility import SECRET, SECRET_CONTRACT, World
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_product,
    make_sector,
    make_source,
    make_unit,
)

MAKERS = {
    "products": lambda **values: make_product(**(SECRET | values)),
    "sectors": lambda **values: make_sector(**(SECRET | values)),
    "companies": lambda **values: make_company(**(SECRET | values)),
    "desks": lambda **values: make_desk(**(SECRET | values)),
    "contracts": lambda **values: make_contract(**(SECRET_CONTRACT | values)),
    "units": lambda **values: make_unit(**(SECRET | values)),
}
NOUNS = {viewset.noun.path: viewset for viewset in viewsets()}
KEYS = {name: viewset.noun.key for name, viewset in NOUNS.items()}


def get(client, path, status=200, **headers):
    response = client.get(f"/api/v1/{path}", headers=headers)
    assert response.status_code == status, response.content
    return response.json()


def keys(answer, noun):
    return [row[KEYS[noun]] for row in answer["results"]]


@pytest.mark.django_db
@pytest.mark.parametrize("noun", MAKERS)
def test_only_what_is_public_has_an_address(client, noun):
    for state, status in (("draft", 404), ("in_review", 404), ("withdrawn", 410)):
        name = f"zz-{state.replace('_', '-')}"
        record = MAKERS[noun](state=state, **{KEYS[noun]: name})
        address = f"{noun}/{name}/"
        answer = get(client, address, status, **{"accept-language": "fa"})
        if status == 410:
            assert answer["reason_en"] == record.withdrawn_reason_en
            assert answer["detail"] == record.withdrawn_reason_fa
        assert "Zzhidden" not in json.dumps(answer)
        assert get(client, f"{noun}/") == {
            "count": 0, "next": None, "previous": None, "notices": [], "results": [],
        }  # fmt: skip
    if noun in ("sectors", "desks"):  # which the document names
        assert "zz-" not in json.dumps(get(client, "schema/"))


@pytest.mark.django_db
def test_no_field_is_for_staff_and_every_link_leads_to_its_record(client):
    World()
    for noun, viewset in NOUNS.items():
        text = json.dumps(get(client, f"{noun}/"))
        for staff in ('"note"', '"state"', "legal_id", "published_at", '"id"'):
            assert staff not in text
        for row in get(client, f"{noun}/")["results"]:
            alone = client.get(row["url"])
            assert alone.json() == row
            assert client.get(row["page_fa"]).status_code == 200
            assert tuple(row) == viewset.serializer_class.names()


@pytest.mark.django_db
def test_every_figure_names_its_source_and_samples_say_so(client):
    source = make_source(publisher_en="Mehr", address="https://mehr.example/1", licence="CC BY 4.0")
    product = make_product()
    make_import(product=product, origin="press", source=source)
    make_demand(product=product, buyer=make_company(origin="sample"), origin="sample")
    (row,) = get(client, "products/")["results"]
    assert row["imports"][0]["source"] == {
        "key": source.key,
        "publisher_en": "Mehr",
        "publisher_fa": None,
        "address": "https://mehr.example/1",
        "published_on": None,
        "licence": "CC BY 4.0",
    }
    assert (row["imports"][0]["sample"], row["demands"][0]["sample"]) == (False, True)
    assert row["demands"][0]["origin"] == "sample"


QUERIES = {
    "products": [
        "", "q=pump", "q=شیر&order=relevance", "sector=automotive&sector=refining&stage=open&stage=reported",
        "companies=none&order=name",
        "hs=84&import_min=1000000&order=import", "province=tehran&order=-updated",
    ],
    "companies": ["", "kind=firm&order=-products", "q=iran", "knowledge_based=unknown&order=-updated"],
    "contracts": ["", "year=1399&order=signed", "kind=contract&state=unknown&order=late", "order=due"],
    "units": ["", "cause=finance&order=-capacity", "match=yes&order=since", "need=buyer&order=-jobs"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("noun", QUERIES)
def test_a_query_finds_what_its_listing_finds_in_its_order_page_by_page(loaded, noun, language):
    visitor, key = Client(headers={"accept-language": language}), KEYS[noun]
    for query in QUERIES[noun]:
        file = b"".join(visitor.get(f"/{language}/{noun}/export.json?{query}"))
        expected = [row[key] for row in json.loads(file)[noun]]
        address, found = f"/api/v1/{noun}/?{query}&page_size=100&fields={key}".replace("?&", "?"), []
        while address:
            answer = visitor.get(address).json()
            found += keys(answer, noun)
            address = answer["next"]
        assert found == expected, query
        assert answer["count"] == len(expected)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("noun", "order"),
    [("contracts", "signed"), ("contracts", "-signed"), ("contracts", "reference"), ("units", "-capacity")],
)
def test_a_walk_meets_every_row_once_while_others_are_inserted(client, noun, order):
    days = [date(2020, 1, 5), None, date(2021, 2, 3), None, date(2020, 1, 5), date(2019, 1, 1), None]
    for n, day in enumerate(days):
        if noun == "units":
            size = day and {"capacity": day.year, "capacity_unit": "tonne"}
            make_unit(slug=f"row-{n}", **(size or {}))
        else:
            make_contract(reference=f"row-{n}", signed_on=day)
    answer = get(client, f"{noun}/?order={order}&page_size=2")
    before, seen, pages = {f"row-{n}" for n in range(7)}, keys(answer, noun), [answer]
    while answer["next"]:
        inserted = MAKERS[noun](**{KEYS[noun]: f"new-{len(pages)}"})
        Contract.objects.filter(reference=getattr(inserted, "reference", "")).update(
            signed_on=date(2020, 6, 6)
        )
        answer = client.get(answer["next"]).json()
        pages.append(answer)
        seen += keys(answer, noun)
    assert len(seen) == len(set(seen))
    assert before <= set(seen)
    backwards = keys(pages[-1], noun)
    while answer["previous"]:
        answer = client.get(answer["previous"]).json()
        backwards = keys(answer, noun) + backwards
    assert before <= set(backwards)
    assert len(backwards) == len(set(backwards))
    assert [key for key in backwards if key in before] == [key for key in seen if key in before]


@pytest.mark.django_db
def test_a_cursor_is_nobodys_to_make_and_belongs_to_its_query(client):
    for _ in range(3):
        make_product()
    own = get(client, "products/?page_size=1&order=name")["next"].partition("cursor=")[2].partition("&")[0]
    assert get(client, f"products/?order=name&cursor={own}")["results"]
    made = Cursor((10**30,), False, "en").signed("other")
    for query in (f"cursor={own}", f"order=name&cursor={own}x", f"cursor={made}", "cursor=%00", "cursor=é"):
        answer = get(client, f"products/?{query}", 404)
        assert answer["errors"][0]["parameter"] == "cursor"


@pytest.mark.django_db
def test_fields_are_chosen_in_lists_and_records(client):
    make_product(slug="pump", name_en="Pump", hs_code="841370")
    assert get(client, "products/?fields=hs_code,slug&fields=name_en")["results"] == [
        {"slug": "pump", "name_en": "Pump", "hs_code": "841370"}
    ]
    assert get(client, "products/pump?fields=hs_code") == {"hs_code": "841370"}
    answer = get(client, "products/pump/?fields=slug,note,id", 400)
    assert [fault["value"] for fault in answer["errors"]] == ["note", "id"]
    assert "slug" in answer["errors"][0]["allowed"]


@pytest.mark.django_db
def test_what_is_not_chosen_is_not_read(client):
    World()
    with CaptureQueriesContext(connection) as whole:
        get(client, "companies/")
    with CaptureQueriesContext(connection) as chosen:
        (row, *_others) = get(client, "companies/?fields=slug,makes")["results"]
    assert list(row) == ["slug", "makes"]
    assert len(chosen) == len(whole) - 3  # engagements, demands and promises
    assert not any("catalog_productpromise" in query["sql"] for query in chosen)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("page=2", ["page"]),
        ("utm_source=x&rate=market", ["utm_source", "rate"]),
        ("sector=none-such&stage=open&stage=zz", ["sector", "stage"]),
        ("hs=pump&import_min=-1", ["hs", "import_min"]),
        ("page_size=101", ["page_size"]),
        ("page_size=1&page_size=2", ["page_size"]),
        ("companies=none&companies=some", ["companies"]),
        ("order=", ["order"]),
        ("fields=&q=" + "x" * 201, ["fields", "q"]),
    ],
)
def test_what_cannot_be_used_is_named_in_both_languages(client, query, names):
    said = {}
    for language in ("en", "fa"):
        answer = get(client, f"products/?{query}", 400, **{"accept-language": language})
        assert sorted({fault["parameter"] for fault in answer["errors"]}) == sorted(names)
        assert all(name in answer["detail"] for name in names)
        said[language] = [answer["title"], *(fault["message"] for fault in answer["errors"])]
    assert not set(said["en"]) & set(said["fa"])


@pytest.mark.django_db
def test_hostile_queries_are_answered_or_refused(client):
    make_sector(slug="cars")
    for noun in NOUNS:
        dice, known = random.Random(noun), LISTS.get(noun, {})
        queries = [hostile(dice, known) for _ in range(10)]
        for query in [*queries, "%FF=%FF", "q=%00", "fields=%00", "page_size=٥"]:
            response = client.get(f"/api/v1/{noun}/?{query}")
            assert response.status_code in (200, 400, 404), query
    for path in ("nope", "products/%00/", "products/%0A", "products/a/b/", "products/%D9%BE/"):
        response = client.get(f"/api/v1/{path}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.django_db
@pytest.mark.parametrize("noun", MAKERS)
def test_the_number_of_queries_does_not_grow_with_the_rows(client, noun):
    World()
    with CaptureQueriesContext(
        connection,
    ) as few:
        get(client, f"{noun}/")
    for n in range(3):
        sector, company, source = make_sector(), make_company(), make_source()
        product = make_product(sector=sector, source=source)
        make_engagement(product=product, company=company, source=source)
        make_demand(product=product, buyer=company, source=source)
        make_import(product=product, source=source)
        desk = make_desk(sectors=[sector], products=[product], buyers=[company], source=source)
        contract = make_contract(amounts=[5], desk=desk, sector=sector, source=source)
        contract.parties.create(company=company)
        contract.lines.create(product=product, amount=n)
        contract.milestones.create(due=date(2026, 1, 1))
        make_unit(products=[product], sector=sector, source=source)
    with CaptureQueriesContext(connection) as many:
        assert get(client, f"{noun}/?page_size=99")["count"] > 3
    assert len(many) == len(few)
    assert len(many) <= 14


@pytest.mark.django_db
class TestLimit:
    @pytest.fixture(autouse=True)
    def two_a_minute(self, settings):
        settings.API_REQUESTS_A_MINUTE = 2
        AddressThrottle.cache.clear()
        yield
        AddressThrottle.cache.clear()

    def test_a_client_who_asks_too_often_is_told_when_to_go_on(self, client):
        etag = client.get("/api/v1/sectors/")["ETag"]
        assert client.get("/api/v1/sectors/", headers={"if-none-match": etag}).status_code == 304
        for response in (client.get("/api/v1/sectors/"), client.post("/api/v1/products/")):
            assert response.status_code == 429
            assert 1 <= int(response["Retry-After"]) <= 60
            assert response.json()["retry_after"] == int(response["Retry-After"])
            assert response["Access-Control-Allow-Origin"] == "*"
        assert client.get("/en/products/").status_code == 200
        assert client.get("/api/v1/sectors/", REMOTE_ADDR="192.0.2.1").status_code == 200

    def test_the_next_minute_is_another(self, rf):
        def waits(now):
            """Seconds until the next request is answered, where this one is not."""
            throttle = AddressThrottle()
            throttle.timer = lambda: now
            return 0 if throttle.allow_request(rf.get("/"), None) else throttle.wait()

        assert [waits(0), waits(1), waits(1.5)] == [0, 0, 58.5]
        assert waits(60) == 0

    @pytest.mark.parametrize(
        ("remote", "forwarded", "client"),
        [
            ("127.0.0.1", "203.0.113.9, 192.0.2.7", "192.0.2.7"),
            ("127.0.0.1", "192.0.2.7, 10.1.2.3", "192.0.2.7"),
            ("198.51.100.1", "192.0.2.7", "198.51.100.1"),
            ("127.0.0.1", "", "127.0.0.1"),
            ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
            ("", "192.0.2.7", "192.0.2.7"),
            ("127.0.0.1", "no address", "no address"),
        ],
    )
    def test_only_proxies_that_are_named_say_who_asks(self, settings, remote, forwarded, client):
        settings.FORWARDED_ALLOW_IPS = ["127.0.0.1", "10.0.0.0/8"]
        request = SimpleNamespace(META={"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded})
        assert address_of(request) == client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json; charset=utf-8", 200),
        ("application/json;q=0.5;version=1", 200),
        ("APPLICATION/JSON", 200),
        ("application/problem+json", 406),
        ("application/*", 200),
        ("text/html, */*;q=0.1", 200),
        ("application/json;q=0", 406),
        ("text/html", 406),
    ],
)
def test_json_is_taken_with_any_parameters(client, accept, status):
    answer = client.get("/api/v1/products/", headers={"accept": accept})
    assert answer.status_code == status
    assert answer["Content-Type"] == ("application/json" if status == 200 else "application/problem+json")


@pytest.mark.django_db
def test_it_is_read_only_json_for_scripts_of_every_site(client):
    strict = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        response = getattr(strict, method)("/api/v1/products/", data="{}", content_type="text/xml")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    response = client.options("/api/v1/products/", headers={"origin": "https://else.example"})
    assert response.status_code == 204
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert client.head("/api/v1/products/").content == b""
    assert client.get("/api/v1/products/", headers={"accept": "text/html"}).status_code == 406
    browser = "text/html,application/xhtml+xml,*/*;q=0.8"
    assert client.get("/api/v1/products/", headers={"accept": browser})["Content-Type"] == "application/json"
    for path in ("", "/", "/products", "/products/", "/schema", "/nope"):
        response = client.get(f"/api/v1{path}")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response.status_code in (200, 404)  # never a redirect


@pytest.mark.django_db
def test_what_cannot_be_read_in_an_accept_header_is_no_fault_of_the_site(client):
    for header in ("application/json; x*=foo''bar", "text/plain; charset*=utf-9'en'x"):
        assert client.get("/api/v1/products/", headers={"accept": header}).status_code == 406


@pytest.mark.django_db
def test_the_language_a_member_of_staff_chose_changes_nothing(client):
    plain = client.get("/api/v1/products/?q=%3F")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fa"
    theirs = client.get("/api/v1/products/?q=%3F")
    assert theirs.json() == plain.json()
    assert theirs["Content-Language"] == plain["Content-Language"] == "en"


@pytest.mark.django_db
def test_examples_of_the_document_are_answered(client):
    make_sector(slug="cars")
    for path, operations in get(client, "schema/")["paths"].items():
        for parameter in operations["get"].get("parameters", ()):
            for example in parameter.get("examples", {}).values():
                value = example["value"]
                text = ",".join(value) if isinstance(value, list) else value
                if "{" not in path:
                    assert client.get(path, {parameter["name"]: text}).status_code == 200, (path, parameter)


@pytest.mark.django_db
def test_links_lead_to_licence_document_and_neighbours(client):
    make_product(), make_product()
    response = client.get("/api/v1/products/?page_size=1")
    assert f'<{response.json()["next"]}>; rel="next"' in response["Link"]
    for rel in ("license", "service-desc", "service-doc"):
        assert f'rel="{rel}"' in response["Link"]


@pytest.mark.django_db
def test_a_copy_stands_until_something_changes(client):
    product = make_product(name_en="Pump")
    first = client.get("/api/v1/products/?q=%3F")
    assert first.json()["notices"]
    again = {"if-none-match": first["ETag"]}
    assert client.get("/api/v1/products/?q=%3F", headers=again).status_code == 304
    Product.objects.filter(pk=product.pk).update(name_en="Valve")
    assert client.get("/api/v1/products/?q=%3F", headers=again).json()["results"][0]["name_en"] == "Valve"
    other = client.get("/api/v1/products/?q=%3F", headers={"accept-language": "fa", **again})
    assert other.status_code == 200
    assert "Accept-Language" in other["Vary"]
    assert other.json()["notices"] != first.json()["notices"]


@pytest.mark.django_db
def test_the_document_is_valid_and_names_every_field_and_choice(client):
    make_sector(slug="cars")
    document = get(client, "schema/")
    validate(document)
    assert document["info"]["license"]["url"].startswith("https://creativecommons.org/")
    for noun, viewset in NOUNS.items():
        listed = document["paths"][f"/api/v1/{noun}/"]["get"]
        assert {"200", "400", "404", "406", "429"} <= set(listed["responses"])
        assert "410" in document["paths"][f"/api/v1/{noun}/{{key}}/"]["get"]["responses"]
        assert all(parameter["description"] for parameter in listed["parameters"])
        shown = document["components"]["schemas"][viewset.noun.stem.capitalize()]
        assert tuple(shown["properties"]) == viewset.serializer_class.names()
    (sector,) = [one for one in listed["parameters"] if one["name"] == "sector"]
    assert sector["schema"]["items"]["enum"] == ["cars"]
