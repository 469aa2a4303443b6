"""References that records are given when they are saved."""

import pytest
from django.db import IntegrityError

from catalog.models import Contract, Facility, references
from catalog.models.references import highest, next_reference
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_next_is_the_one_after_the_highest():
    assert highest([]) == 0
    assert highest(["M-1405-009", "M-1405-x", "M-1405-0010"]) == 10
    beginning = next_reference(Contract, "default").removesuffix("001")
    make.make_contract(reference=f"{beginning}999")
    assert next_reference(Contract, "default") == f"{beginning}1000"
    assert next_reference(Facility, "default").startswith("MF-1")


def test_whoever_is_second_in_the_same_moment_gets_the_next(monkeypatch):
    first = make.make_contract(reference="")
    seen = iter([first.reference, first.reference])
    real = next_reference
    monkeypatch.setattr(references, "next_reference", lambda *args: next(seen, None) or real(*args))
    second = make.make_contract(reference="")
    assert second.reference == real(Contract, "default").replace("003", "002")
    assert second.history.get().reference == second.reference


def test_a_row_that_breaks_another_rule_is_refused_as_ever():
    with pytest.raises(IntegrityError):
        make.make_contract(reference="", stated_amount=-1)
    assert not Contract.objects.exists()
