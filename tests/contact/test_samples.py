"""Samples go for good although visitors wrote about them."""

import pytest
from django.core.management import call_command

from catalog.models import Company, Contract, Desk, IdleUnit, Product
from contact.models import Enquiry
from tests.contact.conftest import LETTER

MODELS = {"company": Company, "desk": Desk, "contract": Contract, "unit": IdleUnit}


@pytest.fixture
def enquiries(loaded, send, monkeypatch):
    """A hundred enquiries, about products and samples in turn."""
    monkeypatch.setattr("contact.views.ask.seconds_to_wait", lambda *_args: 0)
    keys = {"p": list(Product.objects.published().values_list("slug", flat=True))}
    for name, model in MODELS.items():
        key = "reference" if model is Contract else "slug"
        keys[name] = list(model.objects.published().filter(origin="sample").values_list(key, flat=True))
    for number in range(100):
        named = {name: found[number % len(found)] for name, found in keys.items()}
        assert send(text=f"{LETTER['text']} {number}", **named).status_code == 303


@pytest.mark.whole
def test_samples_are_removed_after_a_hundred_enquiries(enquiries):
    assert not Enquiry.objects.exclude(company=None, desk=None, contract=None, unit=None).exists()
    assert Enquiry.objects.filter(products__isnull=False).distinct().count() == 100
    call_command("remove_sample")
    assert Enquiry.objects.count() == 100
    assert not Company.objects.filter(origin="sample").exists()
