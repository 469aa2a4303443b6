"""Files of public records, and the files of all others that nobody gets."""

import pytest
from django.core.files.base import ContentFile

from catalog.models import Document
from tests.factories import make_contract, make_desk, make_product

pytestmark = pytest.mark.django_db


def make_document(name="a.pdf", content=b"%PDF-1.7", **values):
    values = {
        "title_en": "Test method",
        "title_fa": "روش آزمون",
        "access": "public",
        "state": "published",
        **values,
    }
    if not values.keys() & {"product", "desk", "contract"}:
        values["product"] = make_product()
    return Document.objects.create(file=ContentFile(content, name=name), **values)


def test_a_public_document_is_a_download_with_a_readable_name(client):
    response = client.get(f"/documents/{make_document().pk}/")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="Test method.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_persian_document_is_named_in_persian(client):
    response = client.get(f"/documents/{make_document(language='fa').pk}/")
    assert "filename*=utf-8''%D8%B1%D9%88%D8%B4" in response["Content-Disposition"]


def test_a_title_cannot_break_the_header_or_hide_the_file_s_kind(client):
    document = make_document(title_en='a\r\nSet-Cookie: x="1"/../\u202efdp.exe')
    response = client.get(f"/documents/{document.pk}/")
    assert response["Content-Disposition"] == 'attachment; filename="a Set-Cookie x= 1 .. fdp.exe.pdf"'
    assert not response.cookies


def test_a_title_of_signs_alone_still_gives_a_name(client):
    response = client.get(f"/documents/{make_document(title_en='///').pk}/")
    assert response["Content-Disposition"] == 'attachment; filename="document.pdf"'


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("a.png", "image/png"), ("a.JPG", "image/jpeg"), ("a.jpeg", "image/jpeg"), ("a.webp", "image/webp")],
)
def test_a_picture_shows_in_the_page(client, name, content_type):
    response = client.get(f"/documents/{make_document(name, b'x', kind='image').pk}/")
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"].startswith("inline")


def test_text_says_its_encoding(client):
    assert (
        client.get(f"/documents/{make_document('a.csv', b'x').pk}/")["Content-Type"]
        == "text/csv; charset=utf-8"
    )


def test_a_kind_of_file_nobody_expects_is_never_shown_in_the_page(client):
    response = client.get(f"/documents/{make_document('a.svg', b'<svg/>').pk}/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "values",
    [
        {"access": "on_request"},
        {"state": "draft"},
        {"state": "in_review"},
    ],
)
def test_what_is_not_public_is_not_there(client, values):
    assert client.get(f"/documents/{make_document(**values).pk}/").status_code == 404


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
@pytest.mark.parametrize(
    ("parent", "make"), [("product", make_product), ("desk", make_desk), ("contract", make_contract)]
)
def test_a_document_is_hidden_with_its_record(client, parent, make, state):
    document = make_document(**{parent: make(state=state)})
    assert client.get(f"/documents/{document.pk}/").status_code == 404


def test_a_withdrawn_document_says_why(client):
    document = make_document(
        state="withdrawn", withdrawn_reason_en="Wrong version.", withdrawn_reason_fa="نسخهٔ نادرست."
    )
    response = client.get(f"/documents/{document.pk}/")
    assert response.status_code == 410
    assert "Wrong version." in response.content.decode()


def test_the_reason_of_a_withdrawn_document_on_request_stays_inside(client):
    document = make_document(
        access="on_request", state="withdrawn", withdrawn_reason_en="Secret.", withdrawn_reason_fa="محرمانه."
    )
    assert client.get(f"/documents/{document.pk}/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
def test_an_unknown_number_is_not_found(client, pk):
    assert client.get(f"/documents/{pk}/").status_code == 404


def test_a_missing_file_is_not_found(client):
    document = make_document()
    document.file.storage.delete(document.file.name)
    assert client.get(f"/documents/{document.pk}/").status_code == 404


def test_head_gives_the_headers_without_the_file(client):
    response = client.head(f"/documents/{make_document().pk}/")
    assert response.status_code == 200
    assert response["Content-Length"] == "8"
    assert response["Content-Type"] == "application/pdf"


def test_a_browser_that_has_the_file_is_told_so(client):
    address = f"/documents/{make_document().pk}/"
    first = client.get(address)
    by_tag = client.get(address, headers={"if-none-match": first["ETag"]})
    by_day = client.get(address, headers={"if-modified-since": first["Last-Modified"]})
    assert (by_tag.status_code, by_day.status_code) == (304, 304)
    assert by_tag["ETag"] == first["ETag"]
    assert first["Cache-Control"] == "no-cache"
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_nothing_can_be_posted(client):
    assert client.post(f"/documents/{make_document().pk}/").status_code == 405


def test_robots_are_asked_to_leave_the_admin_and_the_downloads_alone(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    allowed, sitemap = response.text.rsplit("\n", 2)[:2]
    assert allowed.splitlines() == ["User-agent: *", "Disallow: /admin/", "Disallow: /*/export."]
    assert sitemap == "Sitemap: http://testserver/sitemap.xml"


def test_a_published_document_can_be_restricted_and_corrected():
    document = make_document()
    document.access, document.title_en = "on_request", "Test methods"
    document.full_clean()
    document.save()
    document.refresh_from_db()
    assert (document.access, document.title_en) == ("on_request", "Test methods")


def test_a_model_that_freezes_nothing_changes_in_every_field(monkeypatch):
    product = make_product()
    monkeypatch.setattr(type(product), "frozen", ())
    product.slug, product.name_en = "moved", "Moved"
    product.full_clean()
