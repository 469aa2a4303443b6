"""What was paid of a facility is the sum of its payments on every ORM road, and never more than approved."""

from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalog.models import Facility, Payment
from tests.factories import make_company, make_contract, make_facility, make_source

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 1)


def paid(facility):
    return Facility.objects.values_list("paid", flat=True).get(pk=facility.pk)


def test_every_road_of_writing_keeps_the_sum_true():
    facility, other = make_facility(payments=[100, 20]), make_facility()
    assert paid(facility) == 120
    facility.payments.filter(amount=100).update(amount=50)
    assert paid(facility) == 70
    Payment.objects.filter(amount=50).update(facility=other)
    assert (paid(facility), paid(other)) == (20, 50)
    Payment.objects.bulk_create([Payment(facility=other, paid_on=DAY, amount=n) for n in (1, 2)])
    assert paid(other) == 53
    Payment.objects.get(amount=2).delete()
    facility.payments.all().delete()
    assert (paid(facility), paid(other)) == (0, 51)


def test_a_payment_beyond_approval_is_refused_by_the_database_and_leaves_nothing_behind():
    facility = make_facility(payments=[999_999_999])
    with pytest.raises(IntegrityError), transaction.atomic():
        facility.payments.create(paid_on=DAY, amount=2)
    assert (paid(facility), facility.payments.count()) == (999_999_999, 1)
    facility.payments.create(paid_on=DAY, amount=1)
    assert paid(facility) == 1_000_000_000


def test_a_facility_is_locked_before_its_payments_are_summed():
    """Else two payments made at the same moment sum one each, on PostgreSQL; SQLite writes in turns."""
    facility = make_facility()
    with CaptureQueriesContext(connection) as queries:
        Facility.objects.refresh([facility.pk])
    lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_update else ""
    assert queries[0]["sql"].endswith(f" ORDER BY 1 ASC{lock}")


def test_sums_written_past_the_orm_are_found_and_mended_by_the_commands():
    facility = make_facility(payments=[100])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_facility SET paid = 7")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_index", stdout=out)
    assert out.getvalue() == f"facility {facility.pk}: paid is stale\n"
    call_command("reindex", verbosity=0)
    assert paid(facility) == 100
    call_command("check_index", verbosity=0)


def test_a_facility_is_public_with_its_company_only():
    assert make_facility() in Facility.objects.published()
    hidden = make_facility(company=make_company(state="draft"))
    assert hidden not in Facility.objects.published()


def test_a_facility_rests_on_nothing_less_than_a_contract():
    facility = make_facility(contract=make_contract(kind="memorandum"))
    with pytest.raises(ValidationError, match="memorandum or a plan"):
        facility.full_clean()


def test_a_payment_and_a_source_are_named_by_a_day_of_the_language_of_the_page():
    payment = make_facility(payments=[5], reference="F-1405-1").payments.get()
    source = make_source(publisher_en="Daily", publisher_fa="روزنامه", published_on=DAY)
    assert (str(payment), str(source)) == ("F-1405-1 · 2026-05-01", "Daily (2026-05-01)")
    with override("fa"):
        assert (str(payment), str(source)) == ("F-1405-1 · ۱۴۰۵/۰۲/۱۱", "روزنامه (۱۴۰۵/۰۲/۱۱)")
