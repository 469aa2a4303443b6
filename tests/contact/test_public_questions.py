"""From an enquiry to a public question: the form is filled in with nothing of the sender."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from contact import public_questions
from contact.models import Enquiry
from tests.factories import make_desk, make_office, make_product

pytestmark = pytest.mark.django_db


def make_enquiry(products=(), **values):
    given = {
        **{"reference": "Q-1", "token_hash": "a", "nonce": "b", "kind": "ask", "may_be_published": True},
        **{"name": "Zahra Zamani", "email": "zahra@example.org", "text": "My secret words", "language": "en"},
    }
    enquiry = Enquiry.objects.create(**{**given, **values})
    enquiry.products.set(products)
    return enquiry


def test_only_a_question_about_one_record_whose_sender_agreed_may_become_public():
    product = make_product()
    assert public_questions.may_become_public(make_enquiry([product]))
    others = [
        {"may_be_published": False},
        {"kind": "claim", "role": "makes"},
        {"desk": make_desk()},
    ]
    for n, values in enumerate(others):
        names = {name: f"{name}{n}" for name in ("reference", "token_hash", "nonce")}
        assert not public_questions.may_become_public(make_enquiry([product], **names, **values))


def test_the_form_knows_the_product_the_office_and_the_day_and_nothing_of_the_sender():
    product, office = make_product(), make_office()
    address = public_questions.form_address(make_enquiry([product], office=office))
    boss = Client(headers={"accept-language": "en"})
    boss.force_login(User.objects.create_superuser("boss"))
    page = boss.get(address)
    initial = page.context["adminform"].form.initial
    assert (initial["product"], initial["office"]) == (str(product.pk), str(office.pk))
    assert initial["asked_on"]
    for secret in ("Zahra", "zahra", "secret", "Q-1"):
        assert secret not in address
        assert secret not in page.text
