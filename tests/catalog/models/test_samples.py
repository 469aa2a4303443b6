"""Rule 8: samples never touch the real, and nothing real points to a sample."""

import pytest
from django.core.exceptions import ValidationError

from catalog.models import DeskBuyer, Engagement, Party
from tests.factories import (
    make_company,
    make_contract,
    make_demand,
    make_desk,
    make_engagement,
    make_import,
    make_office,
)

pytestmark = pytest.mark.django_db


def test_a_sample_company_may_work_on_a_real_product():
    make_engagement(origin="sample", company=make_company(origin="sample")).full_clean()
    make_import(origin="sample").full_clean()
    make_demand(origin="sample", buyer=make_company(origin="sample")).full_clean()


def refused(record, field):
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    assert field in caught.value.message_dict


def test_a_sample_never_belongs_to_a_real_company_desk_or_office():
    refused(make_engagement(origin="sample"), "company")
    refused(make_demand(origin="sample"), "buyer")
    refused(make_contract(origin="sample", desk=make_desk()), "desk")
    refused(make_desk(origin="sample", office=make_office()), "office")
    refused(Party(contract=make_contract(origin="sample"), company=make_company()), "company")
    refused(DeskBuyer(desk=make_desk(origin="sample"), company=make_company()), "company")


def test_a_real_record_never_points_to_a_sample():
    sample_company = make_company(origin="sample")
    refused(make_engagement(company=sample_company), "company")
    refused(make_contract(desk=make_desk(origin="sample")), "desk")
    refused(Party(contract=make_contract(), company=sample_company), "company")
    assert Engagement.objects.count() == 1
