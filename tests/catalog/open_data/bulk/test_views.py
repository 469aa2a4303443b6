"""The bulk files as they are handed out, and as the open data page names them."""

import hashlib
import io
import json
import re

import pytest
from django.core.management import call_command

from tests.factories import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(settings, tmp_path):
    settings.BULK_ROOT = tmp_path / "bulk"
    make_product(slug="pump", name_en="Pump")
    call_command("write_bulk", stdout=io.StringIO())
    return settings.BULK_ROOT / "current"


def test_a_file_comes_whole_with_what_it_is(client, written):
    data = (written / "products.csv").read_bytes()
    for language in ("en", "fa"):
        response = client.get(f"/{language}/data/products.csv")
        assert b"".join(response) == data
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="products.csv"'
        assert response["Content-Length"] == str(len(data))
        assert response["Content-Language"] == "en, fa"
        assert response["ETag"] == f'"{hashlib.sha256(data).hexdigest()}"'
        assert "Vary" not in response
        assert not response.cookies
    head = client.head("/en/data/products.csv")
    assert (head.content, head["Content-Length"]) == (b"", str(len(data)))
    for asked in ({"if-none-match": response["ETag"]}, {"if-modified-since": response["Last-Modified"]}):
        assert client.get("/en/data/products.csv", headers=asked).status_code == 304
    refused = client.post("/en/data/products.csv")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
    kinds = {"datapackage.json": "application/json", "SHA256SUMS": "text/plain", "desks.jsonl": "jsonl"}
    for name, kind in kinds.items():
        response = client.get(f"/en/data/{name}")
        assert kind in response["Content-Type"]
        assert b"".join(response) == (written / name).read_bytes()


RANGES = [  # what is asked, the status, and the part of the file
    ("bytes=0-0", 206, slice(0, 1)),
    ("bytes=10-19", 206, slice(10, 20)),
    ("bytes=10-", 206, slice(10, None)),
    ("bytes=-7", 206, slice(-7, None)),
    ("bytes=5-999999999", 206, slice(5, None)),
    ("bytes=-999999", 200, slice(None)),
    ("bytes=999999-", 416, slice(0)),
    ("bytes=-0", 416, slice(0)),
    ("bytes=9-3", 200, slice(None)),
    ("bytes=0-1,4-5", 200, slice(None)),
    ("bytes=-", 200, slice(None)),
    ("bytes=٣-٥", 200, slice(None)),
    ("lines=1-2", 200, slice(None)),
]


def test_a_part_comes_where_one_is_asked_for(client, written):
    data = (written / "products.csv").read_bytes()
    for asked, status, part in RANGES:
        response = client.get("/en/data/products.csv", headers={"range": asked})
        assert response.status_code == status, asked
        assert b"".join(response) == data[part], asked
        first, last, _ = part.indices(len(data))
        ranges = {206: f"bytes {first}-{last - 1}/{len(data)}", 416: f"bytes */{len(data)}"}
        assert response.get("Content-Range") == ranges.get(status), asked


def test_no_part_of_another_version_is_sent(client, written):
    tag = client.head("/en/data/products.csv")["ETag"]
    for condition, status in ((tag, 206), ('"another"', 200), ("Tue, 24 Nov 2026 00:00:00 GMT", 200)):
        headers = {"range": "bytes=3-", "if-range": condition}
        assert client.get("/en/data/products.csv", headers=headers).status_code == status


def test_an_empty_file_is_one(client, written):
    response = client.get("/en/data/desks.jsonl", headers={"range": "bytes=0-"})
    assert (response.status_code, b"".join(response), response["Content-Length"]) == (200, b"", "0")


def test_nothing_else_of_the_folder_is_handed_out(client, written):
    for name in (".lock", "nothing.csv", "..%2Fportal.sqlite3", "%2Fetc%2Fpasswd", "current", "products.CSV"):
        assert client.get(f"/en/data/{name}").status_code == 404


def test_the_page_names_each_file_with_size_and_checksum(client, written):
    for language, size, words in (("en", " kB", "Everything at once"), ("fa", " کیلوبایت", "همه یک‌جا")):
        text = client.get(f"/{language}/data/").content.decode()
        assert words in text
        assert size in text
        for file in written.iterdir():
            assert f'href="/{language}/data/{file.name}"' in text
            if file.name != "SHA256SUMS":
                assert hashlib.sha256(file.read_bytes()).hexdigest() in text
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        (everything,) = [
            one for one in json.loads(block)["dcat:dataset"] if one["dct:identifier"] == "everything"
        ]
        assert len(everything["dcat:distribution"]) == len(list(written.iterdir())) - 2


def test_files_that_are_not_written_are_not_named(client):
    assert "datapackage.json" not in client.get("/en/data/").content.decode()
    assert client.get("/en/data/products.csv").status_code == 404
