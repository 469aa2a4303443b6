"""The three roles hold exactly what they should."""

import pytest
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


def test_only_administrators_publish(permissions):
    assert not {p for p in permissions(roles.EDITOR) | permissions(roles.DESK_OFFICER) if ".publish_" in p}
    assert len({p for p in permissions(roles.ADMINISTRATOR) if ".publish_" in p}) == 10


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


def test_sources_and_offices_which_have_no_drafts_are_deleted_by_administrators_only(permissions):
    assert "catalog.delete_office" not in permissions(roles.EDITOR) | permissions(roles.DESK_OFFICER)
    assert "catalog.delete_office" in permissions(roles.ADMINISTRATOR)


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
    assert Group.objects.count() == 3
    assert user.groups.get() == group


def test_a_group_that_is_not_ours_stands_for_itself():
    with translation.override("en"):
        assert [roles.label(name) for name in ("desk officer", "guests")] == ["Desk officer", "guests"]
