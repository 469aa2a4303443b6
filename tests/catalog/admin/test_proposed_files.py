"""A file that is proposed lies apart until it is decided on: shown to who decides, then moved or erased."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.admin import proposed_files
from catalog.models import Document, Revision
from tests import factories as make

from .forms import errors_of, fields_of, send

CONTENT = b"%PDF-1.7 slurry"


@pytest.fixture(autouse=True)
def empty_storage(settings):
    """Each test has storages of its own."""
    settings.STORAGES = {**settings.STORAGES}


def pdf(name="شرایط.pdf", content=CONTENT):
    return SimpleUploadedFile(name, content, "application/pdf")


def page_of(revision):
    return f"/admin/catalog/product/{revision.record_id}/change/?revision={revision.pk}"


def kept(revision):
    return sorted(proposed_files._listed(f"{revision.pk}")[1])


@pytest.fixture
def reviewer(staff):
    return staff("reviewer")


@pytest.fixture
def proposed(editor):
    """The Revision by which an editor adds a document with a file to a public product."""
    product = make.make_product()
    rows = {
        "documents-TOTAL_FORMS": "1",
        "documents-0-kind": "drawing",
        "documents-0-title_en": "Drawing",
        "documents-0-title_fa": "نقشه",
        "documents-0-access": "public",
        "documents-0-file": pdf(),
    }
    answer = send(editor, f"/admin/catalog/product/{product.pk}/change/", rows, "_propose")
    assert answer.status_code == 302, errors_of(answer)
    return Revision.objects.get()


def file_url(page):
    (one,) = [each for each in page.context["differences"] if each.token]
    return f"/admin/catalog/revision/{page.context['revision'].pk}/file/{one.token}/"


def test_it_is_shown_for_download_to_its_author_and_to_who_decides(
    client, proposed, editor, reviewer, officer
):
    page = reviewer.get(page_of(proposed))
    url = file_url(page)
    assert url in page.text
    assert "شرایط.pdf" in page.text
    for each in (editor, reviewer):
        answer = each.get(url)
        assert b"".join(answer.streaming_content) == CONTENT
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert officer.get(url).status_code == 404
    assert client.get(url).status_code == 302
    assert reviewer.get(url.replace(url.split("/")[-2], "0" * 32)).status_code == 404
    assert not Document.objects.exists()


def test_it_is_moved_when_it_is_accepted(client, proposed, reviewer):
    page = reviewer.get(page_of(proposed))
    (token,) = kept(proposed)
    chosen = {"documents-0-file-chosen": f"{token}:شرایط.pdf"}
    assert "documents-0-file-chosen" in page.text
    answer = reviewer.post(page_of(proposed), {**fields_of(page), **chosen, "_accept": "1"})
    assert answer.status_code == 302, errors_of(answer)
    document = Document.objects.get()
    with document.file.open() as file:
        assert file.read() == CONTENT
    assert document.file.name.startswith("documents/")
    assert document.state == "published", "what came with a record is public with it"


@pytest.mark.parametrize("others", [True, False])
def test_only_the_own_files_of_a_proposal_are_taken(proposed, reviewer, editor, others):
    other = make.make_product()
    send(editor, f"/admin/catalog/product/{other.pk}/change/", {"name_en": "Other"}, "_propose")
    revision = Revision.objects.exclude(pk=proposed.pk).get()
    rows = {
        "documents-TOTAL_FORMS": "1",
        "documents-0-kind": "drawing",
        "documents-0-title_en": "Stolen",
        "documents-0-title_fa": "ربوده",
        "documents-0-file-chosen": f"{kept(proposed)[0] if others else '../' + 'a' * 29}:a.pdf",
    }
    answer = send(reviewer, page_of(revision), rows, "_accept")
    assert "kept no longer" in str(errors_of(answer))
    assert not Document.objects.exists()


def decide(client, revision, button):
    client.post(page_of(revision), {button: "1", "_comment": "No."})


@pytest.mark.parametrize("button", ["_refuse", "_drop", "_accept"])
def test_it_is_erased_once_the_proposal_is_decided_or_dropped(
    proposed, reviewer, editor, button, django_capture_on_commit_callbacks
):
    if button == "_drop":
        decide(editor, proposed, "_take_back")
    pressed = {"_refuse": decide, "_drop": decide, "_accept": accept}[button]
    with django_capture_on_commit_callbacks(execute=True):
        pressed(editor if button == "_drop" else reviewer, proposed, button)
    assert proposed_files._listed(f"{proposed.pk}")[1] == []


def accept(client, revision, button):
    page = client.get(page_of(revision))
    chosen = {"documents-0-file-chosen": f"{kept(revision)[0]}:a.pdf"}
    assert client.post(page_of(revision), {**fields_of(page), **chosen, button: "1"}).status_code == 302


def test_it_comes_back_with_a_proposal_that_is_sent_back(proposed, reviewer, editor):
    decide(reviewer, proposed, "_send_back")
    assert "شرایط.pdf" in editor.get(page_of(proposed)).text
    assert len(kept(proposed)) == 1


def test_it_stays_through_taking_back_and_proposing_again(proposed, editor):
    (token,) = kept(proposed)
    decide(editor, proposed, "_take_back")
    page = editor.get(page_of(proposed))
    chosen = {"documents-0-file-chosen": f"{token}:شرایط.pdf", "documents-0-title_en": "Better title"}
    answer = editor.post(page_of(proposed), {**fields_of(page), **chosen, "_propose": "1"})
    assert answer.status_code == 302, errors_of(answer)
    proposed.refresh_from_db()
    assert proposed.proposed["documents-0-file-chosen"] == [f"{token}:شرایط.pdf"]
    assert kept(proposed) == [token]


@pytest.mark.parametrize("state", ["refused", "accepted"])
def test_what_is_decided_keeps_no_file(proposed, state):
    Revision.objects.update(state=state)
    proposed_files.erase_settled_files()
    assert kept(proposed) == []


def test_what_lies_with_its_author_for_long_keeps_no_file(proposed, editor):
    decide(editor, proposed, "_take_back")
    proposed_files.erase_settled_files()
    assert len(kept(proposed)) == 1
    proposed.refresh_from_db()
    Revision.objects.update(sent_at=proposed.sent_at - proposed_files.PROPOSAL_KEPT_FOR - timedelta(days=1))
    proposed_files.erase_settled_files()
    assert kept(proposed) == []
    page = editor.get(page_of(proposed))
    assert "kept no longer" in page.text


def test_no_public_address_leads_to_it(client, proposed):
    (token,) = kept(proposed)
    for address in (f"/documents/{proposed.pk}/", f"/proposed/{proposed.pk}/{token}", f"/media/{token}"):
        assert client.get(address).status_code == 404
    assert not storages["default"].exists(f"{proposed.pk}/{token}")
