"""The first page of the admin: what waits for whom, as counts that lead to the very records."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Engagement, Revision
from tests import factories as make

from .forms import fields_of

HOME, QUALITY = "/admin/", "/admin/quality/"


def sections(client, page=HOME):
    return {str(one.title): one.rows for one in client.get(page).context["sections"]}


def days(number):
    return timezone.localdate() + timedelta(days=number)


def assert_led(client, rows):
    """Each count is that of the list it leads to."""
    for row in rows:
        page = client.get(row.url)
        assert page.status_code == 200, row.url
        assert page.context["cl"].result_count == row.count, row.url


def test_what_is_due_and_overdue_is_counted_of_all_origins_with_samples_apart(editor):
    for origin, ago in (("ministry", 400), ("illustrative", 400), ("ministry", 200)):
        make.make_engagement(origin=origin, confirmed_on=days(-ago))
    sample = {"origin": "sample", "product": make.make_product(origin="sample")}
    make.make_engagement(company=make.make_company(origin="sample"), confirmed_on=days(-400), **sample)
    make.make_engagement(origin="press", source=make.make_source(), confirmed_on=days(-999))
    make.make_engagement(confirmed_on=days(-3))
    found = sections(editor)
    late = found["Not confirmed for a year"]
    assert [(row.count, row.is_sample) for row in late] == [(2, False), (1, True)]
    assert [row.count for row in found["Not confirmed for half a year"]] == [1]
    for rows in found.values():
        assert_led(editor, rows)


def test_desks_contracts_and_figures_that_want_a_look(editor):
    ready = make.make_product()
    make.make_desk(opens=days(5), closes=days(9), products=[ready], buyers=[make.make_company()])
    make.make_desk(opens=days(5), closes=days(9), products=[ready])
    make.make_desk(opens=days(5), closes=days(9), state="draft")
    make.make_desk(opens=days(90), closes=days(95))
    make.make_contract([100], status="in_execution", due=days(-10))
    make.make_contract([100], status="delivered", due=days(-10))
    one, other = make.make_statement(), make.make_statement()
    one.contradicts.add(other)
    product = make.make_product(confirmed_on=days(0))
    for value in (5, 7):
        make.make_import(product=product, value=value, source=make.make_source())
    found = sections(editor)
    assert [row.count for row in found["Desks soon, not prepared"]] == [1, 2]
    assert [row.count for row in found["Contracts that are late"]] == [1]
    assert [row.count for row in found["Figures that contradict each other"]] == [2, 2]
    for rows in found.values():
        assert_led(editor, rows)


def test_an_officer_sees_what_an_officer_looks_after(officer):
    make.make_product(confirmed_on=days(-400))
    make.make_desk(opens=days(5), closes=days(9))
    assert set(sections(officer)) == {"Desks soon, not prepared"}


def test_it_does_not_count_on_for_ever(editor, monkeypatch):
    monkeypatch.setattr("catalog.staff.todo.MOST_COUNTED", 2)
    for _n in range(4):
        make.make_demand(confirmed_on=days(-400))
    (row,) = sections(editor)["Not confirmed for a year"]
    assert (row.count, row.more) == (2, True)
    assert "over 2" in editor.get(HOME).text


def test_its_queries_do_not_grow(editor):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            editor.get(HOME)
        return len(queries)

    def fill():
        product = make.make_product(confirmed_on=days(-400))
        make.make_demand(product=product, confirmed_on=days(-400))
        make.make_desk(opens=days(5), closes=days(9))

    fill()
    cost()
    before = cost()
    fill()
    fill()
    assert cost() == before


def test_what_is_lacking_is_counted_and_listed(editor):
    make.make_product(summary_fa="", summary_en="A pump.")
    bare = make.make_product(summary_fa="پمپ", summary_en="")
    make.make_import(product=bare)
    make.make_product(origin="sample")
    make.make_company(province="")
    found = sections(editor, QUALITY)
    products = {str(row.label): row.count for row in found["products"]}
    assert products == {"without imports": 1, "without a Persian text": 1, "without an English text": 1}
    for rows in found.values():
        assert_led(editor, rows)
    assert re.search(r'href="/admin/quality/"', editor.get(HOME).text)


@pytest.mark.parametrize("query", ["gap=x", "sample=x", "soon=x", "late=x", "contradicts=x"])
def test_odd_filters_show_all(editor, query):
    make.make_desk()
    make.make_contract([1])
    make.make_statement()
    for noun in ("desk", "contract", "statement"):
        assert editor.get(f"/admin/catalog/{noun}/?{query}").status_code in (200, 302)


def confirm(client, records):
    keys = [record.pk for record in records]
    noun = records[0]._meta.model_name
    sent = {"action": "confirm_action", "_selected_action": keys}
    return client.post(f"/admin/catalog/{noun}/", sent, follow=True)


def test_drafts_are_confirmed_at_once_and_what_is_public_by_a_proposal(editor, staff):
    draft = make.make_engagement(state="draft", confirmed_on=days(-400))
    public = make.make_engagement(confirmed_on=days(-400))
    page = confirm(editor, [draft, public])
    assert "1 record is confirmed today" in page.text
    assert "1 confirmation was proposed" in page.text
    draft.refresh_from_db()
    public.refresh_from_db()
    assert (draft.confirmed_on, public.confirmed_on) == (days(0), days(-400))
    assert "left as it is" in confirm(editor, [public]).text
    revision = Revision.objects.get()
    reviewer = staff("reviewer")
    address = f"/admin/catalog/engagement/{public.pk}/change/?revision={revision.pk}"
    page = reviewer.get(address)
    assert [one.label for one in page.context["differences"]] == ["Last confirmed on"]
    reviewer.post(address, {**fields_of(page), "_accept": "1"})
    assert Engagement.objects.get(pk=public.pk).confirmed_on == days(0)


def test_who_does_not_write_a_noun_confirms_nothing(officer):
    engagement = make.make_engagement(confirmed_on=days(-400))
    confirm(officer, [engagement])
    assert not Revision.objects.exists()
    engagement.refresh_from_db()
    assert engagement.confirmed_on == days(-400)
