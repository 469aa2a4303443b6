"""The roles hold exactly what they should."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.utils import translation

from catalog.staff import roles


@pytest.fixture
def permissions(db):
    roles.ensure_roles()

    def of(role):
        user = User.objects.create(username=role)
        user.groups.add(Group.objects.get(name=role))
        return user.get_all_permissions()

    return of


def test_only_reviewers_and_administrators_publish(permissions):
    assert not {p for p in permissions(roles.EDITOR) | permissions(roles.DESK_OFFICER) if ".publish_" in p}
    assert len({p for p in permissions(roles.ADMINISTRATOR) if ".publish_" in p}) == 16


def test_a_reviewer_is_an_administrator_without_the_accounts(permissions):
    gone = permissions(roles.ADMINISTRATOR) - permissions(roles.REVIEWER)
    assert gone == {"auth.view_user", "auth.add_user", "auth.change_user"}


def test_editors_write_every_noun(permissions):
    assert {"catalog.add_product", "catalog.change_sector", "catalog.add_statement"} <= permissions(
        roles.EDITOR
    )


def test_desk_officers_write_what_belongs_to_desks_and_read_the_rest(permissions):
    held = permissions(roles.DESK_OFFICER)
    assert {
        "catalog.add_desk",
        "catalog.change_contract",
        "catalog.add_milestone",
        "catalog.view_product",
    } <= held
    assert not {"catalog.change_product", "catalog.add_importrecord", "auth.add_user"} & held


LETTERS = {"view": "v", "add": "a", "change": "c", "delete": "d", "publish": "p"}
# What administrators, reviewers, editors and desk officers may do with each model: view, add, change,
# delete, publish.
# Who may not publish changes nothing public besides: tests/catalog/admin/test_access.py.
TABLE = """
catalog.AccountEvent          -      -      -     -
catalog.Amendment             vacd   vacd   vacd  vacd
catalog.Call                  vacd   vacd   vacd  v
catalog.Change                -      -      -     -
catalog.Company               vacdp  vacdp  vacd  vacd
catalog.Contract              vacdp  vacdp  vacd  vacd
catalog.ContractLine          vacd   vacd   vacd  vacd
catalog.CountedProduct        -      -      -     -
catalog.CustomsFile           -      -      -     -
catalog.CustomsLine           -      -      -     -
catalog.CustomsMapping        -      -      -     -
catalog.Demand                vacd   vacd   vacd  v
catalog.Desk                  vacdp  vacdp  vacd  vacd
catalog.DeskBuyer             vacd   vacd   vacd  vacd
catalog.DeskProduct           vacd   vacd   vacd  vacd
catalog.Document              vacdp  vacdp  vacd  vacd
catalog.Engagement            vacdp  vacdp  vacd  v
catalog.ExchangeRate          vacdp  vacdp  vac   v
catalog.Facility              vacdp  vacdp  vacd  v
catalog.FormerAddress         -      -      -     -
catalog.GuideStep             vacdp  vacdp  vacd  v
catalog.Holiday               vacdp  vacdp  vac   v
catalog.IdleUnit              vacdp  vacdp  vacd  v
catalog.Import                -      -      -     -
catalog.ImportRecord          vacd   vacd   vacd  v
catalog.ImportRow             -      -      -     -
catalog.Indicator             vacdp  vacdp  vacd  v
catalog.LoadRun               -      -      -     -
catalog.LoadedRow             -      -      -     -
catalog.Milestone             vacd   vacd   vacd  vacd
catalog.Office                vacdp  vacdp  vac   v
catalog.Outbox                -      -      -     -
catalog.Parameter             vacd   vacd   vacd  v
catalog.Party                 vacd   vacd   vacd  vacd
catalog.Payment               vacd   vacd   vacd  v
catalog.Product               vacdp  vacdp  vacd  v
catalog.ProductAlias          vacd   vacd   vacd  v
catalog.ProductCount          -      -      -     -
catalog.ProductMaker          -      -      -     -
catalog.ProductPromise        -      -      -     -
catalog.Question              vacdp  vacdp  vacd  vacd
catalog.RememberedName        -      -      -     -
catalog.Revision              -      -      -     -
catalog.Scope                 -      -      -     -
catalog.Sector                vacdp  vacdp  vacd  v
catalog.ServiceFigure         -      -      -     -
catalog.Seen                  -      -      -     -
catalog.SeenNoun              -      -      -     -
catalog.Source                vacdp  vacdp  vac   v
catalog.StaffSession          -      -      -     -
catalog.Statement             vacd   vacd   vacd  v
catalog.UnitMatch             -      -      -     -
contact.Asking                -      -      -     -
contact.Attempt               -      -      -     -
contact.ClaimRecord           -      -      -     -
contact.Enquiry               -      -      -     -
contact.Erased                -      -      -     -
contact.Keeper                -      -      -     -
contact.Message               -      -      -     -
contact.Pause                 -      -      -     -
contact.Proof                 -      -      -     -
contact.Subscription          -      -      -     -
admin.LogEntry                -      -      -     -
axes.AccessAttempt            -      -      -     -
axes.AccessAttemptExpiration  -      -      -     -
axes.AccessFailureLog         -      -      -     -
axes.AccessLog                -      -      -     -
auth.Group                    -      -      -     -
auth.Permission               -      -      -     -
auth.User                     vac    -      -     -
contenttypes.ContentType      -      -      -     -
otp_static.StaticDevice       -      -      -     -
otp_static.StaticToken        -      -      -     -
otp_totp.TOTPDevice           -      -      -     -
portal.JobRun                 -      -      -     -
sessions.Session              -      -      -     -
"""


def test_every_model_says_who_may_do_what(permissions):
    held = [
        permissions(role) for role in (roles.ADMINISTRATOR, roles.REVIEWER, roles.EDITOR, roles.DESK_OFFICER)
    ]
    rows = {model._meta.label: [_letters(model, of_role) for of_role in held] for model in _models()}
    assert rows == {name: columns for name, *columns in map(str.split, TABLE.strip().splitlines())}


def _models():
    """Every model but the histories, of which nobody is given anything: see below."""
    return [model for model in apps.get_models() if not hasattr(model, "instance_type")]


def _letters(model, held):
    name = model._meta.model_name
    may = (letter for action, letter in LETTERS.items() if f"{model._meta.app_label}.{action}_{name}" in held)
    return "".join(may) or "-"


def test_who_reads_enquiries(permissions):
    held = {role: "catalog.read_enquiries" in permissions(role) for role in roles.ROLES}
    assert held == {"administrator": True, "reviewer": True, "editor": False, "desk officer": True}


def test_nobody_edits_what_the_loads_keep_for_themselves(permissions):
    assert not {
        p for p in permissions(roles.ADMINISTRATOR) if "loaded" in p or "loadrun" in p or "historical" in p
    }


def test_running_it_again_mends_the_groups_and_keeps_their_users(db):
    roles.ensure_roles()
    group = Group.objects.get(name=roles.EDITOR)
    before = set(group.permissions.values_list("codename", flat=True))
    user = User.objects.create(username="someone")
    user.groups.add(group)
    group.permissions.clear()
    roles.ensure_roles()
    assert set(group.permissions.values_list("codename", flat=True)) == before
    assert Group.objects.count() == 4
    assert user.groups.get() == group


def test_a_group_that_is_not_ours_stands_for_itself():
    with translation.override("en"):
        assert [roles.label(name) for name in ("desk officer", "guests")] == ["Desk officer", "guests"]
