"""What a contract amounts to, what is delivered of it and whether it is late follow its rows."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Contract, ContractLine, Milestone
from catalog.models.derived import postponed
from tests.factories import make_contract

pytestmark = pytest.mark.django_db


def sums_of(contract):
    return Contract.objects.values_list("amount", "delivered").get(pk=contract.pk)


def line_of(contract, amount, **values):
    return ContractLine(
        contract=contract, description_en="Part", description_fa="قطعه", amount=amount, **values
    )


def test_every_road_of_writing_lines_keeps_the_sums_true():
    contract, other = make_contract(amounts=[100]), make_contract(currency="EUR")
    assert sums_of(contract) == (100, None)
    line = line_of(contract, 50, delivered_amount=20)
    line.save()
    assert sums_of(contract) == (150, 20)
    contract.lines.filter(pk=line.pk).update(delivered_amount=50)
    assert sums_of(contract) == (150, 50)
    line.refresh_from_db()
    line.amount = 60
    ContractLine.objects.bulk_update([line], ["amount"])
    assert sums_of(contract) == (160, 50)
    ContractLine.objects.bulk_create([line_of(contract, 1), line_of(other, 2)])
    assert (sums_of(contract), sums_of(other)) == ((161, 50), (2, None))
    ContractLine.objects.filter(pk=line.pk).update(contract=other)
    assert (sums_of(contract), sums_of(other)) == ((101, None), (62, 50))
    other.lines.get(amount=2).delete()
    other.lines.all().delete()
    assert sums_of(other) == (None, None)
    assert not stale()


def test_the_total_that_counts_follows_the_contract_itself():
    contract = make_contract(amounts=[7])
    contract.total_basis, contract.stated_amount = "stated", 900
    contract.save()
    assert sums_of(contract) == (900, None)
    Contract.objects.filter(pk=contract.pk).update(total_basis="lines", stated_amount=None)
    assert sums_of(contract) == (7, None)
    Contract.objects.update(currency="")
    assert sums_of(contract) == (None, None)
    Contract.objects.bulk_create(
        [
            Contract(
                reference="B-1",
                title_en="B",
                title_fa="ب",
                total_basis="stated",
                stated_amount=5,
                currency="USD",
            )
        ]
    )
    assert Contract.objects.get(reference="B-1").amount == 5
    assert not stale()


def test_it_is_late_while_it_owes_a_step_that_is_past():
    day = timezone.localdate() - timedelta(days=3)
    contract = make_contract()
    contract.milestones.create(due=day)
    contract.milestones.create(due=day + timedelta(days=9))

    def since():
        contract.refresh_from_db()
        (found,) = Contract.objects.with_lateness()
        assert contract.is_late == (found.late_since is not None)
        return found.late_since

    assert since() == day
    Contract.objects.update(kind="memorandum")
    assert since() is None
    Contract.objects.update(kind="offtake", status="ended_early")
    assert since() is None
    Contract.objects.update(status="in_execution")
    assert since() == day
    Milestone.objects.filter(due=day).update(done=day)
    assert (since(), contract.open_step_due) == (None, day + timedelta(days=9))
    Milestone.objects.all().delete()
    assert (since(), contract.open_step_due) == (None, None)


def test_a_postponed_load_sums_each_contract_once_at_the_end():
    contract = make_contract(currency="EUR")
    with postponed():
        line_of(contract, 3).save()
        line_of(contract, 4).save()
        assert sums_of(contract) == (None, None)
    assert sums_of(contract) == (7, None)


def test_a_rollback_takes_the_sum_back_with_the_line():
    contract = make_contract(amounts=[3])

    def fails_afterwards():
        with transaction.atomic():
            line_of(contract, 4).save()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_afterwards()
    assert sums_of(contract) == (3, None)


def test_a_contract_is_locked_before_its_lines_are_summed():
    contract = make_contract(amounts=[3])
    with CaptureQueriesContext(connection) as queries:
        Contract.objects.refresh([contract.pk])
    lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_update else ""
    assert queries[0]["sql"].endswith(f" ORDER BY 1 ASC{lock}")


def test_what_raw_sql_left_wrong_is_found_and_mended():
    contract = make_contract(amounts=[3])
    contract.milestones.create(due=date(2020, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_contract SET amount = 4, open_step_due = NULL")
    assert stale() == {"amount", "open_step_due"}
    with pytest.raises(CommandError, match="2 faults"):
        call_command("check_index")
    call_command("reindex")
    assert not stale()


def test_no_column_of_the_sums_stands_in_the_history():
    contract = make_contract(amounts=[3])
    assert contract.history.count() == 1
    assert not hasattr(contract.history.first(), "amount")


def stale():
    return {column for contract in Contract.objects.in_pieces() for column in contract.stale_derived()}
