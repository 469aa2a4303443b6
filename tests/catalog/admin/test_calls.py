"""Staff start calls: singly, and for the products they choose on the list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Call, Revision
from tests import factories as make

pytestmark = pytest.mark.django_db

LIST = "/admin/catalog/product/"


def start(client, *products):
    chosen = {"action": "start_call_action", "_selected_action": [product.pk for product in products]}
    page = client.post(LIST, chosen, follow=True)
    return " ".join(str(message) for message in page.context["messages"])


@pytest.fixture
def boss(staff):
    """An administrator beside whom nobody decides: what they save is public at once."""
    return staff("administrator")


def test_calls_are_started_for_those_that_may_be_called_and_the_others_are_named(boss):
    free, called = make.make_product(), make.make_product(name_en="Called already")
    make.make_call(product=called)
    made, draft = make.make_product(name_en="Made"), make.make_product(name_en="Draft", state="draft")
    make.make_engagement(product=made)
    sample = make.make_product(name_en="A sample", origin="sample")
    said = start(boss, free, called, made, draft, sample)
    assert "1 call was started." in said
    assert "4 products were left out:" in said
    for name, reason in (
        ("Called already", "Another call for this product is open"),
        ("Made", "A maker is on record"),
        ("Draft", "It is not published."),
        ("A sample", "nothing is called for by a sample"),
    ):
        assert f"“{name}”: " in said
        assert reason in said
    call = free.calls.get()
    today = timezone.localdate()
    assert (call.opens, call.closes) == (today, today + timedelta(days=19))
    assert Call.objects.count() == 2


def test_where_somebody_else_may_decide_calls_are_proposed_once(staff):
    product = make.make_product()
    editor, reviewer = staff("editor"), staff("reviewer")
    assert "1 call was proposed." in start(editor, product)
    assert not Call.objects.exists()
    assert "A call for it is proposed already." in start(editor, product)
    revision = Revision.objects.get()
    page = reviewer.get(f"/admin/catalog/call/add/?revision={revision.pk}")
    assert page.status_code == 200
    sent = {name: texts[0] for name, texts in revision.proposed.items()}
    reviewer.post(f"/admin/catalog/call/add/?revision={revision.pk}", {**sent, "_accept": "1"})
    assert Call.objects.get().product == product
    revision.refresh_from_db()
    assert revision.state == "accepted"


def test_a_single_call_is_refused_beside_its_fields(boss):
    product = make.make_product()
    make.make_engagement(product=product)
    page = boss.post("/admin/catalog/call/add/", {"product": product.pk, "opens": "2026-12-01", "closes": ""})
    assert "A maker is on record" in str(page.context["adminform"].form.errors["product"])
    other = make.make_product()
    days = {"opens": "2026-12-01", "closes": "2026-12-01"}
    page = boss.post("/admin/catalog/call/add/", {"product": other.pk, **days})
    assert "A call closes after the day on which it opens." in str(page.context["adminform"].form.errors)
    assert not Call.objects.exists()


def test_the_list_of_calls_says_what_each_is_today(boss):
    make.make_call(claims=2, accepted=1)
    page = boss.get("/admin/catalog/call/?today=open")
    assert "accepted: 1" in page.text
    assert page.context["cl"].result_count == 1
    assert boss.get("/admin/catalog/call/?today=closed").context["cl"].result_count == 0
