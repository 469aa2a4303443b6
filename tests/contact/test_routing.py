"""Which office gets an enquiry."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.db import OperationalError
from django.utils import timezone

from catalog.models import Office, Outbox
from contact import routing
from contact.models import Enquiry
from contact.routing import office_addresses, office_for
from contact.subjects import Subjects
from tests.factories import make_contract, make_desk, make_office, make_product, make_sector, make_unit
from tests.words import words

pytestmark = pytest.mark.django_db


def office(*sectors, **values):
    made = make_office(**values)
    made.sectors.set(sectors)
    return made


def test_the_desk_named_comes_first_then_the_sector_then_the_front_door(settings):
    sector, other = make_sector(), make_sector()
    of_sector, of_desk, front = office(sector), office(), office()
    product, stray = make_product(sector=sector), make_product(sector=other)
    desk = make_desk(office=of_desk)
    contract, unit = make_contract(desk=desk), make_unit(sector=sector)
    settings.FRONT_DOOR_OFFICE = front.key
    routes = [
        (Subjects([product], {"desk": desk}), of_desk),
        (Subjects([], {"contract": contract}), of_desk),
        (Subjects([product]), of_sector),
        (Subjects([], {"unit": unit}), of_sector),
        (Subjects([product, make_product(sector=sector)]), of_sector),
        (Subjects([product, stray]), front),
        (Subjects([stray]), front),
        (Subjects(), front),
    ]
    assert [office_for(subjects) for subjects, _wanted in routes] == [wanted for _subjects, wanted in routes]


def test_an_open_desk_that_lists_the_product_answers_for_it():
    sector = make_sector()
    office(sector)
    of_desk, product = office(), make_product(sector=sector)
    today = timezone.localdate()
    make_desk(products=[product], office=of_desk, opens=today, closes=today + timedelta(days=9))
    assert office_for(Subjects([product])) == of_desk


def test_one_office_that_answers_for_all_the_sectors_gets_it():
    one, two = make_sector(), make_sector()
    office(one)
    both = office(one, two)
    assert office_for(Subjects([make_product(sector=one), make_product(sector=two)])) == both


def test_nothing_is_routed_to_a_sample(settings):
    sector = make_sector()
    sample = office(sector, origin="sample")
    settings.FRONT_DOOR_OFFICE = sample.key
    product, desk = make_product(sector=sector), make_desk(origin="sample", office=sample)
    assert office_for(Subjects([product], {"desk": desk})) is None


def checked():
    """What `manage.py check --deploy` says of this app."""
    return [found.msg for found in run_checks(include_deployment_checks=True) if found.id == "contact.W001"]


def test_a_key_that_leads_to_no_office_is_said_and_the_administrators_answer(settings):
    User.objects.create_superuser("chief", "chief@portal.example", "x")
    assert checked() == []
    settings.FRONT_DOOR_OFFICE = "front-dor"
    for values in ({}, {"origin": "sample"}):
        if values:
            office(key="front-dor", **values)
        (said,) = checked()
        assert "'front-dor', which is the key of no published office" in said
        assert office_for(Subjects()) is None
        assert office_addresses(None) == ["chief@portal.example"]
        Office.objects.filter(key="front-dor").delete()
    office(key="front-dor")
    assert checked() == []


def test_the_key_of_an_office_cannot_be_looked_up_before_there_are_tables(settings, monkeypatch):
    settings.FRONT_DOOR_OFFICE = "front-door"

    def fail():
        raise OperationalError("no such table")

    monkeypatch.setattr(routing, "front_door", fail)
    assert "has no tables yet" in checked()[0]


def test_without_an_office_the_page_promises_nothing_and_the_administrators_hear_of_it(send, visitor):
    User.objects.create_superuser("chief", "chief@portal.example", "x")
    page = words(visitor.get("/en/ask/").content.decode())
    assert "This is a demonstration." in page
    assert "working days" not in page
    answer = send()
    assert "working days" not in words(visitor.get(answer["Location"]).content.decode())
    notice = Outbox.objects.get(to="chief@portal.example")
    enquiry = Enquiry.objects.get()
    assert f"/admin/contact/enquiry/{enquiry.pk}/change/" in notice.text
    for personal in (enquiry.name, enquiry.email, enquiry.organization, enquiry.text):
        assert personal not in notice.subject + notice.text + notice.html


def test_with_an_office_the_page_says_when_it_answers(send, visitor, settings):
    front = office(email="door@ministry.example", name_en="Front door")
    settings.FRONT_DOOR_OFFICE = front.key
    page = words(visitor.get("/en/ask/").content.decode())
    assert "Front door answers within 5 working days." in page
    assert (
        "demonstration."
        not in page.partition("What happens next")[2].partition("Facts from")[0].split("A demo")[0]
    )
    send()
    assert Enquiry.objects.get().office == front
    assert Outbox.objects.get(to="door@ministry.example").language == "fa"
    settings.OFFICE_LANGUAGE = "en"
    send(text="Another question?")
    assert Outbox.objects.filter(to="door@ministry.example", language="en").count() == 1
    assert office_addresses(front) == ["door@ministry.example"]
