"""Which records an account with limits changes: the same for a record in hand and for a query."""

import pytest
from django.contrib.auth.models import User

from catalog import models
from catalog.staff import roles, scopes
from tests import factories as make


def limited(sectors=(), provinces="", offices=(), **values):
    user = User.objects.create(username=f"limited-{User.objects.count()}", is_staff=True, **values)
    scope = models.Scope.objects.create(user=user, provinces=provinces)
    scope.sectors.set(sectors)
    scope.offices.set(offices)
    return user


@pytest.fixture
def sector(db):
    return make.make_sector()


@pytest.mark.whole
def test_a_record_in_hand_and_a_query_agree_of_every_noun(loaded):
    office = models.Office.objects.first() or make.make_office()
    models.Desk.objects.filter(pk=models.Desk.objects.order_by("pk").first().pk).update(office=office)
    chosen = models.Sector.objects.order_by("pk")[:1]
    accounts = [
        limited(sectors=chosen),
        limited(provinces="yazd,isfahan"),
        limited(offices=[office]),
        limited(sectors=chosen, provinces="qom", offices=[office]),
        limited(),
    ]
    some = 0
    for model in roles.governed():
        records = list(model._base_manager.all()[:400])
        for user in accounts:
            found = set(scopes.within(user, model).values_list("pk", flat=True))
            asked = {record.pk for record in records if scopes.in_scope(user, record)}
            assert asked == found & {record.pk for record in records}, (model, user)
            some += bool(asked) and len(asked) < len(records)
            if not scopes.reaches(user, model):
                assert not asked
    assert some > 30, "the data tells hardly anything apart"


def test_an_account_without_limits_reaches_everything(db):
    free, empty = User.objects.create(username="free"), limited()
    boss = limited(sectors=[make.make_sector()], is_superuser=True)
    for user in (free, empty, boss):
        assert scopes.tags_of(user) is None
        assert scopes.in_scope(user, make.make_source())
        assert scopes.scope_names(user) == []


# What each noun is told by: s its sector, p its province, o its office.
TABLE = """
Amendment    spo
Call         s
Company      sp
Contract     spo
ContractLine spo
Demand       s
Desk         spo
DeskBuyer    spo
DeskProduct  spo
Document     spo
Engagement   s
ExchangeRate -
Facility     spo
GuideStep    -
Holiday      -
IdleUnit     sp
ImportRecord s
Indicator    -
Milestone    spo
Office       o
Parameter    s
ProductCode  s
Party        spo
Payment      spo
Product      s
ProductAlias s
Question     spo
Sector       s
Source       -
Statement    spo
"""


def test_every_noun_says_what_tells_its_scope():
    letters = {
        model.__name__: "".join(
            name[0] for name in scopes.DIMENSIONS if name in {each for each, _ in scopes.lookups(model)}
        )
        or "-"
        for model in roles.governed()
    }
    assert letters == dict(map(str.split, TABLE.strip().splitlines()))


def test_a_record_that_is_not_stored_yet_is_told_by_what_it_is_given(sector):
    user, other = limited(sectors=[sector]), make.make_sector()
    mine, foreign = make.make_product(sector=sector), make.make_product(sector=other)
    assert scopes.in_scope(user, models.ImportRecord(product=mine))
    assert not scopes.in_scope(user, models.ImportRecord(product=foreign))
    assert not scopes.in_scope(user, models.ImportRecord())
    assert scopes.in_scope(user, models.Desk(), {"sectors": [sector, other]})
    assert not scopes.in_scope(user, models.Desk(), {"sectors": [other]})
    assert scopes.in_scope(user, models.Contract(sector=sector, desk=make.make_desk(sectors=[other])))


def test_one_of_its_sectors_province_or_office_is_enough(sector):
    office = make.make_office()
    user = limited(sectors=[sector], provinces="yazd", offices=[office])
    desk = make.make_desk()
    assert not scopes.in_scope(user, desk)
    assert scopes.in_scope(user, make.make_desk(sectors=[make.make_sector(), sector]))
    assert scopes.in_scope(user, make.make_desk(province="yazd"))
    assert scopes.in_scope(user, make.make_desk(office=office))
    assert scopes.in_scope(user, office)
    assert not scopes.in_scope(user, make.make_office())
    contract = make.make_contract([1])
    assert not scopes.in_scope(user, contract)
    contract.lines.update(product=make.make_product(sector=sector))
    assert scopes.in_scope(user, models.Contract.objects.get(pk=contract.pk))


def test_the_text_of_tags_is_read_back(sector):
    tags = {("sector", 3), ("province", "kerman"), ("office", 31)}
    text = scopes.text_of(tags)
    assert scopes.tags_in(text) == tags
    assert scopes.text_of(set()) == ""
    assert scopes.tags_in("") == set()
