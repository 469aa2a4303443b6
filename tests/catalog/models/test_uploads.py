"""An upload is what its name says, and a file that is gone keeps nobody from working."""

import io
import zipfile
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image

from catalog.models import Document
from tests.catalog.admin.conftest import administrator, staff  # noqa: F401, fixtures
from tests.catalog.admin.forms import errors_of, send
from tests.factories import make_product

pytestmark = pytest.mark.django_db


def office(part):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(part, "<document/>")
    return packed.getvalue()


def picture(kind, size=(8, 8)):
    drawn = io.BytesIO()
    Image.new("1" if kind == "PNG" else "RGB", size).save(drawn, kind)
    return drawn.getvalue()


CONTENTS = {
    "a.pdf": b"%PDF-1.7\n",
    "a.docx": office("word/document.xml"),
    "a.xlsx": office("xl/workbook.xml"),
    "a.csv": "\ufeffنام,name\n".encode(),
    "a.txt": "متن".encode(),
    "a.png": picture("PNG"),
    "a.jpg": picture("JPEG"),
    "a.JPEG": picture("JPEG"),
    "a.webp": picture("WEBP"),
}


def document(name, content):
    file = SimpleUploadedFile(name, content)
    return Document(product=make_product(), title_en="A", title_fa="آ", access="public", file=file)


@pytest.mark.parametrize("name", CONTENTS)
def test_a_file_that_is_what_its_name_says_is_taken_whole(name):
    taken = document(name, CONTENTS[name])
    taken.full_clean()
    taken.save()
    assert taken.file.open().read() == CONTENTS[name]


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\xff",
        b"\x89PNG\r\n\x1a\n\x00",
        b"PK\x03\x04\x00",
        office("other.xml"),
        b"\xff\xd8\xff\x00",
    ],
    ids=["program", "half a PNG", "half a zip", "another zip", "half a JPEG"],
)
def test_a_file_of_another_content_is_refused_in_words(name, content):
    with pytest.raises(ValidationError) as caught:
        document(name, content).full_clean()
    assert caught.value.message_dict["file"][0].startswith("This is not ")


@pytest.mark.parametrize(("name", "other"), [("a.png", "a.jpg"), ("a.jpg", "a.webp"), ("a.docx", "a.xlsx")])
def test_one_kind_is_no_other(name, other):
    with pytest.raises(ValidationError, match="This is not"):
        document(name, CONTENTS[other]).full_clean()


def test_a_picture_is_bounded_by_its_pixels_too():
    document("a.png", picture("PNG", (8000, 5000))).full_clean()
    for size in [(8001, 5000), (20_000, 20_000)]:
        large = picture("PNG", size)
        assert len(large) < 100_000
        with pytest.raises(ValidationError, match="more than 40 million pixels"):
            document("a.png", large).full_clean()


def test_the_form_says_it_beside_the_file(administrator):  # noqa: F811
    values = {"product": make_product().pk, "title_en": "A", "title_fa": "آ"}
    fake = SimpleUploadedFile("fake.pdf", b"<html>")
    answer = send(administrator, "/admin/catalog/document/add/", {**values, "file": fake})
    assert errors_of(answer)["file"][0].startswith("This is not a PDF")


def test_a_missing_file_blocks_no_save_and_is_named(administrator):  # noqa: F811
    stored = document("a.pdf", CONTENTS["a.pdf"])
    stored.state = "published"
    stored.save()
    call_command("check_index", verbosity=0, stdout=StringIO())
    stored.file.storage.delete(stored.file.name)
    stored = Document.objects.get()
    stored.full_clean()
    url = f"/admin/catalog/document/{stored.pk}/change/"
    assert send(administrator, url, {"title_en": "Corrected"}).status_code == 302
    stored.refresh_from_db()
    assert stored.title_en == "Corrected"
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("check_index", verbosity=0, stdout=said)
    assert said.getvalue() == f"document {stored.pk}: its file {stored.file.name} is missing\n"
    stored.file = ContentFile(CONTENTS["a.pdf"], name="again.pdf")
    stored.full_clean()
    stored.save()
    call_command("check_index", verbosity=0, stdout=StringIO())
