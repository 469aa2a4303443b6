"""A draft is sent to review with a note, locked meanwhile, and comes back with a word or is published."""

import pytest

from catalog.models import Document, Engagement, Revision
from tests import factories as make

from .forms import fields_of, send

LIST = "/admin/catalog/revision/"


def change_url(record, step="change"):
    return f"/admin/catalog/{record._meta.model_name}/{record.pk}/{step}/"


@pytest.fixture
def reviewer(staff):
    return staff("reviewer")


@pytest.fixture
def sent(editor):
    """A product with a document and an engagement, all drafts, that an editor sent to review."""
    product = make.make_product(name_en="Slurry pump", state="draft")
    Document.objects.create(product=product, title_en="Drawing", title_fa="نقشه")
    make.make_engagement(product=product, state="draft")
    answer = send(editor, change_url(product), {"_reason": "Asked for by the desk."}, "_to_review")
    assert answer.status_code == 302
    return fresh(product)


def fresh(record):
    return type(record)._base_manager.get(pk=record.pk)


def states(product):
    children = [Document.objects.get(product=product), Engagement.objects.get(product=product)]
    return [product.state, *(child.state for child in children)]


def test_the_reviewer_sees_who_sent_it_why_and_what_goes_with_it(sent, reviewer):
    page = reviewer.get(change_url(sent))
    assert "editor sent this to review on" in page.text
    assert "Asked for by the desk." in page.text
    assert "all that stands here is new" in page.text
    assert "These go with it" in page.text
    assert "Drawing" in page.text
    assert states(sent) == ["in_review"] * 3
    assert "Slurry pump" in reviewer.get(LIST).text
    for button in ("_publish", "_send_back", "_refuse"):
        assert f'name="{button}"' in page.text


def test_it_is_locked_for_its_writers_who_take_it_back(sent, editor, officer, reviewer):
    page = editor.get(change_url(sent))
    assert 'name="_take_back"' in page.text
    assert 'name="_save"' not in page.text
    form = fields_of(reviewer.get(change_url(sent)))
    assert editor.post(change_url(sent), {**form, "name_en": "Other", "_save": "1"}).status_code == 403
    row = {"product": sent.pk, "year": "1404", "value": "5", "currency": "USD"}
    assert "in review" in send(editor, "/admin/catalog/importrecord/add/", row).text
    assert not sent.imports.exists()
    assert officer.post(change_url(sent), {"_take_back": "1"}).status_code == 403
    assert editor.post(change_url(sent), {"_take_back": "1"}).status_code == 302
    assert states(fresh(sent)) == ["draft"] * 3
    assert Revision.objects.get().state == "taken_back"
    assert 'name="_to_review"' in editor.get(change_url(sent)).text


@pytest.mark.parametrize(("button", "state"), [("_send_back", "sent_back"), ("_refuse", "refused")])
def test_it_comes_back_with_a_word(sent, editor, reviewer, button, state):
    reviewer.post(change_url(sent), {button: "1", "_comment": " "})
    assert fresh(sent).state == "in_review", "without a word it is not sent back"
    reviewer.post(change_url(sent), {button: "1", "_comment": "Which standard?"})
    assert states(fresh(sent)) == ["draft"] * 3
    assert Revision.objects.get().state == state
    assert "Which standard?" in editor.get(change_url(sent)).text
    home = editor.get("/admin/").text
    assert change_url(sent) in home
    assert "Which standard?" in home
    send(editor, change_url(sent), {"_reason": "ISO 2858."}, "_to_review")
    last = Revision.objects.order_by("pk").last()
    assert (last.state, last.reason, fresh(sent).state) == ("open", "ISO 2858.", "in_review")


def test_it_is_published_with_what_travels_with_it(client, sent, editor, reviewer):
    answer = send(reviewer, change_url(sent), {"name_en": "Slurry pump, centrifugal"}, "_publish")
    page = reviewer.get(answer.url)
    keys = [key for key, _record, _parents in page.context["keyed"]]
    assert [key.split(":")[0] for key in keys] == ["engagement", "document"]
    reviewer.post(answer.url, {"reviewed": page.context["reviewed"], "also": keys})
    assert states(fresh(sent)) == ["published"] * 3
    revision = Revision.objects.get()
    assert (revision.state, revision.decided_by, revision.accepted_alone) == (
        "accepted",
        reviewer.user,
        False,
    )
    assert "centrifugal" in client.get(sent.get_absolute_url()).text
    assert "Accepted" in editor.get("/admin/").text


@pytest.mark.parametrize("button", ["_send_back", "_refuse", "_publish", "_save"])
def test_who_sent_it_decides_nothing(sent, editor, button):
    editor.post(change_url(sent), {"_comment": "x", button: "1"})
    assert fresh(sent).state == "in_review"


def test_the_own_draft_is_published_only_while_nobody_else_may(reviewer, administrator):
    answer = send(reviewer, "/admin/catalog/company/add/", {"name_en": "Own", "name_fa": "خود"}, "_publish")
    company = make.Company.objects.get()
    url = f"/admin/catalog/company/publish/?ids={company.pk}"
    assert "somebody else publishes it" in reviewer.get(answer.url, follow=True).text
    assert 'name="_publish"' not in reviewer.get(change_url(company)).text
    for text in (reviewer.get(url, follow=True).text, reviewer.post(url, follow=True).text):
        assert "somebody else publishes it" in text
    assert fresh(company).state == "draft"
    administrator.user.is_active = False
    administrator.user.save()
    assert 'name="_publish"' in reviewer.get(change_url(company)).text
    send(reviewer, change_url(company), {}, "_publish")
    assert fresh(company).state == "published"
    revision = Revision.objects.get()
    assert (revision.state, revision.accepted_alone, revision.author) == ("accepted", True, reviewer.user)


def test_what_nobody_is_known_to_have_sent_is_taken_back_by_any_writer(officer):
    desk = make.make_desk(state="in_review", sectors=[make.make_sector()])
    officer.post(change_url(desk), {"_take_back": "1"})
    assert fresh(desk).state == "draft"


def test_what_was_withdrawn_goes_back_to_be_withdrawn(administrator, staff):
    product = make.make_product(state="withdrawn")
    product.send_to_review()
    staff("reviewer").post(change_url(product), {"_send_back": "1", "_comment": "Not yet."})
    assert fresh(product).state == "withdrawn"
