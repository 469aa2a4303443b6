"""How far contracts are: steps with their days, and what counts as late."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.charts.wording import contract_timeline, step_words
from catalog.figures.contracts import (
    all_groups,
    group_of,
    late_step_count,
    milestone_steps,
    totals,
    with_steps,
)
from catalog.models import Contract
from tests.factories import make_contract

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def day(offset):
    return timezone.localdate() + timedelta(days=offset)


def test_every_step_says_how_many_days_it_was_or_is_off():
    contract = make_contract()
    for due, done in (
        (date(2026, 1, 10), date(2026, 1, 22)),
        (date(2026, 2, 10), date(2026, 2, 5)),
        (date(2026, 3, 10), date(2026, 3, 10)),
        (None, date(2026, 4, 1)),
        (date(2026, 11, 20), None),
        (date(2026, 11, 25), None),
        (date(2027, 1, 1), None),
    ):
        contract.milestones.create(due=due, done=done)
    found = milestone_steps(contract, TODAY)
    assert [step.days for step in found] == [12, -5, 0, None, 4, 1, 38]
    assert [step.condition for step in found[3:]] == ["done", "late", "next", "todo"]
    words = [step_words(step) for step in found[:4]]
    assert words == ["done, 12 days late", "done, 5 days early", "done on the day", "done"]


def test_words_of_a_step_late_next_and_today():
    contract = make_contract()
    for offset in (-1, 0, 5):
        contract.milestones.create(due=day(offset))
    assert [step_words(step) for step in milestone_steps(contract)] == [
        "late by 1 day",
        "due today",
        "due in 5 days",
    ]


def test_a_step_never_done_of_a_contract_that_ended_early_is_not_late():
    contract = make_contract(status="ended_early")
    contract.milestones.create(due=day(-9))
    (step,) = milestone_steps(contract)
    assert (step.condition, step_words(step)) == ("dropped", "not done; ended early")
    assert late_step_count(with_steps([contract])) == 0
    assert Contract.objects.with_lateness().get().late_since is None


def test_only_what_counts_as_a_contract_can_be_late():
    for kind in Contract.Kind.values:
        make_contract(amounts=[1], kind=kind).milestones.create(due=day(-3))
    rows = with_steps(list(Contract.objects.all()))
    assert late_step_count(rows) == 2
    assert totals(all_groups()) == totals(map(group_of, rows))
    assert {total.kind: total.real.late for total in totals(all_groups())} == {
        "contract": 1,
        "offtake": 1,
        "memorandum": 0,
        "agreement": 0,
        "planned": 0,
    }


@pytest.mark.parametrize("kind", ["memorandum", "agreement", "planned"])
def test_a_memorandum_owes_nothing_on_page_row_export_api_order_and_admin(client, admin_client, kind):
    contract = make_contract(kind=kind, reference="M-1", due=day(-20))
    contract.milestones.create(due=day(-9))
    contract.milestones.create(due=day(-8), done=day(-2))
    assert [step_words(step) for step in milestone_steps(contract)] == ["not done; nothing was owed", "done"]
    assert (contract.days_overdue(day(0)), Contract.objects.with_lateness().get().late_since) == (None, None)
    for address in ("/en/contracts/M-1/", "/en/contracts/", "/en/contracts/?order=late"):
        page = client.get(address).content.decode()
        assert "nothing was owed" in page, address
        assert not re.search(r"days? late|late by|late step|days ago", page), address
    export = json.loads(b"".join(client.get("/en/contracts/export.json").streaming_content))["contracts"][0]
    assert (export["steps"], export["steps_late"]) == (2, 0)
    told = client.get("/api/v1/contracts/M-1/").json()
    assert [step["progress"] for step in told["milestones"]] == ["lapsed", "done"]
    staff = admin_client.get("/admin/catalog/contract/").content.decode()
    assert "1 of 2 milestones" in staff
    assert "1 late" not in staff


def test_the_longest_late_step_says_since_when():
    contract = make_contract()
    contract.milestones.create(due=day(-9))
    contract.milestones.create(due=day(-40))
    contract.milestones.create(due=day(-80), done=day(-70))
    assert Contract.objects.with_lateness().get().late_since == day(-40)


@pytest.mark.parametrize(
    ("status", "due", "days"),
    [
        ("in_execution", -18, 18),
        ("in_execution", 0, None),
        ("delivered", -18, None),
        ("ended_early", -18, None),
        ("", -18, None),
    ],
)
def test_a_contract_past_its_day_is_overdue_while_it_runs(status, due, days):
    assert make_contract(status=status, due=day(due)).days_overdue(day(0)) == days


def test_samples_are_summed_apart():
    make_contract(amounts=[1])
    make_contract(amounts=[1], origin="sample")
    (total,) = totals(all_groups())
    assert (total.real.count, total.samples.count) == (1, 1)


class TestTimeline:
    def drawn(self, today=TODAY, **values):
        contract = make_contract(signed_on=date(2025, 6, 1), **values)
        contract.milestones.create(due=date(2025, 9, 1), done=date(2025, 10, 1))
        contract.milestones.create(due=date(2026, 1, 1), done=date(2026, 1, 1))
        return contract, contract_timeline(contract, milestone_steps(contract, today), today)

    def test_it_shows_whole_years_from_the_signature_to_the_last_step(self):
        _contract, timeline = self.drawn()
        assert [year.label.text for year in timeline.years] == ["1404"]
        assert [lane.label.text for lane in timeline.lanes] == ["Signed", "First delivery", "First delivery"]
        assert timeline.today is None  # all is done, and today lies a year later

    def test_while_something_is_to_be_done_it_reaches_up_to_today(self):
        contract, _timeline = self.drawn()
        contract.milestones.create(due=date(2026, 3, 1))
        contract = Contract.objects.get()
        timeline = contract_timeline(contract, milestone_steps(contract, TODAY), TODAY)
        assert [year.label.text for year in timeline.years] == ["1404", "1405"]
        assert timeline.today.text == "Today"

    def test_a_step_of_another_century_is_in_the_table_alone(self, client):
        contract, _timeline = self.drawn()
        contract.milestones.create(due=date(2226, 1, 1))
        response = client.get(contract.get_absolute_url())
        assert response.context["timeline"] is None
        assert len(response.context["steps"]) == 3

    def test_without_steps_there_is_none(self):
        contract = make_contract(signed_on=date(2025, 6, 1))
        assert contract_timeline(contract, milestone_steps(contract, TODAY), TODAY) is None
